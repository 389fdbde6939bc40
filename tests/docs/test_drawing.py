"""What a page is drawn of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.docs.breaking import Glyph
from mediator.docs.drawing import (
    Cell,
    SetLine,
    baseline,
    evenly_set,
    nothing,
    put_glyphs,
    put_line,
    put_piece,
    put_row,
    sign_foot,
)
from mediator.docs.page import BODY, CELL, PAD, SIGN_FOOT


class Sheet:
    """A canvas that remembers what was drawn on it."""

    def __init__(self) -> None:
        """An empty sheet."""
        self.rules: list[tuple[float, float, float, float]] = []
        self.boxes: list[tuple[float, float, float, float]] = []
        self.words: list[tuple[float, float, str, float]] = []

    def setLineWidth(self, width: float) -> None:  # noqa: N802 — the library's name
        """Rules are thin."""
        assert width == 0.5

    def line(self, *ends: float) -> None:
        """A rule."""
        self.rules.append(ends)  # type: ignore[arg-type]  # four ends

    def rect(self, *sides: float) -> None:
        """A box."""
        self.boxes.append(sides)  # type: ignore[arg-type]  # four sides

    def beginText(self, x: float, y: float) -> Words:  # noqa: N802 — the library's name
        """Words at a place."""
        return Words(x, y)

    def drawText(self, words: Words) -> None:  # noqa: N802 — the library's name
        """Words are put down."""
        self.words.append((words.x, words.y, words.text, words.space))


class Words:
    """Text of one face at one place."""

    def __init__(self, x: float, y: float) -> None:
        """At x, y."""
        self.x, self.y, self.text, self.space = x, y, "", 0.0

    def setFont(self, face: str, size: float) -> None:  # noqa: N802 — the library's name
        """A face is chosen."""
        assert face
        assert size in (BODY.size, CELL.size)

    def setCharSpace(self, space: float) -> None:  # noqa: N802 — the library's name
        """Space after each character."""
        self.space = space

    def textOut(self, text: str) -> None:  # noqa: N802 — the library's name
        """The words."""
        self.text = text


def glyph(char: str, *, face: str = "f", width: float = 10.0, tight: bool = False) -> Glyph:
    """A character of ten points."""
    return Glyph(char, face, width, tight)


GLYPHS = st.lists(st.builds(Glyph, st.just("某"), st.sampled_from("fg"), st.just(10.0), st.booleans()), max_size=30)


@given(GLYPHS)
def test_runs_of_one_face_hold_every_character_in_order(glyphs: list[Glyph]) -> None:
    runs = list(evenly_set(glyphs))
    assert [each for run in runs for each in run] == glyphs
    assert all(len({each.face for each in run}) == 1 for run in runs)
    assert not any(each.tight for run in runs for each in run[:-1])


@given(GLYPHS, st.floats(0, 5))
def test_what_follows_starts_where_the_last_character_ended(glyphs: list[Glyph], extra: float) -> None:
    sheet = Sheet()
    end = put_glyphs(sheet, glyphs, (100.0, 50.0), style=BODY, extra=extra)
    assert end == pytest.approx(100 + len(glyphs) * (10 + extra))
    assert "".join(text for _, _, text, _ in sheet.words) == "某" * len(glyphs)
    assert all(space == extra + BODY.tracking for _, _, _, space in sheet.words)


def test_a_gap_for_the_pen_is_a_rule_as_wide_as_its_blanks() -> None:
    sheet = Sheet()
    put_glyphs(sheet, [glyph("某"), glyph("\u3000", face=""), glyph("\u3000", face="")], (100.0, 50.0), style=BODY)
    assert sheet.rules == [(110.0, 47.5, 130.0, 47.5)]


def test_a_rule_to_sign_on_begins_where_the_words_end() -> None:
    sheet = Sheet()
    put_line(sheet, 500.0, line=SetLine([glyph("某")], x=5.0, rule_to=200.0), style=BODY)
    below = baseline(500.0, BODY) - 2.5
    assert sheet.rules == [(15.0, below, 200.0, below)]


def test_characters_stand_in_the_middle_of_their_line() -> None:
    base = baseline(100.0, BODY)
    above, below = 100 - (base + BODY.size * 0.86), base - BODY.size * 0.14 - (100 - BODY.leading)
    assert above == pytest.approx(below)


def test_a_row_is_boxes_side_by_side_with_their_words_in_the_middle() -> None:
    sheet = Sheet()
    tall = Cell([SetLine([glyph("甲")]), SetLine([glyph("乙")])], 60)
    put_row(sheet, 400.0, cells=[tall, Cell([SetLine([glyph("丙")])], 40)], style=CELL, height=44.0)
    assert sheet.boxes == [(0.0, 356.0, 60, 44.0), (60.0, 356.0, 40, 44.0)]
    one, two, three = (y for _, y, _, _ in sheet.words)
    assert three == pytest.approx((one + two) / 2)
    assert [x for x, _, _, _ in sheet.words] == [PAD, PAD, 60 + PAD]


@pytest.mark.parametrize(
    ("ends", "levels"), [((False, True), [400.0]), ((True, True), []), ((True, False), [370.0])]
)  # fmt: skip
def test_a_row_that_goes_on_has_side_rules_and_is_closed_only_at_its_ends(
    ends: tuple[bool, bool], levels: list[float]
) -> None:
    sheet = Sheet()
    cells = [Cell([SetLine([glyph("甲")])], 60), Cell([], 40)]
    put_piece(sheet, 400.0, cells=cells, style=CELL, height=30.0, ends=ends)
    upright = [rule for rule in sheet.rules if rule[0] == rule[2]]
    assert upright == [(x, 400.0, x, 370.0) for x in (0.0, 60.0, 100.0)]
    assert [rule[1] for rule in sheet.rules if rule not in upright] == levels


def test_the_place_to_sign_at_a_record_s_foot_reaches_the_edge() -> None:
    sheet = Sheet()
    sign_foot(sheet, [glyph("签")], CELL, 400.0)
    assert sheet.rules == [(12.0, SIGN_FOOT - 2.5, 400.0, SIGN_FOOT - 2.5)]


def test_an_empty_strip_draws_nothing() -> None:
    sheet = Sheet()
    nothing(sheet, 100.0)
    assert (sheet.rules, sheet.boxes, sheet.words) == ([], [], [])
