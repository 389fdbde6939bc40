"""人民调解记录 (调解笔录): what was said, by whom, in order; read back and signed on each page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mediator.core.codes import Side
from mediator.core.dates import chinese_moment
from mediator.core.records import Case, Hearing, HearingId, Party, TurnId
from mediator.core.sittings import Meeting, RecordSignature, SignWay
from mediator.docs.facts import PaperFacts
from mediator.docs.forms.parts import BY_HAND, SIGNING, label_of, names, parties_of
from mediator.docs.model import Align, Block, Document, Heading, Place, Run, Signatures, labelled, ruled, text
from mediator.docs.strokes import check_of
from mediator.docs.strokes import told as signed

TITLE = "人民调解记录"
BY_HAND_ALONE = "签名"
PRESENT = (*SIGNING, Side.INVITED, Side.WITNESS)
PEN_LINES = 31
NEEDS = ("parties", "hearings.turns", "hearings.mediators")


def compose(case: Case, facts: PaperFacts) -> Document:
    """The record of the chosen hearing, of the last one when none is chosen."""
    hearing = chosen(case, facts)
    mediated = hearing.meeting is Meeting.MEDIATION
    blocks: list[Block] = [*head(case, hearing, blank=facts.blank), *opening(hearing)]
    blocks.append(Heading("调解记录：" if mediated else "会议记录："))
    blocks += spoken(hearing)
    if facts.blank:
        blocks.append(ruled(PEN_LINES))
    blocks += result(case) if mediated else []
    blocks.append(text("以上笔录已向在场人员宣读（或者交本人阅看），经核对与所说一致，记录无误。", keep=True))
    blocks += [*answers(hearing), sign(case, facts, hearing)]
    return Document(
        "mediation_record", titled(hearing.meeting), facts.committee, facts.number, tuple(blocks), draft=facts.draft,
        foot_sign="当事人签名：",
    )  # fmt: skip


def titled(meeting: Meeting) -> str:
    """Every kind of meeting keeps its record under its own name."""
    return TITLE if meeting is Meeting.MEDIATION else f"{meeting.term}记录"


TITLES = tuple(titled(each) for each in Meeting if each is not Meeting.MEDIATION)


def chosen(case: Case, facts: PaperFacts) -> Hearing:
    """The hearing the record is about."""
    found = [hearing for hearing in case.hearings if hearing.id == facts.hearing]
    return (found or list(case.hearings[-1:]) or [Hearing(HearingId(""))])[0]


def head(case: Case, hearing: Hearing, *, blank: bool) -> list[Block]:
    """Time, place, matter, who was there and who was not."""
    others = "、".join(filter(None, (names(case, Side.INVITED), names(case, Side.WITNESS))))
    rows = [
        ("时间", chinese_moment(hearing.held_at) if hearing.held_at else ""),
        ("地点", hearing.place),
        ("事由", case.title),
        *((label_of(party), party.name) for party in parties_of(case)),
        ("参加人", others if others or blank else "无"),
        *told_of(hearing),
        (chair(hearing), "、".join(hearing.mediators)),
        ("记录人", hearing.recorder),
    ]
    return [labelled(label, value) for label, value in rows]


def told_of(hearing: Hearing) -> Iterator[tuple[str, str]]:
    """Who else was there, who was not and who interpreted, where somebody wrote it down."""
    asked = (
        ("列席人员", "、".join(hearing.observers)),
        ("未到场人员", "、".join(hearing.absent)),
        ("翻译", hearing.interpreter),
    )
    return ((label, value) for label, value in asked if value)


def chair(hearing: Hearing) -> str:
    """What those are called who lead a meeting of this kind."""
    return "人民调解员" if hearing.meeting is Meeting.MEDIATION else "主持人"


def opening(hearing: Hearing) -> list[Block]:
    """The procedure as it was ticked; what nobody ticked is not claimed to have happened."""
    if not hearing.script_done:
        return []
    return [text(Run("已进行的程序：", strong=True), "；".join(hearing.script_done) + "。")]


def spoken(hearing: Hearing) -> list[Block]:
    """Turns in order, each page that was read back with who found it right; late words stand in an annex."""
    blocks: list[Block] = []
    confirmed = confirmations(hearing)
    for turn in hearing.turns:
        if not turn.late:
            blocks += said(turn.speaker, turn.text)
            blocks += [text(f"（{words}）", align=Align.RIGHT, indent=0) for words in confirmed.get(turn.id, ())]
    return [*blocks, *annex(hearing)]


def annex(hearing: Hearing) -> list[Block]:
    """Late words under a heading of their own."""
    late = [block for turn in hearing.turns if turn.late for block in said(turn.speaker, turn.text)]
    return [Heading("附：宣读之后补录的内容"), *late] if late else []


def confirmations(hearing: Hearing) -> dict[TurnId, tuple[str, ...]]:
    """For the last turn of what was read to somebody, who found it right; a word on what was changed since is void."""
    places = {turn.id: place for place, turn in enumerate(hearing.turns)}
    pages: dict[tuple[TurnId, ...], dict[str, None]] = {}
    for read in hearing.reads:
        page = tuple(sorted(map(TurnId, {*read.turns} & {*places}), key=places.__getitem__))
        if read.fits and page:
            pages.setdefault(page, {})[read.by] = None
    found: dict[TurnId, tuple[str, ...]] = {}
    for page, by in pages.items():
        words = f"以上{len(page)}段发言已宣读，{'、'.join(by)}确认无误"
        found[page[-1]] = (*found.get(page[-1], ()), words)
    return found


def said(speaker: str, words: str) -> list[Block]:
    """One turn; further lines of it are paragraphs of their own."""
    first, *rest = words.split("\n")
    return [text(Run(f"{speaker}：", strong=True), first), *(text(line) for line in rest if line.strip())]


def result(case: Case) -> list[Block]:
    """How the hearing ended."""
    if case.agreement and case.agreement.is_signed:
        return [text(Run("调解结果：", strong=True), "各方当事人自愿达成协议，具体内容见调解协议书。")]
    return [labelled("调解结果", case.outcome and {"not_agreed": "未达成协议。"}.get(case.outcome, ""))]


def sign(case: Case, facts: PaperFacts, hearing: Hearing) -> Signatures:
    """All who were present sign at the end: parties, those invited, witnesses, who led, interpreted and wrote."""
    here = [present(hearing, each) for each in parties_of(case, PRESENT) if each.name not in hearing.absent]
    return Signatures((*here, *(answered(hearing, each) for each in leading(hearing))), seal=facts.committee)


def present(hearing: Hearing, party: Party) -> Place:
    """The place of somebody who was there; a finger's print is only for those whose matter it is."""
    manner = BY_HAND if party.side in SIGNING else BY_HAND_ALONE
    return answered(hearing, Place(label_of(party), party.name, manner), party.id)


