"""Official letters as GB/T 9704 wants them: head, levels of headings, attachments, copies, seal over the day."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import docx
import pypdfium2
import pytest

from mediator.docs.catalogue import KINDS, kinds
from mediator.docs.elements import W
from mediator.docs.facts import Paper
from mediator.docs.finished import PdfFile
from mediator.docs.finished_word import WordFile, squeezed
from mediator.docs.making import make
from mediator.docs.model import Heading, Imprint, Paragraph, Signatures
from mediator.docs.page import LETTER, MM
from tests.docs.papers import COMMITTEE, a_case, a_paper, fonts, some_facts

LETTERS = (
    "petition_acceptance", "petition_refusal", "petition_extension", "petition_answer", "review_opinion",
    "transfer_slip", "return_slip", "urge_order", "supervise_order", "work_proposal", "double_check_report",
)  # fmt: skip


def letter(kind: str, **typed: str) -> Paper:
    """A letter with other words typed for it."""
    facts = some_facts(kind)
    return make(kind, a_case(), replace(facts, values={**facts.values, **typed}), fonts=fonts())


def blocks(kind: str, **typed: str) -> tuple[Any, ...]:
    """The blocks of its model."""
    facts = some_facts(kind)
    return KINDS[kind].compose(a_case(), replace(facts, values={**facts.values, **typed})).blocks


def boxes(paper: Paper, words: str) -> tuple[float, float, float]:
    """Left, right and foot of some words on the first page, in points."""
    with pypdfium2.PdfDocument(paper.files["pdf"]) as document:
        page = document[0].get_textpage()
        found = page.search(words).get_next()
        assert found is not None, words
        start, count = found
        each = [page.get_charbox(place) for place in range(start, start + count)]
    return min(box[0] for box in each), max(box[2] for box in each), min(box[1] for box in each)


def test_letters_are_those_between_offices_and_to_petitioners() -> None:
    assert {kind.id for kind in kinds() if kind.sheet.letter} == set(LETTERS)


@pytest.mark.parametrize("kind", LETTERS)
def test_a_letter_is_headed_and_sealed_by_the_body_that_sends_it(kind: str) -> None:
    """A petition is answered by the organ that handles it, in whichever room the letter is written (XFT 23)."""
    assert KINDS[kind].fields[0].label == "发文机关"
    paper = letter(kind, issuer="缙云县壶镇镇人民政府")
    for text in (squeezed("".join(PdfFile(paper.files["pdf"]).bodies)), squeezed(WordFile(paper.files["docx"]).text)):
        assert COMMITTEE not in text.partition(paper.title)[0]
        assert text.count("缙云县壶镇镇人民政府") >= 2
    assert COMMITTEE in squeezed("".join(PdfFile(letter(kind).files["pdf"]).bodies)), (
        "unless told otherwise it is the room's own"
    )


def test_the_type_area_is_that_of_the_standard() -> None:
    assert pytest.approx((37, 28, 26, 156, 225)) == tuple(
        length / MM for length in (LETTER.top, LETTER.left, LETTER.right, LETTER.text_width, LETTER.text_height)
    )


def test_the_office_stands_first_the_number_at_the_right_below_it_then_the_title() -> None:
    paper = a_paper("transfer_slip")
    office, number, title = (boxes(paper, words) for words in (COMMITTEE, "（2026）", "移送函"))
    assert office[2] > number[2] > title[2]
    assert (office[0] + office[1]) / 2 == pytest.approx((LETTER.left + LETTER.width - LETTER.right) / 2, abs=3)
    assert boxes(paper, "-协1")[1] == pytest.approx(LETTER.width - LETTER.right, abs=2)


@pytest.mark.parametrize("kind", LETTERS)
def test_the_day_stands_four_characters_in_and_the_office_is_centred_over_it(kind: str) -> None:
    places = [block for block in blocks(kind) if isinstance(block, Signatures)]
    assert (places[0].letter, places[0].seal_words, places[0].insets[1]) == (True, COMMITTEE, 4.0)
    assert all("（盖章）" in each.seal_words for each in places[1:] if each.seal)


def test_office_and_day_have_one_middle() -> None:
    paper = a_paper("petition_acceptance")
    day = boxes(paper, "2025年11月10日")
    assert day[1] == pytest.approx(LETTER.width - LETTER.right - 4 * LETTER.pitch, abs=5)
    with pypdfium2.PdfDocument(paper.files["pdf"]) as document:
        page = document[0].get_textpage()
        text = page.get_text_range()
        start = text.rindex(COMMITTEE)
        each = [page.get_charbox(place) for place in range(start, start + len(COMMITTEE))]
    middle = (min(box[0] for box in each) + max(box[2] for box in each)) / 2
    assert middle == pytest.approx((day[0] + day[1]) / 2, abs=8)


def test_pages_are_counted_between_dashes_on_the_outer_side() -> None:
    paper = letter("petition_answer", found="事实。\n" * 30)
    assert PdfFile(paper.files["pdf"]).feet[:2] == ["—1—", "—2—"]
    word = docx.Document(io.BytesIO(paper.files["docx"]))
    section = word.sections[0]
    assert word.settings.odd_and_even_pages_header_footer
    sides = [
        foot.paragraphs[0]._p.pPr.find(f"{W}jc").get(f"{W}val") for foot in (section.footer, section.even_page_footer)
    ]
    assert sides == ["right", "left"]


def test_a_letter_of_one_page_has_no_number_in_either_format() -> None:
    paper = a_paper("petition_acceptance")
    assert (paper.pages, PdfFile(paper.files["pdf"]).feet) == (1, [""])
    assert "PAGE" not in WordFile(paper.files["docx"]).feet


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("（一）关于测量", 2), ("1.第一次测量", 3), ("（一）经查，路宽三米。", 0), ("（1）门前", 0), ("路宽三米", 0),
    ],
)  # fmt: skip
def test_lines_that_are_headings_by_their_number_look_like_it(line: str, level: int) -> None:
    found = blocks("petition_answer", found=f"前言。\n{line}\n正文。")
    headings = {block.text: block.level for block in found if isinstance(block, Heading)}
    assert headings.get(line, 0) == level
    assert headings["一、调查认定的事实"] == 1


def test_the_second_level_stands_in_kai_and_the_third_is_thicker() -> None:
    paper = letter("petition_answer", found="（一）关于测量\n1.第一次测量\n路宽三米。")
    assert any("LXGWWenKai" in str(font["/BaseFont"]) for font in PdfFile(paper.files["pdf"]).fonts)
    styles = [each.get(f"{W}val") for each in WordFile(paper.files["docx"]).body.iter(f"{W}pStyle")]
    assert {"MediatorHeading", "MediatorHeading2", "MediatorHeading3"} <= set(styles)


def test_attachments_are_named_and_several_are_numbered_below_each_other() -> None:
    found = [block for block in blocks("transfer_slip", materials="登记表\n照片") if isinstance(block, Paragraph)]
    words = [("".join(run.text for run in block.runs), block.indent) for block in found]
    assert ("附件：1.登记表", 2) in words
    assert ("2.照片", 5) in words
    alone = [block for block in blocks("transfer_slip", materials="登记表") if isinstance(block, Paragraph)]
    assert "附件：登记表" in ["".join(run.text for run in block.runs) for block in alone]


def test_copies_stand_between_rules_after_the_day_and_nowhere_when_nobody_gets_one() -> None:
    found = blocks("supervise_order")
    place = next(place for place, block in enumerate(found) if isinstance(block, Imprint))
    assert isinstance(found[place - 1], Signatures)
    assert found[place] == Imprint("抄送：壶镇镇人民政府")
    assert not [block for block in blocks("supervise_order", copy_to="") if isinstance(block, Imprint)]


def test_what_comes_back_stands_below_a_cutting_rule() -> None:
    text = squeezed("".join(PdfFile(a_paper("transfer_slip").files["pdf"]).bodies))
    assert text.index("2025年11月10日") < text.index("接收回执")
    borders = WordFile(a_paper("transfer_slip").files["docx"]).body.iter(f"{W}pBdr")
    assert "dashed" in {side.get(f"{W}val") for border in borders for side in border}
