"""Lines and pages: nothing lost, nothing out of order, no mark where it may not stand."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mediator.docs.breaking import NOT_END, NOT_START, Glyph, break_lines, tightened
from mediator.docs.drawing import nothing
from mediator.docs.numerals import chinese
from mediator.docs.paging import Slice, paginate

TEXT = st.text(alphabet="张三于付款元，。（）《》、：“”1234567890.ABx年月日", min_size=1, max_size=200)
SIZE = 16.0
WIDTH = SIZE * 14


def glyphs(text: str) -> list[Glyph]:
    """Full-width glyphs, half-width for figures and letters."""
    return [Glyph(char, "face", SIZE / 2 if char.isascii() else SIZE) for char in text]


@given(TEXT)
def test_lines_hold_every_character_in_order(text: str) -> None:
    lines = break_lines(glyphs(text), first=WIDTH - 2 * SIZE, width=WIDTH)
    assert lines[0].start == 0
    assert lines[-1].end == len(text)
    assert all(a.end == b.start for a, b in pairwise(lines))
    assert [line.last for line in lines] == [False] * (len(lines) - 1) + [True]


@given(TEXT)
def test_no_line_is_wider_than_the_page(text: str) -> None:
    lines = break_lines(glyphs(text), first=WIDTH - 2 * SIZE, width=WIDTH)
    assert all(line.width <= WIDTH + 0.01 for line in lines)


@given(st.text(alphabet="张三于付款，。（、《》", min_size=1, max_size=120).filter(lambda t: not unbreakable(t)))
def test_no_mark_stands_where_it_may_not(text: str) -> None:
    lines = break_lines(glyphs(text), first=WIDTH - 2 * SIZE, width=WIDTH)
    for line in lines[1:]:
        assert text[line.start] not in NOT_START
    for line in lines[:-1]:
        assert text[line.end - 1] not in NOT_END


def unbreakable(text: str) -> bool:
    """A run of marks longer than any line could hold together."""
    run = longest = 0
    for char in text:
        run = run + 1 if char in NOT_START | NOT_END else 0
        longest = max(longest, run)
    return longest > 5


def test_a_day_and_a_sum_are_not_torn() -> None:
    text = "张三李四王五赵六孙七周八于2025年11月15日前付清人民币105,000.00元。"
    rows = [text[line.start : line.end] for line in break_lines(glyphs(text), first=WIDTH, width=WIDTH)]
    assert any("2025年11月15日" in row for row in rows)
    assert any("人民币105,000.00元" in row for row in rows)


def test_marks_side_by_side_share_one_blank() -> None:
    set_tight = tightened(glyphs("整）。（甲）（乙"), SIZE)
    assert [glyph.width for glyph in set_tight] == [16, 8, 8, 16, 16, 8, 16, 16]


STRIPS = st.lists(st.builds(Slice, st.floats(1, 300), st.just(nothing), st.booleans()), min_size=1, max_size=60)


@given(STRIPS)
def test_pages_hold_every_strip_in_order_and_none_is_too_high(strips: list[Slice]) -> None:
    pages = paginate(strips, 320)
    assert [id(each) for page in pages for each in page] == [id(each) for each in strips]
    assert all(sum(each.height for each in page) <= 320.01 for page in pages)


@given(STRIPS)
def test_a_page_ends_after_a_kept_strip_only_when_all_of_it_is_kept(strips: list[Slice]) -> None:
    for page in paginate(strips, 320)[:-1]:
        assert not page[-1].keep or all(each.keep for each in page)


def test_a_table_that_goes_on_repeats_its_header() -> None:
    header = Slice(20, nothing, keep=True)
    rows = [Slice(50, nothing, header=header) for _ in range(10)]
    pages = paginate([header, *rows], 200)
    assert all(page[0] is header for page in pages)


def test_numerals_of_clauses() -> None:
    assert [chinese(n) for n in (1, 9, 10, 11, 19, 20, 21, 90, 99, 100)] == [
        "一", "九", "十", "十一", "十九", "二十", "二十一", "九十", "九十九", "100"
    ]  # fmt: skip