def leading(hearing: Hearing) -> Iterator[Place]:
    """Places of those who led, interpreted and wrote; a mediator who wrote himself signs once."""
    for name in hearing.mediators or ("",):
        yield Place(led_as(hearing, name), name)
    if hearing.interpreter:
        yield Place("翻译", hearing.interpreter)
    if not hearing.recorder or hearing.recorder not in hearing.mediators:
        yield Place("记录人", hearing.recorder)


def led_as(hearing: Hearing, name: str) -> str:
    """What somebody who led is called: whoever wrote as well is both."""
    return f"{chair(hearing)}兼记录人" if name and name == hearing.recorder else chair(hearing)


def answered(hearing: Hearing, place: Place, party: str = "") -> Place:
    """A place with what its signer did: the signature itself, nothing to sign for whoever refused, else the rule."""
    signature = signature_of(hearing, party or place.name)
    if signature is None:
        return place
    if signature.way is SignWay.REFUSED:
        return replace(place, manner=signature.way.term, ruled=False)
    return replace(place, drawn=signature.strokes)


def signature_of(hearing: Hearing, who: str) -> RecordSignature | None:
    """What a party, by id, or somebody else, by name, answered to these very words."""
    return next((each for each in hearing.signatures if each.fits and (each.party or each.signer) == who), None)


def answers(hearing: Hearing) -> list[Block]:
    """How each signer answered to the record, for who was not there to see; nothing where all sign by hand."""
    told = "；".join(map(answer_words, hearing.signatures))
    return [text(Run("签名情况：", strong=True), f"{told}。", keep=True)] if told else []


def answer_words(given: RecordSignature) -> str:
    """One signer's answer, or that it was given to other words than these."""
    name, moment = given.signer, chinese_moment(given.at) if given.at else ""
    if not given.fits:
        return f"{name}答复之后笔录有更正，由其重新签名"
    if given.way is SignWay.REFUSED:
        return f"{name}{f'于{moment}' if moment else ''}拒绝签名，理由：{given.reason.rstrip('。')}"
    if given.strokes:
        return signed(name, moment, check_of(given.strokes))
    return f"{name}在打印的笔录上签名"
