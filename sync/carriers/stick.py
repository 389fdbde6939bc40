"""A stick, or any folder: files, no server (sync-design 6).

Only regular files at the top level whose names are ours are opened, never through a link, at most 2,000 of them;
each is copied into memory before it is looked at. Nothing of anybody else's is touched. A file counts when its own
length and signature say so, whatever its name says.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from mediator.errors import WorldFailed
from mediator.journal.port import Outgoing
from sync.session.ports import Answer
from sync.wire.bundle import PREFIX, SIGNATURE
from sync.wire.limits import MAX_BUNDLE, MAX_FILES_LOOKED_AT, MAX_NAMES_READ, SPARE_ON_STICK, WRITE_BLOCK
from sync.wire.names import StickName, digits_of, parse_stick_name, stick_name


@dataclass(frozen=True, slots=True)
class Found:
    """A file of ours with the bytes it had when it was copied."""

    path: Path
    name: StickName
    data: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file that was written: its own entries, none where `last` is below `first`, and digits to compare."""

    file: str
    no: int
    first: int
    last: int
    size: int
    digits: str


def look(folder: Path) -> Iterator[tuple[Path, StickName]]:
    """Files whose names are ours, sorted; raises WorldFailed `stick.gone` when the folder is not there.

    Names are only compared, so that our few files are found among a hundred thousand others.
    """
    try:
        with os.scandir(folder) as entries:
            names = [(entry.name, parse_stick_name(entry.name)) for entry in islice(entries, MAX_NAMES_READ)]
    except OSError:
        raise WorldFailed("stick.gone") from None
    ours = sorted((text, name) for text, name in names if name is not None)
    yield from ((folder / text, name) for text, name in ours[:MAX_FILES_LOOKED_AT])


def read_copy(path: Path) -> bytes | None:
    """What `copy_of` gives, None for a file that cannot be had."""
    try:
        return copy_of(path)
    except OSError:
        return None


def copy_of(path: Path) -> bytes:
    """The bytes of a regular file, not followed through a link; raises OSError for anything else.

    Of a file that is too large only the start is copied: enough for a reader to refuse it by its length.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "not a file")
        return file.read(MAX_BUNDLE + 1 if status.st_size <= MAX_BUNDLE else PREFIX + SIGNATURE)


def found_in(folder: Path, *, direction: str) -> Iterator[Found]:
    """Whole files of one direction."""
    for path, name in look(folder):
        if name.direction == direction and not name.part:
            data = read_copy(path)
            if data is not None:
                yield Found(path, name, data)


def write_safely(folder: Path, name: StickName, data: bytes) -> Path:
    """Write beside, sync, read back and compare, rename, look again; only then it is written (T49).

    Raises WorldFailed `stick.full` (with the missing bytes), `stick.read_only`, `stick.gone`, `stick.unreliable`;
    other files are as before in each case.
    """
    part, final = folder / str(replace(name, part=True)), folder / str(name)
    need = len(data) + SPARE_ON_STICK
    try:
        free = shutil.disk_usage(folder).free
        if free < need:
            raise WorldFailed("stick.full", need=need, free=free)
        part.unlink(missing_ok=True)
        write_part(part, data)
        if copy_of(part) != data:
            raise WorldFailed("stick.unreliable")
        part.replace(final)
        sync_folder(folder)
        if copy_of(final) != data:
            raise WorldFailed("stick.unreliable")
    except OSError as error:
        code = code_of(error)
        if code == "stick.full":
            remove(part)
        raise WorldFailed(code, need=need) from None
    return final


def write_part(part: Path, data: bytes) -> None:
    """The bytes into a new file, in blocks, synced."""
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        for start in range(0, len(data), WRITE_BLOCK):
            file.write(data[start : start + WRITE_BLOCK])
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the rename durable where the system can."""
    if os.name == "nt":  # no handle to a folder there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def code_of(error: OSError) -> str:
    """Which of the stick's troubles an error of the system is."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "stick.full"
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return "stick.read_only"
    return "stick.gone"


@dataclass
class StickCarrier:
    """The laptop's side of a stick: reads first, writes then, tidies only what is its own."""

    folder: Path
    center: str
    desk: str
    name: str = "stick"
    parcels: list[Parcel] = field(default_factory=list)
    _read: dict[bytes, Path] = field(default_factory=dict)

    def fetch(self) -> Answer:
        """Every down bundle for this desk, copied when its turn comes; those of another center are not opened."""
        mine = self._own("down")
        found = [(path, name) for path, name in look(self.folder) if not name.part]
        paths = [path for path, name in found if same(name, mine)]
        foreign = sum(name.center != mine.center for _, name in found)
        return Answer(down=self._copies(paths) if paths else (), foreign=foreign, called=self._called)

    def _called(self, down: bytes) -> str:
        """The file a bundle was copied from."""
        path = self._read.get(hashlib.sha256(down).digest())
        return path.name if path else ""

    def _own(self, direction: str, no: int = 0) -> StickName:
        return stick_name(self.center, direction, self.desk, no)

    def _copies(self, paths: list[Path]) -> Iterator[bytes]:
        for path in paths:
            data = read_copy(path) or b""
            self._read[hashlib.sha256(data).digest()] = path
            yield data

    def offer(self, outgoing: Outgoing) -> Answer:
        """Write the bundle; own ones of earlier visits go once this one, which begins where they did, is read back."""
        mine = self._own("up", outgoing.no)
        write_safely(self.folder, mine, outgoing.data)
        self.parcels.append(parcel_of(mine, outgoing))
        first = self.parcels[0].no
        with suppress(WorldFailed):  # what is written is written; tidying can wait for the next time
            for path, name in look(self.folder):
                if same(name, mine) and (name.part or name.no < first):
                    remove(path)
        return Answer()

    def absorbed(self, down: bytes, *, covered: int) -> None:  # noqa: ARG002  the port's signature
        """A down bundle addressed to this desk alone may go once it is durably taken in, if it is still that one.

        Older ones go with it, for it tells everything that they told: so a damaged one is complained of once.
        """
        path = self._read.pop(hashlib.sha256(down).digest(), None)
        if path is not None and read_copy(path) == down:
            self._tidy(path)

    def _tidy(self, path: Path) -> None:
        """Remove a down bundle that was taken in, and those of ours that came before it."""
        done = parse_stick_name(path.name)
        with suppress(WorldFailed):  # tidying can wait for the next time
            for each, name in look(self.folder):
                if done and same(name, done) and not name.part and name.no <= done.no:
                    remove(each)


def parcel_of(name: StickName, outgoing: Outgoing) -> Parcel:
    """What is told of a bundle that lies on a stick."""
    data = outgoing.data
    return Parcel(str(name), outgoing.no, outgoing.base + 1, outgoing.top, len(data), digits_of(data))


def same(name: StickName, other: StickName) -> bool:
    """True for names of one desk, one center and one direction."""
    return (name.center, name.direction, name.desk) == (other.center, other.direction, other.desk)


def remove(path: Path) -> None:
    """Take a file of ours away; a read-only stick keeps it, and reading it again changes nothing."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
