"""A hearing: opened, spoken in turn by turn, corrected with trace, closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Final

from mediator.casework.desk import BEIJING, Desk
from mediator.casework.drafting import Pen, filled, pen_for, plain
from mediator.casework.guards import going_on, hearing_of, writable
from mediator.casework.intake import moved
from mediator.casework.texts import cleaned, cleaned_text
from mediator.core.codes import CaseStatus
from mediator.core.recordings import Position
from mediator.core.records import CaseId, Hearing, HearingId, PartyId, TurnId
from mediator.core.sittings import Meeting
from mediator.errors import RefusedByRule, Unacceptable
from mediator.journal.entry import Draft
from mediator.journal.sittings import Said, pinned, record_digest
from mediator.store.appending import Changes
from mediator.store.vault import Deed, Inside, Opened


@dataclass(frozen=True, slots=True)
class Step:
    """One step read out at a hearing: its title is kept in `Hearing.script_done` and printed, its words are read."""

    title: str
    words: str

    @property
    def id(self) -> str:
        """What `Hearing.script_done` holds once the step was read out."""
        return self.title


SCRIPT: Final[tuple[Step, ...]] = (
    Step("核对身份", "现在核对各方当事人、代理人的身份和联系方式，请出示有效证件。"),
    Step("说明性质", "人民调解不收取任何费用，遵循自愿、平等的原则，不违背法律、法规和国家政策。"),
    Step("告知权利", "当事人可以选择或者接受调解员，可以要求公开或者不公开进行，可以随时要求终止调解。"),
    Step("告知义务", "当事人应当如实陈述纠纷事实，遵守现场秩序，尊重调解员和对方当事人。"),
    Step("询问回避", "调解员与本案有利害关系的，当事人有权申请更换。是否申请更换？"),
    Step("宣布纪律", "请按顺序发言，不打断他人，不辱骂，未经同意不录音录像。"),
    Step("各方陈述", "请申请人陈述事实和要求，再请被申请人答复，其他参加人补充。"),
    Step("归纳争点", "现在归纳双方没有争议的事实和争议事项，请各方确认。"),
    Step("协商方案", "请各方提出解决方案；调解员根据事实和法律提出建议。"),
    Step("宣读确认", "笔录已当场宣读，请各方核对，无误后签名或者按指印。"),
)  # fmt: skip

PHRASES: Final[tuple[str, ...]] = (
    "以上陈述属实。",
    "对对方所述事实没有异议。",
    "对对方所述事实有异议，理由如下：",
    "同意在调解员主持下协商解决。",
    "不申请调解员回避。",
    "愿意一次性付清。",
    "请求分期支付。",
    "双方自愿达成一致意见。",
    "笔录已宣读，与所述一致。",
)


ROOM_FOR_A_HEARING: Final = 500_000_000


@dataclass(frozen=True, slots=True)
class HearingForm:
    """Head of a hearing; `held_at` is aware, `observers` listen (两代表一委员), `absent` did not come."""

    held_at: datetime | None = None
    place: str = ""
    mediators: Sequence[str] = ()
    recorder: str = ""
    meeting: Meeting | None = None
    observers: Sequence[str] = ()
    absent: Sequence[str] = ()
    interpreter: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """A turn that is on disk."""

    turn_id: TurnId
    at: datetime


TO_MEDIATION: Final = {
    CaseStatus.REGISTERED: (CaseStatus.ACCEPTED, CaseStatus.IN_MEDIATION),
    CaseStatus.ACCEPTED: (CaseStatus.IN_MEDIATION,),
    CaseStatus.NOT_AGREED: (CaseStatus.IN_MEDIATION,),
}


def hearing_draft(pen: Pen, hearing_id: HearingId, form: HearingForm) -> Draft:
    """The entry that opens a hearing."""
    return pen.write("hearing.opened", id=hearing_id, fields=filled(asdict(form)))


def closing_draft(pen: Pen, hearing_id: HearingId, turns: Sequence[Said]) -> Draft:
    """The entry that closes a hearing's record."""
    return pen.write("hearing.closed", hearing=hearing_id, digest=record_digest(turns), count=len(turns))


def way_to_mediation(pen: Pen, status: CaseStatus, accepted_on: date | None, *, today: date) -> list[Draft]:
    """L02, L03: a case that is mediated is accepted; a sitting is never held up by a form."""
    targets = TO_MEDIATION.get(status, ())
    drafts = moved(pen, status, *targets)
    if CaseStatus.ACCEPTED in targets and accepted_on is None:
        drafts.insert(0, pen.write("case.set", fields={"accepted_on": plain(today)}))
    return drafts


