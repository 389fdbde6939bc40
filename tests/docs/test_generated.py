"""Any record, any of its papers: no check has anything to say, or the paper is refused for what the record lacks."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import pytest

from mediator.core.records import Case
from mediator.docs.catalogue import kind_of, kinds
from mediator.docs.checks.every import inspect
from mediator.docs.checks.name import named
from mediator.docs.facts import PaperFacts
from mediator.docs.fields import filled, unfilled
from mediator.docs.kinds import KindInfo
from mediator.docs.making import make
from mediator.docs.needs import missing
from mediator.errors import RefusedByRule
from tests.docs.generated import Manner, facts_for, kinds_of, record, rotated
from tests.docs.papers import a_stamp, fonts

FEW, MANY, PORTION = 40, 1_000, 10
# Each kind is made from 120 of the thousand: 7,200 papers, each record with some seven of its kinds.
SHARE = 120
STAMPED = 5


def lacking(info: KindInfo, case: Case, facts: PaperFacts) -> set[str]:
    """Everything that the record and the form lack for a kind."""
    return {
        *missing(info.needs, case),
        *(f"{info.id}.{each.name}" for each in unfilled(info.fields, filled(info.fields, case, facts))),
    }


def verdict(seed: int, case: Case, info: KindInfo) -> list[str]:
    """What is wrong with one paper, a stamped one made twice; a refusal must name something that is not there."""
    facts = facts_for(seed, case, info)
    if seed % STAMPED == 0:
        facts = replace(facts, stamp=a_stamp())
    again = partial(make, info.id, case, facts, fonts=fonts(), formats=info.formats)
    try:
        paper = again()
    except RefusedByRule as refused:
        return [] if refused.where in lacking(info, case, facts) else [f"{seed} {info.id} {refused.where}"]
    found = [
        *inspect(paper, case, facts, again=again if facts.stamp else None),
        *named(f"{paper.number} {paper.title}.pdf", paper),
    ]
    return [f"{seed} {info.id} {each.check} {each.place} {each.message}" for each in found]


@pytest.mark.threat("T33")
@pytest.mark.parametrize("seed", range(FEW))
def test_papers_of_a_generated_record_pass_every_check(seed: int) -> None:
    case = record(seed)
    mine = kinds_of(case, kinds())
    chosen = mine[seed % 7 :: 7]
    assert [fault for info in chosen for fault in verdict(seed, case, info)] == []


def test_marks_set_close_together_at_the_end_of_a_line_are_no_fault() -> None:
    """Four closing marks and a comma share their blanks; the reading library takes the comma for a row of its own."""
    assert verdict(212, record(212), kind_of("transfer_slip")) == []


@pytest.mark.full
def test_every_kind_sees_its_share_of_the_thousand_records_and_no_record_is_left_out() -> None:
    plan = rotated(MANY, SHARE)
    for info in kinds():
        seen = [seed for seed, mine in enumerate(plan) if info.id in mine]
        assert len(seen) == SHARE
        assert {Manner(seed % len(Manner)) for seed in seen} == {*Manner}
    assert all(plan)


@pytest.mark.full
@pytest.mark.threat("T33")
@pytest.mark.parametrize("first", range(0, MANY, PORTION))
def test_every_kind_of_paper_passes_every_check_on_its_share_of_a_thousand_records(first: int) -> None:
    for seed in range(first, first + PORTION):
        case, mine = record(seed), rotated(MANY, SHARE)[seed]
        assert [fault for kind in mine for fault in verdict(seed, case, kind_of(kind))] == []
