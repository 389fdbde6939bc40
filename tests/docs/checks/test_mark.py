"""C17: a paper whose QR, check code or pages are not its own is found, whatever was planted."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import pypdf
import pypdfium2
import pytest
from PIL import ImageChops

from mediator.docs.catalogue import KINDS
from mediator.docs.checks.every import inspect
from mediator.docs.elements import W
from mediator.docs.facts import Paper
from mediator.docs.finished import PdfFile
from mediator.docs.finished_word import WordFile, is_cut
from mediator.docs.hidden import ANCHOR
from mediator.docs.mark import read_mark, text_digest
from mediator.docs.page import MARK_FOOT, MARK_HEAD
from mediator.docs.qr import MARK_SIZE, SIDE
from tests.docs.papers import WRITTEN, a_case, a_paper, a_stamp, issued, marked_facts
from tests.docs.planted import KIND, found, with_part, with_pdf

OTHER = a_stamp(paper=bytes(range(16, 32)))


@lru_cache(maxsize=2)
def paper(other: bool = False) -> Paper:
    """An issued agreement, and another."""
    return issued(KIND, stamp=OTHER if other else None)


def with_file(ending: str, data: bytes) -> Paper:
    """The agreement with another file."""
    return replace(paper(), files={**paper().files, ending: data})


def without_last_page(writer: pypdf.PdfWriter) -> None:
    """Take the page with the mark away."""
    writer.remove_page(len(writer.pages) - 1)


def second_picture() -> Paper:
    """The other paper's QR in the DOCX."""
    picture = WordFile(paper(other=True).files["docx"]).parts["word/media/image1.png"]
    return with_media(picture)


def with_media(picture: bytes) -> Paper:
    """The agreement with another picture in its DOCX."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as new:
        for name, data in WordFile(paper().files["docx"]).parts.items():
            new.writestr(name, picture if name.startswith("word/media/") else data)
    return with_file("docx", buffer.getvalue())


def with_other_code() -> Paper:
    """The other paper's check code in the DOCX."""
    mine, others = paper().mark, paper(other=True).mark
    assert mine
    assert others
    return with_part(paper(), "word/document.xml", lambda text: text.replace(mine.code, others.code))


