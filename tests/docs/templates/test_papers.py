"""Papers from templates: the shipped ones look as our own papers do, and a freer one is offered as Word alone."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from mediator.core.records import Agreement, Case
from mediator.docs import making
from mediator.docs.catalogue import kind_of
from mediator.docs.checks.every import inspect
from mediator.docs.facts import Paper, PaperFacts
from mediator.docs.finished import PdfFile
from mediator.docs.finished_word import WordFile, squeezed
from mediator.docs.showing import look
from mediator.docs.templates import papers as templates
from mediator.docs.templates.check import check
from mediator.docs.templates.layout import parts_of
from mediator.docs.templates.papers import SAMPLE, UNCOUNTED, Template
from mediator.docs.templates.parts import admitted
from mediator.errors import MediatorError, RefusedByRule
from tests.docs.foreign_words import MAIN, a_word, changed, in_body, part_text, with_text_part
from tests.docs.papers import a_case, fonts, some_facts
from tests.docs.test_pictured import named

ROOT = Path(__file__).parents[3]
SHIPPED = ROOT / "templates" / "documents"
KINDS = ("mediation_agreement", "settlement_agreement", "hearing_notice", "receipt")
FULL = ("{{ number }}", "今收到{{ payer }}的{{ received_what }}，{{ day }}。{{ still_open }}{{ method }}",
        "{%p for who in places %}", "{{ who.name }}", "{%p endfor %}")  # fmt: skip


def shipped(kind: str) -> Template:
    """A template that comes with the program."""
    return Template(kind_of(kind), admitted((SHIPPED / f"{kind}.docx").read_bytes()), "ab", "1", approved=True)


def a_template(data: bytes, *, approved: bool = True) -> Template:
    """A receipt's template from these bytes."""
    return Template(kind_of("receipt"), admitted(data), "ab", "7", approved)


def made(data: bytes, *formats: str, approved: bool = True, facts: PaperFacts | None = None) -> Paper:
    """A receipt from a template."""
    found = facts or some_facts("receipt")
    return templates.make(a_template(data, approved=approved), a_case(), found, fonts=fonts(), formats=formats)


def code_of(data: bytes, *formats: str, approved: bool = True, facts: PaperFacts | None = None) -> str:
    """Why there is no paper."""
    with pytest.raises(MediatorError) as caught:
        made(data, *formats, approved=approved, facts=facts)
    return caught.value.code


def sparse() -> Case:
    """A case with almost nothing in it."""
    return replace(a_case(rows=1), agreement=replace(a_case().agreement or Agreement(), place="", responsibility="",
                   obligations=()), payments=(), hearings=())  # fmt: skip


def told(paper: Paper) -> tuple[str, str, int]:
    """What a paper says in each format, and its pages."""
    pdf = PdfFile(paper.files["pdf"])
    return WordFile(paper.files["docx"]).text, squeezed("".join(pdf.bodies)), len(pdf.bodies)


