"""A check of every piece the county says it holds; what is gone or damaged is asked for again."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from sqlalchemy import Row, select, tuple_

from sync.center.county import Center
from sync.center.piece_answers import forget_pieces
from sync.center.piece_files import PieceKeeper
from sync.center.tables import BLOB_PIECE

STEP: Final = 1_000
A_DAY: Final = 24 * 3600 * 1000


def check_pieces(center: Center) -> list[str]:
    """Every file read and held against its row; codes with the blob and the number of the piece.

    What is not right is no longer counted as held, so that laptops that have it send it again; files that no row names
    go once they are a day old.
    """
    keeper = center.pieces
    if keeper is None:
        return []
    wrong = [row for row in every_piece(center) if keeper.read(row.stored_as) is None]
    for blob in sorted({row.blob for row in wrong}):
        lost = [row.idx for row in wrong if row.blob == blob]
        center.database.write(partial(forget_pieces, blob=blob, indices=lost))
    sweep(center, keeper)
    return [f"piece.damaged {row.blob}:{row.idx}" for row in wrong]


def every_piece(center: Center) -> Iterator[Row[Any]]:
    """The rows in order, a thousand at a time."""
    key, after = tuple_(BLOB_PIECE.c.blob, BLOB_PIECE.c.idx), ("", -1)
    while True:
        asked = select(BLOB_PIECE.c.blob, BLOB_PIECE.c.idx, BLOB_PIECE.c.stored_as).where(key > after)
        with center.database.reading() as scope:
            rows = scope.rows(asked.order_by(BLOB_PIECE.c.blob, BLOB_PIECE.c.idx).limit(STEP))
        if not rows:
            return
        yield from rows
        after = (rows[-1].blob, rows[-1].idx)


def sweep(center: Center, keeper: PieceKeeper) -> int:
    """Files of aborted exchanges and erased recordings; how many went."""

    def named(name: str) -> bool:
        with center.database.reading() as scope:
            return scope.one(select(BLOB_PIECE.c.idx).where(BLOB_PIECE.c.stored_as == name).limit(1)) is not None

    return keeper.rest(named, before=center.now() - A_DAY)
