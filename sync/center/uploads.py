"""Large bundles in pieces: HEAD, PATCH at an offset, receipt, DELETE (sync-design 5).

A ticket is the bundle's random id. Pieces rest in the database, so that any worker can go on after a crash. The
center says where it is; a piece for another place is refused and never doubled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, delete, func, select, update

from mediator.errors import MediatorError, RefusedByRule, Unacceptable, WorldFailed
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.judging import STANDINGS
from sync.center.leases import FREE
from sync.center.tables import DESK, UPLOAD, UPLOAD_PART
from sync.wire.bundle import MAGIC, PREFIX, read_header
from sync.wire.limits import MAX_BUNDLE, MAX_HEADER
from sync.wire.members import is_hex

LIFE: Final = 7 * 24 * 3600 * 1000
OPEN_PER_DESK: Final = 2
NAMELESS: Final = 50
MAX_STAGED: Final = 20 << 30


@dataclass(frozen=True, slots=True)
class Place:
    """How far an upload is: bytes held of bytes announced."""

    held: int
    length: int


def open_upload(center: Center, ticket: str, *, length: int, start: bytes) -> Place:
    """Open a ticket or take it up again; raises Unacceptable `bundle.magic`, `bundle.size`.

    `start` are the bundle's first 24 bytes: enough to see that it is one and as long as announced. Whose it is shows
    with the first piece; until then it may be anybody's, so that of those only the newest few are kept.
    """
    if not is_hex(ticket, 32) or len(start) != PREFIX or start[:8] != MAGIC:
        raise Unacceptable("bundle.magic")
    if not 0 < length <= MAX_BUNDLE or int.from_bytes(start[16:24], "big") != length:
        raise Unacceptable("bundle.size")

    def work(scope: Scope) -> Place:
        sweep(scope, center.now())
        found = scope.one(select(UPLOAD).where(UPLOAD.c.ticket == ticket))
        if found is not None:
            return Place(found.held, found.length)
        drop_older(scope, "", keep=NAMELESS - 1)
        now = center.now()
        row = {"ticket": ticket, "desk": "", "length": length, "held": 0, "opened": now, "touched": now}
        scope.add(UPLOAD, [row | FREE])
        return Place(0, length)

    return center.database.write(work)


def sweep(scope: Scope, now: int) -> None:
    """Drop uploads that got no byte for seven days."""
    old = [row.ticket for row in scope.rows(select(UPLOAD.c.ticket).where(UPLOAD.c.touched < now - LIFE))]
    for ticket in old:
        _drop(scope, ticket)


def _drop(scope: Scope, ticket: str) -> None:
    scope.change(delete(UPLOAD_PART).where(UPLOAD_PART.c.ticket == ticket))
    scope.change(delete(UPLOAD).where(UPLOAD.c.ticket == ticket))


def place_of(center: Center, ticket: str) -> Place:
    """How far an upload is; raises RefusedByRule `upload.unknown` for unknown and expired tickets alike."""
    with center.database.reading() as scope:
        row = scope.one(select(UPLOAD.c.held, UPLOAD.c.length, UPLOAD.c.touched).where(UPLOAD.c.ticket == ticket))
    if row is None or row.touched < center.now() - LIFE:
        raise RefusedByRule("upload.unknown")
    return Place(row.held, row.length)


def add_piece(center: Center, ticket: str, offset: int, piece: bytes) -> Place:
    """Keep a piece at the place where the center is.

    Raises RefusedByRule `upload.offset` (with the right one), `upload.unknown`, Unacceptable `bundle.*`, WorldFailed
    `center.full`. Once the header is there, it must be a known desk's, and of that very bundle: strangers cannot fill
    the disk.
    """

    def work(scope: Scope) -> Place:
        row = scope.locked(select(UPLOAD).where(UPLOAD.c.ticket == ticket))
        if row is None or row.touched < center.now() - LIFE:
            raise RefusedByRule("upload.unknown")
        held = fitting(row, offset, len(piece))
        scope.add(UPLOAD_PART, [{"ticket": ticket, "start": offset, "bytes": piece}] if piece else [])
        desk = row.desk or named(scope, ticket, length=row.length)
        values = {"held": held, "desk": desk, "touched": center.now()}
        scope.change(update(UPLOAD).where(UPLOAD.c.ticket == ticket).values(**values))
        if desk:
            drop_older(scope, desk, keep=OPEN_PER_DESK)
        return Place(held, row.length)

    try:
        return center.database.write(work)
    except Unacceptable:
        forget(center, ticket)
        raise


def fitting(row: Row[Any], offset: int, size: int) -> int:
    """What an upload holds with a piece more; raises RefusedByRule `upload.offset`, Unacceptable `bundle.size`."""
    if offset != row.held:
        raise RefusedByRule("upload.offset", offset=row.held)
    if offset + size > row.length:
        raise Unacceptable("bundle.size")
    return offset + size


def named(scope: Scope, ticket: str, *, length: int) -> str:
    """The sender as soon as the header is there; raises WorldFailed `center.full` when the county has no room left."""
    desk = sender_of(scope, ticket, joined(scope, ticket, limit=PREFIX + MAX_HEADER))
    staged = scope.value(select(func.sum(UPLOAD.c.length)).where(UPLOAD.c.desk != ""))
    if desk and int(staged or 0) + length > MAX_STAGED:
        raise WorldFailed("center.full")
    return desk


def sender_of(scope: Scope, ticket: str, start: bytes) -> str:
    """The desk that the header names, empty until the whole header is there."""
    if len(start) < PREFIX:
        return ""
    size = int.from_bytes(start[12:16], "big")
    if size > MAX_HEADER:
        raise Unacceptable("bundle.header")
    if len(start) < PREFIX + size:
        return ""
    header = read_header(start[PREFIX : PREFIX + size])
    known = select(DESK.c.desk).where(DESK.c.desk == header.desk, DESK.c.state.in_(sorted(STANDINGS)))
    if header.bundle != ticket or scope.one(known) is None:
        raise Unacceptable("bundle.sender")
    return header.desk


def drop_older(scope: Scope, desk: str, *, keep: int) -> None:
    """Of a desk's uploads only the newest stay: a third replaces the older."""
    own = select(UPLOAD.c.ticket).where(UPLOAD.c.desk == desk)
    for row in scope.rows(own.order_by(UPLOAD.c.opened.desc(), UPLOAD.c.ticket))[keep:]:
        _drop(scope, row.ticket)


