"""Pages: nothing lost, nothing parted that is kept together, a table's header again on each page."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.docs.drawing import nothing
from mediator.docs.paging import Slice, paginate

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


@given(STRIPS)
def test_a_page_ends_no_earlier_than_it_must(strips: list[Slice]) -> None:
    pages = paginate(strips, 320)
    for page, following in pairwise(pages):
        together = next((n for n, each in enumerate(following, start=1) if not each.keep), len(following))
        room = 320 - sum(each.height for each in page)
        assert sum(each.height for each in following[:together]) > room or together == len(following)


def test_a_table_that_goes_on_repeats_its_header() -> None:
    header = Slice(20, nothing, keep=True)
    rows = [Slice(50, nothing, header=header) for _ in range(10)]
    pages = paginate([header, *rows], 200)
    assert all(page[0] is header for page in pages)
    assert [len(page) for page in pages] == [4, 4, 4, 2]


def test_text_after_a_table_starts_its_page_without_the_header() -> None:
    header = Slice(20, nothing, keep=True)
    after = Slice(100, nothing)
    assert paginate([header, Slice(50, nothing, header=header), after], 100)[1] == [after]


@pytest.mark.parametrize("height", [321, 900])
def test_a_strip_higher_than_a_page_stands_on_one_of_its_own(height: float) -> None:
    tall = Slice(height, nothing)
    low = Slice(10, nothing)
    assert paginate([low, tall, low], 320) == [[low], [tall], [low]]


def test_no_strips_are_no_pages() -> None:
    assert paginate([], 320) == []
