"""What was being typed when it broke off is offered again once, and never when it was said after all."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediator.casework import half_said, hearing, opening, reading
from mediator.casework.desk import Desk
from mediator.casework.half_said import Half
from mediator.core.recordings import Position
from mediator.core.records import Hearing, HearingId, PartyId, TurnId
from tests.casework.desks import PASSWORD, a_workshop
from tests.casework.tapes import a_sitting

TURN = TurnId("7e" * 16)


@pytest.mark.threat("T22")
def test_it_is_there_again_after_the_next_unlocking_with_its_speaker_and_its_place(tmp_path: Path, desk: Desk) -> None:
    case, sitting = a_sitting(desk)
    half = Half(sitting, TURN, "五千就\n五千", "李四", PartyId("a1" * 16), Position("7a" * 16, 4200))
    half_said.keep(desk, half)
    opening.lock(desk)
    again = opening.unlock(a_workshop(seed=2), tmp_path / "vault", None, PASSWORD)
    assert half_said.left(again, reading.reread(again, case).case.hearings[-1]) == half
    opening.lock(again)


@pytest.mark.parametrize(
    ("corrects", "said", "there"),
    [
        (False, None, True),
        (False, "五千。", False),
        (False, "别的话。", False),
        (True, "五千五。", True),
        (True, "五千。", False),
    ],
)
def test_what_became_a_turn_or_was_corrected_is_not_offered_again(
    desk: Desk, corrects: bool, said: str | None, there: bool
) -> None:
    case, sitting = a_sitting(desk)
    half_said.keep(desk, Half(sitting, TURN, "五千。", corrects=corrects))
    if said is not None:
        hearing.record_turn(desk, case, sitting, speaker="李四", text=said, turn=TURN)
    assert (half_said.left(desk, reading.reread(desk, case).case.hearings[-1]) is not None) is there


def test_it_belongs_to_its_sitting_while_that_is_open_and_can_be_taken_back(desk: Desk) -> None:
    case, sitting = a_sitting(desk)

    def found(of: Hearing | None = None) -> Half | None:
        return half_said.left(desk, of or reading.reread(desk, case).case.hearings[-1])

    assert found() is None
    half_said.keep(desk, Half(sitting, TURN, "五千。"))
    assert found() is not None
    assert found(Hearing(HearingId("5f" * 16))) is None
    half_said.keep(desk, None)
    assert found() is None
    half_said.keep(desk, Half(sitting, TURN, "五千。"))
    hearing.close_hearing(desk, case, sitting)
    assert found() is None


@pytest.mark.threat("T05")
def test_it_is_in_no_record_and_in_no_entry(desk: Desk) -> None:
    case, sitting = a_sitting(desk)
    before = desk.vault.entry_count()
    half_said.keep(desk, Half(sitting, TURN, "五千。"))
    assert desk.vault.entry_count() == before
    assert reading.reread(desk, case).case.hearings[-1].turns == ()
