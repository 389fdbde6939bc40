"""The library of clauses: sound as data, by dispute type, in our own plain words, with duties on both sides."""

from __future__ import annotations

import re

import pytest

from mediator.core.clauses import Shape, Template, dispute_types, fits, library, offered, template_of
from mediator.core.compiling import PIECE
from mediator.errors import Unacceptable

EVERY = [pytest.param(each, id=each.id) for each in library()]
OUTER = re.compile(r"\[[^\]]*\]")


def named(text: str) -> set[str]:
    """Names in braces."""
    return {each.removesuffix(".sum") for each in re.findall(r"\{([a-z_.]+)\}", text)}


def said(text: str, each: Template) -> set[str]:
    """Slots that a text says; a plan says its days, and the sum where it is that of every day."""
    days = {owing.due for owing in each.owes if "plan" in named(text)}
    sums = {owing.amount for owing in each.owes if owing.each and "plan" in named(text)}
    return (named(text) - {"plan"}) | days | sums


def test_every_template_has_an_id_and_a_title_of_its_own() -> None:
    assert len({each.id for each in library()}) == len({each.title for each in library()}) == len(library()) >= 25


@pytest.mark.parametrize("each", EVERY)
def test_a_template_says_all_its_slots_and_nothing_else(each: Template) -> None:
    assert said(each.text, each) == {slot.name for slot in each.slots}
    assert set(each.fits) <= set(dispute_types())
    assert each.about.endswith("。")
    assert each.text.endswith(("。", "。]"))
    assert "某" not in each.text


@pytest.mark.parametrize("each", EVERY)
def test_what_may_stay_empty_stands_in_brackets_and_what_is_needed_does_not(each: Template) -> None:
    outside = said(OUTER.sub("", each.text), each)
    for slot in each.slots:
        assert slot.needed or slot.name not in outside, slot.name
        assert not slot.needed or slot.name in outside, slot.name
    for match in PIECE.finditer(each.text):
        assert match[1] is None or any(not each.slot(name).needed for name in named(match[1]))


@pytest.mark.parametrize("each", EVERY)
def test_what_is_owed_names_slots_of_the_right_shape(each: Template) -> None:
    shapes = {slot.name: slot.shape for slot in each.slots}
    for owing in each.owes:
        assert shapes[owing.payer] in (Shape.PARTY, Shape.PARTIES, Shape.SHARES)
        assert shapes[owing.payee] in (Shape.PARTY, Shape.SHARES)
        assert not owing.amount or shapes[owing.amount] in (Shape.MONEY, Shape.ITEMS, Shape.SHARES)
        assert bool(owing.amount) != bool(owing.goods)
        assert bool(owing.due) != bool(owing.due_text)
        assert not owing.due or shapes[owing.due] in (Shape.DAY, Shape.DAYS)
        assert named(owing.goods + owing.due_text) <= set(shapes)
        assert not owing.amount or shapes[owing.method] is Shape.TEXT


def test_duties_of_both_sides_have_their_clauses() -> None:
    act = template_of("payment_for_act")
    assert act is not None
    assert {(owing.payer, owing.payee) for owing in act.owes} == {("payer", "doer"), ("doer", "payer")}
    assert {"mutual_breach", "good_neighbors", "passage", "visiting"} <= {each.id for each in library()}


@pytest.mark.parametrize("each", EVERY)
@pytest.mark.parametrize("word", ["放弃诉讼", "不得起诉", "不得上访", "不再上访", "罚款", "拘留", "所有权归"])
def test_no_clause_gives_up_what_nobody_may_give_up(each: Template, word: str) -> None:
    # V24, V25, V28
    assert word not in each.text


@pytest.mark.parametrize(
    ("dispute_type", "first"),
    [("labor", "group_wages"), ("劳动争议", "group_wages"), ("neighbor", "boundary"), (" 婚姻家庭 ", "child_support")],
)
def test_the_library_begins_with_what_fits(dispute_type: str, first: str) -> None:
    found = offered(dispute_type)
    assert sorted(each.id for each in found) == sorted(each.id for each in library())
    meant = [each.id for each in found if fits(each, dispute_type)]
    assert first in meant
    assert [each.id for each in found[: len(meant)]] == meant
    assert {"settled_once", "court_confirmation"} <= set(meant)


def test_a_type_that_the_reports_do_not_know_gets_what_is_for_all_first() -> None:
    assert [each.id for each in offered("鸭子走失")][:2] == ["court_confirmation", "settled_once"]


def test_what_the_library_has_not_is_told() -> None:
    assert template_of("") is template_of("telegraph") is None
    with pytest.raises(Unacceptable) as told:
        library()[0].slot("telegraph" * 20)
    assert (told.value.facts["fault"], len(told.value.where)) == ("unknown", 64)
