"""What a file shows: its words with the repeated headers taken out, its pages, its QR; a broken one shows nothing."""

from __future__ import annotations

from dataclasses import replace

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.records import Clause, ClauseId
from mediator.docs.facts import Paper
from mediator.docs.showing import NOTHING, look
from tests.docs.papers import a_case, issued
from tests.docs.planted import KIND, the_agreement, with_pdf, with_text


def long_paper(rows: int) -> Paper:
    """An agreement whose table runs over pages."""
    return issued(KIND, a_case(rows=rows))


@pytest.mark.parametrize("rows", [1, 15, 40, 90])
def test_a_pdf_alone_agrees_with_its_mark_however_often_a_header_is_repeated(rows: int) -> None:
    made = long_paper(rows)
    assert made.mark
    for data in made.files.values():
        shown = look(data)
        assert shown.agrees(made.mark)
        assert shown.marks == (made.mark.text,)


def test_words_that_stand_twice_are_not_taken_for_a_header() -> None:
    case = a_case()
    twice = replace(the_agreement(case), clauses=(*the_agreement(case).clauses, Clause(ClauseId("x"), "甲" * 500)))
    made = issued(KIND, replace(case, agreement=twice))
    once = issued(KIND, replace(case, agreement=replace(twice, clauses=twice.clauses[:-1])))
    assert made.mark
    assert once.mark
    assert look(made.files["pdf"]).agrees(made.mark)
    assert not look(made.files["pdf"]).agrees(once.mark)


def test_a_docx_does_not_say_its_pages_and_a_changed_word_does_not_agree() -> None:
    made = long_paper(2)
    assert made.mark
    assert look(made.files["docx"]).pages == 0
    assert not look(with_text(made, "自愿", "自原").files["docx"]).agrees(made.mark)


def with_empty_sheet(writer: pypdf.PdfWriter) -> None:
    """A page without a word."""
    writer.insert_blank_page(index=1)


def test_an_empty_sheet_put_between_the_pages_does_not_agree() -> None:
    made = long_paper(2)
    assert made.mark
    more = with_pdf(made, with_empty_sheet)
    assert look(more.files["pdf"]).texts == look(made.files["pdf"]).texts
    assert not look(more.files["pdf"]).agrees(made.mark)


@given(st.binary(max_size=300))
def test_no_bytes_bring_it_down(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"%PDF-1.7\n"):
        assert look(start + data) == NOTHING
