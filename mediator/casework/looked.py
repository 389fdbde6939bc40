"""Who looked at a case, saw its numbers, heard or took out its recordings, as far as this computer holds traces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mediator.casework import opening
from mediator.casework.desk import Desk
from mediator.casework.reading import moment_at
from mediator.core.records import CaseId

SHOWN: Final = 200
DEEDS: Final = {
    "access.case_opened": "opened", "access.revealed": "saw_numbers", "access.recording_heard": "heard_sound",
    "access.recording_exported": "took_sound",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """One look: when, by whom, what it was (a value of `DEEDS`), and the reason that was given for it."""

    at: datetime
    user: str
    deed: str
    reason: str = ""


def who_looked(desk: Desk, case_id: CaseId) -> tuple[Look, ...]:
    """The newest two hundred, newest first."""
    names = {each.id: each.name for each in opening.users(desk)}
    found = [entry for kind in DEEDS for entry in desk.vault.traces(kind) if entry.content().get("case") == case_id]
    found.sort(key=lambda each: each.wall, reverse=True)
    return tuple(
        Look(
            moment_at(each.wall), names.get(each.user or "", ""), DEEDS[each.kind],
            str(each.content().get("reason") or ""),
        )
        for each in found[:SHOWN]
    )  # fmt: skip
