"""What an entry speaks of and does not hold: a recording, a scan, cut into pieces (FORMATS, `MBL1`).

The bytes are sealed before they are cut and travel and rest as they are; a piece is known by its hash, the list of all
of them by the hash that the entry holds. So a piece may come from anybody, twice, in any order, over any road.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from struct import Struct
from typing import Final, NewType

from mediator.errors import RefusedByRule, Unacceptable

BlobId = NewType("BlobId", str)
PIECE: Final = 4 * (64 * 1024 + 16)
MAX_PIECES: Final = 8_192
MAX_BLOB: Final = PIECE * MAX_PIECES
MAGIC: Final = b"MBL1"
SUITE: Final = 1
HEAD: Final = Struct(">4sBBHQI")
HASH: Final = 32


class BlobClass(IntEnum):
    """What goes first: the smaller number."""

    SIGNED = 0
    SCAN = 1
    SOUND = 2


@dataclass(frozen=True, slots=True)
class Manifest:
    """How many sealed bytes there are, of which class, and SHA-256 of each piece."""

    cls: int
    size: int
    pieces: tuple[bytes, ...]

    def packed(self) -> bytes:
        """The bytes whose hash an entry holds."""
        return HEAD.pack(MAGIC, SUITE, self.cls, 0, self.size, len(self.pieces)) + b"".join(self.pieces)

    @property
    def digest(self) -> str:
        """SHA-256 of it, 64 hex: what the body of the entry pins."""
        return hashlib.sha256(self.packed()).hexdigest()

    @property
    def blob(self) -> BlobId:
        """The name under which pieces are asked for."""
        return blob_of(self.digest)

    @property
    def named(self) -> tuple[str, int, int]:
        """What the head of the entry says, readable to whoever only carries it."""
        return (self.blob, self.size, self.cls)

    def holds(self, index: int, data: bytes) -> bool:
        """True when these bytes are that piece."""
        return 0 <= index < len(self.pieces) and hashlib.sha256(data).digest() == self.pieces[index]


@dataclass(frozen=True, slots=True)
class Lacking:
    """A blob and the pieces of it that somebody lacks; without a manifest nobody knows yet how many there are."""

    blob: BlobId
    manifest: Manifest | None
    missing: tuple[int, ...] = ()


def blob_of(digest: str) -> BlobId:
    """The id of a manifest with this hash."""
    return BlobId(digest[:32])


def pieces_in(size: int) -> int:
    """How many pieces so many bytes are."""
    return -(-size // PIECE)


def length_of(size: int, index: int) -> int:
    """Bytes of one piece: all are equal but the last."""
    return min(PIECE, size - index * PIECE)


def cut(data: bytes) -> Iterator[bytes]:
    """The pieces of bytes in memory."""
    return (data[at : at + PIECE] for at in range(0, len(data), PIECE))


def manifest_of(pieces: Iterable[bytes], cls: BlobClass) -> Manifest:
    """The manifest of pieces in order; raises RefusedByRule `blob.size` for more than can travel (2 GiB)."""
    hashes: list[bytes] = []
    size = 0
    for piece in pieces:
        hashes.append(hashlib.sha256(piece).digest())
        size += len(piece)
        if len(hashes) > MAX_PIECES:
            raise RefusedByRule("blob.size", limit=MAX_BLOB >> 20)
    return Manifest(cls, size, tuple(hashes))


def read_manifest(data: bytes) -> Manifest:
    """The manifest of its bytes; raises Unacceptable `blob.manifest` for anything that `packed` does not write."""
    if len(data) < HEAD.size:
        raise Unacceptable("blob.manifest")
    magic, suite, cls, zero, size, count = HEAD.unpack_from(data)
    known = (magic, suite, zero) == (MAGIC, SUITE, 0)  # a later class goes as one that this program knows
    if not known or count > MAX_PIECES or count != pieces_in(size) or len(data) != HEAD.size + count * HASH:
        raise Unacceptable("blob.manifest")
    return Manifest(cls, size, tuple(data[at : at + HASH] for at in range(HEAD.size, len(data), HASH)))


def bits_of(indices: Iterable[int], count: int) -> bytes:
    """A bitmap of so many bits, the first the highest of the first byte, filled up with zeros."""
    bits = bytearray(-(-count // 8))
    for index in indices:
        bits[index >> 3] |= 0x80 >> (index & 7)
    return bytes(bits)


def indices_in(bits: bytes, count: int) -> tuple[int, ...]:
    """The set bits below a count; raises Unacceptable `blob.bits` for another length or a bit beyond."""
    found = tuple(at for at in range(len(bits) * 8) if bits[at >> 3] & 0x80 >> (at & 7))
    if len(bits) != -(-count // 8) or (found and found[-1] >= count):
        raise Unacceptable("blob.bits")
    return found


def in_order(lacking: Iterable[Lacking]) -> Sequence[Lacking]:
    """What is offered first: the lower class, then the smaller."""
    return sorted(lacking, key=lambda each: (*key_of(each.manifest), each.blob))


def key_of(manifest: Manifest | None) -> tuple[int, int]:
    """What a blob is ordered by; one that nobody knows goes last."""
    return (manifest.cls, manifest.size) if manifest else (max(BlobClass), MAX_BLOB)
