"""Lines: nothing lost, nothing out of order, no mark where it may not stand, nothing cut that belongs together."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.docs.breaking import HALF_AFTER, NOT_END, NOT_START, Glyph, Line, break_lines, lonely, ties, tightened

SIZE = 16.0
WIDTH = SIZE * 14
FIRST = WIDTH - 2 * SIZE
TEXT = st.text(alphabet="张三于付款元，。（）《》、：“”1234567890.ABx年月日", min_size=1, max_size=200)
PROSE = st.text(alphabet="张三于付款人民法院，。（、《》", min_size=1, max_size=160).filter(
    lambda text: not re.search("[，。（、《》]{5}", text)
)
WHOLE = (
    "2025年11月15日", "9月1日", "2009年10月", "9时30分", "人民币105,000.00元", "10.5万元", "33112219680504001X",
    "331122196805040017", "13700002210", "Alexander", "Łukasz", "3个月", "12平方米", "85%", "25℃", "9111-AB/7",
    "（盖章）", "O'Neil", "R&D", "~30天",
)  # fmt: skip


def glyphs(text: str) -> list[Glyph]:
    """Full-width glyphs, half-width for figures and letters."""
    return [Glyph(char, "face", SIZE / 2 if ord(char) < 0x250 else SIZE) for char in text]


def rows(text: str, width: float = WIDTH, first: float | None = None) -> list[str]:
    """The text of each line."""
    lines = break_lines(glyphs(text), first=width if first is None else first, width=width)
    return [text[line.start : line.end] for line in lines]


@given(TEXT)
def test_lines_hold_every_character_in_order(text: str) -> None:
    lines = break_lines(glyphs(text), first=FIRST, width=WIDTH)
    assert (lines[0].start, lines[-1].end) == (0, len(text))
    assert all(a.end == b.start for a, b in pairwise(lines))
    assert all(line.end > line.start for line in lines)
    assert [line.last for line in lines] == [False] * (len(lines) - 1) + [True]


@given(TEXT)
def test_no_ink_goes_beyond_the_edge(text: str) -> None:
    set_text = tightened(glyphs(text), SIZE)
    for place, line in enumerate(break_lines(set_text, first=FIRST, width=WIDTH)):
        last = set_text[line.end - 1]
        blank = last.width / 2 if last.char in HALF_AFTER and not last.tight else 0.0
        assert line.width - blank <= (WIDTH if place else FIRST) + 0.01
        assert line.width == pytest.approx(sum(glyph.width for glyph in set_text[line.start : line.end]))


@given(PROSE)
def test_no_mark_stands_where_it_may_not(text: str) -> None:
    found = rows(text, first=FIRST)
    assert not [row for row in found[1:] if row[0] in NOT_START]
    assert not [row for row in found[:-1] if row[-1] in NOT_END]


@given(st.lists(st.sampled_from(WHOLE), min_size=1, max_size=4), st.lists(st.integers(1, 13), min_size=4, max_size=4))
def test_days_sums_numbers_and_latin_words_are_not_cut(parts: list[str], between: list[int]) -> None:
    text = "".join("某" * count + part for count, part in zip(between, parts, strict=False)) + "某某。"
    joined = "\n".join(rows(text))
    assert [part for part in parts if part not in joined] == []


@pytest.mark.parametrize("mark", sorted(NOT_START))
def test_each_mark_that_may_not_begin_a_line_goes_with_the_character_before_it(mark: str) -> None:
    found = rows("某" * 14 + mark + "某某")
    assert not found[1].startswith(mark)


@pytest.mark.parametrize("mark", sorted(NOT_END))
def test_each_mark_that_may_not_end_a_line_goes_with_the_character_after_it(mark: str) -> None:
    found = rows("某" * 13 + mark + "某" * 8)
    assert found[1].startswith(mark)


@pytest.mark.parametrize("tail", ["某", "某。", "某）。", "某”。", "某……"])
def test_no_character_stands_alone_on_the_last_line(tail: str) -> None:
    found = rows("某" * 14 + tail)
    assert found == ["某" * 13, "某" + tail]


def test_a_lonely_character_stays_where_company_would_tear_a_long_number_from_its_line() -> None:
    text = "某某某号码331122196805040017"
    assert rows(text + "某。", width=SIZE * 14) == [text, "某。"]


def test_the_blank_half_of_a_mark_hangs_over_the_edge_rather_than_push_a_character_down() -> None:
    width = SIZE * 14.5
    assert rows("某" * 14 + "。" + "某" * 5, width=width) == ["某" * 14 + "。", "某" * 5]
    assert rows("某" * 14 + "。" + "某" * 5, width=SIZE * 14.4) == ["某" * 13, "某。" + "某" * 5]


def test_a_run_longer_than_a_line_is_cut_where_the_room_ends() -> None:
    assert rows("7" * 70) == ["7" * 28, "7" * 28, "7" * 14]
    assert rows("。" * 30)[0] == "。" * 14


def test_an_empty_paragraph_is_one_empty_line() -> None:
    assert break_lines([], first=WIDTH, width=WIDTH) == [Line(0, 0, 0, True)]


def test_a_gap_for_the_pen_is_never_cut() -> None:
    text = "某" * 12 + "\u3000" * 4 + "年"
    assert rows(text) == ["某" * 12, "\u3000" * 4 + "年"]


def test_a_sum_in_words_is_cut_only_between_its_units() -> None:
    text = "壹拾贰万叁仟肆佰伍拾陆元整"
    open_places = [place for place, tied in enumerate(ties(text)) if not tied]
    assert [text[place] for place in open_places] == ["壹", "贰", "万", "叁", "肆", "伍", "陆", "元"]


def test_marks_side_by_side_share_one_blank() -> None:
    assert [glyph.width for glyph in tightened(glyphs("整）。（甲）（乙"), SIZE)] == [16, 8, 8, 16, 16, 8, 16, 16]
    assert [glyph.tight for glyph in tightened(glyphs("（《甲》》"), SIZE)] == [True, False, False, True, False]


def test_quotation_marks_share_their_blank_where_a_face_sets_them_as_wide_as_a_character() -> None:
    found = [glyph.width for glyph in tightened(glyphs("“（《双重》）”，"), SIZE)]
    assert found == [8, 8, 16, 16, 16, 8, 8, 8, 16]
    narrow = [Glyph(char, "face", 0.35 * SIZE) for char in "”，"]
    assert tightened(narrow, SIZE) == narrow


@given(
    st.lists(
        st.sampled_from(("“（《双", "重》）”", "“（双》", "“双）”", "调解", "“调”，", "解。")), min_size=1, max_size=9
    )
)
def test_three_marks_about_a_character_break_rightly_in_a_cell_of_three_characters(words: list[str]) -> None:
    text = "".join(words)
    for line in break_lines(tightened(glyphs(text), SIZE), first=3 * SIZE, width=3 * SIZE)[1:]:
        assert text[line.start] not in NOT_START
        assert text[line.start - 1] not in NOT_END


def test_the_blank_of_a_first_mark_hangs_out_where_marks_would_be_parted_else() -> None:
    found = break_lines(tightened(glyphs("“（《双重》）”"), SIZE), first=2.8 * SIZE, width=2.8 * SIZE)
    assert [(line.start, line.end, line.out) for line in found] == [(0, 4, SIZE / 2), (4, 8, 0.0)]
    wide = break_lines(tightened(glyphs("“（《双重》）”"), SIZE), first=3 * SIZE, width=3 * SIZE)
    assert [line.out for line in wide] == [0.0, 0.0]


@pytest.mark.parametrize(
    ("rest", "alone"), [("", False), ("某", True), ("某）。", True), ("某某", False), ("7日", False)]
)
def test_what_counts_as_a_last_line_of_one_character(rest: str, alone: bool) -> None:
    assert lonely(rest) is alone


@pytest.mark.parametrize(
    ("whole", "lines"),
    [
        ("人民币759,400.00元", ["人民币", "759,40", "0.00元"]),
        ("38,250,000.00元", ["38,25", "0,000.", "00元"]),
        ("〔2019〕12号", ["〔201", "9〕", "12号"]),
        ("第0031号-协1", ["第", "0031号", "-协1"]),
    ],
)
def test_a_whole_longer_than_its_column_is_cut_where_no_mark_begins_a_line(whole: str, lines: list[str]) -> None:
    assert rows(whole, width=SIZE * 3) == lines
