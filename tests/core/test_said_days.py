"""Days as people say them in clauses, and sums as they say them: generated in Chinese, read back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.amounts import days_in, sums_in
from mediator.core.dates import chinese_date
from mediator.core.money import Fen, figures, in_words
from mediator.core.numerals import chinese
from mediator.core.said_days import day_of_text, periods_in, yearless_days_in

SIGNED = date(2026, 3, 5)
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
SUMS = st.integers(1, 99_999_999).map(lambda yuan: Fen(yuan * 100))
EVERYDAY = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
BEFORE = st.sampled_from(("乙方", "于签字后付给甲方", "余款", "，共", "分期支付的", "（含误工费）"))
AFTER = st.sampled_from(("。", "，逾期加付利息。", "给甲方", "；", "（当面点清）", ""))


def year_in_words(year: int) -> str:
    """二〇二六."""
    return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))


@given(BEFORE, SUMS, AFTER, st.sampled_from(("figures", "both", "words", "everyday", "bare")))
def test_a_sum_is_read_however_it_is_written(before: str, fen: Fen, after: str, manner: str) -> None:
    words = in_words(fen)
    written = {
        "figures": f"{figures(fen)}元", "both": f"{figures(fen)}元（大写：{words}）", "words": words,
        "everyday": words.translate(EVERYDAY), "bare": f"{fen // 100}元",
    }[manner]  # fmt: skip
    assert [each.amount for each in sums_in(before + written + after)] == [fen]


@given(BEFORE, DAYS, AFTER, st.booleans())
def test_a_whole_day_is_read_in_figures_and_in_words(before: str, day: date, after: str, worded: bool) -> None:
    words = f"{year_in_words(day.year)}年{chinese(day.month)}月{chinese(day.day)}日"
    written = words if worded else chinese_date(day)
    assert [each.day for each in days_in(before + written + "前" + after)] == [day]
    assert day_of_text(written) == day


@given(BEFORE, DAYS, st.booleans())
def test_a_day_without_a_year_is_the_next_such_day(before: str, day: date, worded: bool) -> None:
    written = f"{chinese(day.month)}月{chinese(day.day)}日" if worded else f"{day.month}月{day.day}号"
    (found,) = yearless_days_in(f"{before}{written}前付清")
    told = found.on_or_after(SIGNED)
    if (day.month, day.day) == (2, 29):
        assert told is None
    else:
        assert told is not None
        assert (told.month, told.day) == (day.month, day.day)
        assert SIGNED <= told < SIGNED + timedelta(days=366)


@given(st.integers(1, 99), st.booleans(), st.sampled_from(("日", "天")))
def test_a_period_from_the_signing_is_read(count: int, worded: bool, unit: str) -> None:
    number = chinese(count) if worded else str(count)
    (found,) = periods_in(f"乙方自协议签订之日起{number}{unit}内付清")
    assert found.after(SIGNED) == SIGNED + timedelta(days=count)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("签字后一个月内付清", date(2026, 4, 5)), ("本协议生效之日起三个月内", date(2026, 6, 5)),
        ("签订之日起两周内", date(2026, 3, 19)), ("签约后10天内", date(2026, 3, 15)),
    ],
)  # fmt: skip
def test_weeks_and_months_count_as_the_law_counts(text: str, day: date) -> None:
    assert [each.after(SIGNED) for each in periods_in(text)] == [day]


@pytest.mark.parametrize(
    ("text", "day"),
    [("五月底前付清", date(2026, 5, 31)), ("明年2月末前", date(2027, 2, 28)), ("次年3月1日前", date(2027, 3, 1)),
     ("今年12月5日前", date(2026, 12, 5)), ("2月30日前", None)],
)  # fmt: skip
def test_ends_of_months_and_next_years(text: str, day: date | None) -> None:
    assert [each.on_or_after(SIGNED) for each in yearless_days_in(text)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "2026年5月1日前",
        "二〇二六年五月一日前",
        "农历三月初五",
        "十个月内",
        "第3期",
        "3月份的工资",
        "一次性付清",
        "双方每月一次",
    ],
)
def test_what_is_no_day_without_a_year_is_left_alone(text: str) -> None:
    assert list(yearless_days_in(text)) == []
    assert list(periods_in(text)) == []


@pytest.mark.parametrize("text", ["一块地", "百货公司", "千元以下的", "万元户", "十分满意", "两块石头"])
def test_words_that_are_no_sum_are_left_alone(text: str) -> None:
    assert sums_in(text) == ()


@pytest.mark.parametrize(("text", "yuan"), [("给五百块钱", 500), ("赔三千块，", 3000), ("两万元", 20000), ("十元", 10)])
def test_everyday_sums_are_read(text: str, yuan: int) -> None:
    assert [each.amount for each in sums_in(text)] == [yuan * 100]
