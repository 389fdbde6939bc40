"""Sums and days found in the text of clauses, as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.amounts import days_in, sums_in, words_amount
from mediator.core.money import MAX_FEN, Fen, figures, in_words


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("支付5000元", 500_000), ("支付5,000元", 500_000), ("支付5，000元", 500_000), ("支付５０００元", 500_000),
        ("支付10.5万元", 10_500_000), ("支付1.5亿元", 15_000_000_000), ("支付3千元", 300_000), ("支付5百元", 50_000),
        ("支付0.5元", 50), ("支付12元5角", 1_250), ("支付12元5角8分", 1_258), ("支付12元8分", 1_208),
        ("支付 3 090.00 元", 9_000), ("人民币3090.00元整", 309_000), ("支付1,234,567.89元", 123_456_789),
    ],
)  # fmt: skip
def test_a_sum_is_found_to_the_fen(text: str, fen: int) -> None:
    assert [found.amount for found in sums_in(text)] == [fen]


@pytest.mark.parametrize(
    "text", ["无金额", "第3条", "0.001元", "0.123456元", "99999999999999元", "9999999999万元", "5000"]
)
def test_what_is_no_sum_of_whole_fen_is_left_alone(text: str) -> None:
    assert sums_in(text) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3090元（大写：叁仟零玖拾元整）", "叁仟零玖拾元整"), ("3090元（人民币叁仟零玖拾元整）", "叁仟零玖拾元整"),
        ("3090元(大写:叁仟零玖拾圆正)", "叁仟零玖拾圆正"), ("3090元（三千零九十元）", "三千零九十元"),
        ("3090元（分三次付清）", ""), ("3090元（一）", ""), ("3090元", ""),
    ],
)  # fmt: skip
def test_the_words_beside_a_sum_come_with_it(text: str, words: str) -> None:
    assert [found.words for found in sums_in(text)] == [words]


@pytest.mark.parametrize(
    ("words", "fen"),
    [
        ("叁仟零玖拾元整", 309_000), ("叁仟零玖拾圆正", 309_000), ("三千零九十元", 309_000), ("十元", 1_000),
        ("十五块", 1_500), ("两百元", 20_000), ("一万两千元", 1_200_000), ("壹佰万伍仟元整", 100_500_000),
        ("壹佰万零伍仟元整", 100_500_000), ("壹元零伍分", 105), ("壹元伍角", 150), ("壹元伍角整", 150), ("伍角", 50),
        ("壹分", 1), ("零元整", 0), ("壹万亿元整", 100_000_000_000_000), ("二〇元", None), ("元", None), ("整", None),
        ("伍仟", None), ("壹仟贰仟元", None), ("壹佰壹仟元", None), ("拾拾元", None), ("伍伍元", None),
        ("壹元伍伍角", None),
        ("壹万元叁佰", None), ("", None),
    ],
)  # fmt: skip
def test_words_are_read_or_are_none(words: str, fen: int | None) -> None:
    assert words_amount(words) == fen


@given(st.integers(0, MAX_FEN).map(Fen))
def test_a_printed_sum_is_found_with_its_words(fen: Fen) -> None:
    (found,) = sums_in(f"甲方支付乙方人民币{figures(fen)}元（大写：{in_words(fen)}）。")
    assert (found.amount, words_amount(found.words)) == (fen, fen)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("于2026年3月5日前", [date(2026, 3, 5)]), ("2026-03-05", [date(2026, 3, 5)]), ("2026/3/5", [date(2026, 3, 5)]),
        ("2026.3.5日", [date(2026, 3, 5)]), ("2026 年 3 月 5 日", [date(2026, 3, 5)]),
        ("２０２６年３月５日", [date(2026, 3, 5)]),
        ("2026年2月29日", [None]), ("2024年2月29日", [date(2024, 2, 29)]), ("2026年13月1日", [None]),
        ("2026年3月5日至2026年4月6日", [date(2026, 3, 5), date(2026, 4, 6)]),
        ("文号2026-12-0031", []), ("12026-03-05", []), ("3月5日", []), ("2026年3月", []),
    ],
)  # fmt: skip
def test_full_days_are_found_and_those_that_do_not_exist_are_told(text: str, days: list[date | None]) -> None:
    assert [found.day for found in days_in(text)] == days
