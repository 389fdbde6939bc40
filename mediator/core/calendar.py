"""Days off and make-up workdays from a yearly data file; counting of periods (MFD 201-203).

For a year without a file weekends alone are days off, and whoever asks is told so by `covers`.
"""

from __future__ import annotations

import calendar as months
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off and make-up workdays of the years that have been published."""

    years: frozenset[int]
    days_off: frozenset[date]
    make_up: frozenset[date]

    def covers(self, year: int) -> bool:
        """True when the State Council's notice for the year is in the file."""
        return year in self.years

    def is_workday(self, day: date) -> bool:
        """Weekday or make-up workday, and not a day off."""
        return day in self.make_up or (day.weekday() < 5 and day not in self.days_off)

    def on_or_after(self, day: date) -> date:
        """The day itself, or the next working day when it is a day off (MFD 203)."""
        while not self.is_workday(day):
            day += ONE_DAY
        return day

    def after_workdays(self, start: date, count: int) -> date:
        """The `count`-th working day after the start."""
        day = start
        while count:
            day += ONE_DAY
            count -= self.is_workday(day)
        return day


def days_later(start: date, days: int) -> date:
    """The last day of a period of days, be it a day off or not; the first day does not count (MFD 201)."""
    return start + timedelta(days=days)


def months_later(start: date, count: int) -> date:
    """The same-numbered day, or the month's last where there is none, be it a day off or not (MFD 202)."""
    year, month = divmod(start.month - 1 + count, 12)
    year, month = start.year + year, month + 1
    return date(year, month, min(start.day, months.monthrange(year, month)[1]))


def read_calendar(content: Mapping[str, Mapping[str, list[str]]]) -> Calendar:
    """A calendar from the file's content: year -> {"off": ranges or days, "work": days}, ISO, ranges `a/b`."""
    off, work = set[date](), set[date]()
    for year in content.values():
        for span in year["off"]:
            first, _, last = span.partition("/")
            day, end = date.fromisoformat(first), date.fromisoformat(last or first)
            while day <= end:
                off.add(day)
                day += ONE_DAY
        work.update(map(date.fromisoformat, year["work"]))
    return Calendar(frozenset(map(int, content)), frozenset(off), frozenset(work))


def shipped_calendar() -> Calendar:
    """The published years that come with the program."""
    text = resources.files("mediator.core").joinpath("data/holidays.json").read_text(encoding="utf-8")
    return read_calendar(json.loads(text))
