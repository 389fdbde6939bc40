"""What a feed lacks of a case that is lent, by what the case's own entries say of it.

Nothing is remembered but the entries: after a backup came back, or after a county was lost, the same words bring
readers and feeds to the same place again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from sqlalchemy import select, update

from mediator.journal.custody import Reader, readable
from mediator.journal.entry import DeskId, Entry, EntryId, StreamId
from mediator.journal.fold import StreamLog
from mediator.journal.lending import GRANTED, LENDING
from mediator.journal.marks import covers
from mediator.journal.state import EMPTY, Lent
from sync.center.county import Center
from sync.center.custody import CENTER_ITSELF, custodies, feed_of, readers_of
from sync.center.database import Scope, chunks
from sync.center.feeds import number_in, room_feed
from sync.center.judging import NOT_READ, SCOPE
from sync.center.rows import NEW, SHIPPED, entry_of
from sync.center.tables import DESK, ENTRY, FEED, STREAM_READER


def told_of(center: Center, scope: Scope, case: StreamId) -> tuple[StreamLog, list[Entry]]:
    """A case folded, and what others may read of it in an order that respects causes; what waits is last."""
    rows = select(*SHIPPED).where(ENTRY.c.stream == case, ENTRY.c.code.notin_(sorted(NOT_READ)))
    entries = [entry_of(row, center) for row in scope.rows(rows)]
    log = StreamLog()
    log.add(entries)
    placed = log.entries
    known = {entry.id for entry in placed}
    return log, [*placed, *(entry for entry in entries if entry.id not in known)]


def catch_up(center: Center, scope: Scope, case: StreamId) -> None:
    """Bring the table and every feed of a case in line with what its entries say; the last step of a transaction.

    A room that was lent the case just now gets all of it, in causal order; done again, nothing changes.
    """
    revive(center, scope, case)
    log, entries = told_of(center, scope, case)
    keep_readers(scope, case, lent_in(log, entries))
    of, authors = custodies(scope, [case])[case], authors_of(scope, {entry.desk for entry in entries})
    additions = {}
    for reader in readers_of(of):
        held = in_feed(scope, feed_of(reader), case)
        additions[feed_of(reader)] = [
            entry.id
            for entry in entries
            if entry.id not in held and readable(entry, reader, of=of, by=authors[entry.desk])
        ]
    number_in(scope, center.card.epoch, additions)


def revive(center: Center, scope: Scope, case: StreamId) -> None:
    """Take in what was set aside as another township's word although its author had seen the county's own.

    After a backup came back a room may tell first what it wrote, and hand back the grant that allowed it only then.
    """
    aside = (ENTRY.c.stream == case, ENTRY.c.code == SCOPE)
    told = [entry_of(row, center) for row in scope.rows(select(*SHIPPED).where(*aside))]
    if not told:
        return
    grants = [each for each in told_of(center, scope, case)[1] if each.kind == GRANTED]
    authors = authors_of(scope, {each.desk for each in told})
    for each in told:
        room = authors[each.desk].room
        if any(grant.content().get("room") == room and covers(each.marks, *grant.id) for grant in grants):
            row = update(ENTRY).where(ENTRY.c.desk == each.desk, ENTRY.c.n == each.n)
            scope.change(row.values(code="", state=NEW))


def lent_in(log: StreamLog, entries: Iterable[Entry]) -> Mapping[str, Lent]:
    """Who has a case; while words wait for others that have not come back, by the county's own words in their order."""
    if not log.waiting:
        return log.state.lent
    state = EMPTY
    for each in sorted(entries, key=lambda entry: (entry.wall, entry.n)):
        if each.kind in LENDING:
            state = LENDING[each.kind](state, each, each.content())
    return state.lent


def keep_readers(scope: Scope, case: StreamId, held: Mapping[str, Lent]) -> None:
    """The table, by who has the case."""
    for room, lent in held.items():
        until = "" if lent.until is None else json.dumps(dict(lent.until), sort_keys=True)
        row = {"stream": case, "feed": room_feed(room), "township": lent.township, "room": room, "until": until}
        scope.put(STREAM_READER, row)


def authors_of(scope: Scope, desks: set[DeskId]) -> dict[DeskId, Reader]:
    """Where each desk stands; the center's own lives, and a desk that never joined, stand nowhere."""
    found = dict.fromkeys(desks, CENTER_ITSELF)
    for part in chunks(sorted(desks)):
        rows = scope.rows(select(DESK.c.desk, DESK.c.township, DESK.c.room).where(DESK.c.desk.in_(part)))
        found |= {DeskId(row.desk): Reader(row.township, row.room) for row in rows}
    return found


def in_feed(scope: Scope, feed: str, case: StreamId) -> set[EntryId]:
    """The entries of a case that stand in a feed already."""
    joined = FEED.join(ENTRY, (FEED.c.desk == ENTRY.c.desk) & (FEED.c.n == ENTRY.c.n))
    asked = select(FEED.c.desk, FEED.c.n).select_from(joined)
    return {(DeskId(row.desk), row.n) for row in scope.rows(asked.where(FEED.c.feed == feed, ENTRY.c.stream == case))}
