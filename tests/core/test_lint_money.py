"""Interest as people write it comes to a yearly rate, and what is too high is found however it is written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.findings import Subject
from mediator.core.lint_money import RATE, figure, lpr_on, pieces_after, v20, v21, yearly
from mediator.core.numerals import chinese
from tests.core.lint_cases import SIGNED, Change, more, whole


def subject(change: Change) -> Subject:
    """A case after a change, as a rule sees it."""
    case = change(whole())
    assert case.agreement is not None
    return Subject(case, case.agreement, SIGNED, ())


@pytest.mark.parametrize(
    ("words", "percent"),
    [
        ("年利率24%", "24"),
        ("年利率为百分之十五点四", "15.4"),
        ("月利率1.5%", "18"),
        ("月利率千分之十五", "18"),
        ("月利率百分之一点五", "18"),
        ("每月利息2%", "24"),
        ("日利率万分之五", "18.25"),
        ("按日千分之一", "36.5"),
        ("每日5‰", "182.5"),
        # 一厘是年利率的百分之一、月利率的千分之一、日利率的万分之一，十厘是一分
        ("年息8厘", "8"),
        ("年息一分", "10"),
        ("年息1分2厘", "12"),
        ("月息2分", "24"),
        ("月息二分", "24"),
        ("月息一分五厘", "18"),
        ("月息1.5分", "18"),
        ("月息五厘", "6"),
        ("日息五厘", "18.25"),
        ("日息一分", "36.5"),
    ],
)
def test_a_rate_is_the_same_a_year_however_it_is_written(words: str, percent: str) -> None:
    match = RATE.search(f"逾期按{words}计算。")
    assert match is not None
    assert yearly(match) == Decimal(percent)


@pytest.mark.parametrize("words", ["月息1分2厘", "月息一分二厘", "月利率百分之一点二", "年息15厘"])
def test_a_little_more_than_four_times_the_quoted_rate_is_found(words: str) -> None:
    assert lpr_on(SIGNED) == Decimal("3")
    assert [place for place, _, _ in v20(subject(more(f"余款按{words}计付利息。")))] == ["clauses.2"]


@pytest.mark.parametrize("words", ["月息1分", "年息8厘", "日息三厘", "年利率百分之十一点九"])
def test_interest_within_four_times_the_quoted_rate_is_left_in_peace(words: str) -> None:
    assert list(v20(subject(more(f"余款按{words}计付利息。")))) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("违约金为应付款的百分之30", False),
        ("违约金为应付款的百分之30.5", True),
        ("违约金为应付款的百分之三十点五", True),
        ("违约金为应付款的31％", True),
        ("违约金为应付款的30%", False),
        ("按百分之五承担违约金", False),
        ("支付违约金928元", True),
        ("支付违约金927元", False),
    ],
)
def test_a_penalty_beyond_thirty_percent_is_found_in_figures_words_and_yuan(words: str, found: bool) -> None:
    assert bool(list(v21(subject(more(f"逾期的，{words}。"))))) is found


@given(st.integers(1, 99), st.integers(0, 9))
def test_a_figure_is_one_number_in_both_scripts(whole_part: int, tenth: int) -> None:
    assert figure(f"{whole_part}.{tenth}") == figure(f"{chinese(whole_part)}点{chinese(tenth)}")
    assert figure(str(whole_part)) == figure(chinese(whole_part))


@given(st.text(alphabet="甲乙，", max_size=12))
def test_every_mention_of_a_name_is_followed(text: str) -> None:
    found = list(pieces_after(text, "甲"))
    assert len(found) == text.count("甲")
    assert all(text.endswith(f"甲{piece}") for piece in found)
    assert list(pieces_after(text, "")) == []
