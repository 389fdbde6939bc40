"""Money: figures and words as bank forms and papers want them, to the fen."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.amounts import words_amount
from mediator.core.money import MAX_FEN, Fen, figures, in_words, parse_yuan, plain, printed
from mediator.errors import Unacceptable

AMOUNTS = st.integers(0, MAX_FEN) | st.builds(
    lambda head, zeros, tail: min(head * 10**zeros + tail, MAX_FEN),
    st.integers(1, 9999), st.integers(0, 11), st.integers(0, 999),
)  # fmt: skip

# The worked figures of the payment regulation's rules for filling in bills; where it allows two readings, the
# first of its model forms.
REGULATION = {
    "1409.50": "壹仟肆佰零玖元伍角整", "6007.14": "陆仟零柒元壹角肆分", "1680.32": "壹仟陆佰捌拾元零叁角贰分",
    "107000.53": "壹拾万柒仟元零伍角叁分", "16409.02": "壹万陆仟肆佰零玖元零贰分", "325.04": "叁佰贰拾伍元零肆分",
}  # fmt: skip

# Written by hand and never by the program: digits, zeros at every place, borders of sections, teens, long numbers.
TABLE = Path(__file__).parent / "golden" / "amounts_in_words.txt"
GOLDEN = [tuple(row.split()) for row in TABLE.read_text(encoding="utf-8").splitlines()]


def test_the_table_is_long_and_names_no_amount_twice() -> None:
    assert len(GOLDEN) >= 200
    assert len({figure for figure, _ in GOLDEN}) == len(GOLDEN)


@pytest.mark.parametrize(("figure", "words"), GOLDEN)
def test_whole_yuan_end_in_zheng(figure: str, words: str) -> None:
    assert in_words(parse_yuan(figure)) == f"{words}元整"


@pytest.mark.parametrize(("figure", "words"), REGULATION.items())
def test_the_worked_figures_of_the_regulation(figure: str, words: str) -> None:
    assert in_words(parse_yuan(figure)) == words


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ("0.01", "壹分"), ("0.10", "壹角整"), ("0.5", "伍角整"), ("0.55", "伍角伍分"), ("0.99", "玖角玖分"),
        ("1.01", "壹元零壹分"), ("1.10", "壹元壹角整"), ("1.11", "壹元壹角壹分"), ("10.01", "壹拾元零壹分"),
        ("10.10", "壹拾元零壹角整"), ("10.11", "壹拾元零壹角壹分"), ("100.05", "壹佰元零伍分"),
        ("101.50", "壹佰零壹元伍角整"), ("3090.50", "叁仟零玖拾元零伍角整"), ("10000.01", "壹万元零壹分"),
        ("9999999999999.99", "玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)  # fmt: skip
def test_jiao_and_fen_stand_as_they_are(figure: str, words: str) -> None:
    assert in_words(parse_yuan(figure)) == words


@given(AMOUNTS)
def test_words_are_read_back_to_the_same_fen(fen: int) -> None:
    words = in_words(Fen(fen))
    assert words_amount(words) == fen
    assert words_amount(words.replace("零", "") if fen else words) == fen
    assert "零零" not in words
    assert words.endswith(("整", "分"))


@given(AMOUNTS, AMOUNTS)
def test_two_amounts_never_share_their_words(one: int, other: int) -> None:
    assert (in_words(Fen(one)) == in_words(Fen(other))) == (one == other)


@given(AMOUNTS)
def test_figures_are_read_back_to_the_same_fen(fen: int) -> None:
    assert parse_yuan(plain(Fen(fen))) == fen
    assert parse_yuan(figures(Fen(fen)).replace(",", "")) == fen


@pytest.mark.parametrize("fen", [-1, MAX_FEN + 1])
def test_what_cannot_be_written_in_words_is_refused(fen: int) -> None:
    with pytest.raises(Unacceptable, match=r"money\.range"):
        in_words(Fen(fen))


@pytest.mark.parametrize(
    ("text", "fen"), [("0", 0), ("0.5", 50), ("0.05", 5), ("3090", 309_000), ("3090.00", 309_000), ("12.3", 1_230)]
)
def test_typed_yuan_become_fen(text: str, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    "text",
    ["", "1,000", "01", "1.", ".5", "1.234", "-1", "+1", "1e3", " 1", "1\n", "１２", "十元", "NaN", "10000000000000"],
)
def test_what_is_no_sum_is_refused_and_never_guessed(text: str) -> None:
    with pytest.raises(Unacceptable, match=r"money\.form"):
        parse_yuan(text)


def test_papers_print_figures_and_words_together() -> None:
    assert printed(Fen(309_000)) == "人民币3,090.00元（大写：叁仟零玖拾元整）"


@pytest.mark.parametrize(
    ("fen", "shown"), [(-50, "-0.50"), (-123_456, "-1,234.56"), (5, "0.05"), (10**8, "1,000,000.00")]
)
def test_a_difference_below_zero_keeps_its_size(fen: int, shown: str) -> None:
    assert figures(Fen(fen)) == shown
    assert plain(Fen(fen)) == shown.replace(",", "")
