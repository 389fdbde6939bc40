"""Rows taller than half a page: cut into rows that go on, alike in both formats, with nothing lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.records import Case, PartyId
from mediator.docs.catalogue import kind_of
from mediator.docs.checks.every import inspect
from mediator.docs.continuing import PIECE_LINES, continued
from mediator.docs.facts import Paper, PaperFacts
from mediator.docs.fields import Shape
from mediator.docs.finished import PdfFile
from mediator.docs.finished_word import WordFile, squeezed
from mediator.docs.making import make
from mediator.docs.model import Block, Document, Form, Room, Table
from mediator.docs.page import CELL, HEIGHT, PAD
from mediator.docs.setting import Setter
from tests.docs.papers import a_case, a_stamp, fonts, some_facts

SAID: Final = (
    "双方因道路通行发生纠纷，WPS Office 记有人民币5,000.00元（大写：伍仟元整）。\n2026年3月5日再次协商，仍未谈拢。"
)
MOST: Final = int((HEIGHT / 2 - 2 * PAD) / CELL.leading)


def cut(block: Block) -> Block:
    """The block as both writers get it."""
    (found,) = continued(Document("kind", "表", "", "", (block,)), Setter(fonts())).blocks
    return found


def cut_table(*cells: str) -> Table:
    """One row of two columns, cut."""
    found = cut(Table(("甲", "乙"), (cells, ("末", "行")), (0.5, 0.5)))
    assert isinstance(found, Table)
    return found


def cut_form(form: Form) -> Form:
    """A form, cut."""
    found = cut(form)
    assert isinstance(found, Form)
    return found


@pytest.mark.parametrize(("lines", "whole"), [(MOST, True), (MOST + 1, False)])
def test_only_a_row_taller_than_half_a_page_is_cut(lines: int, whole: bool) -> None:
    found = cut_table("\n".join("甲" * lines), "乙")
    assert (len(found.rows) == 2) is whole
    assert (found.goes_on == frozenset()) is whole


def test_the_pieces_of_a_row_are_as_many_lines_of_every_cell_and_the_last_one_does_not_go_on() -> None:
    found = cut_table("\n".join("甲" * 20), "\n".join("乙" * 8))
    assert [tuple(map(len, map(squeezed, row))) for row in found.rows] == [(6, 6), (6, 2), (6, 0), (2, 0), (1, 1)]
    assert found.goes_on == {0, 1, 2}
    assert PIECE_LINES == 6


@given(st.lists(st.text("甲乙，。（）ab 1", max_size=900), min_size=2, max_size=2))
def test_no_character_of_any_cell_is_lost_or_moved(cells: list[str]) -> None:
    found = cut_table(*cells)
    for column, whole in enumerate(cells):
        assert "".join(row[column] for row in found.rows[:-1]).replace("\n", "") == whole.replace("\n", "")


def test_a_value_of_a_form_takes_its_place_to_sign_along_to_the_last_piece() -> None:
    form = Form(((("事由", "短"),), (("意见", "调" * 900),)), (Room(), Room(4, "负责人（签名）：")))
    found = cut_form(form)
    assert [bool(found.room(place).sign) for place in range(len(found.rows))] == [False] * (len(found.rows) - 1) + [
        True
    ]
    assert found.goes_on == frozenset(range(1, len(found.rows) - 1))


@pytest.mark.parametrize(
    "values", [("调" * 900, "短"), ("调" * 400,) * 3], ids=["one tall row", "three that fill a page"]
)
def test_a_label_along_all_rows_stands_above_a_form_that_goes_over_pages(values: Sequence[str]) -> None:
    found = cut_form(Form(tuple((("住址", value),) for value in values), side="申请人"))
    assert (found.side, found.rows[0]) == ("", (("申请人", ""),))
    assert cut_form(Form(((("住址", "短"),),), side="申请人")).side == "申请人"


def tall_list() -> tuple[Case, PaperFacts]:
    """A list whose first row has 20,000 characters beside 5,000."""
    (field,) = (each for each in kind_of("handover_list").fields if each.shape is Shape.ROWS)
    long, short = (SAID * 400)[:20_000], ("甲乙丙，丁戊。" * 800)[:5_000]
    row = ("1", "案号", long, short, *("完",) * (len(field.columns) - 4))
    facts = some_facts("handover_list")
    rows = (row, ("2", *("短",) * (len(field.columns) - 1)))
    return a_case(), replace(facts, values={**facts.values, field.name: rows})


def tall_box() -> tuple[Case, PaperFacts]:
    """An application whose first party has an address of 2,000 characters and a post of 1,500."""
    case = a_case()
    first = replace(case.parties[0], id=PartyId("long"), address=("某村" * 1_000), occupation="务农，" * 500)
    return replace(case, parties=(first, *case.parties[1:]), agreement=None), some_facts("application")


def made(kind: str, case: Case, facts: PaperFacts, formats: Sequence[str]) -> Paper:
    """The paper, with its mark, which passes every check."""
    stamped = replace(facts, stamp=a_stamp())
    paper = make(kind, case, stamped, fonts=fonts(), formats=formats)
    assert inspect(paper, case, stamped) == ()
    return paper


@pytest.mark.parametrize(("kind", "record"), [("handover_list", tall_list), ("application", tall_box)])
def test_tall_cells_beside_each_other_are_issued_and_both_formats_read_alike(kind: str, record: object) -> None:
    assert callable(record)
    case, facts = record()
    paper = made(kind, case, facts, ("docx", "pdf"))
    word, pages = WordFile(paper.files["docx"]), PdfFile(paper.files["pdf"]).bodies
    header = "".join(word.headers)
    text = "".join(squeezed(page).removeprefix(header if number else "") for number, page in enumerate(pages))
    assert word.text == text
    assert len(pages) == paper.pages > 3
    made(kind, case, facts, ("pdf",))


def test_a_word_missing_from_one_piece_is_found() -> None:
    case, facts = tall_list()
    paper = made("handover_list", case, facts, ("docx", "pdf"))
    (name,) = (each.name for each in kind_of("handover_list").fields if each.shape is Shape.ROWS)
    rows = facts.values[name]
    assert not isinstance(rows, str)
    for column in (2, 3):
        words = rows[0][column]
        other = words[:3_000] + "调" + words[3_001:]
        changed = (tuple(other if place == column else each for place, each in enumerate(rows[0])), *rows[1:])
        told = replace(facts, values={**facts.values, name: changed})
        for formats in (paper.files, {"pdf": paper.files["pdf"]}):
            found = inspect(replace(paper, files=formats), case, told)
            assert "C02" in {each.check for each in found}, (column, list(formats))
