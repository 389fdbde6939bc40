"""A recording as it rests: sealed chunks one after the other in a file of its own, each chained to all before it.

The file lies beside the database because it is written while the vault is locked, by a process that holds no key of
it. `FORMATS.md` tells it byte by byte. What was cut off, swapped, repeated or taken from another recording is found by
the chain alone, without a key; what was added, by the key that only the vault has; what is missing at the end, by the
digest that `recording.ended` pins.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from mediator.core.recordings import CHUNK_SAMPLES, RATE, SAMPLE_BYTES
from mediator.crypto.tapes import SEAL_OVERHEAD, fresh_tape_key, open_chunk, public_half, seal_chunk
from mediator.errors import Unacceptable, WorldFailed
from mediator.store.files import NO_ROOM, sync_folder, written
from mediator.store.locking import VaultLock
from mediator.store.space import free_bytes

FOLDER: Final = "recordings"
ENDING: Final = "tape"
MAGIC: Final = b"MTP1"
VERSION, SUITE, PCM_16_MONO = 1, 1, 0
HEAD: Final = struct.Struct(">4sBBBBI16s16s16sQ")
CHUNK: Final = struct.Struct(">III")
HASH_BYTES: Final = 32
MIB: Final = 1 << 20
LABEL: Final = b"mediator/tape/1\x00"
LONGEST: Final = CHUNK_SAMPLES * SAMPLE_BYTES + SEAL_OVERHEAD
# Below this the sound gives way, so that there is room for words; a hearing is begun with 500 MB at least.
LEFT_FOR_WORDS: Final = 100_000_000


@dataclass(frozen=True, slots=True)
class Label:
    """What stands at the head of a recording: ids of 32 hex and the moment it was begun in ms UTC."""

    case: str
    hearing: str
    recording: str
    begun: int

    def packed(self) -> bytes:
        """The head's bytes; the chain begins with them, so that no chunk fits another recording."""
        ids = (bytes.fromhex(each) for each in (self.case, self.hearing, self.recording))
        return HEAD.pack(MAGIC, VERSION, SUITE, PCM_16_MONO, 0, RATE, *ids, self.begun)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Where a chunk lies: its first sample and how many, the offset and length of what is sealed, and what seals it."""

    first: int
    samples: int
    offset: int
    length: int
    place: bytes

    @property
    def end(self) -> int:
        """The offset behind it."""
        return self.offset + self.length + HASH_BYTES


@dataclass(frozen=True, slots=True)
class Tape:
    """A recording as its file tells it, up to where its chunks hold together; more bytes may lie behind `size`."""

    path: Path
    label: Label
    chunks: tuple[Chunk, ...]
    digest: str

    @property
    def size(self) -> int:
        """Bytes that hold together."""
        return self.chunks[-1].end if self.chunks else HEAD.size

    @property
    def samples(self) -> int:
        """Samples that hold together."""
        return self.chunks[-1].first + self.chunks[-1].samples if self.chunks else 0

    def sound(self, private: bytes, *, start: int = 0, samples: int | None = None) -> Iterator[bytes]:
        """The samples of a stretch, chunk by chunk, each authenticated in its place; `recording.damaged`."""
        stop = self.samples if samples is None else start + samples
        with self.path.open("rb") as file:
            for each in self.chunks:
                if each.first + each.samples > start and each.first < stop:
                    file.seek(each.offset)
                    plain = open_chunk(private, each.place, file.read(each.length))
                    begin, end = max(start - each.first, 0), min(stop - each.first, each.samples)
                    yield plain[begin * SAMPLE_BYTES : end * SAMPLE_BYTES]


def tape_path(vault: Path, recording: str) -> Path:
    """Where a recording of this vault lies."""
    return vault / FOLDER / f"{recording}.{ENDING}"


def key_pair() -> tuple[bytes, bytes]:
    """The key of a new recording: the private half for the vault, the public half for the recorder."""
    private = fresh_tape_key()
    return private, public_half(private)


def link(before: bytes, data: bytes) -> bytes:
    """The next value of the chain."""
    return hashlib.sha256(LABEL + before + data).digest()


class TapeWriter:
    """Appends to a new recording with the public half of its key; each chunk is on disk when `keep` returns."""

    def __init__(self, path: Path, label: Label, public: bytes) -> None:
        """Begin the file, durably; raises WorldFailed `recording.disk`, also when there is one already."""
        self._public, self._number, self.samples = public, 0, 0
        head = label.packed()
        try:
            path.parent.mkdir(mode=0o700, exist_ok=True)
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            self._path, self._size = path, 0
            self._append(head)
            sync_folder(path.parent)
            sync_folder(path.parent.parent)
        except OSError as error:
            raise WorldFailed("recording.disk") from error
        self._chain = link(b"", head)

    def keep(self, pcm: bytes) -> None:
        """Seal and keep at most two seconds; raises WorldFailed `recording.disk_low`, `recording.disk`.

        The file then ends with the chunk before, whole.
        """
        if free_bytes(self._path.parent) < LEFT_FOR_WORDS:
            raise WorldFailed("recording.disk_low")
        samples = len(pcm) // SAMPLE_BYTES
        head = CHUNK.pack(self._number, samples, len(pcm) + SEAL_OVERHEAD)
        record = head + seal_chunk(self._public, self._chain + head, pcm)
        chain = link(self._chain, record)
        try:
            self._append(record + chain)
        except OSError as error:
            raise WorldFailed("recording.disk_low" if error.errno in NO_ROOM else "recording.disk") from error
        self._chain, self._number, self.samples = chain, self._number + 1, self.samples + samples

    def _append(self, data: bytes) -> None:
        """Behind the last whole chunk, or nothing."""
        try:
            rest = memoryview(data)
            while rest:
                rest = rest[os.write(self._file, rest) :]
            os.fsync(self._file)
        except OSError:
            with suppress(OSError):  # a reader passes over what is torn
                os.ftruncate(self._file, self._size)
                os.lseek(self._file, self._size, os.SEEK_SET)
            raise
        self._size += len(data)

    def close(self) -> None:
        """No more is added."""
        os.close(self._file)


def label_of(head: bytes) -> Label:
    """The label of a head; raises Unacceptable `recording.damaged`, `recording.newer`."""
    if len(head) != HEAD.size or head[:4] != MAGIC:
        raise Unacceptable("recording.damaged")
    _, *kind, case, hearing, recording, begun = HEAD.unpack(head)
    if kind != [VERSION, SUITE, PCM_16_MONO, 0, RATE]:
        raise Unacceptable("recording.newer")
    return Label(case.hex(), hearing.hex(), recording.hex(), begun)


def index(path: Path) -> Tape:
    """The chunks by their heads alone, in some milliseconds for hours of sound; what is then opened is authenticated.

    Raises Unacceptable `recording.not_here`, `recording.damaged`, `recording.newer`, WorldFailed `file.read`.
    """
    return read_tape(path, proved=False)


def scan(path: Path) -> Tape:
    """As `index`, every byte held against the chain: the digest is then that of the file."""
    return read_tape(path, proved=True)


def read_tape(path: Path, *, proved: bool) -> Tape:
    """The head, then chunk after chunk until one does not follow."""
    try:
        with path.open("rb") as file:
            head = file.read(HEAD.size)
            label, chain, found = label_of(head), link(b"", head), list[Chunk]()
            while (step := next_chunk(file, chain, found, proved=proved)) is not None:
                found.append(step[0])
                chain = step[1]
            return Tape(path, label, tuple(found), chain.hex())
    except FileNotFoundError:
        raise Unacceptable("recording.not_here") from None
    except OSError:
        raise WorldFailed("file.read", where=path.name) from None


def next_chunk(file: BinaryIO, chain: bytes, before: list[Chunk], *, proved: bool) -> tuple[Chunk, bytes] | None:
    """The chunk that follows and the chain behind it; None at the end and at whatever does not fit."""
    head = file.read(CHUNK.size)
    if len(head) != CHUNK.size:
        return None
    number, samples, length = CHUNK.unpack(head)
    if number != len(before) or length > LONGEST or length != samples * SAMPLE_BYTES + SEAL_OVERHEAD:
        return None
    first = before[-1].first + before[-1].samples if before else 0
    chunk = Chunk(first, samples, file.tell(), length, chain + head)
    sealed = file.read(length) if proved else b""
    if not proved:
        file.seek(length, os.SEEK_CUR)
    after = file.read(HASH_BYTES)
    whole = len(after) == HASH_BYTES and (not proved or after == link(chain, head + sealed))
    return (chunk, after) if whole else None


@contextmanager
def only_recorder(vault: Path) -> Iterator[None]:
    """While this is held nobody else records for the vault; raises NoAccess `vault.locked_by_other`."""
    (vault / FOLDER).mkdir(mode=0o700, exist_ok=True)
    lock = VaultLock(vault / FOLDER)
    try:
        yield
    finally:
        lock.release()


def copy_tapes(source: Path, target: Path) -> None:
    """Every recording into a backup or out of one, read back; WorldFailed `vault.disk_full`, `vault.unreachable`.

    One that is being written is copied as far as it goes. Raises Unacceptable `backup.damaged`.
    """
    for path in sorted(source.glob(f"*.{ENDING}")):
        target.mkdir(mode=0o700, exist_ok=True)
        copy = target / path.name
        with written(copy), path.open("rb") as read, copy.open("xb") as file:
            digest = hashlib.sha256()
            while piece := read.read(MIB):
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        with copy.open("rb") as again:
            if hashlib.file_digest(again, "sha256").digest() != digest.digest():
                raise Unacceptable("backup.damaged")
