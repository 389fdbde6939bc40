"""和解协议书: the parties' own agreement, duties of both sides, witnessed; no findings of a committee."""

from __future__ import annotations

from mediator.core.codes import Side
from mediator.core.dates import chinese_date
from mediator.core.records import Agreement, Case
from mediator.docs.facts import PaperFacts
from mediator.docs.forms.mediation_agreement import agreed
from mediator.docs.forms.parts import BY_HAND, blank_terms, copies_line, parties_of, party_paragraph, signers
from mediator.docs.model import Block, Document, Heading, Place, Signatures, paragraphs, ruled, text

TITLE = "和解协议书"
OPENING = "各方当事人经自行协商，自愿达成如下和解协议："
NEEDS = ("parties", "facts", "agreement.clauses", "agreement.signed_on")


def compose(case: Case, facts: PaperFacts) -> Document:
    """The settlement."""
    agreement = case.agreement or Agreement()
    blocks: list[Block] = [party_paragraph(case, party) for party in parties_of(case)]
    if facts.blank:
        blocks += [Heading("纠纷情况："), ruled(5), *blank_terms(OPENING)]
    else:
        blocks += [Heading("纠纷情况："), *paragraphs(case.facts), *paragraphs(agreement.disputed_points)]
        blocks += agreed(agreement, OPENING)
    blocks.append(text("各方应当全面履行各自的义务；一方不履行的，应当承担相应的违约责任，另一方可以依法主张权利。"))
    witnesses = case.on_side(Side.WITNESS)
    place = f"本协议在{agreement.place}签订。" if agreement.place else ""
    blocks.append(
        text(place, *copies_line(case, blank=facts.blank), "，当事人各执一份，自各方签名或者按指印之日起生效。")
    )
    seen_by = [Place("见证人", party.name) for party in witnesses] or [Place("见证人")]
    day = chinese_date(agreement.signed_on) if agreement.signed_on else ""
    blocks.append(Signatures((*signers(case, BY_HAND), *seen_by), day=day))
    return Document("settlement_agreement", TITLE, "", facts.number, tuple(blocks), draft=facts.draft)
