"""The tables that a county publishes, as its entries say them: read the same way by every room and by the county.

Of two tables for one day the later written one counts. Later is what had seen the other: a county that came back from
a backup numbers its entries from the beginning again, so that their numbers say nothing across its lives.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from mediator.core.published import Published
from mediator.journal.entry import Entry
from mediator.journal.fold import StreamLog
from mediator.journal.kinds import KINDS

KIND: Final = "table.published"


def published_in(entries: Iterable[Entry]) -> tuple[tuple[Entry, Published], ...]:
    """The tables among the entries of a county's stream in the order in which they count, with `order` from 1.

    A body that is none is left out; one whose predecessors are missing counts last.
    """
    log, held = StreamLog(), list(entries)
    log.add(held)
    placed = {entry.id for entry in log.entries}
    waiting = sorted((each for each in held if each.id not in placed), key=lambda each: (each.n, each.desk))
    found = [each for each in (*log.entries, *waiting) if is_table(each)]
    return tuple((each, table_of(each, place)) for place, each in enumerate(found, start=1))


def is_table(entry: Entry) -> bool:
    """True for an entry that says which table it publishes."""
    return entry.kind == KIND and not entry.erased and not KINDS[KIND].fault(entry.content())


def table_of(entry: Entry, order: int) -> Published:
    """What an entry publishes."""
    body = entry.content()
    day = date.fromisoformat(str(body["valid_from"]))
    return Published(str(body["name"]), str(body["version"]), day, body["content"], order)
