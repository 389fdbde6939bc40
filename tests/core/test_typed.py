"""What people and files write into slots: parties by name, sums in yuan, rows as lines; and back again unchanged."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediator.core.clauses import Shape, Slot, Template, library
from mediator.core.compiling import compile_clause
from mediator.core.typed import as_lines, kept, shown, stored
from mediator.errors import Unacceptable
from tests.core.filling import NAMES, any_filled, people

PARTIES = people(*NAMES)
ONE, TWO = PARTIES[0].id, PARTIES[1].id
REFS = {each.id: each.ref for each in PARTIES}


def slot(shape: Shape) -> Slot:
    """A slot of a shape."""
    return Slot("it", "内容", shape)


@pytest.mark.parametrize(
    ("shape", "typed", "expected"),
    [
        (Shape.PARTY, "p1", ONE),
        (Shape.PARTY, ONE, ONE),
        (Shape.PARTY, "吴某斌", ONE),
        (Shape.PARTIES, ["p2", "吴某斌"], [TWO, ONE]),
        (Shape.PARTIES, "李芳\n\n吴某斌\n", [TWO, ONE]),
        (Shape.MONEY, " 3,090.5 ", 309_050),
        (Shape.MONEY, "12，000.00", 1_200_000),
        (Shape.COUNT, "15", 15),
        (Shape.COUNT, 15, 15),
        (Shape.TEXT, "借款", "借款"),
        (Shape.ITEMS, "医疗费 3000\n误工费　1200.50", [["医疗费", 300_000], ["误工费", 120_050]]),
        (Shape.ITEMS, [["住院 伙食费", "30.00"]], [["住院 伙食费", 3_000]]),
        (Shape.SHARES, "吴某斌 10\np2 20.05", [[ONE, 1_000], [TWO, 2_005]]),
        (Shape.DAYS, {"first": "2026-05-01", "count": "6"}, {"first": "2026-05-01", "count": 6}),
        (Shape.DAYS, "2026-05-01 300\n2026-06-01", [["2026-05-01", 30_000], "2026-06-01"]),
        (Shape.DAYS, [["2026-05-01", "300.00"], ["2026-06-01"]], [["2026-05-01", 30_000], "2026-06-01"]),
    ],
)  # fmt: skip
def test_what_is_typed_is_kept_in_one_form(shape: Shape, typed: object, expected: object) -> None:
    assert kept(slot(shape), typed, PARTIES) == expected


@pytest.mark.parametrize(
    ("shape", "typed", "fault"),
    [
        (Shape.PARTY, "王五", "party"),
        (Shape.PARTY, ["p1"], "party"),
        (Shape.MONEY, 3000, "money"),  # a bare number may mean yuan as well as fen
        (Shape.MONEY, "三千", "money"),
        (Shape.MONEY, "-5", "money"),
        (Shape.MONEY, "0.005", "money"),
        (Shape.MONEY, "10000000000000", "money"),
        (Shape.COUNT, "十五", "count"),
        (Shape.COUNT, "1.5", "count"),
        (Shape.ITEMS, "医疗费", "rows"),
        (Shape.ITEMS, 5, "rows"),
        (Shape.ITEMS, [["医疗费", "1", "2"]], "rows"),
        (Shape.ITEMS, "医疗费 三千", "money"),
        (Shape.DAYS, "2026-05-01 3 4", "days"),
        (Shape.DAYS, [5], "days"),
    ],
)
def test_what_cannot_be_read_is_refused(shape: Shape, typed: object, fault: str) -> None:
    with pytest.raises(Unacceptable) as told:
        kept(slot(shape), typed, PARTIES)
    assert (told.value.facts["fault"], told.value.where) == (fault, "内容")


def test_a_name_that_two_have_names_nobody() -> None:
    with pytest.raises(Unacceptable):
        kept(slot(Shape.PARTY), "李芳", people("李芳", "李芳"))
    assert kept(slot(Shape.PARTY), "p2", people("李芳", "李芳")) == TWO


@settings(max_examples=12)
@given(st.data())
@pytest.mark.parametrize("template", [pytest.param(each, id=each.id) for each in library()])
def test_what_is_shown_can_be_typed_again(template: Template, data: st.DataObject) -> None:
    slots = data.draw(any_filled(template, PARTIES))
    again = stored(template, {name: shown(template.slot(name), value, REFS) for name, value in slots.items()}, PARTIES)
    assert compile_clause(template, again, PARTIES) == compile_clause(template, slots, PARTIES)


def test_rows_are_lines_of_a_field() -> None:
    assert as_lines([["医疗费", "3000.00"], ["误工费", "1200.50"]]) == "医疗费 3000.00\n误工费 1200.50"
    assert as_lines(["2026-05-01", ["2026-06-01", "5.00"]]) == "2026-05-01\n2026-06-01 5.00"
    assert as_lines(None) == ""


def test_what_is_left_empty_is_not_kept() -> None:
    template = library()[0]
    assert stored(template, {"cause": "", "amount": None, "method": "转账"}, PARTIES) == {"method": "转账"}
