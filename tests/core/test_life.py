"""Which move of a matter is legal and what it asks, against a second copy of rules.md 1 kept here by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.codes import AgreementForm, CaseKind, CaseStatus, Category, LinkReason, LinkRole, PartyKind, Side
from mediator.core.course import Course, Event, EventId, Link, LinkId
from mediator.core.guards import Asked
from mediator.core.life import asks_approval, asks_reason, lacking, may_move, next_moves, table_of
from mediator.core.records import (
    Agreement,
    Case,
    CaseId,
    Filing,
    FollowUp,
    Hearing,
    HearingId,
    Obligation,
    ObligationId,
    Party,
    PartyId,
    StatusMove,
    Turn,
    TurnId,
)

# from: where it may go, as the rules L01-L11 read; every state may besides be transferred, and come back.
MEDIATION = """
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
"""
# L20-L25: what a petition or work order may do besides.
PETITION = """
registered: judged
judged: accepted not_accepted handling withdrawn
accepted: handling
handling: answered in_mediation withdrawn
answered: in_review concluded followed_up closed
in_review: in_second_review handling concluded
in_second_review: handling concluded
concluded: followed_up closed
not_agreed: handling
withdrawn: handling
terminated: handling
signed: handling
performed: handling
followed_up: handling
closed: handling
archived: handling
"""
INSIDE = {CaseKind.PETITION, CaseKind.WORK_ORDER}
S = CaseStatus


def rows(table: str) -> set[tuple[str, str]]:
    """Pairs of a hand-kept table."""
    parts = (row.split(":") for row in table.strip().split("\n"))
    return {(origin, target) for origin, rest in parts for target in rest.split()}


@pytest.mark.parametrize("kind", list(CaseKind), ids=lambda each: each.value)
def test_a_move_is_legal_just_where_the_rules_say(kind: CaseKind) -> None:
    wanted = rows(MEDIATION) | (rows(PETITION) if kind in INSIDE else set())
    states = {state for pair in wanted for state in pair}
    wanted |= {(each, "transferred") for each in states} | {("transferred", each) for each in states}
    found = {(a.value, b.value) for a, b in product(S, S) if may_move(a, b, kind)}
    assert found == wanted


PARTIES = tuple(
    Party(PartyId(ref * 32), ref, side, PartyKind.PERSON, name)
    for ref, side, name in (("a", Side.APPLICANT, "李四"), ("b", Side.RESPONDENT, "张三"))
)
TURNS = tuple(Turn(TurnId(each.ref), each.name, "同意。") for each in PARTIES)
HEARING = Hearing(HearingId("0" * 32), mediators=("李",), turns=TURNS, script_done=("告知权利", "告知义务", "询问回避"))
AGREEMENT = Agreement(AgreementForm.WRITTEN, digest="ab", signed_on=date(2026, 3, 5))
OWED = replace(AGREEMENT, obligations=(Obligation(ObligationId("1" * 32), "甲", "乙", goods="稻谷"),))
WHOLE = Case(
    CaseId("c" * 32), CaseKind.PEOPLE_MEDIATION, "借款", "contract", facts="未还。", parties=PARTIES,
    hearings=(HEARING,), agreement=AGREEMENT, follow_ups=(FollowUp(date(2026, 3, 9)),),
    filings=(Filing("f", "", "", 1, 1),),
)  # fmt: skip
REVIEW = ("investigated", "analysed", "approved")


def with_events(*words: str, **members: Any) -> Case:
    """A matter in which these were recorded, a day each."""
    rows = (Event(EventId(f"{n}"), word, date(2026, 3, 1 + n)) for n, word in enumerate(words))
    return replace(WHOLE, course=Course(events=tuple(rows)), **members)


def with_link(reason: LinkReason, role: LinkRole) -> Case:
    return replace(WHOLE, course=Course(links=(Link(LinkId("1"), "2" * 32, reason, role),)))


PETITION_OF: dict[str, Any] = {"kind": CaseKind.PETITION}
MUTE = replace(HEARING, turns=TURNS[:1])
ORDER: dict[str, Any] = {"kind": CaseKind.WORK_ORDER}
RED, ORANGE, YELLOW, BLUE = Category.RED, Category.ORANGE, Category.YELLOW, Category.BLUE
# where from, where to, the record, what is asked, what is missing
GUARDED: list[tuple[S, S, Case, dict[str, Any], str]] = [
    (S.REGISTERED, S.ACCEPTED, WHOLE, {}, ""),
    (S.REGISTERED, S.ACCEPTED, replace(WHOLE, facts=" "), {}, "case.incomplete"),
    (S.REGISTERED, S.ACCEPTED, replace(WHOLE, parties=()), {}, "case.incomplete"),
    (S.REGISTERED, S.ACCEPTED, replace(WHOLE, dispute_type="刑事案件"), {}, "case.outside"),
    (S.REGISTERED, S.ACCEPTED, with_link(LinkReason.LITIGATION_APART, LinkRole.ORIGIN), {}, "case.elsewhere"),
    (S.REGISTERED, S.ACCEPTED, with_link(LinkReason.LITIGATION_APART, LinkRole.TARGET), {}, ""),
    (S.REGISTERED, S.ACCEPTED, WHOLE, {"concluded": True}, "case.concluded"),
    (S.REGISTERED, S.NOT_ACCEPTED, WHOLE, {}, "case.reason"),
    (S.REGISTERED, S.TRANSFERRED, WHOLE, {"reason": " "}, "case.reason"),
    (S.ACCEPTED, S.IN_MEDIATION, WHOLE, {}, ""),
    (S.ACCEPTED, S.IN_MEDIATION, replace(WHOLE, hearings=()), {}, "case.no_mediator"),
    (S.ACCEPTED, S.IN_MEDIATION, replace(WHOLE, hearings=(replace(HEARING, script_done=("告知权利",)),)), {},
     "case.rights"),
    (S.IN_MEDIATION, S.AGREED, WHOLE, {}, ""),
    (S.IN_MEDIATION, S.AGREED, replace(WHOLE, hearings=(MUTE,)), {}, "case.consent"),
    (S.IN_MEDIATION, S.AGREED, replace(WHOLE, parties=PARTIES[:1]), {}, "case.consent"),
    (S.IN_MEDIATION, S.AGREED, replace(WHOLE, hearings=(MUTE,), kind=CaseKind.SETTLEMENT), {}, ""),
    (S.IN_MEDIATION, S.AGREED, WHOLE, {"blocking": "V09"}, "case.blocked"),
    (S.AGREED, S.SIGNED, replace(WHOLE, agreement=Agreement()), {}, "case.unsigned"),
    (S.SIGNED, S.PERFORMED, WHOLE, {}, ""),
    (S.SIGNED, S.PERFORMED, replace(WHOLE, agreement=OWED), {}, "case.unperformed"),
    (S.SIGNED, S.PERFORMED, replace(WHOLE, agreement=OWED), {"reason": "双方电话确认"}, ""),
    (S.SIGNED, S.FOLLOWED_UP, replace(WHOLE, follow_ups=()), {}, "case.unvisited"),
    (S.PERFORMED, S.CLOSED, WHOLE, {"approved_by": "王主任"}, ""),
    (S.PERFORMED, S.CLOSED, WHOLE, {}, "case.approval"),
    (S.PERFORMED, S.CLOSED, WHOLE, {"approved_by": "王主任", "papers": 2}, "case.dossier"),
    (S.PERFORMED, S.CLOSED, replace(WHOLE, follow_ups=()), {"approved_by": "王主任"}, "case.unvisited"),
    (S.CLOSED, S.ARCHIVED, replace(WHOLE, filings=()), {}, "case.unfiled"),
    (S.CLOSED, S.IN_MEDIATION, WHOLE, {"reason": "又起争议"}, "case.approval"),
    (S.ARCHIVED, S.IN_MEDIATION, WHOLE, {"approved_by": "王主任"}, "case.reason"),
    (S.HANDLING, S.ANSWERED, with_events(*REVIEW, **PETITION_OF), {}, ""),
    (S.HANDLING, S.ANSWERED, with_events("analysed", "investigated", "approved", **PETITION_OF), {}, "case.review"),
    (S.HANDLING, S.ANSWERED, with_events("investigated", "approved", **PETITION_OF), {}, "case.review"),
    (S.HANDLING, S.ANSWERED, with_events(*REVIEW, "investigated", **PETITION_OF), {}, "case.review"),
    (S.HANDLING, S.ANSWERED, replace(WHOLE, **ORDER, category=BLUE), {}, ""),
    (S.HANDLING, S.ANSWERED, replace(WHOLE, **ORDER, category=YELLOW), {}, "order.lead"),
    (S.HANDLING, S.ANSWERED, replace(WHOLE, **ORDER, category=YELLOW, lead_body="镇农办"), {}, ""),
    (S.HANDLING, S.ANSWERED, replace(WHOLE, **ORDER, category=ORANGE), {}, "order.road"),
    (S.HANDLING, S.ANSWERED, with_events("legal_road", **ORDER, category=ORANGE), {}, ""),
    (S.HANDLING, S.ANSWERED, replace(WHOLE, **ORDER, category=RED), {}, "order.group"),
    (S.HANDLING, S.ANSWERED, with_events("group_named", **ORDER, category=RED), {}, ""),
    (S.ANSWERED, S.IN_REVIEW, with_events(**PETITION_OF), {}, "petition.review"),
    (S.ANSWERED, S.IN_REVIEW, with_events("review_asked", **PETITION_OF), {}, ""),
    (S.IN_REVIEW, S.IN_SECOND_REVIEW, with_events("second_review_asked", **PETITION_OF), {}, "petition.second_review"),
    (S.IN_REVIEW, S.IN_SECOND_REVIEW, with_events("reviewed", "second_review_asked", **PETITION_OF), {}, ""),
    (S.ANSWERED, S.CONCLUDED, with_events(**PETITION_OF), {"approved_by": "王主任"}, "petition.delivered"),
    (S.ANSWERED, S.CONCLUDED, with_events("delivered", **PETITION_OF), {}, "case.approval"),
    (S.ANSWERED, S.CONCLUDED, with_events("delivered", **PETITION_OF), {"approved_by": "王主任"}, ""),
]  # fmt: skip


@pytest.mark.parametrize(("origin", "to", "case", "asked", "missing"), GUARDED)
def test_a_move_is_made_only_when_what_must_hold_holds(
    origin: S, to: S, case: Case, asked: dict[str, Any], missing: str
) -> None:
    found = [each.code for _, each in lacking(replace(case, status=origin), to, Asked(to, **asked))]
    assert found[:1] == ([missing] if missing else [])


@pytest.mark.parametrize(("target", "free"), [(S.SIGNED, True), (S.CLOSED, False), (S.REGISTERED, False)])
def test_what_was_transferred_comes_back_to_where_it_left(target: S, free: bool) -> None:
    moves = (StatusMove(S.TRANSFERRED, S.REGISTERED), StatusMove(S.TRANSFERRED, S.SIGNED, datetime(2026, 3, 5)))  # noqa: DTZ001  for show
    case = replace(WHOLE, status=S.TRANSFERRED, moves=moves)
    assert (not list(lacking(case, target, Asked(target)))) == free


def test_an_agent_speaks_for_whom_he_acts() -> None:
    agent = Party(PartyId("d" * 32), "d", Side.AGENT, PartyKind.PERSON, "赵律", acts_for=PARTIES[1].id)
    said = replace(HEARING, turns=(TURNS[0], Turn(TurnId("t"), "赵律", "同意。", party=agent.id)))
    case = replace(WHOLE, status=S.IN_MEDIATION, parties=(*PARTIES, agent), hearings=(said,))
    assert not list(lacking(case, S.AGREED, Asked(S.AGREED)))


@given(st.sampled_from(list(CaseKind)), st.lists(st.integers(0, 20), max_size=40))
def test_whoever_walks_by_the_table_stays_in_it_and_can_always_end(kind: CaseKind, choices: list[int]) -> None:
    status = S.REGISTERED
    for choice in choices:
        offered = next_moves(status, kind)
        assert offered
        assert status not in offered
        status = offered[choice % len(offered)]
    reached, before = {status}, set[S]()
    while reached != before:
        before = set(reached)
        reached |= {each for state in before for each in next_moves(state, kind)}
    assert S.ARCHIVED in reached


@given(st.sampled_from(list(CaseKind)), st.lists(st.integers(0, 20), max_size=60))
def test_no_walk_leads_before_a_signature_or_out_of_the_archive_without_the_head(
    kind: CaseKind, choices: list[int]
) -> None:
    status, early = S.REGISTERED, {S.REGISTERED, S.ACCEPTED, S.AGREED, S.NOT_AGREED}
    for choice in choices:
        offered = [each for each in next_moves(status, kind) if each is not S.TRANSFERRED]
        if not offered:
            return
        target = offered[choice % len(offered)]
        if status in (S.CLOSED, S.ARCHIVED) and target is not S.ARCHIVED:
            assert asks_approval(status, target, kind)
            assert asks_reason(status, target, kind)
        assert not (status in (S.SIGNED, S.PERFORMING, S.PERFORMED, S.FOLLOWED_UP) and target in early)
        status = target


def test_every_row_names_its_line_of_the_rules() -> None:
    lines = {f"L{n:02}" for n in (*range(1, 12), *range(20, 26))}
    assert {row.rule for kind in CaseKind for row in table_of(kind).values()} <= lines
