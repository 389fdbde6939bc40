"""What a matter lacks before it moves on: each guard lets pass what is whole and names what is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mediator.core import guards as g
from mediator.core.codes import AgreementForm, CaseKind, CaseStatus, Category, LinkReason, LinkRole, PartyKind, Side
from mediator.core.course import Course, Event, EventId, Link, LinkId
from mediator.core.events import EventWord
from mediator.core.guards import Asked, Guard
from mediator.core.records import (
    Agreement,
    Case,
    CaseId,
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

DAY = date(2026, 3, 5)
A = Party(PartyId("a" * 32), "a", Side.APPLICANT, PartyKind.PERSON, "张三")
B = Party(PartyId("b" * 32), "b", Side.RESPONDENT, PartyKind.PERSON, "李四")
AGENT = Party(PartyId("c" * 32), "c", Side.AGENT, PartyKind.PERSON, "王律师", acts_for=B.id)
SIGNED = Agreement(
    obligations=(Obligation(ObligationId("1" * 32), "李四", "张三", goods="拆除围栏"),), signed_on=DAY, digest="d" * 64
)
PLAIN = Case(CaseId("ab" * 16), CaseKind.PEOPLE_MEDIATION, "围栏纠纷", "邻里纠纷", facts="围栏挡路。", parties=(A, B))
ASKED = Asked(CaseStatus.ACCEPTED)


def sitting(*speakers: Party | str, **members: object) -> Hearing:
    """A record in which these speak, parties by link and others by name alone."""
    turns = tuple(
        Turn(TurnId(str(n)), "" if isinstance(each, Party) else each, "同意。", party=getattr(each, "id", None))
        for n, each in enumerate(speakers)
    )
    return replace(Hearing(HearingId("e" * 32)), turns=turns, **members)  # type: ignore[arg-type]  # given by name


def recorded(*words: str, kind: CaseKind = CaseKind.PETITION) -> Case:
    """A matter in whose course these events happened."""
    events = tuple(Event(EventId(str(n)), word, DAY) for n, word in enumerate(words))
    return replace(PLAIN, kind=kind, course=Course(events=events))


def linked(reason: LinkReason, role: LinkRole) -> Case:
    """A matter that is tied to another."""
    return replace(PLAIN, course=Course(links=(Link(LinkId("x" * 32), "y" * 32, reason, role),)))


def order(category: Category | None, *words: EventWord, lead: str = "") -> Case:
    """A work order of a category."""
    case = recorded(*(each.value for each in words), kind=CaseKind.WORK_ORDER)
    return replace(case, category=category, lead_body=lead)


def code(guard: Guard, case: Case, asked: Asked = ASKED) -> str:
    """What a guard names, empty where it lets pass."""
    found = guard(case, asked)
    return found.code if found else ""


@pytest.mark.parametrize(
    ("guard", "case", "lacking"),
    [
        (g.complete, PLAIN, ""),
        (g.complete, replace(PLAIN, facts="  "), "case.incomplete"),
        (g.complete, replace(PLAIN, parties=(replace(A, name=" "),)), "case.incomplete"),
        (g.in_scope, PLAIN, ""),
        (g.in_scope, replace(PLAIN, dispute_type="治安处罚"), "case.outside"),
        (g.in_scope, replace(PLAIN, dispute_type="治安处罚", kind=CaseKind.PETITION), ""),
        (g.nowhere_else, PLAIN, ""),
        (g.nowhere_else, linked(LinkReason.LITIGATION_APART, LinkRole.ORIGIN), "case.elsewhere"),
        (g.nowhere_else, linked(LinkReason.LITIGATION_APART, LinkRole.TARGET), ""),
        (g.mediators_named, PLAIN, "case.no_mediator"),
        (g.mediators_named, replace(PLAIN, hearings=(sitting(mediators=("赵调解",)),)), ""),
        (g.rights_told, replace(PLAIN, hearings=(sitting(script_done=g.READ_OUT),)), ""),
        (g.rights_told, replace(PLAIN, hearings=(sitting(script_done=g.READ_OUT[:2]), sitting())), "case.rights"),
        (g.consented, replace(PLAIN, hearings=(sitting(A, B),)), ""),
        (g.consented, replace(PLAIN, hearings=(sitting(A), sitting("李四"))), ""),
        (g.consented, replace(PLAIN, hearings=(sitting(A),)), "case.consent"),
        (g.consented, replace(PLAIN, parties=(A, B, AGENT), hearings=(sitting(A, AGENT),)), ""),
        (g.consented, replace(PLAIN, parties=(A,), hearings=(sitting(A),)), "case.consent"),
        (g.consented, replace(PLAIN, kind=CaseKind.SETTLEMENT), ""),
        (g.signed, PLAIN, "case.unsigned"),
        (g.signed, replace(PLAIN, agreement=replace(SIGNED, digest="")), "case.unsigned"),
        (g.signed, replace(PLAIN, agreement=SIGNED), ""),
        (g.performed, replace(PLAIN, agreement=SIGNED), "case.unperformed"),
        (g.performed, PLAIN, ""),
        (g.visited, PLAIN, "case.unvisited"),
        (g.visited, replace(PLAIN, follow_ups=(FollowUp(DAY),)), ""),
        (g.dossier_whole, replace(PLAIN, agreement=SIGNED), "case.unvisited"),
        (g.dossier_whole, replace(PLAIN, agreement=replace(SIGNED, form=AgreementForm.ORAL)), ""),
        (g.dossier_whole, PLAIN, ""),
        (g.bound, PLAIN, "case.unfiled"),
        (g.reviewed, PLAIN, ""),
        (g.reviewed, recorded(), "case.review"),
        (g.category_handled, order(None), ""),
        (g.category_handled, order(Category.YELLOW), "order.lead"),
        (g.category_handled, order(Category.YELLOW, lead="镇政府"), ""),
        (g.category_handled, order(Category.YELLOW, EventWord.LEAD_NAMED), ""),
        (g.category_handled, order(Category.ORANGE), "order.road"),
        (g.category_handled, order(Category.ORANGE, EventWord.LEGAL_ROAD), ""),
        (g.category_handled, order(Category.RED, EventWord.LEGAL_ROAD), "order.group"),
        (g.category_handled, order(Category.RED, EventWord.GROUP_NAMED), ""),
        (g.review_asked, recorded(EventWord.REVIEW_ASKED.value), ""),
        (g.review_asked, recorded(), "petition.review"),
        (g.second_review_asked, recorded(EventWord.SECOND_REVIEW_ASKED.value), "petition.second_review"),
        (g.second_review_asked, recorded(EventWord.REVIEWED.value, EventWord.SECOND_REVIEW_ASKED.value), ""),
        (g.answer_delivered, recorded(EventWord.ANSWERED.value), "petition.delivered"),
        (g.answer_delivered, recorded(EventWord.DELIVERED.value), ""),
    ],
)
def test_a_guard_lets_pass_what_is_whole_and_names_what_is_missing(guard: Guard, case: Case, lacking: str) -> None:
    assert code(guard, case) == lacking


@pytest.mark.parametrize(
    ("guard", "asked", "lacking"),
    [
        (g.not_concluded, {"concluded": True}, "case.concluded"),
        (g.not_concluded, {}, ""),
        (g.reasoned, {"reason": " "}, "case.reason"),
        (g.reasoned, {"reason": "当事人申请"}, ""),
        (g.approved, {}, "case.approval"),
        (g.approved, {"approved_by": "王主任"}, ""),
        (g.unblocked, {"blocking": "V11"}, "case.blocked"),
        (g.unblocked, {}, ""),
        (g.dossier_whole, {"papers": 2}, "case.dossier"),
    ],
)
def test_what_a_person_says_with_a_move_counts(guard: Guard, asked: dict[str, object], lacking: str) -> None:
    assert code(guard, PLAIN, replace(ASKED, **asked)) == lacking  # type: ignore[arg-type]  # given by name


def test_a_reason_stands_for_what_the_record_does_not_show_as_performed() -> None:
    case = replace(PLAIN, agreement=SIGNED)
    assert g.performed(case, ASKED) == g.Lacking("case.unperformed", (("count", 1),))
    assert g.performed(case, replace(ASKED, reason="双方到场说围栏已经拆了")) is None


def test_silence_is_counted_by_party_and_agents_speak_for_theirs_alone() -> None:
    case = replace(PLAIN, parties=(A, B, AGENT), hearings=(sitting(AGENT),))
    assert g.unheard(case) == [A]
    assert g.consented(case, ASKED) == g.Lacking("case.consent", (("count", 1),))


@pytest.mark.parametrize(("to", "lacking"), [(CaseStatus.IN_MEDIATION, ""), (CaseStatus.ACCEPTED, "case.came_from")])
def test_a_transferred_matter_goes_back_only_where_it_was(to: CaseStatus, lacking: str) -> None:
    move = StatusMove(to=CaseStatus.TRANSFERRED, came_from=CaseStatus.IN_MEDIATION)
    assert code(g.came_from, replace(PLAIN, moves=(move,)), Asked(to)) == lacking
    assert code(g.came_from, PLAIN, Asked(to)) == ""
