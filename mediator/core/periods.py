"""Counting of one period: start, length, extension, stops, shift to a working day, and the sentence that says so.

Pure. The first day does not count (MFD 201), months and years run to the same-numbered day (MFD 202), a last day that
is a day off is the next working day (MFD 203). A stop moves the end by as many days as it lasted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Final

from mediator.core.calendar import ONE_DAY, Calendar, days_later, months_later
from mediator.core.codes import PeriodStep
from mediator.core.course import PeriodChange
from mediator.core.dates import BEIJING, chinese_date, chinese_moment
from mediator.core.numerals import chinese
from mediator.core.rules import Extension, Rule, Unit

HALF_DAY: Final = timedelta(hours=4)
# How many days, months and working days one of a unit is.
PARTS: Final = {
    Unit.DAYS: (1, 0, 0),
    Unit.MONTHS: (0, 1, 0),
    Unit.YEARS: (0, 12, 0),
    Unit.WORKING_DAYS: (0, 0, 1),
    Unit.HALF_WORKING_DAYS: (0, 0, 0),
}


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop of the clock (中止): from the first day that does not count to the first that counts again."""

    on: date
    until: date

    @property
    def days(self) -> int:
        """Days that do not count."""
        return (self.until - self.on).days


@dataclass(frozen=True, slots=True)
class Changes:
    """What was approved for one period: extensions that count, stops that are over, and one that lasts."""

    extended: tuple[PeriodChange, ...] = ()
    stops: tuple[Stop, ...] = ()
    stopped_on: date | None = None


UNCHANGED: Final = Changes()


@dataclass(frozen=True, slots=True)
class Counted:
    """The end of a period: `last` before the shift, `due` after it, the hour where hours are counted, the sentence."""

    last: date
    due: date
    due_at: datetime | None
    explanation: str


def in_unit(count: int, unit: Unit) -> str:
    """`三十日`, `两个月`, `三个工作日`."""
    two = count == 2 and unit.term.startswith("个")
    return f"{'两' if two else chinese(count)}{unit.term}"


def changes_for(rule: Rule, extension: Extension | None, made: Iterable[PeriodChange], *, start: date) -> Changes:
    """Those of the changes made to a deadline that count for a period starting on a day.

    Two desks may each have extended it offline: no more count than the rule allows, the earlier ones first, and none
    for longer than it allows.
    """
    mine = sorted((each for each in made if each.rule == rule.id and each.on >= start), key=lambda each: each.on)
    allowed = extended(mine, extension) if extension and not rule.lapses else ()
    stops, open_since = stops_in(mine, start) if rule.pauses else ((), None)
    return Changes(allowed, stops, open_since)


def extended(made: Iterable[PeriodChange], extension: Extension) -> tuple[PeriodChange, ...]:
    """The earliest extensions, as many as are allowed."""
    longer = (each for each in made if each.step is PeriodStep.EXTENDED and each.length > 0)
    return tuple(islice(longer, extension.times))


def stops_in(made: Sequence[PeriodChange], start: date) -> tuple[tuple[Stop, ...], date | None]:
    """Stops that are over and the day since which one lasts; the first day of a period never counts anyway."""
    stops, since = list[Stop](), None
    for each in made:
        if each.step is PeriodStep.PAUSED and since is None:
            since = max(each.on, start + ONE_DAY)
        elif each.step is PeriodStep.RESUMED and since is not None:
            stops += [Stop(since, each.on)] if each.on > since else []
            since = None
    return tuple(stops), since


def longer_by(each: PeriodChange, extension: Extension) -> int:
    """How many of the extension's units count."""
    return min(each.length, extension.most)


def parts_of(rule: Rule, extension: Extension | None, changes: Changes) -> tuple[int, int, int]:
    """Days, months and working days of the whole period."""
    lengths = [(rule.length, rule.unit)]
    if extension:
        lengths += [(longer_by(each, extension), extension.unit) for each in changes.extended]
    rows = [tuple(count * each for each in PARTS[unit]) for count, unit in lengths]
    days, months, workdays = (sum(column) for column in zip(*rows, strict=True))
    return days, months, workdays


def last_day(start: date, parts: tuple[int, int, int], stops: Iterable[Stop], calendar: Calendar) -> date:
    """The last day before any shift. Working days skip what was stopped; other periods end later by its days."""
    days, months, workdays = parts
    last = days_later(months_later(start, months), days)
    if workdays:
        return workdays_later(last, workdays, tuple(stops), calendar)
    for each in stops:
        last = days_later(last, each.days) if each.on <= last else last
    return last


