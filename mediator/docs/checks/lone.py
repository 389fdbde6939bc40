"""A paper's file alone on the bench: what a program can find wrong with it without the record it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from lxml import etree

from mediator.core.records import Case
from mediator.docs import making
from mediator.docs.catalogue import KINDS
from mediator.docs.checks import name as checks_name
from mediator.docs.checks import pdf as checks_pdf
from mediator.docs.checks import said as checks_said
from mediator.docs.checks import table as checks_table
from mediator.docs.checks import text as checks_text
from mediator.docs.checks import word as checks_word
from mediator.docs.checks.bench import Check, Examined, PaperFinding
from mediator.docs.facts import Paper, PaperFacts
from mediator.docs.finished import BROKEN, PdfFile
from mediator.docs.finished_word import WordFile, squeezed
from mediator.docs.mark import read_mark
from mediator.docs.showing import look
from mediator.errors import Unacceptable

CHECKS: Final[tuple[Check, ...]] = (
    checks_text.sums_in_words, checks_text.nothing_unfilled, checks_text.days_exist, *checks_word.CHECKS,
    checks_table.headers_flagged, checks_pdf.fonts_embedded, checks_pdf.extractable, checks_pdf.page_feet,
    checks_pdf.inert, checks_pdf.described, checks_pdf.signed_feet, *checks_said.CHECKS,
)  # fmt: skip
# How pages are numbered depends on the kind, and a file may name one that is none.
OF_A_KIND: Final = (checks_word.page_feet, checks_pdf.page_feet)
PAIR_CHECKS: Final[tuple[Check, ...]] = (
    checks_text.same_text, checks_pdf.line_edges, checks_pdf.signatures_in_company, checks_pdf.headings_in_company,
    checks_table.headers_repeated,
)  # fmt: skip
NO_DAY: Final = date(1, 1, 1)


def form_of(data: bytes) -> str:
    """docx or pdf; raises Unacceptable `document.unreadable` for anything else."""
    form = "pdf" if data.startswith(b"%PDF") else "docx" if data.startswith(b"PK") else ""
    if not form:
        raise Unacceptable("document.unreadable")
    return form


def on_the_bench(files: Mapping[str, bytes]) -> Examined:
    """One file, or a DOCX and its PDF; title, number and kind are those that the first one names.

    Raises Unacceptable `document.unreadable`.
    """
    try:
        form, data = next(iter(files.items()))
        title, number, said, pages = pdf_facts(PdfFile(data)) if form == "pdf" else word_facts(WordFile(data))
    except BROKEN:
        raise Unacceptable("document.unreadable") from None
    kind = next((each.id for each in KINDS.values() if each.called(title)), "")
    title = title if squeezed(title) in said else ""
    paper = Paper(kind, title, number, pages, files)
    return Examined(paper, making.NOTHING, PaperFacts(number, NO_DAY, "", draft=not number), None)


def pdf_facts(pdf: PdfFile) -> tuple[str, str, str, int]:
    """Title and number that a PDF names, its words and its pages."""
    facts: Any = pdf.structure.metadata or {}
    return (
        str(facts.get("/Title", "")),
        str(facts.get("/Subject") or ""),
        squeezed("".join(pdf.bodies)),
        len(pdf.bodies),
    )


def word_facts(word: WordFile) -> tuple[str, str, str, int]:
    """The same of a DOCX, whose pages only its mark knows."""
    core = {etree.QName(node).localname: node.text or "" for node in word.tree("docProps/core.xml")}
    return core.get("title", ""), core.get("subject", ""), word.text, told_pages(word.marks)


def told_pages(marks: Sequence[str]) -> int:
    """How many pages a mark tells, 0 without one."""
    try:
        return read_mark(marks[0]).pages if marks else 0
    except Unacceptable:
        return 0


def faults(name: str, data: bytes, case: Case | None = None) -> tuple[PaperFinding, ...]:
    """What is wrong with one file of this name, its names too where the case is at hand.

    Raises Unacceptable `document.unreadable`, `picture.size`.
    """
    bench = on_the_bench({form_of(data): data})
    checks = checks_for(bench.paper.kind)
    if case:
        bench, checks = replace(bench, case=case), [*checks, checks_said.names_told]
    try:
        found = [finding for check in checks for finding in check(bench)]
    except BROKEN:
        raise Unacceptable("document.unreadable") from None
    return (*found, *mark_faults(data, bench.paper), *checks_name.named(name, bench.paper))


def checks_for(kind: str) -> list[Check]:
    """The checks that one file can stand without its record; fewer for a file that names no kind of ours."""
    return [each for each in CHECKS if kind or each not in OF_A_KIND]


def mark_faults(data: bytes, paper: Paper) -> Iterator[PaperFinding]:
    """C17: an issued paper has one QR, and it was made for these words and pages; the signature is another's to ask."""
    if not paper.number:
        return
    shown = look(data)
    try:
        (text,) = shown.marks
        fine = shown.agrees(read_mark(text))
    except (ValueError, Unacceptable):
        yield PaperFinding("C17", "没有读到本程序的二维码，或者不止一个", shown.form)
        return
    if not fine:
        yield PaperFinding("C17", "二维码与文书对不上", shown.form)


def pair_faults(word: bytes, pdf: bytes) -> tuple[PaperFinding, ...]:
    """What is wrong between the DOCX and the PDF of one number."""
    bench = on_the_bench({"docx": word, "pdf": pdf})
    try:
        return tuple(finding for check in PAIR_CHECKS for finding in check(bench))
    except BROKEN:
        raise Unacceptable("document.unreadable") from None
