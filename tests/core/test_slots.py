"""Hostile and careless slots: every one is refused in the slot's own word, none ends in anything but a refusal."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediator.core.clauses import Template, library, template_of
from mediator.core.compiling import compile_clause
from mediator.core.money import MAX_FEN
from mediator.errors import Unacceptable
from tests.core.filling import NAMES, people, sound

PARTIES = people(*NAMES, "")
ONE, TWO, THREE, FOUR, NAMELESS = (each.id for each in PARTIES)
TOO_MANY_DAYS = {"first": "2026-01-01", "count": 241}


@pytest.mark.parametrize(
    ("template_id", "slot", "value", "label", "fault"),
    [
        ("lump_sum", "amount", 0, "金额", "money"),
        ("lump_sum", "amount", -1, "金额", "money"),
        ("lump_sum", "amount", True, "金额", "money"),
        ("lump_sum", "amount", "3000.00", "金额", "money"),
        ("lump_sum", "amount", MAX_FEN + 1, "金额", "money"),
        ("lump_sum", "amount", None, "金额", "missing"),
        ("lump_sum", "due", "2026-02-29", "付款期限", "day"),
        ("lump_sum", "due", "2026-5-1", "付款期限", "day"),
        ("lump_sum", "due", "0999-05-01", "付款期限", "day"),
        ("lump_sum", "due", 20260501, "付款期限", "day"),
        ("lump_sum", "cause", " 。；", "款项名称", "missing"),
        ("lump_sum", "cause", "长" * 2001, "款项名称", "text"),
        ("lump_sum", "cause", ["借款"], "款项名称", "text"),
        ("lump_sum", "payee", ONE, "收款人", "same"),
        ("lump_sum", "payee", "李芳", "收款人", "party"),
        ("lump_sum", "payee", NAMELESS, "收款人", "name"),
        ("lump_sum", "telegraph", 1, "telegraph", "unknown"),
        ("joint_debtors", "debtors", [ONE], "付款人（连带）", "rows"),
        ("joint_debtors", "debtors", [ONE, ONE], "付款人（连带）", "same"),
        ("joint_debtors", "payee", TWO, "收款人", "same"),
        ("several_debtors", "shares", [[ONE, 5], [ONE, 5]], "各人份额", "same"),
        ("several_debtors", "shares", [[THREE, 5]], "收款人", "same"),
        ("several_debtors", "shares", [[ONE, 5, 6]], "各人份额", "rows"),
        ("injury_items", "items", [["医疗费", 0]], "赔偿项目", "money"),
        ("injury_items", "items", [["医疗费", MAX_FEN], ["误工费", 1]], "赔偿项目", "money"),
        ("injury_items", "items", [["", 5]], "赔偿项目", "missing"),
        ("injury_items", "items", [["医疗费", 5]] * 201, "赔偿项目", "rows"),
        ("injury_items", "items", "医疗费", "赔偿项目", "rows"),
        ("instalments", "days", TOO_MANY_DAYS, "各期日期", "count"),
        ("instalments", "days", {"first": "2026-01-01", "count": 0}, "各期日期", "count"),
        ("instalments", "days", {"first": "2026-01-01", "count": 2, "months": 13}, "各期日期", "count"),
        ("instalments", "days", {"first": "2026-01-01"}, "各期日期", "days"),
        ("instalments", "days", {"first": "2026-01-01", "count": 2, "weeks": 1}, "各期日期", "days"),
        ("instalments", "days", ["2026-05-01", "2026-05-01"], "各期日期", "order"),
        ("instalments", "days", ["2026-05-01", "2026-04-01"], "各期日期", "order"),
        ("instalments", "days", [["2026-05-01", 5], ["2026-06-01", 5]], "各期日期", "sum"),
        ("instalments", "days", [["2026-05-01", 1_000_000], ["2026-06-01"]], "各期日期", "sum"),
        ("instalments", "days", [["2026-05-01", 5], "2026-06-01", ["2026-07-01", 5]], "各期日期", "days"),
        ("instalments", "days", ["2026-05-01", ["2026-06-01", 5]], "各期日期", "days"),
        ("instalments", "days", 5, "各期日期", "days"),
        ("instalments", "amount", 2, "各期日期", "parts"),
        ("child_support", "days", [["2026-05-01", 1_000_000]], "各期日期", "days"),
        ("child_support", "amount", MAX_FEN, "每期金额", "money"),
        ("acceleration", "grace", 1000, "宽限天数", "count"),
        ("acceleration", "grace", "15", "宽限天数", "count"),
    ],
)
def test_a_slot_that_does_not_do_is_named(template_id: str, slot: str, value: object, label: str, fault: str) -> None:
    template = template_of(template_id)
    assert template is not None
    with pytest.raises(Unacceptable) as told:
        compile_clause(template, sound(template, PARTIES, **{slot: value}), PARTIES)
    assert (told.value.code, told.value.where, told.value.facts["fault"]) == ("clause.slot", label, fault)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" 借款 ", "借款"), ("借款。", "借款"), ("借\n款；", "借 款"), ("（一）借款，", "（一）借款")],
)
def test_blanks_around_a_text_and_its_last_stop_are_the_clauses_own(typed: str, kept: str) -> None:
    template = template_of("lump_sum")
    assert template is not None
    text = compile_clause(template, sound(template, PARTIES, cause=typed), PARTIES).text
    assert f"支付{kept}人民币" in text


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-10, 10**20) | st.text(max_size=5) | st.sampled_from([ONE, "2026-05-01"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["first", "count", "x"]), inner),
    max_leaves=6,
)


def refusal(template: Template, slots: dict[str, object]) -> str:
    """The code of a refusal, empty where there is none."""
    try:
        compile_clause(template, slots, PARTIES)
    except Unacceptable as error:
        return error.code
    return ""


@settings(max_examples=25)
@given(st.data())
@pytest.mark.parametrize("template", [pytest.param(each, id=each.id) for each in library()])
def test_whatever_an_entry_from_elsewhere_holds_the_compiler_answers_or_refuses(
    template: Template, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from([slot.name for slot in template.slots]))
    slots = sound(template, PARTIES, **{name: data.draw(ANYTHING)})
    assert refusal(template, slots) in ("", "clause.slot")
