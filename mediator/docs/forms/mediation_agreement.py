"""人民调解协议书 (RTF 29): parties, facts, responsibility, what was agreed, how it is performed."""

from __future__ import annotations

from mediator.core.dates import day_words
from mediator.core.records import Agreement, Case
from mediator.docs.facts import PaperFacts
from mediator.docs.forms.parts import (
    STAKE,
    blank_terms,
    copies_line,
    parties_of,
    party_paragraph,
    payment_table,
    signatures,
    total_line,
)
from mediator.docs.model import Block, Clause, Document, Heading, paragraphs, ruled, text

TWO = 2
FACTS, RESPONSIBILITY = "纠纷主要事实、争议事项：", "各方当事人责任："
TITLE = "人民调解协议书"
NEEDS = ("organization", "parties", "facts", "agreement.clauses", "agreement.signed_on", "hearings.mediators")


def compose(case: Case, facts: PaperFacts) -> Document:
    """The agreement; a case without one gives an empty draft."""
    agreement = case.agreement or Agreement()
    blocks: list[Block] = [party_paragraph(case, party) for party in parties_of(case)]
    opening = f"经调解，{everybody(case)}自愿达成如下协议："
    blocks += blank_substance(opening) if facts.blank else substance(case, agreement, opening)
    blocks += [*effect(), last_line(case, facts), sign(case, facts)]
    return Document("mediation_agreement", TITLE, facts.committee, facts.number, tuple(blocks), draft=facts.draft)


def substance(case: Case, agreement: Agreement, opening: str) -> list[Block]:
    """What happened, who answers for what, what was agreed."""
    blocks: list[Block] = [Heading(FACTS), *paragraphs(case.facts), *paragraphs(agreement.disputed_points)]
    if agreement.responsibility:
        blocks += [Heading(RESPONSIBILITY), *paragraphs(agreement.responsibility)]
    return [*blocks, *agreed(agreement, opening)]


def blank_substance(opening: str) -> list[Block]:
    """The same for the pen."""
    return [Heading(FACTS), ruled(5), Heading(RESPONSIBILITY), ruled(2), *blank_terms(opening)]


def agreed(agreement: Agreement, opening: str) -> list[Block]:
    """Clauses, payment plan and its sum in words."""
    blocks: list[Block] = [Heading(opening)]
    blocks += [Clause(place, clause.text) for place, clause in enumerate(agreement.clauses, start=1)]
    if agreement.obligations:
        blocks += [Heading("履行方式、地点、期限："), payment_table(agreement.obligations)]
        if any(each.amount for each in agreement.obligations):
            blocks.append(text(total_line(agreement.obligations)))
    return blocks


def everybody(case: Case) -> str:
    """双方 for two sides of one person each, 各方 for more."""
    return "双方" if len(list(parties_of(case, STAKE))) <= TWO else "各方"


def effect() -> list[Block]:
    """Effect and breach (RTF 31, 32), confirmation and enforcement (RTF 33)."""
    return [
        text(
            "本协议自各方当事人签名、盖章或者按指印，人民调解员签名并加盖人民调解委员会印章之日起生效，"
            "对各方当事人具有法律约束力，各方应当按照约定履行。一方不履行的，另一方可以请求人民调解委员会督促履行，"
            "也可以依法向人民法院提起诉讼。"
        ),
        text(
            "各方当事人认为有必要的，可以自本协议生效之日起三十日内共同向人民法院申请司法确认；经确认有效，"
            "一方拒绝履行或者未全部履行的，对方可以向人民法院申请强制执行。"
        ),
    ]


def last_line(case: Case, facts: PaperFacts) -> Block:
    """Where it was signed, how many copies, who keeps them."""
    where = case.agreement.place if case.agreement else ""
    place = f"本协议在{where}签订。" if where else ""
    return text(place, *copies_line(case, blank=facts.blank), f"，当事人各执一份，{facts.committee}留存一份。")


def sign(case: Case, facts: PaperFacts) -> Block:
    """Everybody signs; the mediators are those of the last hearing."""
    signed_on = case.agreement.signed_on if case.agreement else None
    hearing = case.hearings[-1] if case.hearings else None
    day = day_words(signed_on)
    return signatures(case, committee=facts.committee, day=day, hearing=hearing)