def workdays_later(day: date, count: int, idle: Sequence[Stop], calendar: Calendar) -> date:
    """The `count`-th working day after a day on which the clock does not stand still."""
    while count and day < date.max:
        day += ONE_DAY
        count -= calendar.is_workday(day) and not any(each.on <= day < each.until for each in idle)
    return day


def count(
    rule: Rule, start: date, at: datetime | None, calendar: Calendar, *,
    extension: Extension | None = None, changes: Changes = UNCHANGED,
) -> Counted:  # fmt: skip
    """The end of a period that started on a day, or at a moment where hours are counted."""
    if rule.unit is Unit.HALF_WORKING_DAYS:
        return count_hours(rule, at or datetime.combine(start, time(), BEIJING), calendar)
    last = last_day(start, parts_of(rule, extension, changes), changes.stops, calendar)
    due = calendar.on_or_after(last) if rule.rolls else last
    words = [
        f"{rule.start.term}（{chinese_date(start)}）次日起算，{in_unit(rule.length, rule.unit)}",
        *told_changes(extension, changes),
        *(told_skipped(start, last, calendar) if rule.counts_workdays else ()),
        f"至{chinese_date(last)}",
        *told_shift(last, due, calendar),
    ]
    doubt = calendar.doubt(start if rule.counts_workdays else last, due)
    return Counted(last, due, None, "，".join(words) + "。" + doubt)


def told_changes(extension: Extension | None, changes: Changes) -> Iterator[str]:
    """What was approved, in the order in which it counts."""
    if extension:
        for each in changes.extended:
            yield told_extension(each, extension)
    yield from map(told_stop, changes.stops)
    if changes.stopped_on:
        yield f"自{chinese_date(changes.stopped_on)}起中止"


def told_skipped(start: date, last: date, calendar: Calendar) -> Iterator[str]:
    """How many days off lie between the start and the last day."""
    days = sum(not calendar.is_workday(start + n * ONE_DAY) for n in range(1, (last - start).days + 1))
    if days:
        yield f"其间休息日{chinese(days)}日不计"


def told_shift(last: date, due: date, calendar: Calendar) -> Iterator[str]:
    """Why the last day is no working day, and the one that counts instead."""
    if due != last:
        yield f"{calendar.why_off(last)}，顺延至{chinese_date(due)}"


def told_extension(each: PeriodChange, extension: Extension) -> str:
    """`经王主任批准延长三十日`."""
    return f"经{each.approved_by or extension.by.term}批准延长{in_unit(longer_by(each, extension), extension.unit)}"


def told_stop(each: Stop) -> str:
    """`2026年8月10日至2026年8月20日中止十一日`; both days do not count."""
    return f"{chinese_date(each.on)}至{chinese_date(each.until - ONE_DAY)}中止{chinese(each.days)}日"


def count_hours(rule: Rule, at: datetime, calendar: Calendar) -> Counted:
    """Half working days are four hours of opening time each, counted from the moment of the start."""
    due = calendar.after_hours(at, rule.length * HALF_DAY)
    hours = in_unit(rule.length * 4, Unit.WORKING_HOURS)
    text = f"{rule.start.term}（{chinese_moment(at)}）起算，{hours}（办公时间），至{chinese_moment(due)}。"
    return Counted(due.date(), due.date(), due, text + calendar.doubt(at.date(), due.date()))


def ambers(rule: Rule, counted: Counted, *, start: date, calendar: Calendar) -> tuple[date, ...]:
    """The days on which it is called before it is over, first to last, none before it started."""
    if rule.amber_unit is Unit.WORKING_HOURS:
        return (counted.due,)
    later = calendar.after_workdays if rule.amber_unit is Unit.WORKING_DAYS else days_later
    days = [later(counted.due, -each) for each in rule.amber]
    return tuple(sorted({max(each, min(start, counted.due)) for each in days})) or (counted.due,)


def amber_moment(rule: Rule, at: datetime | None, calendar: Calendar) -> datetime | None:
    """The moment from which a period of hours is near: so many hours of opening time before its end."""
    if at is None or rule.amber_unit is not Unit.WORKING_HOURS or not rule.amber:
        return None
    left = rule.length * HALF_DAY - timedelta(hours=rule.amber[0])
    return calendar.after_hours(at, left) if left > timedelta() else at
