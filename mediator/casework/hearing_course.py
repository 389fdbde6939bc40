"""While a sitting goes on: a break with its times in the record, a mark beside a turn."""

from __future__ import annotations

from typing import Final

from mediator.casework.desk import BEIJING, Desk
from mediator.casework.drafting import Pen, plain
from mediator.casework.hearing import Saved, moment_of, open_record
from mediator.core.records import CaseId, Hearing, HearingId, TurnId
from mediator.errors import Unacceptable
from mediator.journal.entry import Draft
from mediator.store.appending import Changes

SCENE: Final = "记事"


def rest_or_go_on(desk: Desk, case_id: CaseId, hearing_id: HearingId) -> Saved:
    """Begin a break, or end the one that goes on; the record says so with the time, as a turn of its own."""
    pen, hearing = open_record(desk, case_id, hearing_id)
    turn_id = TurnId(desk.fresh_id())
    pauses = [*(plain(each) for each in hearing.pauses), pen.wall]
    drafts = [
        pen.write("hearing.set", id=hearing_id, fields={"pauses": pauses}),
        scene(desk, pen, hearing, turn_id, words="休息结束，继续进行" if hearing.paused else "休息"),
    ]
    return Saved(turn_id, moment_of(desk.vault.append(drafts)))


def scene(desk: Desk, pen: Pen, hearing: Hearing, turn_id: TurnId, *, words: str) -> Draft:
    """What happens at the table, as a turn of its own with the time of day before it."""
    now, last = desk.workshop.clock.now().astimezone(BEIJING), hearing.turns[-1].id if hearing.turns else None
    return pen.write(
        "hearing.sentence", id=turn_id, hearing=hearing.id, after=last, speaker=SCENE, at=pen.wall,
        text=f"{now:%H时%M分}，{words}。",
    )  # fmt: skip


def mark_turn(desk: Desk, case_id: CaseId, hearing_id: HearingId, *, turn: TurnId, marked: bool) -> Changes:
    """Set or take away a mark beside a turn, to find it again; the paper does not show it."""
    pen, hearing = open_record(desk, case_id, hearing_id)
    if not any(each.id == turn for each in hearing.turns):
        raise Unacceptable("hearing.no_turn")
    return desk.vault.append([pen.write("hearing.marked", id=turn, hearing=hearing_id, marked=marked)])
