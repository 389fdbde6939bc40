"""What one matter adds to each figure of each month: the judges of the rooms' reports, asked month by month.

A report of whole months is then a sum and no matter is opened for it (75,000 of them in the time of one). Most figures
place a thing by one day, so that months add up. Three sorts do not, and say how: what stands at an end (`STOCKS`), what
counts as done by the end of the span (`GROWING`), and what depends on the day of looking (`BY_NOW`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from mediator.core.calendar import ONE_DAY
from mediator.core.facts import CaseFacts
from mediator.core.judges import JUDGES, Judge
from mediator.core.spans import Span, month_end
from mediator.core.statistics import AGREEMENTS, ORIGINS, RESULTS

PARTED: Final[Mapping[str, Judge]] = {each.name: each.judge for each in (*RESULTS, *ORIGINS, *AGREEMENTS)}
COLUMNS: Final[Mapping[str, Judge]] = {**JUDGES, **PARTED}
STOCKS: Final = frozenset({"pending", "期末在办"})
GROWING: Final = frozenset({"closing_rate"})
BY_NOW: Final = frozenset({"orders_late", "answered_late"})
# Raised when the same facts come to other sums: what was kept is then counted anew.
SUMS_VERSION: Final = 1
Sum = tuple[int, int, int]
NOTHING: Final[Sum] = (0, 0, 0)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a sum stands: figure, month, kind of dispute where the figure is told by kinds.

    It counts for spans that end in the month `until` or later, looked at on the day `since` or later; empty is always.
    """

    code: str
    month: str
    part: str = ""
    until: str = ""
    since: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """One judge before one matter, with the first days of the months that it names."""

    judge: Judge
    facts: CaseFacts
    months: Sequence[date]

    def seen(self, first: date, last: date, as_of: date = date.min) -> Sum:
        """Base, hits and what these add, of the months from one to another."""
        found = tuple(self.judge(self.facts, Span(first, month_end(last), as_of)))
        return len(found), sum(each.hit for each in found), sum(each.value for each in found if each.hit)


Told = Iterator[tuple[date, str, str, Sum]]


def sums_of(facts: CaseFacts) -> dict[Place, Sum]:
    """Everything that a matter adds, nothing that is nought."""
    months = sorted({day.replace(day=1) for day in facts.days})
    found = {}
    for code, judge in COLUMNS.items():
        part = facts.dispute.value if code in PARTED else ""
        for month, until, since, told in way_of(code)(Asking(judge, facts, months)):
            if told != NOTHING:
                found[Place(code, month_word(month), part, until, since)] = told
    return found


def month_word(day: date) -> str:
    """`2026-03`."""
    return day.isoformat()[:7]


def way_of(code: str) -> Callable[[Asking], Told]:
    """How the months of a figure come together."""
    if code in STOCKS:
        return standing
    if code in GROWING:
        return growing
    return by_now if code in BY_NOW else by_day


def by_day(asking: Asking) -> Told:
    """Each thing in the month of its day."""
    for month in asking.months:
        yield month, "", "", asking.seen(month, month)


def standing(asking: Asking) -> Told:
    """What is there at a month's end: what comes and goes, to be added up from the beginning."""
    before = NOTHING
    for month in asking.months:
        now = asking.seen(month, month)
        yield month, "", "", less(now, before)
        before = now


def growing(asking: Asking) -> Told:
    """What is seen by the day of beginning and done by a later one: a hit for spans that reach so far."""
    for place, month in enumerate(asking.months):
        before = NOTHING
        for last in asking.months[place:]:
            now = less(asking.seen(month, last), of_later(asking, month, last))
            yield month, "" if last == month else month_word(last), "", less(now, before)
            before = now


def of_later(asking: Asking, month: date, last: date) -> Sum:
    """What a span sees without its first month."""
    later = next((each for each in asking.months if each > month), None)
    return asking.seen(later, last) if later and later <= last else NOTHING


def by_now(asking: Asking) -> Told:
    """What is late once its day is past, looked at on a day."""
    days = {asking.facts.due_on, *(each.answer_by for each in asking.facts.orders)}
    for month in asking.months:
        before = NOTHING
        for since in (date.min, *(day + ONE_DAY for day in sorted(day for day in days if day))):
            now = asking.seen(month, month, since)
            yield month, "", "" if since == date.min else since.isoformat(), less(now, before)
            before = now


def less(now: Sum, before: Sum) -> Sum:
    """What came to it."""
    return now[0] - before[0], now[1] - before[1], now[2] - before[2]
