"""Numbers on papers: as officials write them, growing, and safe against a slip of the hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.numbers import CHECKED, check_character, document_number, official, provisional, seat_number

CODES = st.text(CHECKED, min_size=2, max_size=16)


def test_numbers_read_as_the_rules_print_them() -> None:
    assert official(2026, "缙壶", "民调", 31) == "（2026）缙壶民调字第0031号"
    assert official(2026, "缙壶", "信", 12345) == "（2026）缙壶信字第12345号"
    assert seat_number(2026, "缙壶", "民调", "7K", 31) == "（2026）缙壶民调字第7K-0031号"
    assert document_number("（2026）缙壶民调字第0031号", "协", 1) == "（2026）缙壶民调字第0031号-协1"


@pytest.mark.parametrize(
    ("desk", "mark"),
    [("00000000" + "a" * 24, "00000"), ("ffffffff" + "0" * 24, "ZZZZZ"), ("08421080" + "0" * 24, "11111")],
)
def test_before_enrollment_the_desk_marks_its_numbers(desk: str, mark: str) -> None:
    assert provisional(desk, 1) == f"临{mark}-0001"


# Worked out of the standard by the registries that use it: grid (A1-2425G-ABC1234002-M).
@pytest.mark.parametrize(("text", "check"), [("A12425GABC1234002", "M"), ("A1-2425g-ABC1234002", "M")])
def test_the_check_character_is_that_of_the_standard(text: str, check: str) -> None:
    assert check_character(text) == check


@given(CODES, st.data())
def test_one_wrong_character_is_noticed(text: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from(CHECKED).filter(lambda char: char != text[place]))
    assert check_character(text[:place] + other + text[place + 1 :]) != check_character(text)


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_two_serials_never_share_a_number(one: int, other: int) -> None:
    numbers = {official(2026, "缙壶", "民调", each) for each in (one, other)}
    numbers |= {seat_number(2026, "缙壶", "民调", "7K", each) for each in (one, other)}
    assert len(numbers) == 2 * len({one, other})