DEFECTS: dict[str, Callable[[], Paper]] = {
    "the other paper's file": lambda: with_file("pdf", paper(other=True).files["pdf"]),
    "a page less": lambda: with_pdf(paper(), without_last_page),
    "the other paper's picture": second_picture,
    "no picture": lambda: with_media(b""),
    "the other paper's code": with_other_code,
    "a word changed": lambda: with_part(paper(), "word/document.xml", lambda text: text.replace("自愿", "自原")),
    "no mark": lambda: replace(paper(), mark=None),
    "another mark": lambda: replace(paper(), mark=paper(other=True).mark),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_mark_that_is_not_the_papers_own_is_found(defect: str) -> None:
    assert "C17" in found(DEFECTS[defect](), facts=marked_facts(KIND))


def test_a_whole_paper_has_no_finding_and_the_same_bytes_when_made_again() -> None:
    assert inspect(paper(), a_case(), marked_facts(KIND), again=lambda: issued(KIND)) == ()


def marked_kinds() -> list[object]:
    """Every kind; the eight that are written as code in the usual tier."""
    return [each if each in WRITTEN else pytest.param(each, marks=pytest.mark.full) for each in KINDS]


@pytest.mark.parametrize("kind", marked_kinds())
def test_every_kind_of_paper_carries_its_mark_in_both_formats_and_takes_no_room_for_it(kind: str) -> None:
    made = issued(kind)
    assert inspect(made, a_case(), marked_facts(kind)) == ()
    pdf, word = PdfFile(made.files["pdf"]), WordFile(made.files["docx"])
    assert made.mark
    assert [read_mark(text) for text in (*pdf.marks(), *word.marks)] == [made.mark, made.mark]
    assert (pdf.code, word.code, text_digest(word.text)[:16]) == (made.mark.code, made.mark.code, made.mark.digest)
    assert (made.mark.pages, made.mark.paper) == (len(pdf.bodies), a_stamp().paper)
    assert "核对码" not in word.text + "".join(pdf.bodies)
    assert made.pages == len(PdfFile(a_paper(kind).files["pdf"]).bodies)


@pytest.mark.parametrize("kind", ["receipt", "mediation_record", "petition_answer", "handover_list", "case_cover"])
def test_the_mark_stands_in_the_bottom_margin_clear_of_everything_there(kind: str) -> None:
    made, bare = issued(kind), a_paper(kind)
    with pypdfium2.PdfDocument(made.files["pdf"]) as one, pypdfium2.PdfDocument(bare.files["pdf"]) as other:
        pages = [document[len(document) - 1].render(scale=4, grayscale=True).to_pil() for document in (one, other)]
    left, top, right, bottom = ImageChops.difference(*pages).getbbox() or (0, 0, 0, 0)
    height = pages[0].height
    assert top >= height - 4 * (MARK_FOOT + MARK_SIZE[1]) - 1
    assert bottom <= height - 4 * MARK_FOOT + 1
    clear = pages[1].crop((left - 5, top - 5, left + round(4 * SIDE) + 5, bottom + 5))
    assert clear.getextrema() == (255, 255)
    assert right - left <= 4 * MARK_SIZE[0]


@pytest.mark.parametrize(
    ("kind", "page"), [("hearing_notice", 1), ("confirmation_application", 2), ("transfer_slip", 1), ("urge_order", 1)]
)
def test_above_a_slip_that_is_cut_off_the_mark_stands_at_the_head_of_the_page_where_the_rest_ends(
    kind: str, page: int
) -> None:
    made, bare = issued(kind), a_paper(kind)
    with pypdfium2.PdfDocument(made.files["pdf"]) as one, pypdfium2.PdfDocument(bare.files["pdf"]) as other:
        pairs = [[document[n].render(scale=4).to_pil() for document in (one, other)] for n in range(len(one))]
    boxes = [ImageChops.difference(*pair).getbbox() for pair in pairs]
    assert [place for place, box in enumerate(boxes, start=1) if box] == [page]
    left, top, right, bottom = boxes[page - 1] or (0, 0, 0, 0)
    assert 4 * MARK_HEAD - 1 <= top < bottom <= 4 * (MARK_HEAD + MARK_SIZE[1]) + 1
    assert right - left <= 4 * MARK_SIZE[0]
    anchor = next(WordFile(made.files["docx"]).body.iter(ANCHOR))
    holder = next(anchor.iterancestors(f"{W}p"))
    assert is_cut(holder.getnext())


@pytest.mark.threat("T69")
@pytest.mark.parametrize("kind", WRITTEN)
def test_nothing_of_a_person_or_a_case_stands_in_the_qr(kind: str) -> None:
    (text,) = PdfFile(issued(kind).files["pdf"]).marks()
    mark = read_mark(text)
    rest = text.encode() + mark.signed
    for told in ("吴", "陈建国", "331122196805040017", "13700002210", "湖川村", "缙云", "0031", "3311"):
        assert told.encode() not in rest
    renamed = replace(a_case(), parties=(replace(a_case().parties[0], phone="13900001111"), *a_case().parties[1:]))
    assert len(PdfFile(issued(kind, renamed).files["pdf"]).marks()[0]) == len(text)


def test_a_paper_that_takes_the_place_of_another_says_so_in_both_formats() -> None:
    old = "（2026）缙壶民调字第0031号-协7"
    made = issued(KIND, replaces=old)
    words = f"更正：本文书更正（代替）编号{old}的文书。"
    assert words in WordFile(made.files["docx"]).text
    assert inspect(made, a_case(), marked_facts(KIND, replaces=old)) == ()
    assert "C02" in found(paper(), facts=marked_facts(KIND, replaces=old))
