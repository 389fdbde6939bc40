"""Days, moments and sums as people type them; what is none of them is told apart from nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.ui.pieces.moments import iso_day, iso_moment, yuan


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-3-5 9:30", "2026-03-05T09:30"), ("2026年3月5日9时30分", "2026-03-05T09:30"),
        ("2026年3月5日 上午9点", "2026-03-05T09:00"), ("2026年3月5日下午3点半", "2026-03-05T15:30"),
        ("2026.3.5晚上8点05分", "2026-03-05T20:05"), ("2026/3/5 中午12:15", "2026-03-05T12:15"),
        ("２０２６－３－５　９：３０", "2026-03-05T09:30"), ("2026-03-05T09:30", "2026-03-05T09:30"),
        ("2026-3-5 下午15:00", "2026-03-05T15:00"), ("  ", ""), ("", ""),
        ("2026-3-5", None), ("9:30", None), ("2026-2-29 9:30", None), ("2026-3-5 24:00", None),
        ("2026-3-5 9:60", None), ("明天", None), ("2026-3-5 9", None), ("2026-3-5 9:30吧", None),
    ],
)  # fmt: skip
def test_a_moment_is_read_as_people_type_it(text: str, moment: str | None) -> None:
    assert iso_moment(text) == moment


@given(st.dates(date(1890, 1, 1), date(2199, 12, 31)), st.times())
def test_every_moment_is_read_back_from_either_way_of_writing_it(day: date, clock: time) -> None:
    wanted = f"{day.isoformat()}T{clock:%H:%M}"
    assert iso_moment(wanted) == wanted
    assert iso_moment(f"{day.year}年{day.month}月{day.day}日{clock.hour}时{clock.minute}分") == wanted


@pytest.mark.parametrize(
    ("read", "text", "found"),
    [
        (iso_day, "2026年3月5日", "2026-03-05"), (iso_day, "", ""), (iso_day, "三月", None),
        (yuan, "3,090元", "3090.00"), (yuan, "３０９０．５", "3090.50"), (yuan, "", ""), (yuan, "五百", None),
        (yuan, "1.234", None),
    ],
)  # fmt: skip
def test_a_day_and_a_sum_are_read_and_nothing_is_told_from_nonsense(
    read: Callable[[str], str | None], text: str, found: str | None
) -> None:
    assert read(text) == found


@given(st.text(max_size=30))
def test_any_words_are_read_or_refused_and_never_break(text: str) -> None:
    for read in (iso_day, iso_moment, yuan):
        found = read(text)
        assert found is None or not found or read(found) == found
