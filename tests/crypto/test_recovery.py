"""The recovery code: printed in groups, typed back, errors named by group."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.crypto import recovery
from mediator.errors import NoAccess

SECRET = bytes(range(0, 256, 16))


def test_a_code_prints_as_eight_groups_of_six_digits_each_divisible_by_eleven() -> None:
    groups = recovery.printed(SECRET).split("-")
    assert groups == ["000176", "090640", "181104", "271568", "362032", "452496", "542960", "633424"]
    assert all(int(group) % 11 == 0 for group in groups)


def test_two_fresh_codes_differ_and_can_be_read() -> None:
    first, second = recovery.fresh_code(), recovery.fresh_code()
    assert first != second
    assert recovery.printed(recovery.read(first)) == first


@given(st.binary(min_size=16, max_size=16))
def test_every_code_reads_back_to_its_bytes(secret: bytes) -> None:
    assert recovery.read(recovery.printed(secret)) == secret


@pytest.mark.parametrize("typed", ["{} ", " {}\n", "{}。"])
def test_blanks_and_marks_around_a_code_do_not_matter(typed: str) -> None:
    assert recovery.read(typed.format(recovery.printed(SECRET).replace("-", "　"))) == SECRET


def test_digits_from_a_chinese_input_method_are_read() -> None:
    wide = recovery.printed(SECRET).translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)})
    assert recovery.read(wide) == SECRET


@given(st.integers(0, 47), st.integers(1, 9))
def test_one_wrong_digit_is_named_by_its_group(place: int, shift: int) -> None:
    digits = recovery.printed(SECRET).replace("-", "")
    wrong = digits[:place] + str((int(digits[place]) + shift) % 10) + digits[place + 1 :]
    with pytest.raises(NoAccess, match=r"recovery\.group") as caught:
        recovery.read(wrong)
    assert caught.value.facts == {"group": place // 6 + 1}


def test_a_group_above_sixteen_bits_is_a_typing_error() -> None:
    with pytest.raises(NoAccess) as caught:
        recovery.read("999999" + "000000" * 7)
    assert caught.value.facts == {"group": 1}


def test_a_code_of_the_wrong_length_says_how_many_digits_it_has() -> None:
    with pytest.raises(NoAccess, match=r"recovery\.length") as caught:
        recovery.read("123")
    assert caught.value.facts == {"digits": 3}
