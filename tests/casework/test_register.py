"""The record of papers: what took whose place, and entries whose members are not what they should be."""

from __future__ import annotations

import pytest

from mediator.casework.register import Issued, Register, rows
from mediator.crypto.signing import verify

FIRST, SECOND, THIRD = Issued("1", "一"), Issued("2", "二", replaces="1"), Issued("3", "三", replaces="2")
REGISTER = Register({each.id: each for each in (FIRST, SECOND, THIRD)}, {}, {}, {}, verify, lambda _: None)


def test_a_paper_is_followed_by_the_one_that_took_its_place_and_not_by_a_later_one() -> None:
    assert [REGISTER.successor(each) for each in (FIRST, SECOND, THIRD)] == ["二", "三", ""]
    assert list(REGISTER.superseded()) == [FIRST, SECOND]


@pytest.mark.parametrize(("files", "told"), [(None, 0), ("x", 0), ([], 0), (["x", 1, {"format": "pdf"}], 1), ({}, 0)])
def test_only_objects_in_a_list_are_rows(files: object, told: int) -> None:
    assert len(list(rows(files))) == told
