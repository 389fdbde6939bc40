"""Calendar and rules that count at the county: its own tables over the program's own, as at every room.

The entries are the memory here as there. What was read from them is kept beside the center until another one comes,
be it from this process or from the command line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Row, select

from mediator.core.published import InForce, Published, in_force
from mediator.errors import MediatorError
from mediator.journal.county_tables import KIND, published_in
from mediator.journal.entry import Entry
from mediator.journal.streams import county_stream
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.judging import NOT_READ
from sync.center.rows import SHIPPED, entry_of
from sync.center.tables import ENTRY


def tables_of(center: Center) -> InForce:
    """What counts now."""
    with center.database.reading() as scope:
        return tables_in(center, scope)


def tables_in(center: Center, scope: Scope) -> InForce:
    """What counts by the entries that a transaction sees."""
    written = published_ids(center, scope)
    held = center.memory.recall(written)
    return held or center.memory.keep(
        written, in_force(center.shipped, [table for _, table in published(center, scope)])
    )


def published_ids(center: Center, scope: Scope) -> tuple[tuple[int, str], ...]:
    """The entries that publish a table, to tell whether another one came."""
    return tuple((row.n, row.desk) for row in scope.rows(publishing(center, ENTRY.c.n, ENTRY.c.desk)))


def publishing(center: Center, *columns: Any) -> Any:
    """The statement of these entries; one that a laptop wrote was set aside when it came."""
    ours = (ENTRY.c.kind == KIND, ENTRY.c.stream == county_stream(center.county), ENTRY.c.code.notin_(sorted(NOT_READ)))
    return select(*columns).where(*ours).order_by(ENTRY.c.n, ENTRY.c.desk)


def published(center: Center, scope: Scope) -> tuple[tuple[Entry, Published], ...]:
    """The tables of the county; a row that somebody changed is left out here and told by a check of everything."""
    return published_in(readable(center, scope.rows(publishing(center, *SHIPPED))))


def readable(center: Center, rows: Sequence[Row[Any]]) -> Iterator[Entry]:
    """The entries of rows, those left out that were changed or lost their body."""
    for row in rows:
        try:
            entry = entry_of(row, center)
        except MediatorError:
            continue
        if not entry.erased:
            yield entry
