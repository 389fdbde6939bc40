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
from mediator.journal.kinds import KINDS
from mediator.journal.marks import covers

KIND: Final = "table.published"


def published_in(entries: Iterable[Entry]) -> tuple[tuple[Entry, Published], ...]:
    """The tables among the entries of a county's stream in the order in which they count, with `order` from 1.

    Whoever had seen another had seen all that the other saw, so the count of those seen is an order of causes. A body
    that is none is left out.
    """
    found = [each for each in entries if is_table(each)]

    def place(entry: Entry) -> tuple[int, int, str]:
        return sum(covers(entry.marks, *each.id) for each in found), entry.n, entry.desk

    return tuple((each, table_of(each, order)) for order, each in enumerate(sorted(found, key=place), start=1))


def is_table(entry: Entry) -> bool:
    """True for an entry that says which table it publishes."""
    return entry.kind == KIND and not entry.erased and not KINDS[KIND].fault(entry.content())


def table_of(entry: Entry, order: int) -> Published:
    """What an entry publishes."""
    body = entry.content()
    day = date.fromisoformat(str(body["valid_from"]))
    return Published(str(body["name"]), str(body["version"]), day, body["content"], order)
