"""While a sitting goes on: breaks with their times, marks, the procedure with its moments, the head."""

from __future__ import annotations

import pytest

from mediator.casework import hearing, hearing_course
from mediator.casework.desk import Desk
from mediator.casework.hearing import SCRIPT, HearingForm
from mediator.core.records import CaseId, Hearing, HearingId, TurnId
from mediator.core.sittings import Meeting
from mediator.errors import Unacceptable
from tests.casework.desks import StillClock, a_document, case_of, taken_in


@pytest.fixture
def case_id(desk: Desk) -> CaseId:
    return taken_in(desk, a_document())


@pytest.fixture
def sitting(desk: Desk, case_id: CaseId) -> HearingId:
    return hearing.open_hearing(desk, case_id, HearingForm(place="调解室"))


def now(desk: Desk, case_id: CaseId) -> Hearing:
    """The sitting as it is read."""
    return case_of(desk, case_id).hearings[0]


def later(desk: Desk, minutes: int) -> None:
    """Time passes."""
    clock = desk.workshop.clock
    assert isinstance(clock, StillClock)
    clock.move(minutes=minutes)


def test_a_break_stands_in_the_record_with_both_its_times(desk: Desk, case_id: CaseId, sitting: HearingId) -> None:
    hearing.record_turn(desk, case_id, sitting, speaker="李四", text="要一万。")
    hearing_course.rest_or_go_on(desk, case_id, sitting)
    assert now(desk, case_id).paused
    later(desk, 12)
    hearing_course.rest_or_go_on(desk, case_id, sitting)
    found = now(desk, case_id)
    assert not found.paused
    assert [(turn.speaker, turn.text) for turn in found.turns[1:]] == [
        ("记事", "09时30分，休息。"), ("记事", "09时42分，休息结束，继续进行。"),
    ]  # fmt: skip
    assert [f"{each:%H:%M}" for each in found.pauses] == ["09:30", "09:42"]


def test_a_mark_stands_beside_its_turn_until_it_is_taken_away(desk: Desk, case_id: CaseId, sitting: HearingId) -> None:
    turn = hearing.record_turn(desk, case_id, sitting, speaker="李四", text="五千五。").turn_id
    hearing_course.mark_turn(desk, case_id, sitting, turn=turn, marked=True)
    assert [each.marked for each in now(desk, case_id).turns] == [True]
    hearing_course.mark_turn(desk, case_id, sitting, turn=turn, marked=False)
    assert [each.marked for each in now(desk, case_id).turns] == [False]
    with pytest.raises(Unacceptable, match=r"hearing\.no_turn"):
        hearing_course.mark_turn(desk, case_id, sitting, turn=TurnId("f" * 32), marked=True)


def test_each_step_keeps_the_moment_of_its_first_tick(desk: Desk, case_id: CaseId, sitting: HearingId) -> None:
    first, second = SCRIPT[0].id, SCRIPT[1].id
    hearing.tick_script(desk, case_id, sitting, done=[first])
    later(desk, 3)
    hearing.tick_script(desk, case_id, sitting, done=[first, second])
    stamps = now(desk, case_id).script_at
    assert {name: f"{at:%H:%M}" for name, at in stamps.items()} == {first: "09:30", second: "09:33"}
    hearing.tick_script(desk, case_id, sitting, done=[second])
    later(desk, 3)
    hearing.tick_script(desk, case_id, sitting, done=[first, second])
    assert f"{now(desk, case_id).script_at[first]:%H:%M}" == "09:36"


def test_the_head_says_what_meeting_it_is_who_listens_and_who_did_not_come(
    desk: Desk, case_id: CaseId, sitting: HearingId
) -> None:
    assert now(desk, case_id).meeting is Meeting.MEDIATION
    form = HearingForm(
        place="村口",
        meeting=Meeting.FIRESIDE,
        observers=("人大代表周某\u202e",),
        absent=("张三",),
        interpreter="蓝某",
    )
    hearing.save_hearing(desk, case_id, sitting, form=form)
    found = now(desk, case_id)
    assert (found.meeting, found.observers, found.absent, found.interpreter) == (
        Meeting.FIRESIDE, ("人大代表周某",), ("张三",), "蓝某",
    )  # fmt: skip
