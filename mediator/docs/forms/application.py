"""人民调解申请书: who asks, against whom, what happened, what is asked."""

from __future__ import annotations

from mediator.core.codes import PartyKind, Side
from mediator.core.dates import age_on
from mediator.core.records import Case, Party
from mediator.docs.facts import PaperFacts
from mediator.docs.forms.parts import BY_LAW, label_of, parties_of, signers
from mediator.docs.model import Block, Document, Form, Heading, Place, Signatures, paragraphs, ruled, text

TITLE = "人民调解申请书"
NEEDS = ("parties", "facts", "requests")


def compose(case: Case, facts: PaperFacts) -> Document:
    """The application; blanks stay for the pen."""
    blocks: list[Block] = [card(party, facts) for party in parties_of(case, (Side.APPLICANT, Side.RESPONDENT))]
    blocks += [Heading("纠纷简要情况："), *(paragraphs(case.facts) or (ruled(8),))]
    usual = ruled(4) if facts.blank else text("请求依法调解上述纠纷。")
    blocks += [Heading("当事人申请事项："), *(paragraphs(case.requests) or (usual,))]
    blocks.append(text("人民调解委员会已将申请人民调解的相关规定告知我，现自愿申请人民调解。"))
    blocks.append(Signatures(signers(case, BY_LAW, (Side.APPLICANT,)) or (Place("申请人", manner=BY_LAW),)))
    return Document("application", TITLE, facts.committee, facts.number, tuple(blocks), draft=facts.draft)


def card(party: Party, facts: PaperFacts) -> Form:
    """The party's box of the form."""
    if party.kind is PartyKind.ORGANIZATION:
        rows = (
            (("名称", party.name), ("法定代表人", party.legal_representative)),
            (("信用代码", party.id_number), ("联系方式", party.phone)),
            (("住所", party.address),),
        )
        return Form(rows, side=label_of(party))
    age = str(age_on(party.birth_date, facts.issued_on)) if party.birth_date else ""
    return Form(
        (
            (("姓名", party.name), ("性别", party.sex.term if party.sex else "")),
            (("民族", party.ethnicity), ("年龄", age)),
            (("职业或职务", party.occupation), ("联系方式", party.phone)),
            (("单位或住址", party.address),),
        ),
        side=label_of(party),
    )
