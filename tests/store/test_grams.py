"""Tokens of the search index: any part of a text is a phrase of them, whatever signs it holds."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mediator.store.grams import END, REACH, WIDTH, folded, grams, is_sound, phrase, piece, plain, sounds, usual_forms

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)


def test_a_character_is_its_code_point_in_base_36_and_nothing_is_the_end() -> None:
    assert [int(piece(char), 36) for char in "\x00a一\U00020bb7\U0010ffff"] == [0, 0x61, 0x4E00, 0x20BB7, 0x10FFFF]
    assert int(END, 36) > 0x10FFFF


@given(TEXT)
@example("a\x00b")
@example("\U0010ffff")
def test_there_is_a_token_for_every_character_and_each_begins_with_it(text: str) -> None:
    tokens = grams(text).split()
    assert [int(token[:WIDTH], 36) for token in tokens] == list(map(ord, text))
    assert all(len(token) == WIDTH * REACH and token.isascii() and token.isalnum() for token in tokens)


@given(before=TEXT, wanted=st.text(st.characters(codec="utf-8"), min_size=1, max_size=12), after=TEXT)
def test_what_is_asked_for_a_part_of_a_text_stands_among_its_tokens(before: str, wanted: str, after: str) -> None:
    asked = phrase(wanted).split('"')[1]
    assert asked in grams(before + wanted + after)
    assert phrase(wanted).endswith("*") is (len(wanted) < REACH)


@pytest.mark.parametrize(
    ("written", "also", "names"),
    [
        ("張國榮", "张国荣", False), ("二〇二六", "二零二六", False), ("ＡＢ", "ab", False), ("峯", "峰", True),
        ("李己", "李已", True), ("王曰", "王日", True), ("138O", "1380", True), ("〇五号", "零五号", True),
    ],
)  # fmt: skip
def test_two_ways_of_writing_are_found_by_one(written: str, also: str, names: bool) -> None:
    assert plain(written, names=names) == plain(also, names=names)
    assert len(plain(written, names=names)) == len(folded(written))


@pytest.mark.parametrize("pair", ["已己", "未末", "土士", "0o"])
def test_what_only_looks_alike_is_one_in_names_and_numbers_alone(pair: str) -> None:
    assert len({plain(char, names=True) for char in pair}) == 1
    assert len({plain(char, names=False) for char in pair}) == 2


@pytest.mark.parametrize("names", [True, False])
def test_no_form_leads_to_a_form_that_is_changed_again(names: bool) -> None:
    usual = "".join(usual_forms(names=names).values())
    assert plain(usual, names=names) == usual


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("张三", ("zhangsan", "zs", "san", "s")),
        ("单雄信", ("shanxiongxin", "danxiongxin", "sxx", "xiongxin")),
        ("曾乐", ("zengle", "cengyue", "zl", "zy")),
        ("尉迟恭", ("yuchigong", "weichigong", "chigong")),
        ("区明", ("ouming", "quming")),
    ],
)
def test_a_name_is_found_by_every_reading_of_it_from_any_syllable_on(name: str, said: tuple[str, ...]) -> None:
    assert set(said) <= set(sounds(name).split())


def test_what_is_no_name_has_no_sound() -> None:
    assert [sounds(text) for text in ("张", "某某县人民调解委员会", "")] == ["", "", ""]
    assert [is_sound(word) for word in ("zs", "z3", "张", "")] == [True, False, False, False]
