"""A file alone: sound papers of every written kind pass, and each check finds what is planted for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import pypdf
import pytest
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from mediator.docs.checks.lone import faults, on_the_bench, pair_faults
from mediator.docs.facts import Paper
from mediator.errors import Unacceptable
from tests.docs.papers import NUMBER, WRITTEN, a_case, a_paper, a_stamp, issued
from tests.docs.planted import KIND, with_part, with_pdf, with_text

LONG = a_case(rows=40)
NAME = f"{NUMBER}-协1 人民调解协议书"


@lru_cache(maxsize=4)
def paper(kind: str = KIND) -> Paper:
    """An issued paper with a long table."""
    return issued(kind, LONG)


def found(made: Paper, form: str, name: str = NAME) -> set[str]:
    """Which checks speak of one of its files."""
    return {each.check for each in faults(f"{name}.{form}", made.files[form])}


@pytest.mark.parametrize("kind", WRITTEN)
def test_a_sound_paper_has_no_faults_alone_or_as_a_pair(kind: str) -> None:
    made = issued(kind)
    name = f"{made.number} {made.title}"
    assert [faults(f"{name}.{form}", made.files[form]) for form in ("docx", "pdf")] == [(), ()]
    assert pair_faults(made.files["docx"], made.files["pdf"]) == ()


def acting(writer: pypdf.PdfWriter) -> None:
    """A script that runs when the file is opened."""
    script = {"/S": NameObject("/JavaScript"), "/JS": TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
        {NameObject(name): value for name, value in script.items()}
    )


def described(writer: pypdf.PdfWriter) -> None:
    """A path among the properties."""
    writer.add_metadata({"/Author": r"C:\Users\li\a.docx"})


def unnumbered(writer: pypdf.PdfWriter) -> None:
    """The first page gone."""
    writer.remove_page(0)


def unembedded(writer: pypdf.PdfWriter) -> None:
    """A face that is not in the file."""
    fonts = writer.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    face = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1")})
    face[NameObject("/BaseFont")] = NameObject("/Helvetica")
    fonts[NameObject("/F99")] = face


PDF_FAULTS: dict[str, tuple[str, Callable[[pypdf.PdfWriter], None]]] = {
    "a script": ("C18", acting), "a path": ("C19", described), "a page less": ("C11", unnumbered),
    "a page less, by the mark": ("C17", unnumbered), "a foreign face": ("C04", unembedded),
}  # fmt: skip


@pytest.mark.parametrize("fault", PDF_FAULTS)
def test_what_is_wrong_with_a_pdf_is_found(fault: str) -> None:
    check, plant = PDF_FAULTS[fault]
    assert check in found(with_pdf(paper(), plant), "pdf")


def without_faces(text: str) -> str:
    """No Chinese face on any run."""
    return text.replace("w:eastAsia=", "w:x=")


WORD_FAULTS: dict[str, tuple[str, Callable[[Paper], Paper]]] = {
    "words of a sum": ("C03", lambda made: with_text(made, "伍仟元整", "陆仟元整")),
    "a template's word": ("C15", lambda made: with_text(made, "和睦相处", "{{x}}")),
    "a day that is none": ("C22", lambda made: with_text(made, "2025年11月10日", "2025年11月31日")),
    "a changed word": ("C17", lambda made: with_text(made, "和睦相处", "和睦共处")),
    "no page numbers": ("C11", lambda made: with_part(made, "word/footer1.xml", lambda t: t.replace("NUMPAGES", "X"))),
    "no Chinese face": ("C13", lambda made: with_part(made, "word/document.xml", without_faces)),
    "no title": ("C19", lambda made: with_part(made, "docProps/core.xml", lambda t: t.replace("协议书", "通知"))),
    "no header": ("C20", lambda made: with_text(made, "<w:tblHeader/>", "")),
}  # fmt: skip


@pytest.mark.parametrize("fault", WORD_FAULTS)
def test_what_is_wrong_with_a_docx_is_found(fault: str) -> None:
    check, plant = WORD_FAULTS[fault]
    assert check in found(plant(paper()), "docx")


def test_a_record_without_its_feet_is_found() -> None:
    made = with_part(issued("mediation_record"), "word/footer1.xml", lambda text: text.replace("当事人签名：", ""))
    assert "C24" in found(made, "docx")


def test_a_file_under_another_name_is_found_and_a_draft_may_be_called_anything() -> None:
    assert found(paper(), "pdf", "协议") == {"C25"}
    assert found(a_paper(KIND, draft=True), "pdf", "协议") == set()


def test_two_formats_that_say_different_things_are_found_as_a_pair() -> None:
    changed = with_text(paper(), "和睦相处", "和睦共处").files["docx"]
    assert {each.check for each in pair_faults(changed, paper().files["pdf"])} >= {"C01"}


def test_a_paper_without_a_mark_is_found_by_its_number() -> None:
    assert "C17" in found(a_paper(KIND), "pdf")
    assert "C17" in found(a_paper(KIND), "docx")


def test_a_mark_that_another_key_made_is_no_fault_of_the_file() -> None:
    other = issued(KIND, stamp=replace(a_stamp(), paper=bytes(16)))
    assert found(other, "pdf") == set()


@pytest.mark.parametrize("data", [b"", b"text", b"%PDF-1.7", b"PK\x03\x04"])
def test_what_is_no_paper_is_refused_by_code(data: bytes) -> None:
    with pytest.raises(Unacceptable, match=r"document\.unreadable"):
        faults("x", data)


def test_kind_title_and_number_are_those_that_the_file_names() -> None:
    bench = on_the_bench({"pdf": paper().files["pdf"]})
    assert (bench.paper.kind, bench.paper.title, bench.paper.number) == (KIND, "人民调解协议书", f"{NUMBER}-协1")
