"""A field is the set of writes nobody has seen past: a merge that forgets nothing and asks nobody's clock."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from mediator.journal.entry import DeskId
from mediator.journal.fields import Field, Write, distinct, in_conflict, shown, values, written

DESKS = [DeskId(f"{n:032x}") for n in range(3)]
Fact = tuple[Write, dict[DeskId, int]]


def write(value: object, desk: int = 0, n: int = 1) -> Write:
    """A write of desk 0, 1 or 2."""
    return Write(value, DESKS[desk], n, 0, "")


@st.composite
def facts(draw: st.DrawFn) -> list[Fact]:
    """Writes of three desks, each with marks of what its author had seen, in an order that causality allows."""
    seen: list[dict[DeskId, int]] = [{} for _ in DESKS]
    made: list[Fact] = []
    for _ in range(draw(st.integers(1, 7))):
        desk = draw(st.integers(0, 2))
        if draw(st.booleans()):
            other = seen[draw(st.integers(0, 2))]
            for key, n in other.items():
                seen[desk][key] = max(n, seen[desk].get(key, 0))
        n = seen[desk].get(DESKS[desk], 0) + 1
        made.append((Write(draw(st.sampled_from(["甲", "乙"])), DESKS[desk], n, 0, ""), dict(seen[desk])))
        seen[desk][DESKS[desk]] = n
    return made


def folded(made: list[Fact], start: Field = ()) -> Field:
    """All of them, one after the other."""
    for each, marks in made:
        start = written(start, each, marks)
    return start


def causal(made: tuple[Fact, ...]) -> bool:
    """True when nobody comes before what he had seen."""
    return not any(
        marks.get(later.desk, 0) >= later.n for place, (_, marks) in enumerate(made) for later, _ in made[place:]
    )


@given(facts())
def test_survivors_are_the_writes_that_no_other_had_seen(made: list[Fact]) -> None:
    alive = {(each.desk, each.n) for each, _ in made if not any(marks.get(each.desk, 0) >= each.n for _, marks in made)}
    assert {(each.desk, each.n) for each in folded(made)} == alive


@given(facts())
def test_any_order_that_causality_allows_gives_the_same_field(made: list[Fact]) -> None:
    orders = [order for order in permutations(made[:5]) if causal(order)]
    assert {folded(list(order)) for order in orders} == {folded(made[:5])}


@given(facts())
def test_a_write_taken_in_twice_in_a_row_is_one(made: list[Fact]) -> None:
    last, marks = made[-1]
    field = folded(made)
    assert {each.value for each in written(field, last, {**marks, last.desk: last.n})} == {each.value for each in field}


@given(facts())
def test_a_choice_that_has_seen_all_ends_every_conflict(made: list[Fact]) -> None:
    everything = dict.fromkeys(DESKS, 99)
    chosen = written(folded(made), Write("选定", DESKS[2], 100, 0, ""), everything)
    assert [each.value for each in chosen] == ["选定"]


def test_the_same_value_twice_is_no_conflict_and_two_are() -> None:
    same, two = (write("甲"), write("甲", 1)), (write("甲"), write("乙", 1))
    assert (in_conflict(()), in_conflict(same), in_conflict(two)) == (False, False, True)
    assert (len(distinct(same)), list(values(two)), list(values(None))) == (1, ["甲", "乙"], [])


def test_what_is_shown_is_a_fixed_choice_and_never_the_latest() -> None:
    assert shown(written((write("乙", 1),), write("甲", 0, 9), {})) == "甲"
    assert (shown(()), shown(None)) == (None, None)


def test_true_and_one_are_two_values_and_lists_compare_by_what_they_hold() -> None:
    assert in_conflict((write(True), write(1, 1)))
    assert in_conflict((write([1, "甲"]), write([True, "甲"], 1)))
    assert not in_conflict((write(["甲"]), write(["甲"], 1)))
