"""Kinds written down as data: every field has its place, every slot its field, and gaps are ruled."""

from __future__ import annotations

import re
from functools import partial
from string import Formatter

import pytest

from mediator.docs import description
from mediator.docs.catalogue import KINDS, kinds
from mediator.docs.description import Box, Grid, Page, Sign, Signing, Words, described, split_lines
from mediator.docs.fields import Field, Filled, Shape
from mediator.docs.kinds import Group, KindInfo
from mediator.docs.model import Form, Paragraph, Place, Room, Run, Signatures, Table
from tests.docs.papers import a_case, some_facts

DESCRIBED = [kind for kind in kinds() if isinstance(kind.compose, partial)]
NOTE = Field("note", "说明", Shape.LINES, gap=5)
DAY = Field("day", "日期", Shape.DAY)
LIST = Field("list", "清单", Shape.ROWS, columns=("甲", "乙"))
TRIED = described(
    "tried", "试印单", Group.LEDGER, "试", fields=(NOTE,),
    parts=(Words("前{note}后"), Box(((DAY,),)), Grid(LIST, (0.5, 0.5)), Signing((Sign("经办人"),), dated=True)),
)  # fmt: skip


def partial_of(kind: KindInfo) -> partial[object]:
    """The description behind a kind."""
    assert isinstance(kind.compose, partial)
    return kind.compose


def slots(part: object) -> set[str]:
    """Names of the slots in a part's text."""
    words = getattr(part, "words", part if isinstance(part, str) else "")
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


@pytest.mark.parametrize("kind", DESCRIBED, ids=lambda kind: kind.id)
def test_every_field_is_printed_and_every_slot_is_a_field(kind: KindInfo) -> None:
    parts = partial_of(kind).keywords["look"].parts
    used = {name for part in parts for name in slots(part)}
    used |= {field.name for part in parts for field in description.fields_in(part)}
    used |= {"issuer"} if kind.sheet.letter else set()
    assert used == {field.name for field in kind.fields}


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.id)
def test_names_of_kinds_and_fields_can_travel(kind: KindInfo) -> None:
    names = [field.name for field in kind.fields]
    assert re.fullmatch(r"[a-z][a-z_]{1,39}", kind.id)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,31}", name) for name in names)
    assert "paper" not in names, "an entry keeps the kind of paper under this name"
    assert len(set(names)) == len(names)


def test_no_two_kinds_share_a_title_or_a_word_in_their_numbers() -> None:
    assert len({kind.title for kind in kinds()}) == len(KINDS)
    assert len({kind.short for kind in kinds()}) == len(KINDS)


def test_a_slot_without_a_value_is_a_ruled_gap() -> None:
    paragraph, form, table, signed = TRIED.compose(a_case(), some_facts()).blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.runs == (Run("前"), Run(blank=5), Run("后"))
    assert form == Form(((("日期", ""),),), (Room(),))
    assert isinstance(table, Table)
    assert table.rows == (("", ""),) * description.BLANK_ROWS
    assert signed == Signatures((Place("经办人"),), "", "2025年11月10日")


def test_a_value_of_several_lines_makes_several_paragraphs() -> None:
    page = Page(a_case(), some_facts(), Filled({"note": "一\n二"}), partial_of(TRIED).keywords["look"])
    assert ["".join(run.text for run in each.runs) for each in split_lines(page.runs("前{note}后"))] == ["前一", "二后"]
