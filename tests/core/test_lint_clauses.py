"""Compiled clauses have nothing to find; one changed by hand, on another desk or after the party list always has."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediator.core.clauses import Template, library, template_of
from mediator.core.compiling import compile_clause
from mediator.core.lint import check_agreement
from mediator.core.money import Fen
from mediator.core.records import Agreement, Case, Clause, ClauseId, ObligationId
from tests.core.filling import CLAUSE, NAMES, any_filled, as_case, people, sound

PARTIES = people(*NAMES)
TODAY = date(2026, 3, 5)
COMPARED = {"V12", "V13", "V14", "V15", "V39"}
Change = Callable[[Case], Case]


def compiled(template_id: str, **changes: Any) -> Case:
    """A case with one sound clause of the library."""
    template = template_of(template_id)
    assert template is not None
    slots = sound(template, PARTIES, **changes)
    return as_case(template, slots, compile_clause(template, slots, PARTIES), PARTIES)


def found(case: Case) -> set[tuple[str, str, str]]:
    """Rule, severity and place of what the comparing rules find, and of a slot that no longer does."""
    told = check_agreement(case, today=TODAY)
    return {
        (each.rule, each.severity.value, each.place)
        for each in told
        if each.rule in COMPARED or "重新填写" in each.message
    }


def agreed(case: Case, **members: Any) -> Case:
    """Other members of the agreement."""
    return replace(case, agreement=replace(case.agreement or Agreement(), **members))


def clause(**members: Any) -> Change:
    """The clause changed."""
    return lambda case: agreed(case, clauses=(replace(agreement(case).clauses[0], **members),))


def saying(old: str, new: str) -> Change:
    """Words of the clause changed without a word to anybody."""
    return lambda case: clause(text=agreement(case).clauses[0].text.replace(old, new))(case)


def owing(place: int, **members: Any) -> Change:
    """One obligation changed."""
    return lambda case: agreed(
        case,
        obligations=tuple(
            replace(each, **members) if n == place else each for n, each in enumerate(agreement(case).obligations)
        ),
    )


def agreement(case: Case) -> Agreement:
    """The agreement."""
    assert case.agreement is not None
    return case.agreement


def renamed(case: Case) -> Case:
    """A name corrected in the party list after the clause was written."""
    return replace(case, parties=(replace(case.parties[0], name="吴某武"), *case.parties[1:]))


def without_the_last(case: Case) -> Case:
    """An instalment taken out of the plan."""
    return agreed(case, obligations=agreement(case).obligations[:-1])


@settings(max_examples=12)
@given(st.data())
@pytest.mark.parametrize("template", [pytest.param(each, id=each.id) for each in library()])
def test_what_was_compiled_has_nothing_to_find(template: Template, data: st.DataObject) -> None:
    slots = data.draw(any_filled(template, PARTIES))
    case = as_case(template, slots, compile_clause(template, slots, PARTIES), PARTIES)
    assert found(case) == set()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (saying("10,000.00元（大写：壹万元整）", "1,000.00元（大写：壹仟元整）"), ("V12", "block", "clauses.0")),
        (saying("壹万", "壹仟"), ("V12", "block", "clauses.0")),
        (saying("3,333.34", "3,333.43"), ("V12", "block", "clauses.0")),
        (saying("3月31日", "3月30日"), ("V15", "warn", "clauses.0")),
        (saying("2月28日", "2月29日"), ("V15", "warn", "clauses.0")),
        (saying("李芳", "李方"), ("V39", "warn", "clauses.0")),
        (renamed, ("V39", "warn", "clauses.0")),
        (owing(0, amount=Fen(333_334)), ("V12", "block", "clauses.0")),
        (owing(2, due_on=date(2026, 4, 30)), ("V15", "warn", "clauses.0")),
        (owing(1, payer="何小妹"), ("V39", "warn", "clauses.0")),
        (owing(1, goods="稻谷"), ("V14", "warn", "clauses.0")),
        (without_the_last, ("V12", "block", "clauses.0")),
        (lambda case: replace(case, parties=case.parties[1:]), ("V11", "block", "clauses.0")),
        (clause(slots={}), ("V11", "block", "clauses.0")),
        (lambda case: agreed(case, clauses=()), ("V14", "warn", "obligations.0")),
    ],
)
def test_what_no_longer_agrees_is_found_at_its_clause(change: Change, expected: tuple[str, str, str]) -> None:
    assert expected in found(change(compiled("instalments")))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda case: agreed(case, obligations=agreement(case).obligations[::-1]), id="in another order"),
        pytest.param(owing(0, note="已口头提醒"), id="a note of one's own"),
        pytest.param(clause(template="telegraph"), id="a template of a newer library"),
        pytest.param(
            lambda case: clause(slots={**agreement(case).clauses[0].slots, "later": 1})(case), id="a newer slot"
        ),
        pytest.param(clause(template="", slots={}), id="cut loose and still right"),
    ],
)
def test_what_still_agrees_is_left_in_peace(change: Change) -> None:
    assert found(change(compiled("instalments"))) == set()


def test_a_clause_cut_loose_is_compared_like_a_free_one() -> None:
    loose = clause(template="", slots={})(
        saying("10,000.00元（大写：壹万元整）", "20,000.00元")(compiled("instalments"))
    )
    assert found(loose) == {("V13", "block", "obligations"), ("V14", "warn", "clauses.0")}


def test_sums_in_words_of_ones_own_are_compared_with_the_records() -> None:
    assert ("V14", "warn", "clauses.0") in found(compiled("lump_sum", cause="扣除已付500元后的余款"))


def test_two_plans_between_the_same_two_are_each_held_against_their_own_clause() -> None:
    first, second = compiled("instalments"), compiled("instalments", amount=500_000)
    other = Clause(ClauseId("0d" * 16), agreement(second).clauses[0].text, "", "instalments",
                   agreement(second).clauses[0].slots)  # fmt: skip
    more = tuple(
        replace(each, id=ObligationId(f"e{each.id[1:]}"), clause=other.id) for each in agreement(second).obligations
    )
    both = agreed(
        first, clauses=(*agreement(first).clauses, other), obligations=agreement(first).obligations + more
    )  # fmt: skip
    assert found(both) == set()
    assert {row[2] for row in found(owing(4, amount=Fen(1))(both))} == {"clauses.1", "obligations"}
    assert {each.clause for each in agreement(both).obligations} == {CLAUSE, other.id}
