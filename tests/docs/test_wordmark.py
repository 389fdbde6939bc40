"""The mark in a DOCX: it hangs in the bottom margin, and whoever moves it over the words is found."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest

from mediator.docs.elements import W
from mediator.docs.finished_word import WordFile
from mediator.docs.model import Table
from mediator.docs.page import FORM
from mediator.docs.qr import png
from mediator.docs.showing import look
from mediator.docs.wordmark import hang
from tests.docs.foreign_words import a_word
from tests.docs.papers import fonts, issued
from tests.docs.planted import with_part

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@pytest.mark.parametrize("kind", ["receipt", "handover_list", "petition_answer"])
def test_the_mark_floats_from_the_last_paragraph_and_takes_no_room(kind: str) -> None:
    body = WordFile(issued(kind).files["docx"]).body
    last = [each for each in body if each.tag != f"{W}sectPr"][-1]
    assert len(list(last.iter(f"{DRAWING}anchor"))) == 1
    assert len(list(last.iter(f"{DRAWING}wrapNone"))) == 1
    assert list(body.iter(f"{DRAWING}inline")) == []


def lower(old: str, new: str) -> Callable[[str], str]:
    """A change of the place or the size that the anchor names."""

    def change(text: str) -> str:
        head, opening, rest = text.partition("<wp:positionV")
        return head + opening + rest.replace(old, new, 1)

    return change


@pytest.mark.threat("T65")
@pytest.mark.parametrize(
    "change",
    [lower("<wp:posOffset>", "<wp:posOffset>-"), lower("<wp:posOffset>9", "<wp:posOffset>3"),
     lower('relativeFrom="page"', 'relativeFrom="paragraph"'), lower('cx="', 'cx="9'), lower('cy="', 'cy="9'),
     lambda text: text.replace('w:bottom="', 'w:bottom="0" w:was="')],
    ids=["above the sheet", "over the text", "beside its paragraph", "wider", "higher", "text in the margin"],
)  # fmt: skip
def test_a_mark_that_could_lie_over_words_speaks_against_the_file(change: Callable[[str], str]) -> None:
    made = issued("receipt")
    assert made.mark
    assert look(made.files["docx"]).agrees(made.mark)
    assert not look(with_part(made, "word/document.xml", change).files["docx"]).agrees(made.mark)


@pytest.mark.threat("T65")
def test_a_mark_above_a_slip_may_not_reach_from_the_head_into_the_text() -> None:
    made = issued("hearing_notice")
    assert made.mark
    start = WordFile(made.files["docx"]).parts["word/document.xml"].decode().partition("<wp:positionV")[2]
    offset = start.partition("<wp:posOffset>")[2].partition("<")[0]
    for moved, agrees in (
        (offset, True),
        (str(int(offset) + 28 * 12700), False),
        (str(int(offset) + 300 * 12700), False),
    ):
        change = lower(f"<wp:posOffset>{offset}<", f"<wp:posOffset>{moved}<")
        data = with_part(made, "word/document.xml", change).files["docx"] if moved != offset else made.files["docx"]
        assert look(data).agrees(made.mark) is agrees


def test_a_file_that_ends_with_a_table_gets_a_paragraph_for_the_mark() -> None:
    made = issued("receipt")
    assert made.mark
    word: Any = docx.Document(io.BytesIO(a_word("甲。", Table(("甲",), (("1",),), (1.0,)))))
    body = word.element.body
    body.remove(body[-2])
    assert body[-2].tag == f"{W}tbl"
    hang(word.part, body, made.mark, png(made.mark, fonts().label), FORM)
    assert body[-2].tag == f"{W}p"
    assert len(list(body[-2].iter(f"{DRAWING}anchor"))) == 1