def joined(scope: Scope, ticket: str, *, limit: int = MAX_BUNDLE) -> bytes:
    """The pieces held, in order, up to a limit."""
    parts, size = [], 0
    ordered = select(UPLOAD_PART.c.start).where(UPLOAD_PART.c.ticket == ticket).order_by(UPLOAD_PART.c.start)
    for row in scope.rows(ordered):
        if size >= limit:
            break
        one = (UPLOAD_PART.c.ticket == ticket, UPLOAD_PART.c.start == row.start)
        piece = bytes(scope.value(select(UPLOAD_PART.c.bytes).where(*one)))
        parts.append(piece)
        size += len(piece)
    return b"".join(parts)


def whole(center: Center, ticket: str) -> bytes:
    """The bundle, once all of it is there; raises RefusedByRule `upload.unknown`, `upload.unfinished`."""
    place = place_of(center, ticket)
    if place.held < place.length:
        raise RefusedByRule("upload.unfinished", offset=place.held)
    with center.database.reading() as scope:
        return joined(scope, ticket)


def forget(center: Center, ticket: str) -> None:
    """Drop an upload and its pieces; an unknown one is fine."""

    def work(scope: Scope) -> None:
        _drop(scope, ticket)

    center.database.write(work)


def is_final(error: MediatorError) -> bool:
    """True when a refused bundle will be refused for ever, so that its pieces may go."""
    return isinstance(error, Unacceptable)