@pytest.mark.parametrize("case", [a_case(), a_case(rows=30), sparse()], ids=["whole", "long", "sparse"])
@pytest.mark.parametrize("draft", [False, True], ids=["issued", "draft"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_shipped_template_says_what_our_own_writer_says_on_as_many_pages(kind: str, case: Case, draft: bool) -> None:
    if kind == "receipt" and not case.payments and not draft:
        pytest.skip("nothing was paid, so there is no receipt")
    facts = some_facts(kind, draft=draft)
    paper = templates.make(shipped(kind), case, facts, fonts=fonts())
    assert told(paper) == told(making.make(kind, case, facts, fonts=fonts()))
    if case == a_case():
        assert inspect(paper, case, facts) == ()


@pytest.mark.parametrize("kind", KINDS)
def test_a_shipped_template_passes_the_check_it_is_an_example_for(kind: str) -> None:
    assert check(kind_of(kind), shipped(kind).parts) == ()


def test_the_shipped_templates_are_what_their_script_writes() -> None:
    command = [sys.executable, "-B", "scripts/document_templates.py", "templates/documents", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_a_character_that_no_face_has_is_a_picture_in_a_paper_from_a_template_too() -> None:
    case = replace(sparse(), parties=named().parties, pictures=named().pictures)
    facts = some_facts("settlement_agreement")
    paper = templates.make(shipped("settlement_agreement"), case, facts, fonts=fonts())
    assert inspect(paper, case, facts) == ()
    ours = making.make("settlement_agreement", case, facts, fonts=fonts())
    shown = [look(made.files["docx"]).pictured for made in (paper, ours)]
    assert shown[0] == shown[1] != frozenset()
    assert told(paper) == told(ours)


@pytest.mark.threat("T39")
def test_a_paper_names_hash_and_version_of_its_template() -> None:
    assert made(a_word(*FULL), "docx").template == ("ab", "7")


@pytest.mark.threat("T39")
def test_without_approval_nothing_is_issued_and_a_draft_says_so_across() -> None:
    assert code_of(a_word(*FULL), "docx", approved=False) == "template.unapproved"
    paper = made(a_word(*FULL), "docx", "pdf", approved=False, facts=some_facts("receipt", draft=True))
    head = next(raw for name, raw in parts_of(paper.files["docx"]).items() if name.startswith("word/header"))
    assert SAMPLE.encode() in head
    assert squeezed("".join(PdfFile(paper.files["pdf"]).bodies)).startswith(SAMPLE)


def styled(inner: str) -> str:
    """A paragraph of the body."""
    return f'<w:p><w:pPr><w:pStyle w:val="MediatorBody"/></w:pPr>{inner}</w:p>'


BEYOND = {
    "color": styled('<w:r><w:rPr><w:color w:val="FF0000"/></w:rPr><w:t>红字</w:t></w:r>'),
    "size": styled('<w:r><w:rPr><w:sz w:val="72"/></w:rPr><w:t>大字</w:t></w:r>'),
    "style": "<w:p><w:r><w:t>没有样式</w:t></w:r></w:p>",
    "break": '<w:p><w:r><w:br w:type="page"/></w:r></w:p>',
    "section": "<w:p><w:pPr><w:sectPr/></w:pPr></w:p>",
}


@pytest.mark.parametrize("beyond", BEYOND.values(), ids=BEYOND)
def test_what_goes_beyond_our_pdf_is_offered_as_word_alone(beyond: str) -> None:
    data = in_body(a_word(*FULL), beyond)
    assert code_of(data, "docx", "pdf") == "template.word_only"
    paper = made(data, "docx")
    assert (paper.pages, list(paper.files)) == (UNCOUNTED, ["docx"])


def test_columns_a_header_and_another_face_go_beyond_it_too() -> None:
    base = a_word(*FULL)
    columns = changed(
        base, {MAIN: part_text(base, MAIN).replace("<w:docGrid", '<w:cols w:num="2"/><w:docGrid').encode()}
    )
    head = with_text_part(base, "hdr", "<w:p><w:r><w:t>抬头</w:t></w:r></w:p>")
    styles = "word/styles.xml"
    face = changed(base, {styles: part_text(base, styles).replace("仿宋_GB2312", "楷体").encode()})
    assert [code_of(each, "pdf") for each in (columns, face)] == ["template.word_only"] * 2
    assert "抬头" in "".join(raw.decode() for name, raw in parts_of(made(head, "docx").files["docx"]).items()
                             if name.startswith("word/header"))  # fmt: skip


def test_a_template_makes_no_spreadsheet_and_no_paper_without_its_substance() -> None:
    assert code_of(a_word(*FULL), "xlsx") == "document.format"
    with pytest.raises(RefusedByRule) as caught:
        templates.make(
            a_template(a_word(*FULL)), replace(a_case(), agreement=None), some_facts("receipt"), fonts=fonts()
        )
    assert caught.value.code == "document.needs"


def test_a_paper_that_takes_the_place_of_another_must_say_so() -> None:
    facts = replace(some_facts("receipt"), replaces="临1-收1")
    assert code_of(a_word(*FULL), "docx", facts=facts) == "template.replaces"
    assert "临1-收1" in WordFile(made(a_word(*FULL, "{{ 更正的文号 }}"), "docx", facts=facts).files["docx"]).text
