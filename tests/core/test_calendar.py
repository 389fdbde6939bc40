"""Counting of periods against the worked days of the rules, and against counting day by day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.calendar import Calendar, days_later, months_later, read_calendar, shipped_calendar

SHIPPED = shipped_calendar()
DAYS = st.dates(date(2025, 1, 1), date(2027, 6, 30))
WEEKDAYS = "一二三四五六日"


@pytest.mark.parametrize(
    ("rule", "start", "last"),
    [
        ("30d", "2026-03-05 四", "2026-04-07 二"), ("30d", "2026-09-01 二", "2026-10-08 四"),
        ("30d", "2025-09-03 三", "2025-10-09 四"), ("30d", "2026-01-16 五", "2026-02-24 二"),
        ("30d", "2026-01-18 日", "2026-02-24 二"), ("30d", "2025-12-02 二", "2026-01-04 日"),
        ("15d", "2026-02-03 二", "2026-02-24 二"), ("15d", "2026-04-20 一", "2026-05-06 三"),
        ("60d", "2026-08-03 一", "2026-10-08 四"), ("60d", "2025-12-19 五", "2026-02-24 二"),
        ("90d", "2026-08-03 一", "2026-11-02 一"),
        ("1m", "2026-01-31 六", "2026-02-28 六"), ("1m", "2024-01-31 三", "2024-02-29 四"),
        ("1m", "2026-03-31 二", "2026-04-30 四"), ("1m", "2026-09-05 六", "2026-10-08 四"),
        ("1m", "2026-05-15 五", "2026-06-15 一"),
        ("3w", "2026-09-24 四", "2026-09-30 三"), ("3w", "2026-02-13 五", "2026-02-25 三"),
        ("3w", "2026-04-30 四", "2026-05-08 五"), ("5w", "2025-09-26 五", "2025-10-10 五"),
        ("5w", "2026-09-18 五", "2026-09-24 四"),
    ],
)  # fmt: skip
def test_the_worked_days_of_the_rules(rule: str, start: str, last: str) -> None:
    (begin, begin_name), (end, end_name) = start.split(), last.split()
    first, count = date.fromisoformat(begin), int(rule[:-1])
    ways = {
        "d": lambda: SHIPPED.on_or_after(days_later(first, count)),
        "m": lambda: SHIPPED.on_or_after(months_later(first, count)),
        "w": lambda: SHIPPED.after_workdays(first, count),
    }
    assert WEEKDAYS[first.weekday()] == begin_name
    assert ways[rule[-1]]() == date.fromisoformat(end)
    assert WEEKDAYS[date.fromisoformat(end).weekday()] == end_name


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-03-05", True), ("2026-03-07", False), ("2026-03-08", False), ("2026-01-04", True), ("2026-02-14", True),
        ("2026-02-16", False), ("2026-02-23", False), ("2026-02-24", True), ("2026-10-10", True), ("2025-10-08", False),
        ("2025-01-26", True), ("2024-10-01", True), ("2024-10-12", False),
    ],
)  # fmt: skip
def test_days_off_and_make_up_workdays_are_those_of_the_notices(day: str, works: bool) -> None:
    assert SHIPPED.is_workday(date.fromisoformat(day)) is works


def test_a_year_without_a_notice_says_so() -> None:
    assert [year for year in range(2020, 2031) if SHIPPED.covers(year)] == [2025, 2026]


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        ("2023-12-31", 2, "2024-02-29"), ("2025-12-31", 2, "2026-02-28"), ("2026-12-15", 1, "2027-01-15"),
        ("2026-10-31", 1, "2026-11-30"), ("2024-02-29", 12, "2025-02-28"), ("2026-01-31", 24, "2028-01-31"),
    ],
)  # fmt: skip
def test_months_run_to_the_same_number_or_the_end_of_the_month(start: str, months: int, last: str) -> None:
    assert months_later(date.fromisoformat(start), months) == date.fromisoformat(last)


@given(DAYS, st.integers(0, 40))
def test_working_days_are_those_one_counts_by_hand(start: date, count: int) -> None:
    last = SHIPPED.after_workdays(start, count)
    between = [start + timedelta(n) for n in range(1, (last - start).days + 1)]
    assert sum(map(SHIPPED.is_workday, between)) == count
    assert last == start or SHIPPED.is_workday(last)


@given(DAYS)
def test_a_period_never_ends_on_a_day_off_and_is_never_shortened(day: date) -> None:
    moved = SHIPPED.on_or_after(day)
    assert moved >= day
    assert SHIPPED.is_workday(moved)
    assert not any(SHIPPED.is_workday(day + timedelta(n)) for n in range((moved - day).days))


@given(DAYS, st.integers(1, 36))
def test_months_go_forward_and_keep_their_number_where_they_can(start: date, months: int) -> None:
    last = months_later(start, months)
    assert (last.year - start.year) * 12 + last.month - start.month == months
    assert last.day == start.day or (last.day < start.day and (last + timedelta(1)).day == 1)


def test_a_file_of_a_county_holds_single_days_and_ranges() -> None:
    told = read_calendar({"2030": {"off": ["2030-01-01", "2030-02-03/2030-02-05"], "work": ["2030-01-06"]}})
    assert told == Calendar(
        frozenset({2030}),
        frozenset({date(2030, 1, 1), date(2030, 2, 3), date(2030, 2, 4), date(2030, 2, 5)}),
        frozenset({date(2030, 1, 6)}),
    )
