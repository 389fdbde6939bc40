"""The sheet: 28 characters by 22 lines on 156 x 225 mm, in both formats."""

from __future__ import annotations

import pytest

from mediator.docs import page
from mediator.docs.page import BODY, CELL, COMMITTEE, HEIGHT, LEADING, MM, PITCH, STYLES, TITLE, WIDTH, fitted


def test_the_type_area_holds_28_characters_by_22_lines() -> None:
    assert pytest.approx([156, 225]) == [WIDTH / MM, HEIGHT / MM]
    assert pytest.approx([28, 22]) == [WIDTH / PITCH, HEIGHT / LEADING]
    assert BODY.size + BODY.tracking == pytest.approx(PITCH)


def test_sizes_are_those_of_the_standard_form() -> None:
    assert (TITLE.size, BODY.size, CELL.size) == (22, 16, 12)
    assert pytest.approx((28, 26, 37, 35)) == (page.LEFT / MM, page.RIGHT / MM, page.TOP / MM, page.BOTTOM / MM)


def test_a_head_of_committee_title_number_and_gap_is_a_whole_number_of_lines() -> None:
    assert (COMMITTEE.leading + TITLE.leading + BODY.leading + LEADING / 2) / LEADING == pytest.approx(4)


def test_no_two_styles_share_a_name_in_word() -> None:
    assert len({style.name for style in STYLES}) == len(STYLES)


@pytest.mark.parametrize(
    ("count", "size"),
    [(4, 18), (24, 18), (25, 17.5), (30, 14.5), (32, 13.5), (33, 18), (60, 18)],
    ids=["short", "just fits", "a hair too long", "longer", "smallest", "too long to fit", "two lines anyway"],
)
def test_a_head_line_shrinks_only_as_far_as_it_may_to_stay_one_line(count: int, size: float) -> None:
    found = fitted(COMMITTEE, "调" * count)
    assert found.size == size
    assert found.size == COMMITTEE.size or found.size * count <= WIDTH
