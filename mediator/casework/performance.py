"""After the agreement at one look: obligations, receipts, visits, satisfaction, and where a breach leads.

One call, plain records; deeds that write stand in `performing` and `reviewing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from mediator.casework.desk import Desk
from mediator.casework.guards import known
from mediator.casework.roads import advice_of
from mediator.core.calendar import Calendar
from mediator.core.codes import SatisfiedWith, Standing
from mediator.core.course import Satisfaction
from mediator.core.deadlines import Deadline, due_of, every_deadline
from mediator.core.life import PETITIONS
from mediator.core.performing import Owed, obligations_now, standing_of
from mediator.core.records import Case, CaseId, FollowUp, IssuedPaper
from mediator.core.roads import Road
from mediator.store.today import Asked, owed_and_called

VISITING: Final = "D05"
RECEIPT: Final = "receipt"
# Each shown case is opened for its standing; forty of them stay within a third of a second.
SHOWN: Final = 40
AHEAD: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Duty:
    """One obligation today; `no` is its place in the agreement, `last` the working day that counts, if there is one."""

    no: int
    owed: Owed
    standing: Standing
    last: date | None = None
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class CaseDuty:
    """An obligation with its case, as lists over all cases show it."""

    case: CaseId
    number: str
    title: str
    duty: Duty


@dataclass(frozen=True, slots=True)
class VisitDue:
    """A visit that has to be made, with its case and its last day."""

    case: CaseId
    number: str
    title: str
    label: str
    due: date


@dataclass(frozen=True, slots=True)
class Following:
    """What has to be followed up: obligations that are late or due within two weeks, visits that are near or late."""

    duties: tuple[CaseDuty, ...]
    visits: tuple[VisitDue, ...]


@dataclass(frozen=True, slots=True)
class PerformanceSight:
    """All of it. `visits` are the visits of D05, made or not, by their day; `unasked` whose work nobody asked about.

    `roads` is what to do next about a broken agreement, empty while it is kept.
    """

    duties: tuple[Duty, ...]
    receipts: tuple[IssuedPaper, ...]
    visits: tuple[Deadline, ...]
    made: tuple[FollowUp, ...]
    satisfactions: tuple[Satisfaction, ...]
    unasked: tuple[SatisfiedWith, ...]
    roads: tuple[Road, ...]


def following(desk: Desk) -> Following:
    """Over all cases by their day, as much as a page can show; nothing that was performed or let go."""
    today, calendar = desk.today(), desk.vault.calendar
    entries, called = owed_and_called(desk.vault, Asked(today, SHOWN, today + AHEAD, ()), VISITING)
    wanted = {(each.case, each.line.item) for each in entries}
    cases = [desk.vault.case(each).case for each in dict.fromkeys(each.case for each in entries)]
    rows = [
        CaseDuty(case.id, case.number, case.title, duty)
        for case in cases
        for duty in duties_of(case, today=today, calendar=calendar)
        if (case.id, duty.owed.signed.id) in wanted
    ]
    visits = tuple(VisitDue(each.case, each.number, each.title, each.label, each.due) for each in called)
    return Following(tuple(sorted(rows, key=lambda each: each.duty.last or date.max)), visits)


def sight_of(desk: Desk, case_id: CaseId) -> PerformanceSight:
    """How the agreement stands today; raises Unacceptable `case.unknown`."""
    case, tables = known(desk, case_id).case, desk.vault.tables
    visits = every_deadline(case, calendar=tables.calendar, rules=tables.rules)
    return PerformanceSight(
        duties_of(case, today=desk.today(), calendar=tables.calendar),
        tuple(each for each in case.papers if each.kind == RECEIPT),
        tuple(each for each in visits if each.rule == VISITING),
        case.follow_ups,
        case.course.satisfactions,
        unasked(case),
        tuple(each for each in advice_of(desk, case) if each.breach),
    )


def duties_of(case: Case, *, today: date, calendar: Calendar) -> tuple[Duty, ...]:
    """Each obligation with its standing, the soonest first and those without a day last."""
    rows = enumerate(obligations_now(case), 1)
    found = [duty_of(no, each, today=today, calendar=calendar) for no, each in rows]
    return tuple(sorted(found, key=lambda each: each.last or date.max))


def duty_of(no: int, owed: Owed, *, today: date, calendar: Calendar) -> Duty:
    """One of them, its day counted from what a later paper left."""
    standing = standing_of(owed, today=today, calendar=calendar)
    if owed.now.due_on is None:
        return Duty(no, owed, standing)
    due = due_of(owed.now, owed.now.due_on, calendar)
    return Duty(no, owed, standing, due.last, due.explanation)


def unasked(case: Case) -> tuple[SatisfiedWith, ...]:
    """About whom nobody was asked: of a petition both, of a mediation the body that mediated (S13)."""
    wanted = tuple(SatisfiedWith) if case.kind in PETITIONS else (SatisfiedWith.BODY,)
    asked = {each.about for each in case.course.satisfactions}
    return tuple(each for each in wanted if each not in asked)