def open_hearing(desk: Desk, case_id: CaseId, form: HearingForm, *, under_way: bool = False) -> HearingId:
    """Open a sitting; a registered or accepted case moves to `in_mediation` (L03).

    Raises RefusedByRule `hearing.disk_low` with less than 500 MB free, for a record must not end half-way (T25);
    `under_way` is for people who are talking already.
    """
    free = desk.workshop.free(desk.vault.folder)
    if free < ROOM_FOR_A_HEARING and not under_way:
        raise RefusedByRule("hearing.disk_low", free=free // 1_000_000)
    opened = writable(desk, case_id)
    pen, hearing_id = pen_for(desk, case_id, opened.seen), HearingId(desk.fresh_id())
    moves = way_to_mediation(pen, opened.case.status, opened.case.accepted_on, today=desk.today())
    desk.vault.append([*moves, hearing_draft(pen, hearing_id, cleaned(desk, form))])
    return hearing_id


def open_record(desk: Desk, case_id: CaseId, hearing_id: HearingId) -> tuple[Pen, Hearing]:
    """A hearing that may still be written; raises RefusedByRule `hearing.closed`."""
    opened = going_on(desk, case_id)
    hearing = hearing_of(opened, hearing_id)
    if hearing.closed:
        raise RefusedByRule("hearing.closed")
    return pen_for(desk, case_id, opened.seen), hearing


def save_hearing(desk: Desk, case_id: CaseId, hearing_id: HearingId, *, form: HearingForm) -> Changes:
    """Write the head of a hearing."""
    pen, _ = open_record(desk, case_id, hearing_id)
    fields = {name: plain(value) for name, value in asdict(cleaned(desk, form)).items()}
    return desk.vault.append([pen.write("hearing.set", id=hearing_id, fields=fields)])


def record_turn(
    desk: Desk,
    case_id: CaseId,
    hearing_id: HearingId,
    *,
    speaker: str,
    text: str,
    party: PartyId | None = None,
    sound: Position | None = None,
    turn: TurnId | None = None,
) -> Saved:
    """Keep one speaker's words and where they begin in a recording; returns only after the durable commit.

    `turn` is the fresh id under which a half of it was kept before (`casework.half_said`).
    Raises RefusedByRule `hearing.closed`, Unacceptable `hearing.no_words`, `hearing.no_speaker`.
    """
    words, who = cleaned_text(desk, text, "text"), cleaned_text(desk, speaker, "speaker")
    if not words.strip():
        raise Unacceptable("hearing.no_words")
    if not who.strip():
        raise Unacceptable("hearing.no_speaker")
    turn_id = turn or TurnId(desk.fresh_id())

    def make(inside: Inside) -> Deed:
        sitting, seen = inside.sitting(case_id, hearing_id)
        if not sitting.open or sitting.status is CaseStatus.ARCHIVED:
            refuse_writing(inside.case(case_id), hearing_id)
        pen = pen_for(desk, case_id, seen)
        draft = pen.write(
            "hearing.sentence", id=turn_id, hearing=hearing_id, after=sitting.last or None, speaker=who, party=party,
            text=words, at=pen.wall, recording=sound.recording if sound else None, sound=sound.ms if sound else None,
        )  # fmt: skip
        return Deed([draft])

    return Saved(turn_id, moment_of(desk.vault.perform(make)))


def refuse_writing(opened: Opened, hearing_id: HearingId) -> None:
    """Say which rule forbids a further turn: an unknown or archived case, an unknown or closed hearing."""
    if not opened.entries:
        raise Unacceptable("case.unknown", where=opened.case.id[:64])
    if opened.case.status is CaseStatus.ARCHIVED:
        raise RefusedByRule("case.read_only", rule="L10")
    hearing_of(opened, hearing_id)
    raise RefusedByRule("hearing.closed")


def moment_of(changes: Changes) -> datetime:
    """When a change was on disk, in Beijing time."""
    return datetime.fromtimestamp(changes.saved_at / 1000, UTC).astimezone(BEIJING)


def correct_turn(
    desk: Desk, case_id: CaseId, hearing_id: HearingId, *, turn: TurnId, text: str, draft: str | None = None
) -> Saved:
    """New wording of a turn; the old one stays beside it. `draft` names the engine whose draft was taken over."""
    words = cleaned_text(desk, text, "text")
    pen, hearing = open_record(desk, case_id, hearing_id)
    if not any(each.id == turn for each in hearing.turns):
        raise Unacceptable("hearing.no_turn")
    entry = pen.write("hearing.corrected", id=turn, hearing=hearing_id, text=words, draft=draft)
    return Saved(turn, moment_of(desk.vault.append([entry])))


def tick_script(desk: Desk, case_id: CaseId, hearing_id: HearingId, *, done: Sequence[str]) -> Changes:
    """Which steps of SCRIPT were read out, by id; each keeps the moment of its first tick as long as it stands."""
    pen, hearing = open_record(desk, case_id, hearing_id)
    ticked = [step.id for step in SCRIPT if step.id in done]
    stamps = [[step, plain(hearing.script_at.get(step)) or pen.wall] for step in ticked]
    fields = {"script_done": ticked, "script_at": stamps}
    return desk.vault.append([pen.write("hearing.set", id=hearing_id, fields=fields)])


def close_hearing(desk: Desk, case_id: CaseId, hearing_id: HearingId) -> Changes:
    """Close the record that was read out; later turns stand in an annex."""
    pen, hearing = open_record(desk, case_id, hearing_id)
    return desk.vault.append([closing_draft(pen, hearing_id, pinned(hearing.turns))])
