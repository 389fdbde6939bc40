"""Recordings and scans that were asked back, as files on a stick: all of them in one visit, while there is room."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Final

from sqlalchemy import select

from mediator.journal.blobs import PIECE, BlobId, pieces_in
from sync.center.answering import Apart
from sync.center.county import Center
from sync.center.feeds import feeds_of
from sync.center.piece_answers import Known, handed_out, known_to
from sync.center.sealing import sealed
from sync.center.snapshots import numbered
from sync.center.tables import DESK
from sync.session.county import UpBundle
from sync.session.packing import downward
from sync.wire.blobs import Want

STICK_LOAD: Final = 64
STICK_FILES: Final = 64


def pieces_alone(center: Center, up: UpBundle) -> Apart:
    """The answer to a file of pieces: without the feeds, which lie in the answer to the text beside it."""
    with center.database.reading() as scope:
        desk = scope.one(select(DESK).where(DESK.c.desk == up.desk))
    return Apart(feeds=frozenset(feeds_of(desk.township, desk.room, up.desk)) if desk else frozenset())


def handed_files(center: Center, up: UpBundle, room: Callable[[], int]) -> Iterator[tuple[int, bytes]]:
    """Everything that was asked back, in bundles of their own with their numbers, while there is room for them."""
    with center.database.reading() as scope:
        known = known_to(center, scope, up)
        seal = str(scope.value(select(DESK.c.seal).where(DESK.c.desk == up.desk)))
    for _, want in zip(range(STICK_FILES), in_loads(known, up.carried.wants), strict=False):
        frames = handed_out(center, known, [want], most=STICK_LOAD) if room() > (STICK_LOAD + 1) * PIECE else []
        if frames:
            payload = downward(entries=(), feeds=(), receipt=None, blobs=frames)
            no = center.database.write(partial(numbered, desk=up.desk))
            yield no, sealed(center, up.desk, payload, seal=seal, no=no)


def in_loads(known: Mapping[BlobId, Known], wants: Iterable[Want]) -> Iterator[Want]:
    """Questions cut so that each answer fits into one file; the first of a blob without a manifest brings that too."""
    for want in wants:
        each = known.get(want.blob)
        count = pieces_in(each.row.size) if each else 0
        asked = want.missing if want.count else tuple(range(count))
        for at in range(0, len(asked), STICK_LOAD):
            yield Want(want.blob, count if want.count or at else 0, asked[at : at + STICK_LOAD])
