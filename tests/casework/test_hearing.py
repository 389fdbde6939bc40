"""A hearing: turns are durable one by one, corrected with trace, closed for good."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mediator.casework import hearing
from mediator.casework.complaints import complain
from mediator.casework.desk import Desk
from mediator.casework.hearing import HearingForm
from mediator.core.codes import CaseStatus
from mediator.core.records import CaseId, HearingId, TurnId
from mediator.errors import RefusedByRule, Unacceptable
from tests.casework.desks import StillClock, a_document, a_signed_case, archived, case_of, heard, taken_in


@pytest.fixture
def case_id(desk: Desk) -> CaseId:
    return taken_in(desk, a_document())


@pytest.fixture
def sitting(desk: Desk, case_id: CaseId) -> HearingId:
    return hearing.open_hearing(desk, case_id, HearingForm(place="调解室", mediators=("李调解",), recorder="何记录"))


def test_a_sitting_moves_the_case_into_mediation_and_accepts_it_on_the_way(desk: Desk, case_id: CaseId) -> None:
    hearing.open_hearing(desk, case_id, HearingForm())
    case = case_of(desk, case_id)
    assert case.status is CaseStatus.IN_MEDIATION
    assert case.accepted_on is not None
    assert [move.to for move in case.moves] == [CaseStatus.ACCEPTED, CaseStatus.IN_MEDIATION]


def test_a_sitting_after_the_agreement_moves_nothing(desk: Desk) -> None:
    case_id = a_signed_case(desk)
    hearing.open_hearing(desk, case_id, HearingForm())
    assert case_of(desk, case_id).status is CaseStatus.SIGNED


def test_turns_stand_in_the_order_they_were_spoken(desk: Desk, case_id: CaseId, sitting: HearingId) -> None:
    party = case_of(desk, case_id).parties[0]
    for number in range(12):
        saved = hearing.record_turn(
            desk, case_id, sitting, speaker=party.name, text=f"第{number}句", party=party.id
        )  # fmt: skip
        assert saved.at.isoformat() == "2026-03-09T09:30:00+08:00"
    turns = case_of(desk, case_id).hearings[0].turns
    assert [turn.text for turn in turns] == [f"第{number}句" for number in range(12)]
    assert {turn.party for turn in turns} == {party.id}


def test_a_turn_without_words_is_no_turn(desk: Desk, case_id: CaseId, sitting: HearingId) -> None:
    with pytest.raises(Unacceptable, match=r"hearing\.no_words"):
        hearing.record_turn(desk, case_id, sitting, speaker="李四", text=" \n\u0007")


def test_a_turn_of_nobody_is_no_turn(desk: Desk, case_id: CaseId, sitting: HearingId) -> None:
    with pytest.raises(Unacceptable, match=r"hearing\.no_speaker"):
        hearing.record_turn(desk, case_id, sitting, speaker=" \u202e", text="还钱")
    assert case_of(desk, case_id).hearings[0].turns == ()


def test_a_turn_is_cleaned_and_the_desk_hears_it(desk: Desk, case_id: CaseId, sitting: HearingId) -> None:
    hearing.record_turn(desk, case_id, sitting, speaker="李四", text="还\u202e钱")
    assert case_of(desk, case_id).hearings[0].turns[0].text == "还钱"
    assert heard(desk)


def test_a_correction_keeps_the_old_words(desk: Desk, case_id: CaseId, sitting: HearingId) -> None:
    saved = hearing.record_turn(desk, case_id, sitting, speaker="李四", text="三百元")
    hearing.correct_turn(desk, case_id, sitting, turn=saved.turn_id, text="三千元")
    turn = case_of(desk, case_id).hearings[0].turns[0]
    assert (turn.text, turn.corrected_from) == ("三千元", ("三百元",))
    with pytest.raises(Unacceptable, match=r"hearing\.no_turn"):
        hearing.correct_turn(desk, case_id, sitting, turn=TurnId("f" * 32), text="无")


def test_script_steps_are_ticked_in_the_order_of_the_script(desk: Desk, case_id: CaseId, sitting: HearingId) -> None:
    steps = [step.id for step in hearing.SCRIPT]
    hearing.tick_script(desk, case_id, sitting, done=[steps[4], steps[0], "没有的步骤"])
    assert case_of(desk, case_id).hearings[0].script_done == (steps[0], steps[4])


def test_the_script_has_ten_steps_with_words() -> None:
    assert len(hearing.SCRIPT) == 10
    assert all(step.words.endswith(("。", "？")) for step in hearing.SCRIPT)


def test_the_head_can_be_changed(desk: Desk, case_id: CaseId, sitting: HearingId) -> None:
    clock = desk.workshop.clock
    assert isinstance(clock, StillClock)
    hearing.save_hearing(desk, case_id, sitting, form=HearingForm(held_at=clock.now(), place="村委会"))
    head = case_of(desk, case_id).hearings[0]
    assert (head.place, head.mediators, head.held_at) == ("村委会", (), clock.now())


def test_a_closed_record_takes_no_further_turn(desk: Desk, case_id: CaseId, sitting: HearingId) -> None:
    hearing.record_turn(desk, case_id, sitting, speaker="李四", text="同意")
    hearing.close_hearing(desk, case_id, sitting)
    assert case_of(desk, case_id).hearings[0].closed
    with pytest.raises(RefusedByRule, match=r"hearing\.closed"):
        hearing.record_turn(desk, case_id, sitting, speaker="李四", text="反悔")


def test_a_hearing_of_another_case_is_unknown(desk: Desk, sitting: HearingId) -> None:
    other = taken_in(desk, a_document())
    with pytest.raises(Unacceptable, match=r"hearing\.unknown"):
        hearing.close_hearing(desk, other, sitting)


def test_an_archived_case_has_no_further_sitting(desk: Desk) -> None:
    case_id = archived(desk)
    with pytest.raises(RefusedByRule, match=r"case\.read_only"):
        hearing.open_hearing(desk, case_id, HearingForm())


@pytest.mark.threat("T25")
def test_with_little_room_on_the_disk_a_hearing_begins_only_for_people_who_are_talking(desk: Desk) -> None:
    case_id = taken_in(desk, a_document())
    short = replace(desk, workshop=replace(desk.workshop, free=lambda _: 499_999_999))
    with pytest.raises(RefusedByRule, match=r"hearing\.disk_low") as told:
        hearing.open_hearing(short, case_id, HearingForm())
    assert complain(told.value).message == "磁盘只剩 499 MB，笔录可能记不完，没有开始。"
    assert case_of(desk, case_id).hearings == ()
    sitting = hearing.open_hearing(short, case_id, HearingForm(), under_way=True)
    hearing.record_turn(short, case_id, sitting, speaker="甲", text="已经在讲了。")
    roomy = replace(desk, workshop=replace(desk.workshop, free=lambda _: 500_000_000))
    assert hearing.open_hearing(roomy, case_id, HearingForm())
