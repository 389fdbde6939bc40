"""A described paper composed: slots are filled or ruled, columns stand as figures and words do, choices are ticked."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.docs.composing import Page, any_of, column_align, leveled, split_lines, ticked
from mediator.docs.description import called, described, titles_of
from mediator.docs.fields import Field, Filled, Shape
from mediator.docs.kinds import Group, KindInfo
from mediator.docs.model import Align, Cut, Form, Heading, Imprint, Paragraph, Place, Room, Run, Signatures, Table, text
from mediator.docs.paper_parts import (
    BLANK_ROWS,
    Attached,
    Box,
    CopyTo,
    Grid,
    Head,
    Opinion,
    Part,
    Proof,
    Sign,
    Signing,
    Words,
)
from tests.docs.papers import a_case, some_facts

NOTE = Field("note", "说明", Shape.LINES, gap=5)
DAY = Field("day", "日期", Shape.DAY)
WAY = Field("way", "方式", choices=("直接", "邮寄", "留置"))
LIST = Field("list", "清单", Shape.ROWS, columns=("甲", "乙"))
TRIED = described(
    "tried", "试印单", Group.LEDGER, "试", fields=(NOTE,),
    parts=(Words("前{note}后"), Box(((DAY,),)), Grid(LIST, (0.5, 0.5)), Signing((Sign("经办人"),), dated=True)),
)  # fmt: skip


def page_of(kind: KindInfo, *, blank: bool = False, **values: Any) -> Page:
    """A page of a kind with these values."""
    assert isinstance(kind.compose, partial)
    return Page(a_case(), replace(some_facts(), blank=blank), Filled(values), kind.compose.keywords["look"])


def kind_with(*parts: Part, fields: tuple[Field, ...] = ()) -> KindInfo:
    """A kind of these parts."""
    return described("tried", "试印单", Group.LEDGER, "试", parts=parts, fields=fields)


def blocks(part: Part, *, blank: bool = False, **values: Any) -> list[Any]:
    """What one part becomes."""
    fields = (NOTE, DAY, WAY, Field("who", "受送达人"))
    return list(page_of(kind_with(part, fields=fields), blank=blank, **values).blocks(part))


def test_a_slot_without_a_value_is_a_ruled_gap() -> None:
    paragraph, form, table, signed = TRIED.compose(a_case(), some_facts()).blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.runs == (Run("前"), Run(blank=5), Run("后"))
    assert form == Form(((("日期", ""),),), (Room(),))
    assert isinstance(table, Table)
    assert table.rows == (("", ""),) * BLANK_ROWS
    assert signed == Signatures((Place("经办人"),), "", "2025年11月10日")


def test_a_value_of_several_lines_makes_several_paragraphs() -> None:
    page = page_of(TRIED, note="一\n二")
    assert ["".join(run.text for run in each.runs) for each in split_lines(page.runs("前{note}后"))] == ["前一", "二后"]


@pytest.mark.parametrize(
    ("cells", "align"),
    [
        (("1,200.00", "35.50", ""), Align.RIGHT),
        (("12", "3"), Align.CENTER),
        (("12.5%", "—"), Align.RIGHT),
        (("2026年3月5日", "2026年12月31日前"), Align.CENTER),
        (("银行转账", "现金"), Align.CENTER),
        (("通过农村信用社转账",), Align.LEFT),
        (("1,200.00", "见附件"), Align.LEFT),
        (("", ""), Align.CENTER),
        ((), Align.CENTER),
    ],
)
def test_sums_stand_at_the_right_short_words_and_days_in_the_middle_text_as_it_runs(
    cells: tuple[str, ...], align: Align
) -> None:
    assert column_align(cells) is align


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("（一）基本情况", Heading("（一）基本情况", 2)),
        ("1.来访经过", Heading("1.来访经过", 3)),
        ("12．处理意见", Heading("12．处理意见", 3)),
        ("（一）双方同意，各自承担。", text("（一）双方同意，各自承担。")),
        ("第一条", text("第一条")),
        ("1.", text("1.")),
    ],
)
def test_a_letters_line_is_a_heading_by_its_number_alone(words: str, found: Heading | Paragraph) -> None:
    assert leveled(text(words)) == found


def test_a_choice_shows_every_answer_and_ticks_the_given_one_alone() -> None:
    assert ticked(WAY, "邮寄") == "☐直接　☑邮寄　☐留置"
    assert "☑" not in ticked(WAY, "") + ticked(WAY, "传真")
    assert any_of(WAY) == "直接（邮寄、留置）"
    assert (any_of(NOTE), any_of(Field("one", "一", choices=("复查",)))) == ("", "复查")


def test_a_title_with_a_choice_is_one_title_for_each_answer() -> None:
    fields = (Field("level", "级别", choices=("复查", "复核")), NOTE)
    assert called("信访事项{level}意见书", fields) == "信访事项复查（复核）意见书"
    assert list(titles_of("信访事项{level}意见书", fields)) == ["信访事项复查意见书", "信访事项复核意见书"]
    assert list(titles_of("收条", fields)) == []


@pytest.mark.parametrize(
    ("names", "found"),
    [
        ("", [("附件：", 5, 2)]),
        ("调解协议书", [("附件：调解协议书", 0, 2)]),
        ("协议\n\n收条", [("附件：1.协议", 0, 2), ("2.收条", 0, 5)]),
    ],
)
def test_what_goes_with_a_letter_is_numbered_where_there_are_several(
    names: str, found: list[tuple[str, int, int]]
) -> None:
    lines = blocks(Attached(NOTE), note=names)
    told = [
        ("".join(run.text for run in each.runs), sum(run.blank for run in each.runs), each.indent) for each in lines
    ]
    assert told == found


@pytest.mark.parametrize(
    ("names", "blank", "found"),
    [("县信访局", False, [Imprint("抄送：县信访局")]), ("", False, []), ("", True, [Imprint("抄送：")])],
)
def test_nobody_gets_a_copy_where_nobody_is_named_but_the_form_asks(
    names: str, blank: bool, found: list[Imprint]
) -> None:
    assert blocks(CopyTo(NOTE), blank=blank, note=names) == found


def test_an_opinion_has_room_for_the_pen_and_its_signers_place_inside_the_box() -> None:
    opinion = Opinion(NOTE, "负责人", lines=3)
    (form,) = blocks(Box(((DAY,), (opinion,)), side="审批"), note="同意")
    assert (form.rows, form.side) == (((("日期", ""),), (("说明", "同意"),)), "审批")
    assert form.rooms == (Room(), Room(3, "负责人（签名）：　　　　　　　　年　　月　　日"))
    assert kind_with(Box(((opinion,),))).signers == ("负责人",)


def test_a_long_text_nobody_gave_leaves_three_lines_and_a_given_one_what_it_needs() -> None:
    (empty,), (full,) = blocks(Box(((NOTE,),))), blocks(Box(((NOTE,),)), note="有")
    assert (empty.rooms, full.rooms) == ((Room(3),), (Room(1),))


def test_what_comes_back_stands_below_a_cut_and_says_what_was_served() -> None:
    proof = Proof("who", DAY, WAY)
    cut, head, form = blocks(proof, who="李芳", way="邮寄")
    assert (cut, head) == (Cut(), Heading("送达回证"))
    assert form.rows[0] == (("送达文书", f"《试印单》{some_facts().number}"),)
    assert form.rows[1] == (("受送达人", "李芳"), ("日期", ""))
    assert form.rows[2] == (("方式", "☐直接　☑邮寄　☐留置"),)
    assert kind_with(proof, fields=(Field("who", "受送达人"),)).signers == ("受送达人", "送达人")


@pytest.mark.parametrize(
    ("signing", "blank", "day"),
    [
        (Signing(dated=True), False, "2025年11月10日"),
        (Signing(dated=True), True, ""),
        (Signing(day="day"), False, "2025年10月9日"),
        (Signing(), False, ""),
    ],
)
def test_the_day_below_is_that_of_issue_or_of_a_field_and_a_gap_on_the_empty_form(
    signing: Signing, blank: bool, day: str
) -> None:
    (signed,) = blocks(signing, blank=blank, day="2025年10月9日")
    assert (signed.day, signed.places, signed.seal) == (day, (), "")


def test_a_heading_is_cut_off_where_it_says_so() -> None:
    assert blocks(Head("回执", level=2, cut=True)) == [Cut(), Heading("回执", 2)]
    assert blocks(Head("正文")) == [Heading("正文")]


@given(st.lists(st.text(alphabet="甲乙\n ", max_size=6), min_size=1, max_size=5), st.integers(0, 4))
def test_paragraphs_of_a_text_hold_its_lines_and_no_line_end(words: list[str], gap: int) -> None:
    runs = [*map(Run, words), *([Run(blank=gap)] if gap else [])]
    found = list(split_lines(runs))
    assert ["".join(run.text for run in each.runs) for each in found] == "".join(words).split("\n")
    assert sum(run.blank for each in found for run in each.runs) == gap
