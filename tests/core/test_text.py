"""Text as it enters the record: nothing hidden in it, no rare name lost, and what went is told."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.text import Cleaned, Removal, clean
from mediator.errors import Unacceptable
from mediator.journal.canonical import decode_strict, encode

TEXTS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\r\n\t\u202e\u2066\x00\x85e\u0301n\u0303"))


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("甲方\r\n乙方\r丙方\n", "甲方\n乙方\n丙方\n"), ("甲\t乙", "甲 乙"), ("e\u0301", "é"), ("\u00c5", "\u00c5"),
        ("𠮷野家", "𠮷野家"), ("𬴂𫘝㙍䶮", "𬴂𫘝㙍䶮"), ("“某”、……——", "“某”、……——"),
        ("１２３Ａ", "１２３Ａ"), ("", ""),
        ("👨‍👩‍👧", "👨‍👩‍👧"), ("\ufeff甲", "\ufeff甲"), ("\u3000甲", "\u3000甲"),
    ],
)  # fmt: skip
def test_words_stay_as_they_were_written(given_text: str, kept: str) -> None:
    assert clean(given_text) == Cleaned(kept)


@pytest.mark.threat("T45")
@pytest.mark.parametrize(
    "char", [*"\x00\x07\x1b\x7f\x85\x9f", *map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)])]
)
def test_what_no_reader_sees_is_taken_out_and_told(char: str) -> None:
    assert clean(f"甲\r\n乙{char}丙") == Cleaned("甲\n乙丙", (Removal(ord(char), 4),))


@given(TEXTS)
def test_clean_text_stays_clean_and_may_stand_in_an_entry(text: str) -> None:
    cleaned = clean(text).text
    assert clean(cleaned) == Cleaned(cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert decode_strict(encode({"text": cleaned})) == {"text": cleaned}


@given(TEXTS)
def test_every_removal_points_at_its_character_in_the_text_as_given(text: str) -> None:
    for removal in clean(text).removed:
        assert ord(text[removal.position]) == removal.codepoint


@pytest.mark.parametrize("text", ["\ud800", "甲\udfff乙"])
def test_half_a_character_is_refused(text: str) -> None:
    with pytest.raises(Unacceptable, match=r"text\.surrogate"):
        clean(text)
