"""Private notes of a mediator (F38): they stay on this machine, and only their author reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mediator.casework.desk import Desk
from mediator.casework.drafting import pen_for
from mediator.casework.guards import known, writable
from mediator.casework.reading import PRIVATE_NOTE, moment_at
from mediator.casework.texts import cleaned_text
from mediator.core.records import CaseId
from mediator.errors import Unacceptable
from mediator.store.appending import Changes


@dataclass(frozen=True, slots=True)
class PrivateNote:
    """What somebody wrote for himself, and when."""

    text: str
    at: datetime


def add_note(desk: Desk, case_id: CaseId, text: str) -> Changes:
    """Keep a note for oneself; it is in no record, on no paper and leaves with no exchange. Raises `note.empty`."""
    words = cleaned_text(desk, text, "text").strip()
    if not words:
        raise Unacceptable("note.empty")
    opened = writable(desk, case_id)
    return desk.vault.append([pen_for(desk, case_id, opened.seen).write(PRIVATE_NOTE, text=words)])


def notes_of(desk: Desk, case_id: CaseId) -> tuple[PrivateNote, ...]:
    """One's own notes in a case, oldest first; other users' are nobody else's business."""
    mine = desk.vault.user.id
    found = (each for each in known(desk, case_id).entries if each.kind == PRIVATE_NOTE and mine and each.user == mine)
    return tuple(PrivateNote(str(each.content().get("text", "")), moment_at(each.wall)) for each in found)
