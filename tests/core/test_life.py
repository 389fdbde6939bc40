"""Which move of a case is legal, against a second copy of the table of rules.md 1, kept here by hand."""

from __future__ import annotations

from itertools import product

import pytest

from mediator.core.codes import CaseStatus
from mediator.core.life import MOVES, may_move, next_moves

# from: where it may go, as the rules L01-L11 read; every state may besides be transferred.
LEGAL = """
registered: accepted not_accepted withdrawn
accepted: in_mediation withdrawn terminated
not_accepted: registered archived
in_mediation: agreed not_agreed withdrawn terminated
agreed: signed in_mediation not_agreed withdrawn terminated
signed: performing performed breached followed_up
performing: performed breached followed_up
performed: followed_up closed
breached: performing performed followed_up in_mediation closed
followed_up: performing performed breached closed
not_agreed: closed in_mediation
withdrawn: closed registered
terminated: closed
closed: archived in_mediation
archived: in_mediation
transferred: registered accepted not_accepted in_mediation agreed signed not_agreed withdrawn terminated performing
    performed breached followed_up closed archived
"""
ROWS = [row.split(":") for row in LEGAL.replace("\n    ", " ").split("\n") if row]
TABLE = {name.strip(): set(rest.split()) for name, rest in ROWS}


@pytest.mark.parametrize(("origin", "target"), list(product(CaseStatus, CaseStatus)), ids=lambda each: each.value)
def test_a_move_is_legal_just_where_the_rules_say(origin: CaseStatus, target: CaseStatus) -> None:
    transfer = target is CaseStatus.TRANSFERRED and origin is not CaseStatus.TRANSFERRED
    assert may_move(origin, target) == (target.value in TABLE[origin.value] or transfer)


def test_every_state_has_its_row_and_no_choice_twice() -> None:
    assert set(MOVES) == set(CaseStatus)
    assert all(len(set(next_moves(each))) == len(next_moves(each)) for each in CaseStatus)


def test_every_case_can_reach_the_archive() -> None:
    for start in CaseStatus:
        reached, before = {start}, set[CaseStatus]()
        while reached != before:
            before = set(reached)
            reached |= {target for each in before if each is not CaseStatus.TRANSFERRED for target in MOVES[each]}
        assert start is CaseStatus.TRANSFERRED or CaseStatus.ARCHIVED in reached


def test_nothing_leads_back_before_a_signature_but_a_new_round() -> None:
    after = {CaseStatus.SIGNED, CaseStatus.PERFORMING, CaseStatus.PERFORMED, CaseStatus.FOLLOWED_UP}
    early = {CaseStatus.REGISTERED, CaseStatus.ACCEPTED, CaseStatus.AGREED, CaseStatus.WITHDRAWN, CaseStatus.NOT_AGREED}
    assert not any(may_move(origin, target) for origin in after for target in early)
