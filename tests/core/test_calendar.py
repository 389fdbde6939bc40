"""Days off and opening hours against the notices, and counting against counting day by day."""

from __future__ import annotations

from datetime import date, time, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.calendar import Calendar, months_later, overlaid, read_calendar, shipped_calendar
from mediator.errors import Unacceptable

SHIPPED = shipped_calendar()
DAYS = st.dates(date(2025, 1, 1), date(2027, 6, 30))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-03-05", True), ("2026-03-07", False), ("2026-03-08", False), ("2026-01-04", True), ("2026-02-14", True),
        ("2026-02-16", False), ("2026-02-23", False), ("2026-02-24", True), ("2026-10-10", True), ("2025-10-08", False),
        ("2025-01-26", True), ("2024-10-01", False), ("2024-10-12", True), ("2024-02-09", True), ("2024-02-18", True),
        ("2023-10-02", True),
    ],
)  # fmt: skip
def test_days_off_and_make_up_workdays_are_those_of_the_notices(day: str, works: bool) -> None:
    assert SHIPPED.is_workday(date.fromisoformat(day)) is works


def test_a_year_without_a_notice_says_so() -> None:
    assert [year for year in range(2020, 2031) if SHIPPED.covers(year)] == [2024, 2025, 2026]


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


def test_each_day_of_the_published_years_is_what_others_know_of_it() -> None:
    days = (date(2024, 1, 1) + timedelta(n) for n in range(1096))
    assert [day for day in days if SHIPPED.is_workday(day) is not chinese_calendar.is_workday(day)] == []


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-04-05", "遇清明节假期"), ("2025-10-06", "遇国庆节、中秋节假期"), ("2024-02-17", "遇春节假期"),
        ("2026-03-07", "当日休息"), ("2027-10-01", "当日休息"),
    ],
)  # fmt: skip
def test_a_day_off_is_called_by_its_festival(day: str, why: str) -> None:
    assert SHIPPED.why_off(date.fromisoformat(day)) == why


@given(DAYS, st.integers(1, 30))
def test_working_days_are_counted_back_as_they_are_counted_on(start: date, count: int) -> None:
    back = SHIPPED.after_workdays(start, -count)
    between = [start - timedelta(n) for n in range(1, (start - back).days + 1)]
    assert sum(map(SHIPPED.is_workday, between)) == count
    assert SHIPPED.is_workday(back)


def test_a_file_of_a_county_holds_single_days_and_ranges() -> None:
    year = {"year": 2030, "off": ["2030-01-01 元旦", "2030-02-03/2030-02-05"], "work": ["2030-01-06"]}
    told = read_calendar({"years": [year], "hours": [{"valid_from": "2030-07-01", "open": ["09:00/11:30"]}]})
    assert told == Calendar(
        frozenset({2030}),
        frozenset({date(2030, 1, 1), date(2030, 2, 3), date(2030, 2, 4), date(2030, 2, 5)}),
        frozenset({date(2030, 1, 6)}),
        {date(2030, 1, 1): "元旦"},
        ((date(2030, 7, 1), ((time(9), time(11, 30)),)),),
    )
    assert [len(told.openings(date(2030, 6, 28))), len(told.openings(date(2030, 7, 1)))] == [2, 1]


def test_a_later_file_replaces_whole_years_and_hours_and_leaves_the_others() -> None:
    one = {"years": [{"year": 2030, "off": ["2030-01-01"]}, {"year": 2031, "off": ["2031-01-01"]}]}
    hours = [{"valid_from": "2030-01-01", "open": ["09:00/11:30"]}]
    year = {"year": 2030, "off": ["2030-01-02"], "work": ["2030-01-06"]}
    both = overlaid(read_calendar(one | {"hours": hours}), read_calendar({"years": [year]}))
    assert both.days_off == frozenset({date(2030, 1, 2), date(2031, 1, 1)})
    assert (both.make_up, both.years) == (frozenset({date(2030, 1, 6)}), frozenset({2030, 2031}))
    assert both.hours == read_calendar({"hours": hours}).hours


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ([], ""), ({"years": {}}, "years"), ({"years": [{}]}, "years.0.year"), ({"years": [{"year": 30}]}, "years"),
        ({"years": [1]}, "years.0"), ({"years": [{"year": 2030, "off": ["2030-02-30"]}]}, "years.0.off"),
        ({"years": [{"year": 2030, "off": ["2030-02-05/2030-02-03"]}]}, "years.0.off"),
        ({"years": [{"year": 2030, "off": ["2030-01-01/2030-12-31"]}]}, "years.0.off"),
        ({"years": [{"year": 2030, "off": [3]}]}, "years.0.off"),
        ({"years": [{"year": 2030, "work": ["x"]}]}, "years.0.work"),
        ({"hours": [{"open": ["09:00/11:30"]}]}, "hours.0.valid_from"),
        ({"hours": [{"valid_from": "2030-01-01", "open": ["11:30/09:00"]}]}, "hours.0.open"),
        ({"hours": [{"valid_from": "2030-01-01", "open": ["9/25"]}]}, "hours.0.open"),
        ({"hours": [{"valid_from": "2030-01-01", "open": ["09:00/12:00", "11:00/13:00"]}]}, "hours.0.open"),
        ({"hours": [{"valid_from": "2030-01-01", "open": []}]}, "hours.0.open"),
    ],
)  # fmt: skip
def test_a_file_that_says_nonsense_is_refused_with_the_place(content: object, where: str) -> None:
    with pytest.raises(Unacceptable) as told:
        read_calendar(content)
    assert (told.value.code, told.value.where) == ("table.form", where)
