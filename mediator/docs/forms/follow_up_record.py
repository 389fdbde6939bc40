"""回访记录: the visit after the agreement, performance, both satisfactions (RTG 36-37)."""

from __future__ import annotations

from mediator.core.dates import chinese_date
from mediator.core.records import Case
from mediator.docs.facts import PaperFacts
from mediator.docs.forms.parts import STAKE, parties_of
from mediator.docs.model import Document, Form, Place, Signatures

TITLE = "回访记录"
NEEDS = ("parties", "follow_ups")


def compose(case: Case, facts: PaperFacts) -> Document:
    """One ruled sheet for the last visit; blanks when none is recorded yet."""
    visit = case.follow_ups[-1] if case.follow_ups else None
    people = "、".join(party.name for party in parties_of(case, STAKE))
    agreement = next((paper.number for paper in case.papers if paper.kind.endswith("agreement")), "")
    visited_on = chinese_date(visit.visited_on) if visit else ""
    form = Form(
        (
            (("当事人", people),),
            (("调解协议编号", agreement),),
            (("回访事由", f"{case.title}调解协议的履行情况"),),
            (("回访时间", visited_on), ("被回访人", visit.visited if visit else "")),
            (("回访情况", visit.situation if visit else ""),),
            (("满意度", visit.satisfaction if visit else ""),),
        )
    )
    places = (Place("被回访人", visit.visited if visit else ""), Place("回访人", visit.visitor if visit else ""))
    blocks = (form, Signatures(places, seal=facts.committee, day=visited_on))
    return Document("follow_up_record", TITLE, facts.committee, facts.number, blocks, draft=facts.draft)
