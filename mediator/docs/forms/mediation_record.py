"""人民调解记录 (调解笔录): what was said, by whom, in order; read back and signed on each page."""

from __future__ import annotations

from dataclasses import replace

from mediator.core.codes import Side
from mediator.core.dates import chinese_moment
from mediator.core.records import Case, Hearing, HearingId
from mediator.docs.facts import PaperFacts
from mediator.docs.forms.parts import BY_HAND, label_of, names, parties_of, signatures, signers
from mediator.docs.model import Block, Document, Heading, Run, Signatures, labelled, ruled, text

TITLE = "人民调解记录"
PEN_LINES = 31
NEEDS = ("parties", "hearings.turns", "hearings.mediators")


def compose(case: Case, facts: PaperFacts) -> Document:
    """The record of the chosen hearing, of the last one when none is chosen."""
    hearing = chosen(case, facts)
    blocks: list[Block] = [*head(case, hearing, blank=facts.blank), *opening(hearing), *spoken(hearing)]
    if facts.blank:
        blocks.append(ruled(PEN_LINES))
    blocks += result(case)
    blocks.append(text("以上笔录已向在场人员宣读（或者交本人阅看），经核对与所说一致，记录无误。", keep=True))
    blocks.append(sign(case, facts, hearing))
    return Document(
        "mediation_record", TITLE, facts.committee, facts.number, tuple(blocks), draft=facts.draft,
        foot_sign="当事人签名：",
    )  # fmt: skip


def sign(case: Case, facts: PaperFacts, hearing: Hearing) -> Signatures:
    """All who were present sign at the end: parties, those invited, witnesses, mediators, recorder."""
    block = signatures(case, committee=facts.committee, day="", hearing=hearing, manner=BY_HAND)
    present = signers(case, "签名", (Side.INVITED, Side.WITNESS))
    parties = len(list(parties_of(case)))
    return replace(block, places=(*block.places[:parties], *present, *block.places[parties:]))


def chosen(case: Case, facts: PaperFacts) -> Hearing:
    """The hearing the record is about."""
    found = [hearing for hearing in case.hearings if hearing.id == facts.hearing]
    return (found or list(case.hearings[-1:]) or [Hearing(HearingId(""))])[0]


def head(case: Case, hearing: Hearing, *, blank: bool) -> list[Block]:
    """Time, place, matter, who was there."""
    others = "、".join(n for n in (names(case, Side.INVITED), names(case, Side.WITNESS)) if n)
    rows = [
        ("时间", chinese_moment(hearing.held_at) if hearing.held_at else ""),
        ("地点", hearing.place),
        ("事由", case.title),
        *((label_of(party), party.name) for party in parties_of(case)),
        ("参加人", others if others or blank else "无"),
        ("人民调解员", "、".join(hearing.mediators)),
        ("记录人", hearing.recorder),
    ]
    return [labelled(label, value) for label, value in rows]


def opening(hearing: Hearing) -> list[Block]:
    """The procedure as it was ticked; what nobody ticked is not claimed to have happened."""
    if not hearing.script_done:
        return []
    return [text(Run("已进行的程序：", strong=True), "；".join(hearing.script_done) + "。")]


def spoken(hearing: Hearing) -> list[Block]:
    """Turns in order; words that came after the record was read out stand in an annex."""
    blocks: list[Block] = [Heading("调解记录：")]
    for turn in hearing.turns:
        if not turn.late:
            blocks += said(turn.speaker, turn.text)
    late = [turn for turn in hearing.turns if turn.late]
    if late:
        blocks.append(Heading("附：宣读之后补录的内容"))
        for turn in late:
            blocks += said(turn.speaker, turn.text)
    return blocks


def said(speaker: str, words: str) -> list[Block]:
    """One turn; further lines of it are paragraphs of their own."""
    first, *rest = words.split("\n")
    return [text(Run(f"{speaker}：", strong=True), first), *(text(line) for line in rest if line.strip())]


def result(case: Case) -> list[Block]:
    """How the hearing ended."""
    if case.agreement and case.agreement.is_signed:
        return [text(Run("调解结果：", strong=True), "各方当事人自愿达成协议，具体内容见调解协议书。")]
    return [labelled("调解结果", case.outcome and {"not_agreed": "未达成协议。"}.get(case.outcome, ""))]
