"""Feeds: numbered lists of what a desk may read (sync-design 4, "Downward"). Filters never touch counters.

`c` is for the whole county, `t:<township>` for its desks, `r:<room>` for one room, `d:<desk>` for one desk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select, update

from mediator.journal.entry import DeskId, Entry, EntryId
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.rows import entries_by_id
from sync.center.tables import ENTRY, FEED, FEED_HEAD
from sync.session.packing import FeedRange

COUNTY_FEED: Final = "c"
MAX_RAW_DOWN: Final = 8 << 20
STEP: Final = 2_000


def township_feed(township: str) -> str:
    """Cases of a township."""
    return f"t:{township}"


def room_feed(room: str) -> str:
    """Cases of others granted to a room."""
    return f"r:{room}"


def desk_feed(desk: str) -> str:
    """Numbers and notices for one desk."""
    return f"d:{desk}"


def feeds_of(township: str, room: str, desk: str) -> tuple[str, ...]:
    """Every feed that a desk reads."""
    return (COUNTY_FEED, township_feed(township), room_feed(room), desk_feed(desk))


def number_in(scope: Scope, epoch: int, additions: Mapping[str, Iterable[EntryId]]) -> None:
    """Append entries to feeds; the last step of a transaction, feeds in sorted order.

    The row lock of the feed's head makes numbers visible in order. A sequence would hand them out before the
    commit, a reader would skip the slower writer's, and its cursor would lose them for good.
    """
    for feed in sorted(additions):
        ids = list(additions[feed])
        if not ids:
            continue
        scope.add_if_absent(FEED_HEAD, [{"feed": feed, "no": 0, "epoch": epoch}])
        moved = update(FEED_HEAD).where(FEED_HEAD.c.feed == feed).values(no=FEED_HEAD.c.no + len(ids))
        head = scope.changed(moved.returning(FEED_HEAD.c.no))
        start = (head.no if head else len(ids)) - len(ids)
        scope.add(FEED, [{"feed": feed, "no": start + k, "desk": d, "n": n} for k, (d, n) in enumerate(ids, start=1)])


@dataclass(frozen=True, slots=True)
class Waiting:
    """What lies ready for one desk: entries, which feed numbers they answer, and whether more is left."""

    entries: tuple[Entry, ...]
    ranges: tuple[FeedRange, ...]
    more: bool


def ready_for(
    center: Center, scope: Scope, desk: DeskId, feeds: Iterable[str], have: Mapping[str, tuple[int, int]]
) -> Waiting:
    """Everything in the feeds after a desk's cursors, bounded in bytes; a cursor of another epoch starts from 0.

    A desk's own entries are passed over: it holds them.
    """
    ids: dict[EntryId, None] = {}
    ranges: list[FeedRange] = []
    room = MAX_RAW_DOWN
    more = False
    for feed in feeds:
        head = scope.one(select(FEED_HEAD.c.no, FEED_HEAD.c.epoch).where(FEED_HEAD.c.feed == feed))
        if head is None:
            continue
        epoch, cursor = have.get(feed, (0, 0))
        after = cursor if epoch == head.epoch and cursor <= head.no else 0
        upto, found, room = _run(scope, desk, feed, after, room=room)
        ids |= dict.fromkeys(found)
        more = more or upto < head.no
        if upto > after:
            ranges.append(FeedRange(feed, head.epoch, after, upto))
    return Waiting(tuple(entries_by_id(scope, center, list(ids))), tuple(ranges), more)


def _run(scope: Scope, desk: DeskId, feed: str, after: int, *, room: int) -> tuple[int, list[EntryId], int]:
    """Feed numbers after a cursor while `room` bytes last: (last number, entries of others, room left)."""
    found: list[EntryId] = []
    size = func.coalesce(func.length(ENTRY.c.sealed), 0) + func.length(ENTRY.c.head)
    joined = FEED.join(ENTRY, (FEED.c.desk == ENTRY.c.desk) & (FEED.c.n == ENTRY.c.n))
    while room > 0:
        step = (
            select(FEED.c.no, FEED.c.desk, FEED.c.n, size.label("size"))
            .select_from(joined)
            .where(FEED.c.feed == feed, FEED.c.no > after)
            .order_by(FEED.c.no)
            .limit(STEP)
        )
        rows = scope.rows(step)
        for row in rows:
            if room <= 0:
                break
            after = row.no
            if row.desk != desk:
                found.append((DeskId(row.desk), row.n))
                room -= row.size
        if len(rows) < STEP:
            break
    return after, found, room
