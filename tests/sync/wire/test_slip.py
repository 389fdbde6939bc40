"""A receipt slip, scanned or typed: whatever a hand does to it, it says what the county signed or it says nothing."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.errors import MediatorError, Unacceptable
from sync.wire.limits import MAX_COUNTER, MAX_EPOCH
from sync.wire.receipt import Receipt, receipt_bytes
from sync.wire.slip import (
    LENGTH,
    MAX_NUMBER,
    bytes_of,
    read_either,
    read_slip,
    slip_bytes,
    slip_text,
    typed_groups,
)
from tests.sync.fakes import FakeSealer

COUNTY = FakeSealer("county")
GOOD = Receipt(center="c" * 32, ce=2, desk="d" * 32, no=7, n=40, h="a" * 64, w=0)
DATA = slip_bytes(GOOD, COUNTY)
TEXT, TYPED = slip_text(DATA), "  ".join(typed_groups(DATA))


def read(text: str) -> Receipt:
    """As a laptop of this desk reads it."""
    data = bytes_of(text, center=GOOD.center, desk=GOOD.desk, hash_at=lambda n: GOOD.h if n == GOOD.n else "b" * 64)
    return read_slip(data, COUNTY.sign_public, FakeSealer("laptop"))


def test_it_is_as_large_as_the_page_says_and_fits_one_qr() -> None:
    assert len(DATA) == LENGTH == 145
    assert len(TEXT) == 234
    assert TEXT.isalnum()
    assert TEXT.upper() == TEXT, "a QR holds capitals and digits densest"
    assert [len(group) for group in typed_groups(DATA)] == [9] * 15


@given(
    st.integers(0, MAX_COUNTER),
    st.integers(0, MAX_EPOCH),
    st.integers(0, MAX_NUMBER),
    st.binary(min_size=32, max_size=32),
)
def test_both_forms_come_back_as_they_were_given(n: int, ce: int, no: int, digest: bytes) -> None:
    receipt = Receipt(center="c" * 32, ce=ce, desk="d" * 32, no=no, n=n, h=digest.hex(), w=0)
    data = slip_bytes(receipt, COUNTY)
    for form in (slip_text(data), "-".join(typed_groups(data))):
        again = bytes_of(form, center=receipt.center, desk=receipt.desk, hash_at=lambda _: digest.hex())
        assert read_either(again, COUNTY.sign_public, COUNTY) == receipt


@pytest.mark.parametrize(
    "form",
    [TEXT, TYPED, TEXT.lower(), TYPED.lower(), TYPED.replace("  ", "\n"), TYPED.replace("  ", "－"), f"\t{TEXT}\r\n",
     TYPED.replace("0", "O").replace("1", "l"), "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in TYPED),
     ":".join((TEXT[:2], TEXT[2:]))],
    ids=["scanned", "typed", "small", "typed small", "lines", "wide hyphens", "a tab", "O and l", "full width",
         "a colon"],
)  # fmt: skip
def test_what_a_scanner_or_a_hand_puts_between_is_passed_over(form: str) -> None:
    assert read(form) == GOOD


@pytest.mark.parametrize("place", range(15))
def test_a_wrong_letter_is_told_by_its_group(place: int) -> None:
    groups = list(typed_groups(DATA))
    told = 0
    for letter in "23456789ABCDEFGHJKMNPQRSTVWXYZ":
        changed = [*groups]
        changed[place] = letter + changed[place][1:] if changed[place][0] != letter else "0" + changed[place][1:]
        with pytest.raises(Unacceptable) as caught:
            read(" ".join(changed))
        told += (caught.value.code, caught.value.facts.get("place")) == ("slip.group", place + 1)
    assert told >= 25, "one letter of 32 goes unnoticed in its group, and the signature notices it"


def test_two_groups_that_changed_places_are_told() -> None:
    groups = list(typed_groups(DATA))
    groups[3], groups[4] = groups[4], groups[3]
    with pytest.raises(Unacceptable, match=r"slip\.group"):
        read(" ".join(groups))


@pytest.mark.threat("T44")
def test_no_slip_with_a_byte_changed_is_believed() -> None:
    for at in range(LENGTH):
        for bit in range(8):
            bad = bytearray(DATA)
            bad[at] ^= 1 << bit
            with pytest.raises(Unacceptable, match=r"slip\.(form|signature)"):
                read_slip(bytes(bad), COUNTY.sign_public, FakeSealer("laptop"))


def test_a_slip_for_another_history_is_another_slip() -> None:
    data = bytes_of(TYPED, center=GOOD.center, desk=GOOD.desk, hash_at=lambda _: "b" * 64)
    with pytest.raises(Unacceptable, match=r"slip\.signature"):
        read_slip(data, COUNTY.sign_public, FakeSealer("laptop"))


@pytest.mark.threat("T42")
def test_a_slip_is_no_receipt_and_a_receipt_no_slip() -> None:
    whole = receipt_bytes(GOOD, COUNTY)
    assert read_either(whole, COUNTY.sign_public, COUNTY) == GOOD
    with pytest.raises(Unacceptable, match=r"slip\.form"):
        read_slip(whole, COUNTY.sign_public, COUNTY)
    with pytest.raises(Unacceptable, match=r"slip\.signature"):
        read_either(DATA, FakeSealer("another county").sign_public, COUNTY)


@given(st.text(max_size=300))
def test_no_text_brings_the_reader_down(text: str) -> None:
    for form in (text, "R1" + text, TEXT[:-5] + text, TYPED[:-9] + text):
        try:
            read(form)
        except MediatorError as error:
            assert error.code.startswith("slip.")  # noqa: PT017  most texts are refused, a few are the slip itself


def test_noise_of_the_right_length_is_refused() -> None:
    random = Random(5)
    for _ in range(300):
        with pytest.raises(Unacceptable):
            read("R1" + "".join(random.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=232)))
