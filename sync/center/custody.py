"""Whose a case is, which rooms of others it is lent to, and so into which feeds an entry of it goes (sync-design 7).

The entries `case.granted` and `case.released` say it; the table `stream_reader` repeats it for the feed writer and can
be made again from them. Who reads it inside a transaction has locked the rows of the cases before: then an entry that
comes in while its case is lent is either in the backlog or routed, never neither (row 52).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import select

from mediator.journal.custody import Custody, Reader, readable
from mediator.journal.entry import Entry, EntryId, Marks, StreamId
from sync.center.database import Scope, chunks
from sync.center.feeds import room_feed, township_feed
from sync.center.tables import CASE_ROW, STREAM_READER

CENTER_ITSELF: Final = Reader()


def feed_of(reader: Reader) -> str:
    """The feed of a township, or of a room that cases are lent to."""
    return room_feed(reader.room) if reader.room else township_feed(reader.township)


def readers_of(of: Custody) -> Iterator[Reader]:
    """The township, and every room that has or had the case."""
    yield Reader(of.township)
    yield from of.rooms


def custodies(scope: Scope, streams: Iterable[StreamId]) -> dict[StreamId, Custody]:
    """Whose each of these cases is; streams that are no cases are left out."""
    owners: dict[StreamId, str] = {}
    lent: dict[StreamId, dict[Reader, Marks | None]] = {}
    for part in chunks(sorted(set(streams))):
        rows = scope.rows(select(CASE_ROW.c.case, CASE_ROW.c.township).where(CASE_ROW.c.case.in_(part)))
        owners |= {StreamId(row.case): row.township for row in rows}
        for row in scope.rows(select(STREAM_READER).where(STREAM_READER.c.stream.in_(part))):
            until = json.loads(row.until) if row.until else None
            lent.setdefault(StreamId(row.stream), {})[Reader(row.township, row.room)] = until
    return {stream: Custody(township, lent.get(stream, {})) for stream, township in owners.items()}


def routes(scope: Scope, entries: Sequence[Entry], *, by: Reader) -> dict[str, list[EntryId]]:
    """Feed -> the entries that go into it; what belongs to no case, or to one that nobody claimed yet, is its author's
    township's; the center's own word on such a case waits.
    """
    held = custodies(scope, (entry.stream for entry in entries))
    found: dict[str, list[EntryId]] = {}
    for entry in entries:
        of = held.get(entry.stream, Custody(by.township))
        of = of if of.township else replace(of, township=by.township)
        for reader in readers_of(of) if of.township else ():
            if readable(entry, reader, of=of, by=by):
                found.setdefault(feed_of(reader), []).append(entry.id)
    return found


def together(*routed: Mapping[str, Sequence[EntryId]]) -> dict[str, list[EntryId]]:
    """Several of them as one, each entry once."""
    found: dict[str, dict[EntryId, None]] = {}
    for each in routed:
        for feed, ids in each.items():
            found.setdefault(feed, {}).update(dict.fromkeys(ids))
    return {feed: list(ids) for feed, ids in found.items()}


def heard_by(scope: Scope, place: Reader) -> set[str]:
    """The townships whose words a desk of this place may hold: its own, and those that lent its room a case."""
    joined = STREAM_READER.join(CASE_ROW, STREAM_READER.c.stream == CASE_ROW.c.case)
    lent = select(CASE_ROW.c.township).select_from(joined).where(STREAM_READER.c.feed == room_feed(place.room))
    return {place.township, *(row.township for row in scope.rows(lent.distinct()))}


def open_feeds(scope: Scope, case: StreamId) -> list[str]:
    """The feeds into which the county's own word on a case goes: its township's, and those of rooms that have it."""
    of = custodies(scope, [case])[case]
    return [feed_of(Reader(of.township)), *(feed_of(each) for each, until in of.rooms.items() if until is None)]
