"""Days off, make-up workdays and opening hours from yearly data; counting of periods (MFD 201-203).

For a year without a file weekends alone are days off, and whoever asks is told so by `covers` and `doubt`.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from mediator.core.dates import BEIJING
from mediator.core.tables import Table, shipped

ONE_DAY: Final = timedelta(days=1)
UNKNOWN_YEAR: Final = "节假日数据未发布，按周末推算。"
Opening = tuple[time, time]
# What an office keeps where no table names its hours.
OFFICE: Final[tuple[Opening, ...]] = ((time(8, 30), time(12)), (time(14), time(17, 30)))


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off and make-up workdays of the years that have been published.

    `names` says of a day off which festival it belongs to, `hours` what the offices keep from a day on.
    """

    years: frozenset[int]
    days_off: frozenset[date]
    make_up: frozenset[date]
    names: Mapping[date, str] = field(default_factory=dict)
    hours: tuple[tuple[date, tuple[Opening, ...]], ...] = ()

    def covers(self, year: int) -> bool:
        """True when the State Council's notice for the year is in the file."""
        return year in self.years

    def doubt(self, *days: date) -> str:
        """A sentence for days between which some year's notice is missing, else nothing."""
        known = all(map(self.covers, range(min(days).year, max(days).year + 1)))
        return "" if known else UNKNOWN_YEAR

    def is_workday(self, day: date) -> bool:
        """Weekday or make-up workday, and not a day off."""
        return day in self.make_up or (day.weekday() < 5 and day not in self.days_off)

    def why_off(self, day: date) -> str:
        """Why a day is off, in the words of an explanation."""
        return f"遇{self.names[day]}假期" if day in self.names else "当日休息"

    def on_or_after(self, day: date) -> date:
        """The day itself, or the next working day when it is a day off (MFD 203)."""
        while not self.is_workday(day) and day < date.max:
            day += ONE_DAY
        return day

    def after_workdays(self, start: date, count: int) -> date:
        """The `count`-th working day after the start; before it where the count is negative."""
        day, step = start, ONE_DAY if count > 0 else -ONE_DAY
        end = date.max if count > 0 else date.min
        while count and day != end:
            day += step
            count -= self.is_workday(day) * step.days
        return day

    def openings(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """When the offices are open on a day; not at all on a day off."""
        if not self.is_workday(day):
            return ()
        hours = next((opens for since, opens in reversed(self.hours) if since <= day), OFFICE)
        return tuple((datetime.combine(day, a, BEIJING), datetime.combine(day, b, BEIJING)) for a, b in hours)

    def after_hours(self, start: datetime, count: timedelta) -> datetime:
        """The moment at which so much opening time has gone by; more than nothing is asked for."""
        day = start.astimezone(BEIJING).date()
        while True:
            for opens, closes in self.openings(day):
                begin = max(start, opens)
                if closes - begin >= count:
                    return (begin + count).astimezone(BEIJING)
                count -= max(closes - begin, timedelta())
            if day == date.max:
                return datetime.combine(day, time.max, BEIJING)
            day += ONE_DAY


def days_later(start: date, days: int) -> date:
    """The last day of a period of days, be it a day off or not; the first day does not count (MFD 201).

    Nothing ends after the last day there is: somebody who types 9999-12-31 for 'never' stops nobody's work.
    """
    try:
        return start + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def months_later(start: date, count: int) -> date:
    """The same-numbered day, or the month's last where there is none, be it a day off or not (MFD 202)."""
    year, month = divmod(start.month - 1 + count, 12)
    year, month = start.year + year, month + 1
    if not MINYEAR <= year <= MAXYEAR:
        return date.max if count > 0 else date.min
    return date(year, month, min(start.day, months.monthrange(year, month)[1]))


def span_of(words: str, where: str) -> tuple[date, date, str]:
    """`2026-04-04/2026-04-06 清明节`: first day, last day, festival; raises Unacceptable `table.form`."""
    days, _, name = words.partition(" ")
    first, _, last = days.partition("/")
    begin, end = Table.day_of(first, where), Table.day_of(last or first, where)
    if not timedelta() <= end - begin <= timedelta(days=31):
        raise Table.fault(where)
    return begin, end, name


def opening_of(words: str, where: str) -> Opening:
    """`08:30/12:00`; raises Unacceptable `table.form`."""
    first, _, last = words.partition("/")
    try:
        opens, closes = time.fromisoformat(first), time.fromisoformat(last)
    except ValueError:
        raise Table.fault(where) from None
    if not opens < closes or opens.tzinfo or closes.tzinfo:
        raise Table.fault(where)
    return opens, closes


def hours_in(table: Table) -> Iterator[tuple[date, tuple[Opening, ...]]]:
    """Opening hours with the day from which they are kept, in ascending order and never empty."""
    for row in table.rows("hours"):
        opens = tuple(sorted(opening_of(words, row.place("open")) for words in row.texts("open")))
        overlap = any(a[1] > b[0] for a, b in pairwise(opens))
        if overlap or not opens:
            raise Table.fault(row.place("open"))
        yield row.day("valid_from"), opens


def read_calendar(content: object) -> Calendar:
    """A calendar from its table: `years`, each with its `off` and `work` days, and `hours`.

    Raises Unacceptable `table.form` with the place of what is wrong.
    """
    table = Table(content)
    years = {each.count("year"): each for each in table.rows("years")}
    if not all(1949 <= year <= 9999 for year in years):
        raise Table.fault("years")
    return with_years(years, tuple(sorted(hours_in(table))))


def overlaid(older: Calendar, newer: Calendar) -> Calendar:
    """The older one with the whole years of the newer one, and with its hours where it names any."""

    def kept(days: frozenset[date]) -> frozenset[date]:
        return frozenset(day for day in days if day.year not in newer.years)

    names = {day: name for day, name in older.names.items() if day.year not in newer.years}
    return Calendar(
        older.years | newer.years, kept(older.days_off) | newer.days_off, kept(older.make_up) | newer.make_up,
        {**names, **newer.names}, newer.hours or older.hours,
    )  # fmt: skip


def with_years(years: Mapping[int, Table], hours: tuple[tuple[date, tuple[Opening, ...]], ...]) -> Calendar:
    """The calendar of these years."""
    names, work = dict[date, str](), set[date]()
    for year in years.values():
        names |= days_off_in(year)
        work |= {Table.day_of(words, year.place("work")) for words in year.texts("work")}
    told = {day: name for day, name in names.items() if name}
    return Calendar(frozenset(years), frozenset(names), frozenset(work), told, hours)


def days_off_in(year: Table) -> dict[date, str]:
    """Days off of a published year with the festival they belong to; raises Unacceptable `table.form`."""
    names = dict[date, str]()
    for words in year.texts("off"):
        begin, end, name = span_of(words, year.place("off"))
        names |= {begin + n * ONE_DAY: name for n in range((end - begin).days + 1)}
    return names


def shipped_calendar() -> Calendar:
    """The published years that come with the program."""
    return read_calendar(shipped("holidays.json"))
