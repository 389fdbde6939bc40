"""Whose initials cover a page: every turn of it, as it stands now."""

from __future__ import annotations

import pytest

from mediator.core.sittings import ReadBack, confirmed_by


@pytest.mark.parametrize(
    ("reads", "page", "names"),
    [
        ([], ["a"], ()), ([ReadBack("张三", ("a", "b"), True)], ["a", "b"], ("张三",)),
        ([ReadBack("张三", ("a",), True)], ["a", "b"], ()), ([ReadBack("张三", ("a", "b"), False)], ["a"], ()),
        ([ReadBack("张三", ("a",), True), ReadBack("李四", ("a", "b"), True), ReadBack("张三", ("b",), True)],
         ["a", "b"], ("张三", "李四")),
        ([ReadBack("张三", ("a",), False), ReadBack("张三", ("a",), True)], ["a"], ("张三",)),
        ([ReadBack("张三", ("a",), True)], [], ()),
    ],
)  # fmt: skip
def test_a_page_is_confirmed_by_those_who_read_every_turn_of_it_as_it_stands(
    reads: list[ReadBack], page: list[str], names: tuple[str, ...]
) -> None:
    assert confirmed_by(reads, page) == names
