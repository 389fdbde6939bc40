"""Chinese numerals of clauses and copies."""

from __future__ import annotations

import pytest

from mediator.core.numerals import chinese


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (2, "二"), (9, "九"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十"), (21, "二十一"),
     (90, "九十"), (99, "九十九")],
)  # fmt: skip
def test_clauses_are_numbered_as_a_clerk_counts(number: int, words: str) -> None:
    assert chinese(number) == words


@pytest.mark.parametrize("number", [0, -1, 100])
def test_beyond_what_papers_need_figures_stand(number: int) -> None:
    assert chinese(number) == str(number)


def test_no_two_clauses_share_a_number() -> None:
    assert len({chinese(number) for number in range(1, 100)}) == 99
