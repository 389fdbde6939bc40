"""A hearing: opened, spoken in turn by turn, corrected with trace, closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from mediator.casework.desk import Desk
from mediator.core.records import CaseId, HearingId, PartyId, TurnId

if TYPE_CHECKING:
    from mediator.store.changes import Changes


@dataclass(frozen=True, slots=True)
class Step:
    """One step read out at a hearing: `id` is kept in `Hearing.script_done`, `words` are read to the parties."""

    id: str
    title: str
    words: str


SCRIPT: Final[tuple[Step, ...]] = (
    Step("identity", "核对身份", "现在核对各方当事人、代理人的身份和联系方式，请出示有效证件。"),
    Step("nature", "说明性质", "人民调解不收取任何费用，遵循自愿、平等的原则，不违背法律、法规和国家政策。"),
    Step("rights", "告知权利", "当事人可以选择或者接受调解员，可以要求公开或者不公开进行，可以随时要求终止调解。"),
    Step("duties", "告知义务", "当事人应当如实陈述纠纷事实，遵守现场秩序，尊重调解员和对方当事人。"),
    Step("recusal", "询问回避", "调解员与本案有利害关系的，当事人有权申请更换。是否申请更换？"),
    Step("discipline", "宣布纪律", "请按顺序发言，不打断他人，不辱骂，未经同意不录音录像。"),
    Step("statements", "各方陈述", "请申请人陈述事实和要求，再请被申请人答复，其他参加人补充。"),
    Step("issues", "归纳争点", "现在归纳双方没有争议的事实和争议事项，请各方确认。"),
    Step("proposals", "协商方案", "请各方提出解决方案；调解员根据事实和法律提出建议。"),
    Step("read_back", "宣读确认", "笔录已当场宣读，请各方核对，无误后签名或者按指印。"),
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


@dataclass(frozen=True, slots=True)
class HearingForm:
    """Head of a hearing; `held_at` is aware."""

    held_at: datetime | None = None
    place: str = ""
    mediators: Sequence[str] = ()
    recorder: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """A turn that is on disk."""

    turn_id: TurnId
    at: datetime


def open_hearing(desk: Desk, case_id: CaseId, form: HearingForm) -> HearingId:
    """Open a sitting; an accepted case moves to `in_mediation` (L03)."""
    raise NotImplementedError


def save_hearing(desk: Desk, case_id: CaseId, hearing_id: HearingId, *, form: HearingForm) -> Changes:
    """Write the head of a hearing."""
    raise NotImplementedError


def record_turn(
    desk: Desk, case_id: CaseId, hearing_id: HearingId, *, speaker: str, text: str, party: PartyId | None = None
) -> Saved:
    """Keep one speaker's words; returns only after the durable commit. Raises RefusedByRule `hearing.closed`."""
    raise NotImplementedError


def correct_turn(desk: Desk, case_id: CaseId, hearing_id: HearingId, *, turn: TurnId, text: str) -> Saved:
    """New wording of a turn; the old one stays beside it."""
    raise NotImplementedError


def tick_script(desk: Desk, case_id: CaseId, hearing_id: HearingId, *, done: Sequence[str]) -> Changes:
    """Which steps of SCRIPT were read out, by id."""
    raise NotImplementedError


def close_hearing(desk: Desk, case_id: CaseId, hearing_id: HearingId) -> Changes:
    """Close the record that was read out; later turns stand in an annex."""
    raise NotImplementedError
