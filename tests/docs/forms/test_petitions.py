"""A petition's papers are called what they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mediator.docs import making
from mediator.docs.catalogue import kind_of
from mediator.docs.checks.lone import on_the_bench
from mediator.docs.facts import PaperFacts
from tests.docs.papers import COMMITTEE, a_case, fonts, some_facts, typed_for
from tests.docs.test_forms import said


def asked(level: str) -> PaperFacts:
    """The facts of a review of this level."""
    return replace(some_facts(), values={**typed_for("review_opinion"), "level": level})


@pytest.mark.parametrize("level", ["复查", "复核"])
def test_a_review_is_called_what_was_asked_for_and_its_file_is_known_by_that_title(level: str) -> None:
    paper = making.make("review_opinion", a_case(), asked(level), fonts=fonts())
    assert paper.title == f"信访事项{level}意见书"
    assert f"三、{level}意见" in said(kind_of("review_opinion").compose(a_case(), asked(level)))
    for form, data in paper.files.items():
        assert on_the_bench({form: data}).paper.kind == "review_opinion"


def test_a_blank_review_leaves_both_open() -> None:
    blank = making.blank("review_opinion", COMMITTEE, some_facts().issued_on, fonts=fonts(), formats=("docx",))
    assert blank.title == kind_of("review_opinion").title == "信访事项复查（复核）意见书"
