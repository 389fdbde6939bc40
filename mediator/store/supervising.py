"""Orders of supervision that somebody has to do something about, by the day of the answer; folded rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import msgspec

from mediator.core.course import Order
from mediator.core.deadlines import Deadline
from mediator.core.published import InForce
from mediator.core.records import Case, CaseId
from mediator.core.supervision import attended, matter_with
from mediator.store.driver import Connection

UNSEEN: Final = ""
NEVER: Final = date.max.isoformat()
CALLED: Final = (
    "SELECT case_id FROM deadline_row WHERE lapses = 0 AND amber_on > :since AND amber_on <= :today"
    " UNION SELECT case_id FROM deadline_row WHERE lapses = 0 AND due >= :since AND due < :today ORDER BY case_id"
)
WAITING: Final = (
    "SELECT case_id, number, title, body FROM under_order JOIN case_row ON case_row.id = case_id WHERE case_id IN"
    " (SELECT case_id FROM under_order GROUP BY case_id ORDER BY min(answer_by), case_id LIMIT ?)"
    " ORDER BY answer_by, case_id, order_id"
)
_DECODER: Final = msgspec.json.Decoder(Order)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An order with its case, as lists show it; nothing has outlived it."""

    case: CaseId
    number: str
    title: str
    order: Order


def note_orders(connection: Connection, case: Case, tables: InForce, *, found: Sequence[Deadline], today: date) -> None:
    """Keep its orders that somebody has to do something about; one look-up for a case without orders.

    `found` is every deadline that ever started in the case.
    """
    rows = sorted(rows_of(case, tables, found, today)) if case.course.orders else []
    asked = "SELECT order_id, answer_by, body FROM under_order WHERE case_id = ? ORDER BY 1"
    if rows != [tuple(each) for each in connection.execute(asked, (case.id,))]:
        connection.execute("DELETE FROM under_order WHERE case_id = ?", (case.id,))
        kept = "INSERT INTO under_order (case_id, order_id, answer_by, body) VALUES (?, ?, ?, ?)"
        connection.executemany(kept, [(case.id, *row) for row in rows])


def rows_of(case: Case, tables: InForce, found: Sequence[Deadline], today: date) -> Iterator[tuple[str, str, bytes]]:
    """Each with the last day for its answer: none where the room has not noted it, `NEVER` where it was answered."""
    for each in attended(matter_with(case, found, today), today=today, tables=tables):
        by = each.answer_by.isoformat() if each.answer_by else UNSEEN
        yield each.order.id, by if each.open else NEVER, msgspec.json.encode(each.order)


def orders_waiting(connection: Connection, cases: int | None = None) -> tuple[Waiting, ...]:
    """Such orders of so many cases (None: of all), the soonest answer first, without opening a case."""
    rows = connection.execute(WAITING, (-1 if cases is None else cases,))
    return tuple(Waiting(CaseId(case), number, title, _DECODER.decode(body)) for case, number, title, body in rows)


def cases_called(connection: Connection, today: date, since: date | None = None) -> tuple[CaseId, ...]:
    """Cases with a duty that is near or late on a day, by the index of deadlines; rights that lapse call nobody.

    With `since` only those that became near or late after that day: the others were looked at then.
    """
    values = {"today": today.isoformat(), "since": (since or date.min).isoformat()}
    return tuple(CaseId(row[0]) for row in connection.execute(CALLED, values))


def cases_under_order(connection: Connection, most: int | None = None) -> tuple[CaseId, ...]:
    """The cases with such orders, the soonest answer first; no more than so many."""
    asked = "SELECT case_id FROM under_order GROUP BY case_id ORDER BY min(answer_by), case_id LIMIT ?"
    return tuple(CaseId(row[0]) for row in connection.execute(asked, (-1 if most is None else most,)))


def cases_to_climb(connection: Connection, today: date, since: date | None = None) -> tuple[CaseId, ...]:
    """Cases with an order that nobody here noted yet, or whose day of the answer went by after `since`."""
    asked = (
        "SELECT DISTINCT case_id FROM under_order WHERE answer_by = ? OR answer_by >= ? AND answer_by < ?"
        " ORDER BY case_id"
    )
    values = (UNSEEN, (since or date.min).isoformat(), today.isoformat())
    return tuple(CaseId(row[0]) for row in connection.execute(asked, values))
