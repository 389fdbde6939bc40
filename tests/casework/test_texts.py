"""Text is cleaned once where it comes in, and every change is told with its place."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.casework.desk import Desk
from mediator.casework.hearing import HearingForm
from mediator.casework.texts import Cleaner, cleaned, cleaned_fields, cleaned_text
from mediator.core.lint import Severity
from mediator.errors import Unacceptable
from tests.casework.desks import heard

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(ANY_TEXT)
def test_cleaning_twice_changes_nothing_more_and_tells_nothing_more(text: str) -> None:
    once = Cleaner().clean(text, "facts")
    again = Cleaner()
    assert again.clean(once, "facts") == once
    assert again.findings == ()


@given(ANY_TEXT)
def test_what_is_kept_commands_nobody_and_is_in_one_form(text: str) -> None:
    kept = Cleaner().clean(text, "facts")
    assert unicodedata.is_normalized("NFC", kept)
    assert not [char for char in kept if unicodedata.category(char) == "Cc" and char != "\n"]
    assert not set(kept) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize(
    ("text", "kept", "words"),
    [
        ("甲\u202e乙", "甲乙", ["文字中有不可见的控制字符，已去除：第2个字符（U+202E）。"]),
        ("\u0007" * 7, "", ["文字中有不可见的控制字符，已去除："
         + "、".join(f"第{place}个字符（U+0007）" for place in range(1, 6)) + "等共7处。"]),
        ("甲\t乙\r\n丙", "甲 乙\n丙", ["换行和制表符已统一为换行和空格。"]),
        ("e\u0301", "\u00e9", ["文字已按统一编码形式（NFC）整理，字形不变。"]),
        ("照原样，ok 123。", "照原样，ok 123。", []),
    ],
)  # fmt: skip
def test_each_change_is_told(text: str, kept: str, words: list[str]) -> None:
    cleaner = Cleaner()
    assert cleaner.clean(text, "facts") == kept
    assert [(each.message, each.place, each.severity) for each in cleaner.findings] == [
        (word, "facts", Severity.INFO) for word in words
    ]


def test_half_a_character_is_refused() -> None:
    with pytest.raises(Unacceptable, match=r"text\.surrogate"):
        Cleaner().clean("甲\ud800", "facts")


def test_texts_inside_lists_and_tables_are_cleaned_with_their_place() -> None:
    cleaner = Cleaner()
    given_ = {"a": ("甲\u0000", 5), "b\u0000": [None, "乙\u0000"]}
    assert cleaner.value(given_, "x") == {"a": ("甲", 5), "b": [None, "乙"]}
    assert [each.place for each in cleaner.findings] == ["x.a.0", "x", "x.b\u0000.1"]


def test_the_workshop_hears_of_every_way_in(desk: Desk) -> None:
    assert cleaned(desk, HearingForm(place="村\u0000", mediators=("甲\u0000",))) == HearingForm(
        place="村", mediators=("甲",)
    )
    assert cleaned_fields(desk, {"title": "借\u0000", "copies": 3}) == {"title": "借", "copies": 3}
    assert cleaned_text(desk, "话\u0000", "text") == "话"
    assert [each.place for each in heard(desk)] == ["place", "mediators.0", "title", "text"]
    cleaned_text(desk, "干净", "text")
    assert len(heard(desk)) == 4
