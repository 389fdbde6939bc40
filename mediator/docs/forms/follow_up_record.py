"""回访记录: the visit after the agreement, performance, both satisfactions (RTG 36-37)."""

from __future__ import annotations

from datetime import date

from mediator.core.dates import chinese_date
from mediator.core.records import Case, FollowUp
from mediator.docs.facts import PaperFacts
from mediator.docs.forms.known import agreement_number
from mediator.docs.forms.parts import STAKE, parties_of
from mediator.docs.model import Document, Form, Place, Room, Signatures

TITLE = "回访记录"
NEEDS = ("parties", "follow_ups")
SITUATION_LINES = 8


def compose(case: Case, facts: PaperFacts) -> Document:
    """One ruled sheet for the last visit; blanks when none is recorded yet."""
    visit = case.follow_ups[-1] if case.follow_ups else FollowUp(date.min, "", "", "", "")
    visited_on = chinese_date(visit.visited_on) if case.follow_ups else ""
    people = "、".join(party.name for party in parties_of(case, STAKE) if party.name)
    form = Form(
        (
            (("当事人", people),),
            (("调解协议编号", agreement_number(case, facts)),),
            (("回访事由", f"{case.title}调解协议的履行情况"),),
            (("回访时间", visited_on), ("被回访人", visit.visited)),
            (("回访情况", visit.situation),),
            (("满意度", visit.satisfaction),),
        ),
        tuple(Room(lines) for lines in (1, 1, 1, 1, 1 if visit.situation else SITUATION_LINES, 1)),
    )
    places = (Place("被回访人", visit.visited), Place("回访人", visit.visitor))
    blocks = (form, Signatures(places, seal=facts.committee, day=visited_on))
    return Document("follow_up_record", TITLE, facts.committee, facts.number, blocks, draft=facts.draft)
