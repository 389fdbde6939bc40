"""和解协议书: the parties' own agreement, binding both ways: duties and breach of each side, what is still pending.

No findings of a committee stand in it, and nobody gives up a right by it (V24): whoever complained tells the office.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from mediator.core.codes import Side
from mediator.core.dates import day_words
from mediator.core.money import Fen, printed
from mediator.core.numerals import chinese
from mediator.core.records import Agreement, Case, Obligation
from mediator.docs.facts import PaperFacts
from mediator.docs.fields import Field, Filled, Known, Shape, filled
from mediator.docs.forms.mediation_agreement import agreed
from mediator.docs.forms.parts import (
    BY_HAND,
    STAKE,
    blank_terms,
    copies_line,
    due,
    names,
    parties_of,
    party_paragraph,
    signers,
)
from mediator.docs.model import Block, Document, Heading, Place, Signatures, paragraphs, ruled, text

TITLE = "和解协议书"
OPENING = "各方当事人经自行协商，自愿达成如下和解协议："
NEEDS = ("parties", "facts", "agreement.clauses", "agreement.signed_on")
ROWS_IN_WORDS: Final = 3
PENDING_HEAD = "正在办理的投诉、信访等事项："
TOLD = (
    "各方就本纠纷已经提出、尚未办结的投诉、信访、诉讼、仲裁等事项，由提出的一方及时将本协议告知办理单位，由办理单位依法办理。"
    "本协议不限制任何一方依法提起诉讼、申请仲裁、提出信访的权利。"
)


def duties_of(side: Side) -> Known:
    """What a side owes by the record; where only the clauses tell it, a line that points to them."""

    def known(case: Case, _facts: PaperFacts) -> str:
        if case.agreement is None or not names(case, side):
            return ""
        mine = [each for each in case.obligations if side_of(case, each) is side]
        return "\n".join(by_payer(mine)) or f"{one_or_all(case, side)}应当履行上述条款中由其承担的约定。"

    return known


def by_payer(obligations: Sequence[Obligation]) -> Iterator[str]:
    """The lines of each who owes something, in the order in which the plan names them."""
    for payer in dict.fromkeys(each.payer for each in obligations):
        yield from owing(payer, [each for each in obligations if each.payer == payer])


def side_of(case: Case, obligation: Obligation) -> Side | None:
    """The side of the one who owes it, by the link or else by the name."""
    party = case.party(obligation.payer_party) if obligation.payer_party else None
    party = party or next((each for each in case.parties if each.name == obligation.payer), None)
    return party.side if party else None


def owing(payer: str, mine: Sequence[Obligation]) -> Iterator[str]:
    """A line for each obligation of one person; a long plan in one line that leads to the table above."""
    if len(mine) <= ROWS_IN_WORDS:
        yield from map(duty, mine)
        return
    total = Fen(sum(each.amount or 0 for each in mine))
    sums = f"，款项合计{printed(total)}" if total else ""
    yield f"{payer}应当按照上列履行计划履行{chinese(len(mine))}项义务{sums}。"


def duty(each: Obligation) -> str:
    """Who does what by when to whom, and how."""
    when = f"于{due(each)}" if due(each) else ""
    what = f"支付{printed(each.amount)}" if each.amount is not None else f"履行：{each.goods}"
    return f"{each.payer}应当{when}向{each.payee}{what}{f'，方式为{each.method}' if each.method else ''}。"


def breach(case: Case, _facts: PaperFacts) -> str:
    """What follows when a side does not perform, a line for each side."""
    return "\n".join(
        f"{one_or_all(case, side)}不履行或者不完全履行义务的，应当继续履行并赔偿因此造成的损失，对方可以依法主张权利。"
        for side in STAKE
        if case.on_side(side)
    )


def one_or_all(case: Case, side: Side) -> str:
    """The name of the only one on a side, else the word for the side."""
    people = case.on_side(side)
    return people[0].name if len(people) == 1 and people[0].name else side.term


def pending(case: Case, _facts: PaperFacts) -> str:
    """The matter that another office sent here, by its own number."""
    if not case.source_ref:
        return ""
    return f"编号为{case.source_ref}的事项{f'（来源：{case.origin}）' if case.origin else ''}"


DUTIES: Final = {
    side: Field(f"{side.value}_duties", f"{side.term}的义务", Shape.LINES, known=duties_of(side)) for side in STAKE
}
BREACH = Field("breach", "违约责任", Shape.LINES, known=breach)
PENDING = Field("pending", "正在办理的事项", Shape.LINES, known=pending)
FIELDS = (*DUTIES.values(), BREACH, PENDING)


def compose(case: Case, facts: PaperFacts) -> Document:
    """The settlement."""
    agreement, values = case.agreement or Agreement(), filled(FIELDS, case, facts)
    place = f"本协议在{agreement.place}签订。" if agreement.place else ""
    blocks: list[Block] = [
        *(party_paragraph(case, party) for party in parties_of(case)),
        Heading("纠纷情况："),
        *(blank_substance() if facts.blank else substance(case, agreement)),
        *both_ways(values, blank=facts.blank),
        text(TOLD),
        text(place, *copies_line(case, blank=facts.blank), "，当事人各执一份，自各方签名或者按指印之日起生效。"),
        Signatures((*signers(case, BY_HAND), *seen_by(case)), day=day_words(agreement.signed_on)),
    ]
    return Document("settlement_agreement", TITLE, "", facts.number, tuple(blocks), draft=facts.draft)


def blank_substance() -> list[Block]:
    """Room for the dispute and the terms."""
    return [ruled(5), *blank_terms(OPENING)]


def substance(case: Case, agreement: Agreement) -> list[Block]:
    """The dispute and what was agreed of it."""
    return [*paragraphs(case.facts), *paragraphs(agreement.disputed_points), *agreed(agreement, OPENING)]


def seen_by(case: Case) -> list[Place]:
    """Witnesses, or a place for one."""
    return [Place("见证人", party.name) for party in case.on_side(Side.WITNESS)] or [Place("见证人")]


def both_ways(values: Filled, *, blank: bool) -> Iterator[Block]:
    """Duties of each side, breach of each, what is pending; a third party's section only where it owes something."""
    for side, field in DUTIES.items():
        words = values.text(field.name)
        if words or side is not Side.THIRD_PARTY:
            yield from section(f"{field.label}：", words)
    yield from section(f"{BREACH.label}：", values.text(BREACH.name))
    found = values.text(PENDING.name)
    yield from section(PENDING_HEAD, found) if found or blank else (Heading(PENDING_HEAD),)


def section(head: str, words: str) -> Iterator[Block]:
    """A heading and its lines, ruled where there are none."""
    yield Heading(head)
    yield from paragraphs(words) or (ruled(2),)
