"""The day by which a whole matter must be done, and what grants more time: by this the statistics count 按期."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from mediator.core.calendar import Calendar, days_later, months_later
from mediator.core.codes import CaseKind, Category, PeriodStep
from mediator.core.records import Case

# D20 to D23: working days to answer a work order; the half day of a blue one ends on the day itself.
ANSWER: Final[Mapping[Category, int]] = {Category.BLUE: 0, Category.YELLOW: 5, Category.ORANGE: 3, Category.RED: 10}
WHOLE: Final = frozenset({"D03", "D11", "D12", "D20", "D21", "D22", "D23"})
UNCOLORED: Final = 5
Longer = Callable[[date, int], date]
UNITS: Final[Mapping[str, Longer]] = {"month": months_later, "months": months_later, "月": months_later}


def conclude_by(case: Case, registered: date, calendar: Calendar) -> date | None:
    """D03, D11 or D20-D24 with every approved extension; None for a mediation that nobody accepted yet."""
    if case.kind is CaseKind.WORK_ORDER:
        count = ANSWER.get(case.category, UNCOLORED) if case.category else UNCOLORED
        return calendar.after_workdays(registered, count) if count else registered
    last = last_day(case, registered)
    return calendar.on_or_after(longer(case, last)) if last else None


def last_day(case: Case, registered: date) -> date | None:
    """The last day of the period before any extension: one month, or sixty days of a petition."""
    if case.kind is CaseKind.PETITION:
        return days_later(case.accepted_on or registered, 60)
    return months_later(case.accepted_on, 1) if case.accepted_on else None


def longer(case: Case, last: date) -> date:
    """The last day after the extensions that were approved, in the order in which they were."""
    granted = (each for each in case.course.periods if each.step is PeriodStep.EXTENDED and each.rule in WHOLE)
    for each in sorted(granted, key=lambda each: each.on):
        last = UNITS.get(each.unit, days_later)(last, each.length)
    return last
