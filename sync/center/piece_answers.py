"""Which recordings and scans a desk may read, what the county lacks of them, and the pieces that are asked back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from sqlalchemy import Row, delete, func, select, update

from mediator.journal.blobs import BlobId, Manifest, pieces_in, read_manifest
from mediator.journal.entry import DeskId
from sync.center.county import Center
from sync.center.database import Scope, chunks
from sync.center.feeds import feeds_of
from sync.center.piece_files import PieceKeeper
from sync.center.rows import SHIPPED, body_of
from sync.center.tables import BLOB, BLOB_PIECE, DESK, ENTRY, FEED
from sync.session.county import UpBundle
from sync.wire.blobs import Piece, Want, manifest_frame, piece_frame
from sync.wire.frames import Frame

LOAD: Final = 16
ASKED_FOR: Final = 16


@dataclass(frozen=True, slots=True)
class Known:
    """A blob that an entry names and this desk may read: its row, and its manifest once that is known."""

    row: Row[Any]
    manifest: Manifest | None


def known_to(center: Center, scope: Scope, up: UpBundle) -> dict[BlobId, Known]:
    """The blobs of a bundle that its sender may read: of its own entries, or of entries in its feeds.

    A manifest that came counts when it is as long as the entry's head says and is the one that its body pins.
    """
    desk = scope.one(select(DESK).where(DESK.c.desk == up.desk))
    found: dict[BlobId, Known] = {}
    for part in chunks(sorted(up.carried.ids)):
        for row in scope.rows(select(BLOB).where(BLOB.c.blob.in_(part))):
            if desk is not None and may_read(scope, desk, row):
                blob = BlobId(row.blob)
                brought = up.carried.manifests.get(blob)
                held = read_manifest(bytes(row.manifest)) if row.manifest else None
                sound = brought is not None and held is None and pinned(center, scope, row, brought)
                found[blob] = Known(row, brought if sound else held)
    return found


def may_read(scope: Scope, desk: Row[Any], blob: Row[Any]) -> bool:
    """Whether a desk wrote the entry that names a blob, or finds that entry in one of its feeds."""
    if blob.desk == desk.desk:
        return True
    feeds = feeds_of(desk.township, desk.room, desk.desk)
    stands = select(FEED.c.no).where(FEED.c.feed.in_(feeds), FEED.c.desk == blob.desk, FEED.c.n == blob.n)
    return scope.one(stands.limit(1)) is not None


def pinned(center: Center, scope: Scope, row: Row[Any], manifest: Manifest) -> bool:
    """True when a manifest is the one that the entry speaks of; of one whose body is gone the head must do."""
    if (manifest.size, manifest.cls) != (row.size, row.cls):
        return False
    entry = scope.one(select(*SHIPPED).where(ENTRY.c.desk == row.desk, ENTRY.c.n == row.n))
    told = body_of(entry, center).get("blob") if entry is not None else None
    return not isinstance(told, dict) or told.get("manifest") == manifest.digest


def missing_of(scope: Scope, known: Mapping[BlobId, Known]) -> Iterator[Want]:
    """What of these is not here; nothing of a blob whose manifest nobody brought."""
    for blob, each in sorted(known.items()):
        if each.manifest is not None:
            count = len(each.manifest.pieces)
            held = held_of(scope, blob)
            yield Want(blob, count, tuple(index for index in range(count) if index not in held))


def held_of(scope: Scope, blob: str) -> Mapping[int, str]:
    """The pieces of a blob that are here: index -> name of the file."""
    rows = scope.rows(select(BLOB_PIECE.c.idx, BLOB_PIECE.c.stored_as).where(BLOB_PIECE.c.blob == blob))
    return {row.idx: row.stored_as for row in rows}


def owed_by(scope: Scope, desk: DeskId, but: Iterable[BlobId]) -> Iterator[Want]:
    """What a desk began to bring and the county lacks, or lacks again; a few at a time."""
    begun = select(BLOB).where(BLOB.c.desk == desk, BLOB.c.complete == 0, BLOB.c.manifest.is_not(None))
    spoken_of = set(but)
    rows = scope.rows(begun.order_by(BLOB.c.cls, BLOB.c.size).limit(ASKED_FOR))
    own = {BlobId(row.blob): Known(row, read_manifest(bytes(row.manifest))) for row in rows}
    yield from missing_of(scope, {blob: each for blob, each in own.items() if blob not in spoken_of})


def handed_out(center: Center, known: Mapping[BlobId, Known], wants: Iterable[Want], *, most: int) -> list[Frame]:
    """Manifests and pieces that a laptop asked for, so many pieces at most; what is damaged here is asked for again."""
    found: list[Frame] = []
    for want in wants:
        each = known.get(want.blob)
        if each is None or each.manifest is None or center.pieces is None:
            continue
        found += [] if want.count else [manifest_frame(each.manifest)]
        asked = want.missing or range(0 if want.count else pieces_in(each.row.size))
        pieces = list(read_out(center, center.pieces, each.row.blob, asked, most=most))
        most -= len(pieces)
        found += map(piece_frame, pieces)
    return found


def read_out(center: Center, keeper: PieceKeeper, blob: BlobId, asked: Iterable[int], *, most: int) -> Iterator[Piece]:
    """Pieces as they rest; one whose file is gone or damaged is no longer counted as held."""
    with center.database.reading() as scope:
        held = held_of(scope, blob)
    lost = []
    for index in asked:
        if most <= 0:
            break
        data = keeper.read(held[index]) if index in held else None
        if data is not None:
            most -= 1
            yield Piece(blob, index, data)
        elif index in held:
            lost.append(index)
    if lost:
        center.database.write(partial(forget_pieces, blob=blob, indices=lost))


def forget_pieces(scope: Scope, *, blob: str, indices: Sequence[int]) -> None:
    """These pieces are not here after all."""
    for part in chunks(indices):
        scope.change(delete(BLOB_PIECE).where(BLOB_PIECE.c.blob == blob, BLOB_PIECE.c.idx.in_(part)))
    held = int(scope.value(select(func.count()).select_from(BLOB_PIECE).where(BLOB_PIECE.c.blob == blob)) or 0)
    scope.change(update(BLOB).where(BLOB.c.blob == blob).values(held=held, complete=0))
