"""Days and moments as papers print them, and ages as the law counts them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.dates import age_on, chinese_date, chinese_moment, day_words, parse_iso_day
from mediator.errors import Unacceptable


def test_a_day_is_printed_without_leading_zeros() -> None:
    assert chinese_date(date(2026, 3, 5)) == "2026年3月5日"
    assert chinese_date(date(2026, 12, 31)) == "2026年12月31日"


@pytest.mark.parametrize(
    ("moment", "printed"),
    [
        (datetime(2026, 3, 5, 1, 30, tzinfo=UTC), "2026年3月5日9时30分"),
        (datetime(2026, 3, 5, 16, 5, tzinfo=UTC), "2026年3月6日0时05分"),
        (datetime(2026, 12, 31, 20, 0, tzinfo=timezone(timedelta(hours=-5))), "2027年1月1日9时00分"),
    ],
)
def test_a_moment_is_printed_by_the_clock_of_beijing(moment: datetime, printed: str) -> None:
    assert chinese_moment(moment) == printed


@given(st.dates())
def test_a_day_has_one_written_form(day: date) -> None:
    assert parse_iso_day(day.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    ["", "20260305", "2026-3-5", "2026-02-30", "2026-W10-4", "2026-03-05T00:00", " 2026-03-05", "２０２６-03-05"],
)
def test_other_forms_are_refused(text: str) -> None:
    with pytest.raises(Unacceptable, match=r"date\.form"):
        parse_iso_day(text)


@pytest.mark.parametrize(
    ("birth", "day", "age"),
    [
        ("2008-03-05", "2026-03-04", 17), ("2008-03-05", "2026-03-05", 18), ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18), ("2026-03-05", "2026-03-05", 0), ("1968-05-04", "2026-12-31", 58),
    ],
)  # fmt: skip
def test_a_year_of_life_is_full_on_the_birthday(birth: str, day: str, age: int) -> None:
    assert age_on(date.fromisoformat(birth), date.fromisoformat(day)) == age


@given(st.dates())
def test_a_day_that_nobody_told_is_printed_as_nothing_and_any_other_as_it_is(day: date) -> None:
    assert (day_words(None), day_words(day)) == ("", chinese_date(day))
