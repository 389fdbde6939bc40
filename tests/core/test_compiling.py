"""The compiler of obligations: read by eye once for every template; sums to the fen, every slot in the text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediator.core.amounts import days_in, sums_in
from mediator.core.clauses import Shape, Template, library, template_of
from mediator.core.compiling import Compiled, compile_clause
from mediator.core.dates import chinese_date
from mediator.core.money import figures, in_words
from mediator.core.records import Obligation, Party
from mediator.core.slots import people as named_in
from mediator.errors import Unacceptable
from tests.core.filling import NAMES, any_filled, people, sound

GOLDEN = Path(__file__).parent / "golden" / "clauses.txt"
PARTIES = people(*NAMES)
EVERY = [pytest.param(each, id=each.id) for each in library()]


def template(template_id: str) -> Template:
    """One of the library."""
    found = template_of(template_id)
    assert found is not None
    return found


def made(template_id: str, parties: tuple[Party, ...] = PARTIES, **changes: Any) -> Compiled:
    """A sound clause with changes."""
    return compile_clause(template(template_id), sound(template(template_id), parties, **changes), parties)


def row(each: Obligation) -> str:
    """An obligation as the golden table writes it."""
    what = each.goods if each.amount is None else f"{figures(each.amount)}元"
    when = each.due_on.isoformat() if each.due_on else each.due_as_given
    part = "｜分期" if each.part_of_total else ""
    return f"  {each.payer} → {each.payee}｜{what}｜{when}｜{each.method or '—'}{part}"


def table() -> str:
    """Every template, filled, with what it makes owed."""
    found = []
    for each in library():
        clause = compile_clause(each, sound(each, PARTIES), PARTIES)
        found += [f"{each.id} {each.title}", clause.text, *map(row, clause.obligations), ""]
    return "\n".join(found)


def test_every_template_reads_as_it_was_read_and_approved() -> None:
    assert table() == GOLDEN.read_text(encoding="utf-8")


def owed(clause: Compiled) -> list[tuple[str, str]]:
    """Days and sums."""
    return [(str(each.due_on), figures(each.amount or 0)) for each in clause.obligations]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "total", "expected"),
    [
        # MFD 202: the 31st is the last day of a shorter month and the 31st again afterwards, in leap years too
        ({"first": "2024-01-31", "count": 4}, 10_000,
         [("2024-01-31", "25.00"), ("2024-02-29", "25.00"), ("2024-03-31", "25.00"), ("2024-04-30", "25.00")]),
        ({"first": "2025-11-30", "count": 2, "months": 3}, 3, [("2025-11-30", "0.01"), ("2026-02-28", "0.02")]),
        (["2026-05-01", "2026-06-01", "2026-07-01"], 10_000,
         [("2026-05-01", "33.33"), ("2026-06-01", "33.33"), ("2026-07-01", "33.34")]),
        ([["2026-05-01", 5_000], ["2026-06-01", 3_000], ["2026-07-01", 2_000]], 10_000,
         [("2026-05-01", "50.00"), ("2026-06-01", "30.00"), ("2026-07-01", "20.00")]),
        ([["2026-05-01", 5_000], ["2026-06-01"]], 12_345, [("2026-05-01", "50.00"), ("2026-06-01", "73.45")]),
        (["2026-05-01"], 10_000, [("2026-05-01", "100.00")]),
    ],
)  # fmt: skip
def test_a_total_is_spread_over_its_days(days: object, total: int, expected: list[tuple[str, str]]) -> None:
    assert owed(made("instalments", days=days, amount=total)) == expected


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"first": "2026-05-05", "count": 24}, "自2026年5月5日起至2028年4月5日止，每月5日前支付"),
        ({"first": "2026-05-05", "count": 4, "months": 3}, "每3个月的5日前支付"),
        ({"first": "2026-05-05", "count": 5, "months": 12}, "自2026年5月5日起至2030年5月5日止，每年5月5日前支付"),
        ({"first": "2026-01-31", "count": 12}, "每月31日（当月没有这一日的，为当月最后一日）前支付"),
        ({"first": "2026-05-05", "count": 1}, "付款日期依次为2026年5月5日前"),
        (["2026-05-05", "2026-06-20"], "付款日期依次为2026年5月5日前、2026年6月20日前"),
    ],
)
def test_support_is_paid_in_a_rhythm_that_is_said_in_words(days: object, words: str) -> None:
    clause = made("child_support", days=days, amount=50_000)
    assert words in clause.text
    count = len(clause.obligations)
    assert f"共{count}期，合计人民币{figures(50_000 * count)}元" in clause.text  # type: ignore[arg-type]
    assert {each.amount for each in clause.obligations} == {50_000}


def test_more_than_twelve_instalments_are_said_in_short_and_stand_whole_in_the_plan() -> None:
    clause = made("instalments", days={"first": "2026-05-01", "count": 13}, amount=1_300_000)
    assert "第1期于2026年5月1日前支付1,000.00元，最后一期于2027年5月1日前支付1,000.00元" in clause.text
    assert "第2期" not in clause.text
    assert len(clause.obligations) == 13


def test_several_who_owe_together_are_one_payer_linked_to_none() -> None:
    joint = made("joint_debtors").obligations[0]
    assert (joint.payer, joint.payer_party, joint.payee_party) == ("吴某斌、李芳", None, PARTIES[2].id)
    shares = made("several_debtors").obligations
    assert [(each.payer, each.payer_party) for each in shares] == [(p.name, p.id) for p in PARTIES[:2]]


def test_what_may_stay_empty_leaves_no_trace() -> None:
    assert made("settled_once", PARTIES, **{"except": ""}).text.count("除外") == 0
    assert "但下列事项除外：山林承包款" in made("settled_once").text
    assert "做到" not in made("act", standard=None).text


# a value is put in once: what looks like a slot inside a value stays as it was typed
@pytest.mark.parametrize("text", ["{payer}", "[{payee}]", "{{amount}}", "%s", "\\1", "{", "]"])
def test_a_value_opens_no_slot(text: str) -> None:
    assert f"一次性向李芳支付{text}人民币" in made("lump_sum", cause=text).text


def test_a_name_is_written_exactly_however_long_or_strange() -> None:
    name = "㐀{payee}𬱖·" * 60
    clause = made("lump_sum", people(name, "李芳"))
    assert clause.text.startswith(f"{name}于2026年5月1日前")
    assert clause.obligations[0].payer == name
    with pytest.raises(Unacceptable):
        made("lump_sum", people(" ", "李芳"))


@settings(max_examples=12)
@given(st.data())
@pytest.mark.parametrize("each", EVERY)
def test_every_slot_stands_in_the_text_and_every_sum_and_day_in_the_plan(each: Template, data: st.DataObject) -> None:
    slots = data.draw(any_filled(each, PARTIES))
    clause = compile_clause(each, slots, PARTIES)
    for slot in each.slots:
        for said in said_of(slot.shape, slots[slot.name], clause):
            assert said in clause.text
    assert clause.days <= {found.day for found in days_in(clause.text)}
    assert clause.sums <= {found.amount for found in sums_in(clause.text)}
    assert all(in_words(found.amount) == found.words for found in sums_in(clause.text) if found.words)


def paid(each: Template) -> bool:
    """Whether a template makes money owed."""
    return any(owing.amount for owing in each.owes)


def said_of(shape: Shape, value: Any, clause: Compiled) -> list[str]:
    """What a reader looks for when he knows what was filled in."""
    by_id: dict[str, str] = {each.id: each.name for each in PARTIES}
    if shape in (Shape.PARTY, Shape.PARTIES):
        return [by_id[each] for each in ([value] if isinstance(value, str) else value)]
    if shape is Shape.MONEY:
        return [f"人民币{figures(value)}元（大写：{in_words(value)}）"]
    if shape in (Shape.ITEMS, Shape.SHARES):
        return [f"{by_id.get(who, who)}人民币{figures(amount)}元" for who, amount in value]
    if shape is Shape.DAYS:
        days = [each.due_on for each in clause.obligations if each.due_on]
        return [chinese_date(days[0]), chinese_date(days[-1])]
    return [str(value)] if shape in (Shape.TEXT, Shape.COUNT) else []


@settings(max_examples=12)
@given(st.data())
@pytest.mark.parametrize("each", [pytest.param(each, id=each.id) for each in library() if paid(each)])
def test_what_is_owed_adds_up_to_what_was_agreed(each: Template, data: st.DataObject) -> None:
    slots = data.draw(any_filled(each, PARTIES))
    clause = compile_clause(each, slots, PARTIES)
    owing = next(one for one in each.owes if one.amount)
    agreed: Any = slots[owing.amount]
    total = agreed if isinstance(agreed, int) else sum(amount for _, amount in agreed)
    sums = [one.amount for one in clause.obligations if one.amount]
    assert sum(sums) == total * (len(sums) if owing.each else 1)
    assert all(one.method == slots[owing.method] for one in clause.obligations if one.amount)


def test_nobody_owes_himself() -> None:
    for each in library():
        for one in compile_clause(each, sound(each, PARTIES), PARTIES).obligations:
            assert not {one.payer} & {one.payee}
    assert named_in(None) == ()
