"""Lunar days and festivals: the calendar day that everybody celebrates, and none where there is none."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from mediator.core.lunar import calendar_day, day_number, lunar_days_in, years

FEASTS = ((1, 1), (5, 5), (8, 15))


@pytest.mark.parametrize(
    ("year", "spring"),
    [(2019, date(2019, 2, 5)), (2020, date(2020, 1, 25)), (2023, date(2023, 1, 22)), (2024, date(2024, 2, 10)),
     (2025, date(2025, 1, 29)), (2026, date(2026, 2, 17)), (2027, date(2027, 2, 6)), (2033, date(2033, 1, 31))],
)  # fmt: skip
def test_spring_festival_is_when_everybody_celebrates_it(year: int, spring: date) -> None:
    assert calendar_day(year, 1, 1) == spring


@pytest.mark.parametrize("year", range(2008, 2027))
@pytest.mark.parametrize(("month", "day"), FEASTS)
def test_each_festival_is_a_day_off_by_the_notices_of_its_year(year: int, month: int, day: int) -> None:
    found = calendar_day(year, month, day)
    assert found is not None
    assert chinese_calendar.is_holiday(found)


@pytest.mark.parametrize("year", range(2008, 2027))
def test_clear_brightness_is_a_day_off_by_the_notices_of_its_year(year: int) -> None:
    (said,) = lunar_days_in("清明", year)
    assert said.day is not None
    assert chinese_calendar.is_holiday(said.day)


def test_a_year_is_whole_and_the_next_one_follows_it() -> None:
    table = years()
    for year, each in table.items():
        assert len(each.lengths) == 12 + bool(each.leap)
        if year + 1 in table:
            assert each.first + timedelta(days=sum(each.lengths)) == table[year + 1].first


@pytest.mark.parametrize(
    ("text", "said", "day"),
    [
        ("于2026年农历腊月二十八前付清", "2026年农历腊月二十八", date(2027, 2, 4)),
        ("中秋节前付五千元", "中秋节", date(2026, 9, 25)), ("正月十五闹元宵", "正月十五", date(2026, 3, 3)),
        ("大年三十之前", "大年三十", date(2027, 2, 5)), ("2025年闰六月初一", "2025年闰六月初一", date(2025, 7, 25)),
        ("清明前修好", "清明", date(2026, 4, 5)), ("农历三月廿三", "农历三月廿三", date(2026, 5, 9)),
        ("国庆节后三日内", "国庆节", date(2026, 10, 1)), ("闰四月初三", "闰四月初三", None),
        ("2080年春节前", "2080年春节", None),
    ],
)  # fmt: skip
def test_what_people_say_is_the_calendar_day(text: str, said: str, day: date | None) -> None:
    first = next(lunar_days_in(text, 2026))
    assert (first.text, first.day, text[first.start : first.end]) == (said, day, said)


@pytest.mark.parametrize("text", ["2026年3月5日", "三月五日", "十二月二十日前", "月初", "初步方案", "三十日内", "庆祝"])
def test_an_ordinary_day_is_not_one_of_the_moon(text: str) -> None:
    assert list(lunar_days_in(text, 2026)) == []


@pytest.mark.parametrize(
    ("words", "number"),
    [("初一", 1), ("初十", 10), ("十五", 15), ("二十", 20), ("廿", 20), ("二十三", 23), ("廿三", 23), ("三十", 30)],
)
def test_the_days_of_a_month_are_read(words: str, number: int) -> None:
    assert day_number(words) == number


@pytest.mark.parametrize("wrong", [(1999, 1, 1), (2026, 13, 1), (2026, 1, 31), (2026, 0, 1)])
def test_no_such_day_is_none(wrong: tuple[int, int, int]) -> None:
    assert calendar_day(*wrong) is None
