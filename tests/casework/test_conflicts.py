"""Two desks wrote at once: both values stand until a person chooses, and the choice is the same everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mediator.casework import agreement, checking, conflicts, hearing, intake, opening, reading
from mediator.casework.desk import Desk
from mediator.casework.hearing import HearingForm
from mediator.core.codes import CaseStatus
from mediator.core.records import CaseId
from mediator.errors import RefusedByRule, Unacceptable
from tests.casework.desks import a_desk, a_document, a_hearing, a_workshop, an_agreement, case_of, taken_in


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    made = a_desk(tmp_path / "other", workshop=a_workshop(seed=8))
    yield made
    opening.lock(made)


def exchange(first: Desk, second: Desk, case_id: CaseId) -> None:
    """Each takes in what the other has of the case."""
    stream = next(iter(first.vault.case(case_id).entries)).stream
    first.vault.absorb(second.vault.stream(stream))
    second.vault.absorb(first.vault.stream(stream))


def shared(first: Desk, second: Desk, **changes: object) -> CaseId:
    """A case that both desks hold."""
    case_id = taken_in(first, a_document(**changes))
    exchange(first, second, case_id)
    return case_id


def seen(desk: Desk, case_id: CaseId) -> intake.Seen:
    """Marks of a form opened now."""
    return reading.reread(desk, case_id).seen


def test_two_titles_are_a_conflict_until_one_is_chosen_for_both(desk: Desk, other: Desk) -> None:
    case_id = shared(desk, other)
    intake.save_case(desk, case_id, seen(desk, case_id), {"title": "借款甲"})
    intake.save_case(other, case_id, seen(other, case_id), {"title": "借款乙"})
    exchange(desk, other, case_id)
    (conflict,) = case_of(desk, case_id).conflicts
    assert set(conflict.values) == {"借款甲", "借款乙"}
    told = conflicts.versions(desk, reading.reread(desk, case_id), conflict)
    assert tuple(each.value for each in told) == conflict.values
    assert {each.value: each.here for each in told} == {"借款甲": True, "借款乙": False}
    conflicts.choose(other, case_id, conflict.entity, conflict.field, value="借款乙", reason="当事人确认")
    exchange(desk, other, case_id)
    for each in (desk, other):
        assert case_of(each, case_id).title == "借款乙"
        assert case_of(each, case_id).conflicts == ()


def test_a_form_that_was_open_while_a_bundle_came_makes_a_conflict_and_loses_nothing(desk: Desk, other: Desk) -> None:
    case_id = shared(desk, other)
    form = seen(desk, case_id)
    intake.save_case(other, case_id, seen(other, case_id), {"facts": "先到的事实。"})
    exchange(desk, other, case_id)
    intake.save_case(desk, case_id, form, {"facts": "正在写的事实。"})
    (conflict,) = case_of(desk, case_id).conflicts
    assert set(conflict.values) == {"先到的事实。", "正在写的事实。"}


def test_an_open_conflict_blocks_the_paper_and_the_signing(desk: Desk, other: Desk) -> None:
    case_id = shared(desk, other, hearings=[a_hearing()], agreement=an_agreement())
    for each, title in ((desk, "甲"), (other, "乙")):
        intake.save_case(each, case_id, seen(each, case_id), {"title": title})
    exchange(desk, other, case_id)
    assert "conflict.open" in {each.rule for each in checking.blocking(desk, case_of(desk, case_id))}
    with pytest.raises(RefusedByRule, match=r"conflict\.open"):
        agreement.sign(desk, case_id, desk.today())


def test_a_doubtful_status_is_settled_by_a_choice(desk: Desk, other: Desk) -> None:
    case_id = shared(desk, other)
    intake.move(desk, case_id, CaseStatus.ACCEPTED)
    intake.move(other, case_id, CaseStatus.WITHDRAWN)
    exchange(desk, other, case_id)
    assert case_of(desk, case_id).in_doubt
    conflicts.choose(desk, case_id, "case", "status", value="withdrawn", reason="撤回在先")
    assert case_of(desk, case_id).status is CaseStatus.WITHDRAWN
    assert not case_of(desk, case_id).in_doubt


def test_a_party_that_left_here_and_was_edited_there_is_settled_either_way(desk: Desk, other: Desk) -> None:
    case_id = shared(desk, other)
    party = case_of(desk, case_id).parties[1].id
    intake.remove_party(desk, case_id, party, seen(desk, case_id), reason="录错")
    intake.save_party(other, case_id, party, seen(other, case_id), {"phone": "13800000000"})
    exchange(desk, other, case_id)
    (conflict,) = case_of(desk, case_id).conflicts
    assert len(case_of(desk, case_id).parties) == 2
    conflicts.choose(desk, case_id, party, conflict.field, value="False", reason="确实录错")
    assert len(case_of(desk, case_id).parties) == 1
    assert case_of(desk, case_id).conflicts == ()


def test_two_corrections_of_a_turn_and_two_orders_of_clauses_are_settled(desk: Desk, other: Desk) -> None:
    clauses = [{"text": "甲。"}, {"text": "乙。"}]
    case_id = shared(desk, other, agreement=an_agreement(clauses=clauses))
    sitting = hearing.open_hearing(desk, case_id, HearingForm())
    turn = hearing.record_turn(desk, case_id, sitting, speaker="李四", text="三元").turn_id
    exchange(desk, other, case_id)
    draft = case_of(desk, case_id).agreement
    assert draft is not None
    ids = [clause.id for clause in draft.clauses]
    for each, text, order in ((desk, "三百元", ids), (other, "三千元", ids[::-1])):
        hearing.correct_turn(each, case_id, sitting, turn=turn, text=text)
        agreement.order_clauses(each, case_id, seen(each, case_id), order=order)
    exchange(desk, other, case_id)
    assert len(case_of(desk, case_id).conflicts) == 2
    conflicts.choose(desk, case_id, turn, "text", value="三千元", reason="听录音")
    conflicts.choose(desk, case_id, "agreement", "order", value=str(ids[::-1]), reason="按协商")
    case = case_of(desk, case_id)
    assert case.conflicts == ()
    assert case.hearings[0].turns[0].text == "三千元"
    assert case.agreement is not None
    assert [clause.id for clause in case.agreement.clauses] == ids[::-1]


def test_two_numbers_of_one_case_are_settled(desk: Desk, other: Desk) -> None:
    from mediator.casework.drafting import pen_for

    case_id = shared(desk, other)
    for each, number in ((desk, "第一号"), (other, "第二号")):
        each.vault.append([pen_for(each, case_id, seen(each, case_id)).write("case.numbered", number=number)])
    exchange(desk, other, case_id)
    conflicts.choose(desk, case_id, "case", "number", value="第二号", reason="中心号段")
    assert case_of(desk, case_id).number == "第二号"


def test_a_value_that_nobody_wrote_cannot_be_chosen(desk: Desk, other: Desk) -> None:
    case_id = shared(desk, other)
    for each, title in ((desk, "甲"), (other, "乙")):
        intake.save_case(each, case_id, seen(each, case_id), {"title": title})
    exchange(desk, other, case_id)
    with pytest.raises(Unacceptable, match=r"conflict\.none"):
        conflicts.choose(desk, case_id, "case", "title", value="丙", reason="")


def test_nobody_chooses_between_two_signed_agreements(desk: Desk, other: Desk) -> None:
    case_id = shared(desk, other, hearings=[a_hearing()], agreement=an_agreement())
    agreement.sign(desk, case_id, desk.today(), reason="照此签订")
    fields = {"copies": 5}
    agreement.save_agreement(other, case_id, seen(other, case_id), fields)
    agreement.sign(other, case_id, other.today(), reason="照此签订")
    exchange(desk, other, case_id)
    assert "signed" in {each.field for each in case_of(desk, case_id).conflicts}
    with pytest.raises(RefusedByRule, match=r"conflict\.signed"):
        conflicts.choose(desk, case_id, "agreement", "signed", value="", reason="")
