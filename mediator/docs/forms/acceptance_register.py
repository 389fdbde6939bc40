"""人民调解受理登记表: the committee's register of one matter."""

from __future__ import annotations

from mediator.core.dates import day_words
from mediator.core.records import Case
from mediator.docs.facts import PaperFacts
from mediator.docs.forms.parts import STAKE, label_of, parties_of, signers
from mediator.docs.model import Document, Form, Place, Room, Signatures

TITLE = "人民调解受理登记表"
NEEDS = ("parties", "dispute_type", "facts", "accepted_on")


def compose(case: Case, facts: PaperFacts) -> Document:
    """One ruled sheet."""
    people = "\n".join(f"{label_of(party)}：{party.name}" for party in parties_of(case, STAKE))
    accepted = day_words(case.accepted_on)
    form = Form(
        (
            (("案件名称", case.title),),
            (("受理日期", accepted), ("案件来源", case.origin or ("" if facts.blank else "当事人申请"))),
            (("当事人", people),),
            (("纠纷类型", case.dispute_type),),
            (("纠纷简要情况", case.facts),),
            (("申请事项", case.requests),),
            (("备注", ""),),
        ),
        tuple(Room(lines) for lines in (1, 1, 2, 1, *((5, 3) if facts.blank else (2, 1)), 2)),
    )
    places = (*signers(case, "签名", STAKE), Place("登记人"))
    blocks = (form, Signatures(places, seal=facts.committee, day=accepted))
    return Document("acceptance_register", TITLE, facts.committee, facts.number, blocks, draft=facts.draft)
