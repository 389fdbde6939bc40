"""The three-step review of a petition, 调查反馈 → 科室分析 → 领导审核 (L22): three entries, always in this order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from mediator.core.codes import Code
from mediator.core.course import Event
from mediator.core.records import Case


class ReviewStep(Code):
    """The steps in their order; the value is the word of the event that records it."""

    INVESTIGATED = "investigated", "调查反馈"
    ANALYSED = "analysed", "科室分析"
    APPROVED = "approved", "领导审核"


ORDER: Final = tuple(ReviewStep)
WORDS: Final = {each.value: each for each in ReviewStep}


def steps_of(events: Iterable[Event]) -> tuple[Event, ...]:
    """The entries of the review that stand, oldest first."""
    return tuple(each for each in events if each.event in WORDS)


def next_step(case: Case) -> ReviewStep:
    """What comes next: after a whole round the first again, for a matter sent back begins anew."""
    place = 0
    for each in steps_of(case.course.events):
        place += WORDS[each.event] is ORDER[place % len(ORDER)]
    return ORDER[place % len(ORDER)]


def round_done(case: Case) -> bool:
    """True when at least one round was walked and none is half-way."""
    rows = steps_of(case.course.events)
    return bool(rows) and next_step(case) is ORDER[0] and WORDS[rows[-1].event] is ORDER[-1]
