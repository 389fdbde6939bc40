"""Faces: a name whole in one, never a box, the same characters out of the PDF as went in."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from mediator.docs.fonts import CHAINS, FANGSONG, HEI_BOLD, LAST, SIGNS, SONG, SONG_BOLD, Fonts, to_unicode, words
from mediator.errors import Unacceptable, WorldFailed
from tests.docs.papers import fonts

RARE = "吴㛃𬱖"


@lru_cache
def shapes(name: str) -> dict[int, str]:
    """What a face's file says it has, read by another library than the writer's."""
    with TTFont(fonts().folder / f"{name}.ttf", lazy=True) as face:
        return dict(face["cmap"].getBestCmap())


def test_the_body_lacks_what_the_test_name_needs() -> None:
    body = shapes(FANGSONG)
    assert [ord(char) in body for char in RARE] == [True, False, False]


def test_a_name_with_a_rare_character_stands_whole_in_the_first_face_that_has_all_of_it() -> None:
    assert fonts().faces_for(RARE, "body", [RARE]) == [SONG] * 3
    assert fonts().faces_for(f"由{RARE}付", "body", [RARE]) == [FANGSONG, SONG, SONG, SONG, FANGSONG]


def test_a_rare_character_outside_a_name_takes_the_next_face_alone() -> None:
    assert fonts().faces_for("吴㛃村", "body") == [FANGSONG, SONG, FANGSONG]


def test_a_name_that_no_face_has_whole_is_set_character_by_character() -> None:
    name = "吴𪚥☑"
    assert fonts().faces_for(name, "body", [name]) == [FANGSONG, LAST, SIGNS]


def test_a_latin_word_stands_in_one_face() -> None:
    faces = fonts().faces_for("Łukasz来", "body")
    assert len(set(faces[:6])) == 1
    assert faces[6] == FANGSONG


def test_the_longer_of_two_names_is_not_cut_by_the_shorter() -> None:
    assert words("吴某斌妻", ("吴某", "吴某斌", "妻")) == ["吴某斌", "妻"]


@given(st.text(max_size=40), st.lists(st.text(min_size=1, max_size=4), max_size=4))
def test_words_put_together_are_the_text(text: str, names: list[str]) -> None:
    assert "".join(words(text, tuple(names))) == text


@pytest.mark.parametrize(
    ("char", "code"),
    [("\U00012000", "U+12000"), ("\x07", "U+0007"), ("\u200b", "U+200B"), ("\u202e", "U+202E"), ("\ue000", "U+E000"),
     ("\U000e0100", "U+E0100"), ("א", "U+05D0"), ("ع", "U+0639"), ("\u0301", "U+0301"), ("\ufb01", "U+FB01"),
     ("\ufffd", "U+FFFD"), ("\u2800", "U+2800"), ("\ufdd0", "U+FDD0")],
)  # fmt: skip
def test_a_character_that_cannot_be_drawn_truly_is_refused_by_its_code_point(char: str, code: str) -> None:
    with pytest.raises(Unacceptable) as caught:
        fonts().faces_for(f"吴{char}", "body", [f"吴{char}"])
    assert (caught.value.code, caught.value.where) == ("document.character", code)


@pytest.mark.parametrize("role", CHAINS)
def test_no_role_ever_chooses_the_shape_of_what_is_missing(role: str) -> None:
    text = "人民调解协议书（2026）第0031号：㛃𬱖𫖯𬮿𠅤𪚥，ABC xyz ①√×□☑—…·"
    for char, face in zip(text, fonts().faces_for(text, role), strict=True):
        assert shapes(face).get(ord(char), ".notdef") != ".notdef", char


@pytest.mark.parametrize(
    ("role", "face"), [("body", FANGSONG), ("strong", HEI_BOLD), ("title", SONG_BOLD), ("table", SONG)]
)
def test_common_text_stands_in_the_first_face_of_its_role(role: str, face: str) -> None:
    assert set(fonts().faces_for("人民调解委员会", role)) == {face}


def test_figures_and_latin_letters_of_the_body_stand_in_song_and_names_whole_in_one_face() -> None:
    assert fonts().faces_for("第31号A座", "body") == [FANGSONG, SONG, SONG, FANGSONG, SONG, FANGSONG]
    assert set(fonts().faces_for("王A", "body", ["王A"])) == {FANGSONG}


@pytest.mark.parametrize(("char", "width"), [("人", 16.0), ("，", 16.0), ("7", 8.0)])
def test_the_body_is_full_width_and_its_figures_half(char: str, width: float) -> None:
    assert fonts().width(char, FANGSONG, 16) == width


def test_a_folder_without_the_body_s_face_is_the_world_s_failure(tmp_path: Path) -> None:
    with pytest.raises(WorldFailed, match=r"fonts\.missing"):
        Fonts.load(tmp_path)


def test_the_way_back_to_text_is_written_in_utf_16() -> None:
    table = to_unicode("F1", [0x4E00, 0x2CC56])
    assert "<00> <4E00>" in table
    assert "<01> <D873DC56>" in table
    assert "<00> <01>\nendcodespacerange\n2 beginbfchar" in table
