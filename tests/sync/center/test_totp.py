"""The second factor by the published vectors; each code works once."""

from __future__ import annotations

from random import Random

import pytest

from sync.center.totp import PERIOD, SPARE, address, base32, digits_at, matched, plain, spare_codes, step_of, without

# RFC 6238, appendix B, SHA-1: time in seconds and the eight digits.
SECRET = b"12345678901234567890"
VECTORS = [
    (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
    (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
]  # fmt: skip
# RFC 4226, appendix D: the counters 0 to 9.
COUNTED = ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"]


@pytest.mark.parametrize(("seconds", "code"), VECTORS)
def test_codes_are_those_of_the_published_vectors(seconds: int, code: str) -> None:
    assert digits_at(SECRET, step_of(seconds * 1000), length=8) == code
    assert matched(SECRET, code[2:], now=seconds * 1000, after=0) == step_of(seconds * 1000)


def test_codes_of_counters_are_those_of_the_published_vectors() -> None:
    assert [digits_at(SECRET, step) for step in range(10)] == COUNTED


@pytest.mark.parametrize(("late", "lets_in"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_telephone_may_be_half_a_minute_off(late: int, lets_in: bool) -> None:
    code = digits_at(SECRET, 1000 + late)
    assert (matched(SECRET, code, now=1000 * PERIOD, after=0) is not None) is lets_in


@pytest.mark.threat("T58")
def test_a_code_that_was_used_lets_nobody_in_again() -> None:
    code = digits_at(SECRET, 1000)
    step = matched(SECRET, code, now=1000 * PERIOD, after=0)
    assert step == 1000
    assert matched(SECRET, code, now=1000 * PERIOD + 5, after=step) is None


@pytest.mark.parametrize("typed", ["", "12345", "١٢٣٤٥٦", "1234567", "abcdef"])
def test_what_is_no_code_matches_nothing(typed: str) -> None:
    assert matched(SECRET, plain(typed), now=0, after=-1) is None


def test_a_spare_code_works_once_however_it_is_typed() -> None:
    codes = spare_codes(Random(1).randbytes)
    assert len(set(codes)) == SPARE
    typed = f" {codes[3][:5].lower()}-{codes[3][5:]} "
    left = without(codes, plain(typed))
    assert left == codes[:3] + codes[4:]
    assert without(left, plain(typed)) is None


def test_the_telephone_is_told_who_and_where() -> None:
    told = address(SECRET, login="沈 一", issuer="某县中心")
    assert told.startswith("otpauth://totp/%E6%9F%90")
    assert f"secret={base32(SECRET)}" in told
    assert base32(SECRET) == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
