"""The rules of periods as a clerk counts them with a wall calendar: nothing of the product's engine is used here."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import chinese_calendar

DAY = timedelta(days=1)
MORNING, EVENING = 8.5, 17.5
NOON, TWO = 12.0, 14.0


def works(day: date) -> bool:
    """Whether people work on a day, as others know it; of years without a notice the weekends alone are known."""
    return bool(chinese_calendar.is_workday(day)) if day.year <= 2026 else day.weekday() < 5


def rolled(day: date) -> date:
    """The day, or the next on which people work (MFD 203)."""
    while not works(day):
        day += DAY
    return day


def workdays(day: date, count: int) -> date:
    """So many working days later, or earlier."""
    step = DAY if count > 0 else -DAY
    while count:
        day += step
        count -= works(day) * step.days
    return day


def a_month_later(day: date) -> date:
    """The same-numbered day, or the month's last (MFD 202)."""
    year, month = day.year + day.month // 12, day.month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def half_a_day(arrived: datetime) -> date:
    """The day on which four hours of opening time after an arrival are over."""
    day, hour, left = arrived.date(), arrived.hour + arrived.minute / 60, 4.0
    while True:
        spans = ((MORNING, NOON), (TWO, EVENING)) if works(day) else ()
        for opens, closes in spans:
            open_for = max(0.0, closes - max(opens, hour))
            if open_for >= left:
                return day
            left -= open_for
        day, hour = day + DAY, 0.0


@dataclass(frozen=True, slots=True)
class Promise:
    """One period as it stands on paper: near from `amber`, over after `due`, not running any more from `end` on.

    `known` is the day from which anybody could see it. A right only lapses. `urges` says that lateness leads to orders.
    """

    rule: str
    known: date
    due: date
    amber: date
    end: date | None = None
    right: bool = False
    part: str = ""

    @property
    def key(self) -> tuple[str, str, date]:
        """What a list tells it by."""
        return self.rule, self.part, self.due

    def runs(self, day: date) -> bool:
        """It is on at the end of a day."""
        return self.known <= day and (self.end is None or day < self.end)

    def called(self, day: date) -> bool:
        """It stands in the list of what is near or late; a right that is over does not."""
        return self.runs(day) and day >= self.amber and not (self.right and day > self.due)

    def until(self, end: date | None) -> Promise:
        """The same, ended on a day."""
        return replace(self, end=end)


def in_days(rule: str, start: date, length: int, near: int, *, part: str = "", right: bool = False) -> Promise:
    """A period of days that rolls off days off."""
    due = rolled(start + length * DAY)
    return Promise(rule, start, due, max(due - near * DAY, min(start, due)), right=right, part=part)


def in_workdays(rule: str, start: date, length: int, near: int, *, part: str = "") -> Promise:
    """A period of working days."""
    due = workdays(start, length)
    return Promise(rule, start, due, max(workdays(due, -near), start), part=part)


def in_a_month(rule: str, start: date, near: int, *, more: int = 0) -> Promise:
    """A period of a month, or of two with an approved one more: the count of months runs from the start."""
    last = start
    for _ in range(1 + more):
        last = a_month_later(last)
    if more:
        last = date(last.year, last.month, min(start.day, monthrange(last.year, last.month)[1]))
    due = rolled(last)
    return Promise(rule, start, due, due - near * DAY)
