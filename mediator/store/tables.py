"""The county's tables on a laptop: read from its entries, counted with at once, and rows brought up to date.

The entries are the memory; nothing is copied beside them. When another table counts than the one that rows were folded
under, after an exchange or with a newer program, the rows of all cases are folded again, once.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import date
from typing import Final

from mediator.core.calendar import Calendar
from mediator.core.deadlines import every_deadline, still_open
from mediator.core.published import InForce, Published, in_force
from mediator.core.records import CaseId
from mediator.errors import WorldFailed
from mediator.journal.county_tables import published_in
from mediator.journal.fold import StreamLog
from mediator.journal.records import case_of
from mediator.journal.streams import county_stream
from mediator.store import counting, dues, listing, supervising
from mediator.store.driver import Connection, transaction
from mediator.store.holding import entries_of_stream
from mediator.store.lent import to_do

MARK: Final = "deadlines_counted_by"


def published(connection: Connection) -> tuple[Published, ...]:
    """The tables of this vault's county, in the order in which they count."""
    row = connection.execute("SELECT value FROM setting WHERE name = 'division'").fetchone()
    entries = entries_of_stream(connection, county_stream(row[0][:6])) if row else []
    return tuple(table for _, table in published_in(entries))


def tables_in_force(connection: Connection, calendar: Calendar) -> InForce:
    """What counts in this vault, over the program's own calendar."""
    return in_force(calendar, published(connection))


def mark_of(tables: InForce) -> str:
    """A short name of what counts, to tell whether rows were folded under it."""
    return hashlib.sha256(tables.mark.encode()).hexdigest()


def is_counted(connection: Connection, tables: InForce) -> bool:
    """True when the rows of this vault were folded under these tables."""
    row = connection.execute("SELECT value FROM setting WHERE name = ?", (MARK,)).fetchone()
    return bool(row) and row[0] == mark_of(tables)


def count_again(connection: Connection, tables: InForce, today: date) -> None:
    """Fold the rows of all cases, inside a transaction, and note under what; only those that differ are written."""
    for (case_id,) in connection.execute("SELECT id FROM case_row").fetchall():
        log = StreamLog()
        log.add(entries_of_stream(connection, case_id))
        case = case_of(CaseId(case_id), log.state, waiting=log.waiting)
        found = every_deadline(case, calendar=tables.calendar, rules=tables.rules)
        counting.write(connection, case, tables, found)
        case, found = to_do(connection, case, found)
        dues.write(connection, case.id, found)
        supervising.note_orders(connection, case, tables, found=found, today=today)
        listing.write_due(connection, case.id, next(iter(still_open(found, today)), None))
    connection.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (MARK, mark_of(tables)))


def bring_up_to_date(connection: Connection, tables: InForce, today: date) -> None:
    """At the opening of a vault; on a full disk it opens all the same and the next opening counts."""
    if not is_counted(connection, tables):
        with suppress(WorldFailed), transaction(connection):
            count_again(connection, tables, today)
