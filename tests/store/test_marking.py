"""The words around a hit: the place is marked to the character, and numbers of persons cannot be read off them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.store.grams import folded
from mediator.store.marking import AROUND, excerpt, marks_of, masked, origins, sounded

ALPHABET = "张三付款，。㎡ⅫﬁßＡbé\u0301e\U00020bb7 \n½"
TEXT = st.text(ALPHABET, max_size=60)


def exact(body: str, *words: str) -> list[tuple[int, int]]:
    return marks_of(body, [folded(word) for word in words], folded(body))


@given(before=TEXT, wanted=st.text(ALPHABET, min_size=1, max_size=8), after=TEXT)
def test_every_place_of_a_word_is_marked_so_that_the_marked_words_hold_it(before: str, wanted: str, after: str) -> None:
    body = before + wanted + after
    marks = exact(body, wanted)
    assert bool(marks) is (folded(wanted) in folded(body))
    assert len(origins(body)) == len(folded(body)) + 1
    assert all(0 <= start < end <= len(body) for start, end in marks)


@given(before=st.text("甲乙", max_size=60), after=st.text("丙丁", max_size=60))
def test_an_excerpt_shows_the_words_with_a_little_around_and_says_where_it_was_cut(before: str, after: str) -> None:
    body = before + "田埂" + after
    shown, marks = excerpt("case.facts", body, exact(body, "田埂"))
    assert [shown[start:end] for start, end in marks] == ["田埂"]
    assert shown.strip("…") in body
    assert (shown.startswith("…"), shown.endswith("…")) == (len(before) > AROUND, len(after) > AROUND)


@pytest.mark.parametrize(
    ("body", "word", "marked"),
    [
        ("ＡＢ１３８", "ab1", ["ＡＢ１"]),
        ("面积20㎡整", "m2", ["㎡"]),
        ("面积20㎡整", "整", ["整"]),
        ("第Ⅻ条", "xii条", ["Ⅻ条"]),
        ("e\u0301甲", "é", ["e\u0301"]),
        ("𬱖村𬱖", "𬱖", ["𬱖", "𬱖"]),
        ("借了借了借了", "借了", ["借了"] * 3),
    ],
)
def test_marks_lie_on_the_text_as_it_was_written(body: str, word: str, marked: list[str]) -> None:
    shown, marks = excerpt("case.facts", body, exact(body, word))
    assert [shown[start:end] for start, end in marks] == marked


@pytest.mark.threat("T10")
@pytest.mark.parametrize(
    ("field", "body", "hidden"),
    [
        ("party.id_number", "331122199001011234", "331*************34"),
        ("party.phone", "057813800138", "057*****0138"),
        ("sentence.text", "身份证331122199001011234，电话13800138000。", "身份证331*************34，电话138****8000。"),
        ("case.facts", "账号6222021234567890123", "账号6222021234567890123"),
        ("form.values", "33112219900101123x", "331*************3x"),
    ],
)
def test_numbers_of_persons_are_masked_wherever_they_stand_and_stay_as_long(field: str, body: str, hidden: str) -> None:
    assert masked(field, body) == hidden


def test_a_number_is_masked_before_it_is_cut() -> None:
    body = "电话13800138000" + "甲" * 20 + "田埂"
    shown, marks = excerpt("case.facts", body, exact(body, "田埂"))
    assert "0138" not in shown
    assert shown[slice(*marks[0])] == "田埂"


@pytest.mark.parametrize(
    ("name", "word", "marked"),
    [
        ("欧阳娜娜", "nn", "娜娜"), ("张三丰", "zs", "张三"), ("张三丰", "sanf", "三丰"), ("单雄信", "shan", "单"),
        ("张三", "lisi", ""),
    ],
)  # fmt: skip
def test_the_characters_that_a_sound_runs_over_are_marked(name: str, word: str, marked: str) -> None:
    assert "".join(name[start:end] for start, end in sounded(name, word)) == marked
