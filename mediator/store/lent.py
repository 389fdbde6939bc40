"""Cases of other rooms that the county lent to this one: they count where they are registered, and not here.

Once the county took one back, nothing of it is this room's to do: no deadline, no order, no line of the calendar.
"""

from __future__ import annotations

from dataclasses import replace

from mediator.core.course import Lending
from mediator.core.deadlines import Deadline
from mediator.core.records import Case
from mediator.store.driver import Connection


def lent_here(connection: Connection, case: Case) -> Lending | None:
    """The county's word by which this room has or had another's case; nothing is asked for one that nobody lent."""
    if not case.course.lendings:
        return None
    row = connection.execute("SELECT value FROM setting WHERE name = 'room_short'").fetchone()
    return next((each for each in case.course.lendings if row and each.room == row[0]), None)


def is_back(connection: Connection, case: Case) -> bool:
    """True for a case that this room had and has no more."""
    lent = lent_here(connection, case)
    return lent is not None and not lent.open


def to_do(connection: Connection, case: Case, found: tuple[Deadline, ...]) -> tuple[Case, tuple[Deadline, ...]]:
    """The case and its deadlines as far as they are this room's to look after."""
    if not is_back(connection, case):
        return case, found
    return replace(case, course=replace(case.course, orders=())), ()
