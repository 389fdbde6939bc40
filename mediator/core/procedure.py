"""What the course of a matter shows against the rules of procedure: the ground of 工作建议 (D32, rules.md 1 and 3).

Read from the record alone, so that the room and the county find the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from mediator.core.codes import AgreementForm, CaseStatus
from mediator.core.findings import Severity
from mediator.core.lint import check_agreement
from mediator.core.records import Case

BEFORE_THE_END: Final = frozenset({CaseStatus.REGISTERED, CaseStatus.ACCEPTED, CaseStatus.IN_MEDIATION})
ENDED: Final = frozenset({CaseStatus.CLOSED})
# A committee that is left out is filled in by the room when it prints, the county cannot know it (V36).
ONLY_THE_ROOM_KNOWS: Final = frozenset({"V36"})


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing that is not as the rules want; `place` is where, in ids that no desk changes."""

    rule: str
    place: str
    text: str


def advice_of(case: Case, *, today: date) -> tuple[Advice, ...]:
    """Everything found in one matter, each once; an archived one is left in peace (L10)."""
    if case.status is CaseStatus.ARCHIVED:
        return ()
    found = [*unvisited(case), *unnamed(case), *unlawful(case, today)]
    return tuple({(each.rule, each.place): each for each in found}.values())


def unvisited(case: Case) -> Iterator[Advice]:
    """L08: at least one visit after each written agreement before the matter is closed."""
    agreement = case.agreement
    written = agreement and agreement.is_signed and agreement.form is AgreementForm.WRITTEN
    if written and case.status in ENDED and not case.follow_ups:
        yield Advice("L08", "follow_ups", "书面协议没有回访记录就已结案")


def unnamed(case: Case) -> Iterator[Advice]:
    """L03: mediators are named in each hearing; while it goes on there is time for it."""
    if case.status in BEFORE_THE_END:
        return
    for hearing in case.hearings:
        if not hearing.mediators:
            yield Advice("L03", f"hearings.{hearing.id}.mediators", "调解笔录没有写明调解员")


def unlawful(case: Case, today: date) -> Iterator[Advice]:
    """What stops a signing today, in an agreement that is in force: it came from elsewhere or from before."""
    if case.agreement is None or not case.agreement.is_signed:
        return
    for each in check_agreement(case, today=today):
        if each.severity is Severity.BLOCK and each.rule not in ONLY_THE_ROOM_KNOWS:
            yield Advice(each.rule, each.place, f"已生效的协议：{each.message}")
