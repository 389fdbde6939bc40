"""How long recordings are kept (security.md 8): three years after the matter ended, then two persons destroy them.

Nothing goes by itself. The list of what is due comes first, two persons decide, keys and sound go for good, and a list
of what was destroyed is left for the archive. What was said about a recording stays: who agreed, when it began, how
long it was, the digest of its file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from mediator.casework import erasing
from mediator.casework.desk import Desk
from mediator.casework.erasing import KEYED, Second
from mediator.casework.files_out import file_name, staged_papers
from mediator.casework.guards import known
from mediator.core.calendar import months_later
from mediator.core.dates import BEIJING, chinese_moment
from mediator.core.erasures import ErasureGround
from mediator.core.fact_making import SHUT, closed_on
from mediator.core.recordings import Recording, clock_of
from mediator.core.records import Case, CaseId
from mediator.docs.tables import Row, Sheet
from mediator.docs.tables_out import write_xlsx
from mediator.errors import RefusedByRule

KEPT_MONTHS: Final = 36
TITLE: Final = "录音销毁清单"
HEADER: Final[Row] = ("案号", "案件名称", "第几次调解", "录音开始", "长度", "校验值", "结束日期", "保管到")


@dataclass(frozen=True, slots=True)
class Due:
    """A recording whose keeping is over: the sitting it is of, when the matter ended, until when it had to be kept."""

    case: CaseId
    number: str
    title: str
    sitting: int
    recording: Recording
    ended_on: date
    kept_until: date

    @property
    def begun(self) -> str:
        """Day and hour of its beginning."""
        at = self.recording.begun_at
        return chinese_moment(at.astimezone(BEIJING)) if at else ""

    @property
    def row(self) -> Row:
        """As the list for the archive has it."""
        return (
            self.number, self.title, self.sitting, self.begun, clock_of(self.recording.seconds), self.recording.digest,
            self.ended_on, self.kept_until,
        )  # fmt: skip


def due(desk: Desk) -> tuple[Due, ...]:
    """Recordings that need not be kept any longer, the oldest first; those of a matter still open are never due."""
    held: dict[CaseId, set[str]] = {}
    for key in desk.vault.traces(KEYED):
        if not key.erased:
            held.setdefault(CaseId(key.stream), set()).add(str(key.content()["id"]))
    found = [each for case, keys in held.items() for each in due_of(known(desk, case).case, keys)]
    return tuple(sorted((each for each in found if each.kept_until < desk.today()), key=lambda each: each.kept_until))


def due_of(case: Case, keys: Collection[str]) -> Iterator[Due]:
    """Recordings of a case that has ended, with their last day."""
    ended = ended_on(case)
    if ended is None:
        return
    until = months_later(ended, KEPT_MONTHS)
    for number, hearing in enumerate(case.hearings, start=1):
        for each in hearing.recordings:
            if each.id in keys and each.ended:
                yield Due(case.id, case.number, case.title, number, each, ended, until)


def ended_on(case: Case) -> date | None:
    """The day on which the matter was over: shut, and nothing performed after that; None while it is open."""
    shut = closed_on(case) if case.status in SHUT else None
    return max((shut, *(each.paid_on for each in case.payments if not each.voided))) if shut else None


def destroy(desk: Desk, recordings: Collection[str], *, second: Second, out: Path) -> Path:
    """Destroy these recordings together with a second person; gives the list of them, written before they go.

    Raises RefusedByRule `recording.not_due` when one of them must still be kept, and as `erasing.erase`.
    """
    chosen = [each for each in due(desk) if each.recording.id in recordings]
    if not chosen or len(chosen) < len(set(recordings)):
        raise RefusedByRule("recording.not_due")
    moment = desk.workshop.clock.now().astimezone(BEIJING)
    path = out / file_name(TITLE, f"{moment:%Y-%m-%d %H%M%S}", ending="xlsx")
    with staged_papers(desk, {path: certificate(desk, chosen, second[0])}):
        pairs = [(each.case, each.recording.id) for each in chosen]
        erasing.erase_recordings(desk, pairs, ground=ErasureGround.PERIOD_OVER, second=second)
    return path


def certificate(desk: Desk, chosen: Collection[Due], second: str) -> bytes:
    """销毁清单: what went, on which ground, decided by whom."""
    about: tuple[Row, ...] = (
        ("单位", desk.vault.room.organization), ("销毁日期", desk.today()), ("依据", ErasureGround.PERIOD_OVER.term),
        ("决定人", f"{desk.vault.user.login}、{second}"), ("段数", len(chosen)),
    )  # fmt: skip
    return write_xlsx([Sheet(TITLE, (HEADER, *(each.row for each in chosen))), Sheet("说明", about)])
