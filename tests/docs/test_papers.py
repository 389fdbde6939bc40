"""Every kind of paper on one case: whole, alike in both formats, the same twice, as it was looked at and approved."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediator.core.records import Case
from mediator.docs.catalogue import KINDS
from mediator.docs.checks.every import inspect
from mediator.docs.facts import Paper
from mediator.docs.finished import PdfFile
from mediator.docs.finished_word import WordFile
from tests.docs.papers import a_case, a_paper, some_facts

GOLDEN = Path(__file__).parent / "golden"


def reading(paper: Paper) -> str:
    """What a paper says, line by line in the PDF and paragraph by paragraph in the DOCX."""
    pages = "\f\n".join(PdfFile(paper.files["pdf"]).bodies)
    words = "\n".join(WordFile(paper.files["docx"]).paragraphs)
    return pages.replace("\r\n", "\n") + "\n--- docx\n" + words + "\n"


@pytest.mark.parametrize("draft", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_a_finished_paper_passes_every_check(kind: str, draft: bool) -> None:
    paper = a_paper(kind, draft=draft)
    again = lambda: a_paper(kind, draft=draft)  # noqa: E731 — the check calls it once
    assert inspect(paper, a_case(), some_facts(kind, draft=draft), again=again) == ()


@pytest.mark.parametrize("turns", [1, 12, 40, 200])
def test_a_hearing_of_any_length_passes_every_check(turns: int) -> None:
    case = a_case(turns=turns)
    assert inspect(a_paper("mediation_record", case), case, some_facts()) == ()


@pytest.mark.parametrize("rows", [1, 5, 20, 60])
def test_a_payment_plan_of_any_length_passes_every_check(rows: int) -> None:
    case = a_case(rows=rows)
    assert inspect(a_paper("mediation_agreement", case), case, some_facts()) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_case_still_gives_a_draft_with_ruled_gaps(kind: str) -> None:
    case = Case(a_case().id, a_case().kind, "纠纷", "邻里纠纷")
    assert a_paper(kind, case, draft=True).pages >= 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_paper_reads_as_the_approved_one(kind: str) -> None:
    assert reading(a_paper(kind)) == (GOLDEN / f"{kind}.txt").read_text(encoding="utf-8")


def test_names_beyond_the_basic_plane_come_out_of_the_pdf_as_they_went_in() -> None:
    text = "".join(PdfFile(a_paper("mediation_agreement").files["pdf"]).bodies)
    assert "吴㛃𬱖" in text


def test_the_signatures_never_stand_alone_on_a_page() -> None:
    for turns in range(8, 30):
        bodies = PdfFile(a_paper("mediation_record", a_case(turns=turns)).files["pdf"]).bodies
        assert "记录无误" in bodies[-1], turns


def test_a_record_claims_no_step_that_nobody_ticked() -> None:
    text = "".join(PdfFile(a_paper("mediation_record").files["pdf"]).bodies)
    assert "回避" not in text
