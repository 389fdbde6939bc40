"""Which cases have an order of supervision that somebody has to do something about; folded, so it can be made anew."""

from __future__ import annotations

from datetime import date
from typing import Final

from mediator.core.published import InForce
from mediator.core.records import Case, CaseId
from mediator.core.supervision import attended, matter_of
from mediator.store.driver import Connection

CALLED: Final = (
    "SELECT case_id FROM deadline_row WHERE lapses = 0 AND amber_on > :since AND amber_on <= :today"
    " UNION SELECT case_id FROM deadline_row WHERE lapses = 0 AND due >= :since AND due < :today ORDER BY case_id"
)


def note_orders(connection: Connection, case: Case, tables: InForce, today: date) -> None:
    """Enter the case, or take it out when nobody waits for anything; one look-up for a case without orders."""
    open_orders: tuple[object, ...] = ()
    if case.course.orders:
        seen = matter_of(case, today=today, calendar=tables.calendar, rules=tables.rules)
        open_orders = attended(seen, today=today, calendar=tables.calendar)
    if open_orders:
        connection.execute("INSERT OR REPLACE INTO under_order (case_id) VALUES (?)", (case.id,))
    else:
        connection.execute("DELETE FROM under_order WHERE case_id = ?", (case.id,))


def cases_called(connection: Connection, today: date, since: date | None = None) -> tuple[CaseId, ...]:
    """Cases with a duty that is near or late on a day, by the index of deadlines; rights that lapse call nobody.

    With `since` only those that became near or late after that day: the others were looked at then.
    """
    values = {"today": today.isoformat(), "since": (since or date.min).isoformat()}
    return tuple(CaseId(row[0]) for row in connection.execute(CALLED, values))


def cases_under_order(connection: Connection) -> tuple[CaseId, ...]:
    """The cases that were entered, by id."""
    return tuple(CaseId(row[0]) for row in connection.execute("SELECT case_id FROM under_order ORDER BY case_id"))
