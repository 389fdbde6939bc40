"""Who looked at a case: the traces of opening it and of showing its numbers, as far as this computer holds them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mediator.casework import opening
from mediator.casework.desk import Desk
from mediator.casework.reading import moment_at
from mediator.core.records import CaseId

SHOWN: Final = 200
KINDS: Final = ("access.case_opened", "access.revealed")


@dataclass(frozen=True, slots=True)
class Look:
    """One look: when, by whom, whether numbers were shown, and the reason that was given for it."""

    at: datetime
    user: str
    revealed: bool
    reason: str = ""


def who_looked(desk: Desk, case_id: CaseId) -> tuple[Look, ...]:
    """The newest two hundred, newest first."""
    names = {each.id: each.name for each in opening.users(desk)}
    found = [entry for kind in KINDS for entry in desk.vault.traces(kind) if entry.content().get("case") == case_id]
    found.sort(key=lambda each: each.wall, reverse=True)
    return tuple(
        Look(
            moment_at(each.wall), names.get(each.user or "", ""), each.kind == KINDS[1],
            str(each.content().get("reason") or ""),
        )
        for each in found[:SHOWN]
    )  # fmt: skip
