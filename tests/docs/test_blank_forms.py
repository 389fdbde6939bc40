"""Blank forms for a power cut: rules for the pen wherever something is to be written, and room to write it."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest

from mediator.docs import making
from mediator.docs.catalogue import KINDS
from mediator.docs.facts import Paper, PaperFacts
from mediator.docs.finished import PdfFile
from mediator.docs.finished_word import WordFile, squeezed
from mediator.docs.forms.parts import PEN_CLAUSES, PEN_ROWS
from mediator.docs.model import ACROSS, Document, Form, Paragraph, Table
from mediator.docs.page import LEADING
from tests.docs.papers import COMMITTEE, fonts

DAY = date(2025, 11, 10)
HANDWRITING = 9.5


@lru_cache(maxsize=128)
def blank(kind: str) -> Paper:
    """The empty form of a kind."""
    return making.blank(kind, COMMITTEE, DAY, fonts=fonts())


def model_of(kind: str) -> Document:
    """Its model."""
    return KINDS[kind].compose(making.NOTHING, PaperFacts("", DAY, COMMITTEE, blank=True))


def ruled_lines(document: Document) -> int:
    """How many whole lines are ruled from edge to edge."""
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph) and len(block.runs) == 1]
    return sum(block.runs[0].blank // ACROSS for block in paragraphs)


@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_form_says_the_same_in_both_formats_and_leaves_no_mark_alone(kind: str) -> None:
    paper = blank(kind)
    pdf = squeezed("".join(PdfFile(paper.files["pdf"]).bodies))
    word = WordFile(paper.files["docx"])
    headers = word.headers if paper.pages > 1 else []
    for header in headers:
        pdf = pdf.replace(header, "", pdf.count(header) - word.text.count(header))
    assert pdf == word.text
    set_words = "".join(word.paragraphs)
    assert not [broken for broken in ("、：", "：、", "“”", "、之间", "None") if broken in set_words]


@pytest.mark.parametrize("kind", KINDS)
def test_every_row_of_a_blank_form_is_high_enough_for_handwriting(kind: str) -> None:
    assert KINDS[kind].sheet.row * 25.4 / 72 >= HANDWRITING


def test_a_blank_record_has_ruled_lines_over_two_pages() -> None:
    assert ruled_lines(model_of("mediation_record")) * LEADING > KINDS["mediation_record"].sheet.text_height
    assert blank("mediation_record").pages == 3


@pytest.mark.parametrize("kind", ["mediation_agreement", "settlement_agreement"])
def test_a_blank_agreement_has_two_parties_numbered_clauses_and_a_payment_plan(kind: str) -> None:
    text = squeezed("".join(PdfFile(blank(kind).files["pdf"]).bodies))
    assert text.count("居民身份证号码（统一社会信用代码）：") == 2
    assert ("申请人：，性别：" in text, "被申请人：，性别：" in text) == (True, True)
    assert [f"{number}、" in text for number in "一二三四五六"] == [True] * PEN_CLAUSES + [False]
    (table,) = (block for block in model_of(kind).blocks if isinstance(block, Table))
    assert len(table.rows) == PEN_ROWS
    assert "一式份" in text, "how many copies is for the pen as well"


def test_a_blank_application_has_a_card_for_each_side() -> None:
    cards = [block for block in model_of("application").blocks if isinstance(block, Form)]
    assert [card.side for card in cards] == ["申请人", "被申请人"]
    assert [label for row in cards[0].rows for label, _ in row] == [
        "姓名", "性别", "民族", "年龄", "职业或职务", "联系方式", "单位或住址",
    ]  # fmt: skip
    assert "请求依法调解" not in squeezed("".join(PdfFile(blank("application").files["pdf"]).bodies))


@pytest.mark.parametrize("kind", ["confirmation_application", "notary_application", "arbitration_review_application"])
def test_before_a_court_a_notary_and_a_commission_both_sides_are_applicants(kind: str) -> None:
    text = squeezed("".join(PdfFile(blank(kind).files["pdf"]).bodies))
    assert text.count("申请人：，性别：") == 2
    assert "被申请人" not in text


@pytest.mark.parametrize("kind", ["extension_approval", "closing_report", "conclusion_opinion", "relief_application"])
def test_who_decides_signs_inside_the_box_with_room_for_the_opinion(kind: str) -> None:
    rooms = [room for block in model_of(kind).blocks if isinstance(block, Form) for room in block.rooms if room.sign]
    assert rooms
    assert all(room.lines >= 4 and "（签名）" in room.sign and room.sign.endswith("日") for room in rooms)


@pytest.mark.parametrize("kind", ["ledger", "mediation_statistics", "case_contents", "handover_list"])
def test_a_blank_list_has_rows_for_most_of_its_sheet(kind: str) -> None:
    tables = [block for block in model_of(kind).blocks if isinstance(block, Table)]
    assert len(tables[-1].rows) >= 7
    assert not any(cell for row in tables[-1].rows for cell in row)


def test_a_receipt_for_the_pen_asks_for_the_sum_in_figures_and_in_words_and_what_is_left() -> None:
    words = WordFile(blank("receipt").files["docx"]).text
    assert words.count("元（大写：") == 2
    assert "履行方式：" in words
