"""Intake: cases, parties and legal moves."""

from __future__ import annotations

from datetime import date

import pytest

from mediator.casework import agreement, conflicts, intake, reading
from mediator.casework.agreement import ObligationForm
from mediator.casework.desk import Desk
from mediator.casework.intake import CaseForm, PartyForm
from mediator.core.codes import CaseKind, CaseStatus, Sex, Side
from mediator.core.money import Fen
from mediator.core.records import CaseId, PartyId
from mediator.errors import MediatorError, RefusedByRule, Unacceptable
from tests.casework.desks import a_document, a_hearing, archived, case_of, heard, taken_in


@pytest.fixture
def case_id(desk: Desk) -> CaseId:
    return intake.open_case(desk, CaseForm(title="借款", dispute_type="contract", facts="张三向李四借款未还。"))


def seen(desk: Desk, case_id: CaseId) -> intake.Seen:
    """Marks of a form opened now."""
    return reading.reread(desk, case_id).seen


def test_a_new_case_is_registered_and_numbered(desk: Desk, case_id: CaseId) -> None:
    case = case_of(desk, case_id)
    assert case.status is CaseStatus.REGISTERED
    assert case.number
    assert reading.find(desk, case.number) == case_id


@pytest.mark.parametrize("kind", list(CaseKind))
def test_every_kind_of_matter_gets_a_number(desk: Desk, kind: CaseKind) -> None:
    case_id = intake.open_case(desk, CaseForm(title="事项", dispute_type="other", kind=kind))
    assert case_of(desk, case_id).number


def test_fields_are_written_and_cleared(desk: Desk, case_id: CaseId) -> None:
    fields = {"requests": "还款", "accepted_on": date(2026, 3, 1), "dates": {"立案": date(2026, 3, 2)}}
    intake.save_case(desk, case_id, seen(desk, case_id), fields)
    case = case_of(desk, case_id)
    assert (case.requests, case.accepted_on, case.dates) == ("还款", date(2026, 3, 1), (("立案", date(2026, 3, 2)),))
    intake.save_case(desk, case_id, seen(desk, case_id), {"accepted_on": None})
    assert case_of(desk, case_id).accepted_on is None


def test_text_is_cleaned_once_and_the_desk_hears_what_was_changed(desk: Desk, case_id: CaseId) -> None:
    intake.save_case(desk, case_id, seen(desk, case_id), {"facts": "甲\u202e乙"})
    assert case_of(desk, case_id).facts == "甲乙"
    assert [finding.place for finding in heard(desk)] == ["facts"]


def test_parties_get_short_names_in_turn(desk: Desk, case_id: CaseId) -> None:
    for name in ("李四", "张三"):
        intake.add_party(desk, case_id, seen(desk, case_id), PartyForm(Side.APPLICANT, name))
    assert [party.ref for party in case_of(desk, case_id).parties] == ["p1", "p2"]


def test_a_party_is_corrected_and_leaves(desk: Desk, case_id: CaseId) -> None:
    party = intake.add_party(desk, case_id, seen(desk, case_id), PartyForm(Side.APPLICANT, "李四", sex=Sex.MALE))
    intake.save_party(desk, case_id, party, seen(desk, case_id), {"name": "李思", "sex": None})
    assert [(each.name, each.sex) for each in case_of(desk, case_id).parties] == [("李思", None)]
    intake.remove_party(desk, case_id, party, seen(desk, case_id), reason="录错")
    assert case_of(desk, case_id).parties == ()


def test_a_corrected_name_reaches_the_obligations_of_the_draft(desk: Desk, case_id: CaseId) -> None:
    party = intake.add_party(desk, case_id, seen(desk, case_id), PartyForm(Side.RESPONDENT, "张三"))
    form = ObligationForm(payer_party=party, payee="李四", amount=Fen(100))
    agreement.add_obligation(desk, case_id, seen(desk, case_id), form)
    intake.save_party(desk, case_id, party, seen(desk, case_id), {"name": "张叁"})
    draft = case_of(desk, case_id).agreement
    assert draft is not None
    assert draft.obligations[0].payer == "张叁"


def test_a_case_is_accepted_once_its_facts_and_a_party_are_there(desk: Desk, case_id: CaseId) -> None:
    with pytest.raises(RefusedByRule, match=r"case\.incomplete"):
        intake.accept(desk, case_id)
    intake.add_party(desk, case_id, seen(desk, case_id), PartyForm(Side.APPLICANT, "李四"))
    intake.accept(desk, case_id)
    case = case_of(desk, case_id)
    assert (case.status, case.accepted_on) == (CaseStatus.ACCEPTED, date(2026, 3, 9))
    with pytest.raises(RefusedByRule, match=r"case\.move"):
        intake.accept(desk, case_id)


def test_a_move_that_the_life_of_a_case_forbids_is_refused_with_both_states(desk: Desk, case_id: CaseId) -> None:
    with pytest.raises(RefusedByRule) as caught:
        intake.move(desk, case_id, CaseStatus.CLOSED, "了结")
    assert caught.value.facts == {"origin": "登记", "target": "结案"}


def test_a_refusal_needs_a_reason(desk: Desk, case_id: CaseId) -> None:
    with pytest.raises(RefusedByRule, match=r"case\.reason"):
        intake.move(desk, case_id, CaseStatus.NOT_ACCEPTED)
    intake.move(desk, case_id, CaseStatus.NOT_ACCEPTED, "不属于受理范围")
    moves = case_of(desk, case_id).moves
    assert (moves[0].to, moves[0].reason) == (CaseStatus.NOT_ACCEPTED, "不属于受理范围")


def test_an_archived_case_is_read_only(desk: Desk) -> None:
    case_id = archived(desk)
    with pytest.raises(RefusedByRule, match=r"case\.read_only"):
        intake.save_case(desk, case_id, {}, {"title": "新"})


def test_unknown_cases_and_parties_are_named(desk: Desk, case_id: CaseId) -> None:
    with pytest.raises(Unacceptable, match=r"case\.unknown"):
        intake.save_case(desk, CaseId("f" * 32), {}, {"title": "新"})
    with pytest.raises(Unacceptable, match=r"party\.unknown"):
        intake.save_party(desk, case_id, PartyId("f" * 32), {}, {"name": "新"})


def test_there_is_nothing_to_choose_without_a_conflict(desk: Desk, case_id: CaseId) -> None:
    with pytest.raises(MediatorError, match=r"conflict\.none"):
        conflicts.choose(desk, case_id, "case", "title", value="借款", reason="")


def test_a_case_becomes_signed_by_signing_alone(desk: Desk) -> None:
    case_id = taken_in(desk, a_document(accepted_on="2026-03-01", hearings=[a_hearing()], outcome="agreed"))
    assert case_of(desk, case_id).status is CaseStatus.AGREED
    with pytest.raises(RefusedByRule, match=r"case\.unsigned"):
        intake.move(desk, case_id, CaseStatus.SIGNED)


def test_a_free_short_name_is_found_where_some_are_taken(desk: Desk, case_id: CaseId) -> None:
    intake.add_party(desk, case_id, seen(desk, case_id), PartyForm(Side.APPLICANT, "李四", ref="p2"))
    intake.add_party(desk, case_id, seen(desk, case_id), PartyForm(Side.RESPONDENT, "张三"))
    assert [party.ref for party in case_of(desk, case_id).parties] == ["p2", "p3"]
