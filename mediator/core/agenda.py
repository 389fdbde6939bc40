"""What of a matter stands on a calendar or waits in a queue: sittings, what is owed, work orders in hand.

Made from the folded case alone, by one code for the workbench of a room and the board of the county.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from mediator.core.codes import CaseKind, CaseStatus
from mediator.core.dates import BEIJING
from mediator.core.identifiers import mask_name
from mediator.core.money import figures
from mediator.core.performing import Owed, obligations_now
from mediator.core.records import Case

DONE: Final = frozenset(
    {
        CaseStatus.NOT_ACCEPTED, CaseStatus.WITHDRAWN, CaseStatus.TERMINATED, CaseStatus.TRANSFERRED,
        CaseStatus.CLOSED, CaseStatus.ARCHIVED,
    }
)  # fmt: skip
SHOWN: Final = 60


class Planned(Enum):
    """Why a line stands there."""

    HEARING = "hearing"
    OBLIGATION = "obligation"
    WORK_ORDER = "work_order"
    VISIT = "visit"


@dataclass(frozen=True, slots=True)
class Line:
    """One of them: its day, its hour as `HH:MM` where it has one, what it says.

    `tag` is the category of a work order, the place of a sitting, empty otherwise; `item` is what it is about.
    """

    sort: Planned
    item: str
    on: date
    at: str = ""
    tag: str = ""
    words: str = ""


def agenda_of(case: Case) -> tuple[Line, ...]:
    """All lines of a case; what is done with has none but its sittings and visits, for the calendar of the week."""
    return (*sittings(case), *visits(case), *dues(case), *orders(case))


def sittings(case: Case) -> Iterator[Line]:
    """Sittings that have a time."""
    for each in case.hearings:
        if each.held_at:
            local = each.held_at.astimezone(BEIJING)
            yield Line(Planned.HEARING, each.id, local.date(), f"{local:%H:%M}", each.place)


def visits(case: Case) -> Iterator[Line]:
    """Visits that were made, numbered from the first."""
    for number, day in enumerate(sorted(each.visited_on for each in case.follow_ups), 1):
        yield Line(Planned.VISIT, str(number), day)


def dues(case: Case) -> Iterator[Line]:
    """Obligations of a signed agreement that are still open and have a day."""
    if case.agreement is None or not case.agreement.is_signed:
        return
    for each in obligations_now(case):
        if each.now.due_on and not each.done:
            yield Line(Planned.OBLIGATION, each.signed.id, each.now.due_on, words=owed_words(each))


def owed_words(owed: Owed) -> str:
    """`张*付李*3,000.00元`, the sum that is still open; goods by their name. A list masks whom it names (T10)."""
    payer, payee = mask_name(owed.now.payer), mask_name(owed.now.payee)
    what = f"付{payee}{figures(owed.open)}元" if owed.now.amount else f"向{payee}交付{owed.now.goods}"
    return f"{payer}{what}"[:SHOWN]


def orders(case: Case) -> Iterator[Line]:
    """A work order that is in hand, by the day and hour of its arrival."""
    if case.kind is not CaseKind.WORK_ORDER or case.status in DONE:
        return
    day, hour = arrival(case)
    yield Line(Planned.WORK_ORDER, "", day, hour, case.category.value if case.category else "", case.title[:SHOWN])


def arrival(case: Case) -> tuple[date, str]:
    """Day and hour at which it arrived; the day of its first entry and no hour where nobody wrote it down."""
    if case.arrived_at:
        at = case.arrived_at.astimezone(BEIJING)
        return at.date(), f"{at:%H:%M}"
    received = case.course.received.at if case.course.received else None
    return (received.astimezone(BEIJING).date() if received else date.min), ""
