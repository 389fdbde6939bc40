"""What was noted of a case's course: what happened and what the head approved, each taken back by a reason if wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from mediator.casework import periods
from mediator.casework.desk import Desk
from mediator.casework.period_sight import PeriodSight
from mediator.core.codes import Reception
from mediator.core.course import EventId, PeriodId
from mediator.core.events import EventWord
from mediator.core.records import CaseId
from mediator.core.reviewing import WORDS as REVIEWED
from mediator.errors import RefusedByRule
from mediator.ui.words import say

TERMS: Final = {each.value: each.term for each in (*EventWord, *REVIEWED.values(), *Reception)}


@dataclass(frozen=True, slots=True)
class Noted:
    """One line; `change` says that it changes a period and did not happen by itself."""

    id: str
    event: str
    word: str
    on: date
    text: str
    by: str
    change: bool


def noted(sight: PeriodSight) -> tuple[Noted, ...]:
    """Both kinds by their day, the newest first; of one day the one noted last."""
    happened = [
        Noted(each.id, each.event, TERMS.get(each.event, say("periods.other_word")), each.on, each.text, each.by, False)
        for each in sight.events
    ]
    approved = [
        Noted(
            each.id, each.step.value, say("periods.changed", step=each.step.term, rule=each.rule), each.on,
            each.reason, each.approved_by, True,
        )
        for each in sight.changes
    ]  # fmt: skip
    every = [*happened, *approved]
    every.sort(key=lambda each: each.on)
    return tuple(reversed(every))


def void(desk: Desk, case: CaseId, each: Noted, reason: str) -> None:
    """It was noted by mistake; the entry stays with its reason. Raises RefusedByRule `event.reason` without one."""
    if not reason.strip():
        raise RefusedByRule("event.reason")
    if each.change:
        periods.void_change(desk, case, PeriodId(each.id), reason=reason)
    else:
        periods.void_event(desk, case, EventId(each.id), reason=reason)
