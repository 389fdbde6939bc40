"""Frames about recordings and scans: MANIFEST, PIECES, WANT; whoever does not know them passes over them (FORMATS)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mediator.errors import Unacceptable
from mediator.journal.blobs import MAX_PIECES, PIECE, BlobId, Manifest, bits_of, indices_in, read_manifest
from sync.wire.frames import Frame, FrameType

ID: Final = 16
PIECE_HEAD: Final = ID + 4
MAX_BLOBS: Final = 256


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece as it came; nobody has looked yet whether it is the one it says."""

    blob: BlobId
    index: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Want:
    """Which pieces of a blob are asked for; `count` 0 asks for all of them and for the manifest.

    None missing means that all are there.
    """

    blob: BlobId
    count: int
    missing: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Carried:
    """What a bundle holds of blobs; `manifests` by the id that their bytes have."""

    manifests: Mapping[BlobId, Manifest]
    pieces: tuple[Piece, ...]
    wants: tuple[Want, ...]

    @property
    def ids(self) -> frozenset[BlobId]:
        """Every blob that is spoken of."""
        return frozenset((*self.manifests, *(each.blob for each in self.pieces), *(each.blob for each in self.wants)))

    @property
    def returned(self) -> frozenset[BlobId]:
        """Blobs of which something came, and not only a word."""
        return frozenset((*self.manifests, *(each.blob for each in self.pieces)))

    def of(self, blob: BlobId) -> tuple[Manifest | None, Sequence[tuple[int, bytes]]]:
        """What came of one blob."""
        return self.manifests.get(blob), [(each.index, each.data) for each in self.pieces if each.blob == blob]


NONE: Final = Carried({}, (), ())


def manifest_frame(manifest: Manifest) -> Frame:
    """A manifest on its way."""
    return FrameType.MANIFEST, manifest.packed()


def piece_frame(piece: Piece) -> Frame:
    """A piece on its way."""
    return FrameType.PIECES, bytes.fromhex(piece.blob) + piece.index.to_bytes(4, "big") + piece.data


def want_frame(want: Want) -> Frame:
    """A question for pieces, or the answer that none is missing."""
    bits = bits_of(want.missing, want.count)
    return FrameType.WANT, bytes.fromhex(want.blob) + want.count.to_bytes(4, "big") + bits


def read_carried(frames: Sequence[Frame]) -> Carried:
    """What a bundle holds of blobs; raises Unacceptable `blob.manifest`, `blob.frame`, `blob.bits`."""
    found: dict[int, list[bytes]] = {kind: [] for kind in (FrameType.MANIFEST, FrameType.PIECES, FrameType.WANT)}
    for kind, data in frames:
        if kind in found:
            found[kind].append(data)
    if max(len(found[FrameType.MANIFEST]), len(found[FrameType.WANT])) > MAX_BLOBS:
        raise Unacceptable("blob.frame", where="count")
    manifests = map(read_manifest, found[FrameType.MANIFEST])
    return Carried(
        {each.blob: each for each in manifests},
        tuple(map(read_piece, found[FrameType.PIECES])),
        tuple(map(read_want, found[FrameType.WANT])),
    )


def read_piece(data: bytes) -> Piece:
    """A piece of bounded length."""
    if not PIECE_HEAD < len(data) <= PIECE_HEAD + PIECE:
        raise Unacceptable("blob.frame", where="piece")
    return Piece(BlobId(data[:ID].hex()), int.from_bytes(data[ID:PIECE_HEAD], "big"), data[PIECE_HEAD:])


def read_want(data: bytes) -> Want:
    """What is asked for."""
    count = int.from_bytes(data[ID:PIECE_HEAD], "big")
    if len(data) < PIECE_HEAD or count > MAX_PIECES:
        raise Unacceptable("blob.frame", where="want")
    return Want(BlobId(data[:ID].hex()), count, indices_in(data[PIECE_HEAD:], count))


def frames_of(carried: Carried) -> Iterator[Frame]:
    """The frames in the order in which a reader needs them."""
    yield from map(manifest_frame, carried.manifests.values())
    yield from map(want_frame, carried.wants)
    yield from map(piece_frame, carried.pieces)
