"""Pieces of recordings and scans at the county: held against what an entry names, kept, asked for, handed out.

Nothing here holds up an entry: a bundle's text was taken in and receipted before this begins, and a piece that is
damaged, unknown or somebody else's is refused by name while the others are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from sqlalchemy import func, select, update

from mediator.journal.blobs import BlobId
from mediator.journal.entry import DeskId
from sync.center.chain import lock_desk
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.piece_answers import Known, handed_out, known_to, missing_of, owed_by
from sync.center.receipts import issue, newest
from sync.center.tables import BLOB, BLOB_PIECE
from sync.session.county import UpBundle
from sync.session.rescue import Notice
from sync.wire.blobs import Carried, Piece, want_frame
from sync.wire.frames import Frame
from sync.wire.receipt import read_receipt
from sync.wire.succession import by_any

A_DAY: Final = 24 * 3600 * 1000
MOST_A_DAY: Final = 8_192


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of the pieces in a bundle: frames for the answer, what was refused, and a newer receipt if any."""

    frames: tuple[Frame, ...] | None = None
    notices: tuple[Notice, ...] = ()
    receipt: bytes | None = None


def take_pieces(center: Center, up: UpBundle, *, most: int) -> Brought:
    """Keep what came, say what is missing and what is whole, and hand out at most so many pieces that were asked for.

    Raises WorldFailed `center.full`, `center.pieces`.
    """
    keeper = center.pieces
    if keeper is None:
        return Brought()
    with center.database.reading() as scope:
        known = known_to(center, scope, up)
        room = room_today(scope, center, up.desk)
    good, refused = sorted_out(known, up.carried, room=room)
    keeper.keep(piece.data for piece in good)
    receipt = center.database.write(partial(_enter, center, up=up, known=known, good=good)) if known else None
    with center.database.reading() as scope:
        wants = (*missing_of(scope, known), *owed_by(scope, up.desk, known))
    handed = handed_out(center, known, up.carried.wants, most=most)
    notices = [{"code": code, "blob": blob, "count": count} for (code, blob), count in sorted(refused.items())]
    return Brought((*map(want_frame, wants), *handed), tuple(notices), receipt)


def room_today(scope: Scope, center: Center, desk: DeskId) -> int:
    """How many pieces a desk may still bring today; text knows no such limit."""
    since = center.now() - A_DAY
    own = select(func.count()).select_from(BLOB_PIECE).where(BLOB_PIECE.c.desk == desk, BLOB_PIECE.c.arrived > since)
    return MOST_A_DAY - int(scope.value(own) or 0)


def sorted_out(
    known: Mapping[BlobId, Known], carried: Carried, *, room: int
) -> tuple[list[Piece], dict[tuple[str, BlobId], int]]:
    """Pieces that are what they say, and how many were refused, by code and blob."""
    good: list[Piece] = []
    refused: dict[tuple[str, BlobId], int] = {}
    for piece in carried.pieces:
        code = fault_of(known.get(piece.blob), piece) or ("" if len(good) < room else "piece.quota")
        if code:
            refused[code, piece.blob] = refused.get((code, piece.blob), 0) + 1
        else:
            good.append(piece)
    return good, refused


def fault_of(known: Known | None, piece: Piece) -> str:
    """Why a piece is refused: no entry of the sender's reach names it, nobody knows its hash, or it is another one."""
    if known is None:
        return "piece.foreign"
    if known.manifest is None:
        return "piece.unknown"
    return "" if known.manifest.holds(piece.index, piece.data) else "piece.damaged"


def _enter(
    center: Center, scope: Scope, *, up: UpBundle, known: Mapping[BlobId, Known], good: Sequence[Piece]
) -> bytes | None:
    """Rows for pieces whose files are durable, and a receipt when something that the bundle speaks of is whole."""
    desk = lock_desk(scope, up.desk)
    whole = [blob for blob, each in sorted(known.items()) if enter_blob(center, scope, each, good, by=up.desk)]
    if desk is None or not whole:
        return None
    kept = newest(center, scope, up.desk)
    keys = (center.sealer.sign_public, *center.former_signs)
    if kept and set(whole) <= set(by_any(keys, lambda key: read_receipt(kept, key, center.sealer)).blobs):
        return kept
    head = (desk.head_n, desk.head_hash)
    return issue(center, scope, up.desk, bundle=up.header.bundle, head=head, blobs=whole)


def enter_blob(center: Center, scope: Scope, known: Known, good: Sequence[Piece], *, by: DeskId) -> bool:
    """The pieces of one blob; True when all of them are there."""
    blob, manifest = known.row.blob, known.manifest
    if manifest is None or scope.locked(select(BLOB.c.blob).where(BLOB.c.blob == blob)) is None:
        return False
    rows = [
        {"blob": blob, "idx": piece.index, "stored_as": manifest.pieces[piece.index].hex(), "desk": by,
         "arrived": center.now()}
        for piece in good
        if piece.blob == blob
    ]  # fmt: skip
    scope.add_if_absent(BLOB_PIECE, rows)
    held = int(scope.value(select(func.count()).select_from(BLOB_PIECE).where(BLOB_PIECE.c.blob == blob)) or 0)
    before = scope.value(select(BLOB.c.complete).where(BLOB.c.blob == blob))
    whole = held == len(manifest.pieces)
    values = {"manifest": manifest.packed(), "held": held, "complete": (before or center.now()) if whole else 0}
    scope.change(update(BLOB).where(BLOB.c.blob == blob).values(**values))
    return whole
