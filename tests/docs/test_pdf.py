"""The PDF as a file: sheet, feet, draft, faces, description."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pypdfium2
import pytest

from mediator.docs.continuing import continued
from mediator.docs.finished import PdfFile
from mediator.docs.model import Document, Form, text
from mediator.docs.page import BOTTOM, LEFT, MM, PAGE_HEIGHT, RIGHT, TOP
from mediator.docs.pdf import write_pdf
from mediator.docs.setting import Setter
from tests.docs.papers import a_case, a_paper, fonts


def a_pdf(count: int, *, draft: bool = False, foot_sign: str = "") -> PdfFile:
    """A paper of so many full lines."""
    blocks = tuple(text("调解" * 13) for _ in range(count))
    document = Document("kind", "协议书", "某镇人民调解委员会", "第1号", blocks, draft=draft, foot_sign=foot_sign)
    return PdfFile(write_pdf(document, fonts())[0])


@pytest.mark.parametrize(("lines", "pages"), [(1, 1), (18, 1), (19, 2), (40, 2), (41, 3)])
def test_a_page_holds_22_lines_and_the_first_18_below_its_head(lines: int, pages: int) -> None:
    assert len(a_pdf(lines).bodies) == pages


def test_only_a_paper_of_several_pages_counts_them() -> None:
    assert a_pdf(3).feet == [""]
    assert a_pdf(19).feet == ["第1页共2页", "第2页共2页"]


def test_a_record_has_a_place_to_sign_on_each_page_outside_the_text() -> None:
    pdf = a_pdf(19, foot_sign="当事人签名：")
    assert pdf.feet == ["当事人签名：第1页共2页", "当事人签名：第2页共2页"]
    assert "当事人签名" not in "".join(pdf.bodies)


def test_a_draft_has_the_word_across_each_page_and_an_issued_paper_none() -> None:
    assert [body.count("草") for body in a_pdf(30, draft=True).bodies] == [1, 1]
    assert "草" not in "".join(a_pdf(30).bodies)


def test_every_character_stands_within_the_margins() -> None:
    data = a_paper("mediation_agreement").files["pdf"]
    with pypdfium2.PdfDocument(data) as document:
        for page in document:
            words = page.get_textpage()
            boxes = [words.get_charbox(place) for place in range(words.count_chars())]
            body = [box for box in boxes if box[1] > BOTTOM - 10 and box[2] > box[0]]
            assert min(box[0] for box in body) > LEFT - MM
            assert max(box[2] for box in body) < 210 * MM - RIGHT + MM
            assert max(box[3] for box in body) < PAGE_HEIGHT - TOP + MM


def test_title_number_office_and_language_describe_it_and_no_program_s_path() -> None:
    reader = pypdf.PdfReader(io.BytesIO(a_paper("mediation_agreement").files["pdf"]))
    told: Any = reader.metadata
    assert told["/Title"] == "人民调解协议书"
    assert told["/Subject"] == "（2026）缙壶民调字第0031号-协1"
    assert told["/Author"] == a_case().organization
    assert {told["/Creator"], told["/Producer"]} == {"Mediator"}
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"  # type: ignore[index]  # the file's own tree


def test_every_face_is_a_subset_and_far_smaller_than_the_face() -> None:
    data = a_paper("mediation_agreement").files["pdf"]
    assert len(data) < 400_000
    assert all(str(font["/BaseFont"])[7] == "+" for font in PdfFile(data).fonts)


def test_a_box_that_goes_on_over_pages_is_closed_on_each() -> None:
    form = Form(((("纠纷简要情况", "调" * 3000),),))
    data, count = write_pdf(continued(Document("kind", "表", "", "", (form,)), Setter(fonts())), fonts())
    assert count > 1
    pages = [page.get_contents() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    for page in pages:
        assert page is not None
        level = [row for row in page.get_data().splitlines() if row.endswith(b" l S") and len(row.split()) == 8]
        flat = [row for row in level if row.split()[2] == row.split()[6] or row.split()[1] == row.split()[4]]
        assert len(flat) >= 2


def test_codes_shown_are_those_of_the_page() -> None:
    codes = PdfFile(a_paper("receipt").files["pdf"]).codes
    assert all(name[7] == "+" for name in codes)
    assert all(shown and 0 not in shown for shown in codes.values())
