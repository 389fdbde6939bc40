"""Recordings that the county keeps may leave this computer, and come back when somebody asks (sync-design 10).

Only sound, only of closed cases, only what a receipt has named as whole for ninety days and what a verified backup of
this room holds too. The entry and the list of pieces stay, so what comes back is proved to be the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from mediator.casework.desk import BEIJING, Desk
from mediator.casework.drafting import trace
from mediator.casework.guards import known
from mediator.casework.opening import last_backup
from mediator.core.codes import CaseStatus
from mediator.core.recordings import Recording
from mediator.core.records import CaseId
from mediator.errors import Unacceptable
from mediator.store.blobs import Named
from mediator.store.tapes import tape_path

KEPT_HERE: Final = timedelta(days=90)
OVER: Final = frozenset({CaseStatus.CLOSED, CaseStatus.ARCHIVED})


class Place(Enum):
    """Where a recording or a scan is, as seen from this computer."""

    HERE = "here"
    COMING = "coming"
    COUNTY = "county"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Thinnable:
    """A recording that may leave this computer, with the bytes that this frees."""

    case: CaseId
    recording: Recording
    size: int


def place_of(desk: Desk, ref: str) -> Place:
    """Where a recording (by its id) or a scan (by its hash) is; AWAY is a file that nobody sent to the county yet."""
    named = desk.vault.pieces.named(ref)
    if tape_path(desk.vault.folder, ref).is_file() or desk.vault.holds_paper(ref):
        return Place.HERE
    if named is None:
        return Place.AWAY
    if named.asked:
        return Place.COMING
    return Place.COUNTY if named.safe or named.desk != desk.vault.desk else Place.AWAY


def ask_back(desk: Desk, case_id: CaseId, ref: str) -> Place:
    """Let the next exchange bring a file of this case: a recording by its id, a scan by its own id or its hash.

    Raises Unacceptable `recall.unknown` for what no entry of the case speaks of, or was made before files travelled.
    """
    case = known(desk, case_id).case
    scans = {str(each.id): each.sha256 for each in case.evidence}
    recordings = {each.id for hearing in case.hearings for each in hearing.recordings}
    name = scans.get(ref, ref)
    if name not in recordings | set(scans.values()) or not desk.vault.pieces.ask_back(name):
        raise Unacceptable("recall.unknown", where=ref[:64])
    return place_of(desk, name)


def thinnable(desk: Desk) -> tuple[Thinnable, ...]:
    """Recordings that may leave this computer now."""
    backup = last_backup(desk)
    before = desk.workshop.clock.now() - KEPT_HERE
    rows = desk.vault.pieces.sound_safe_since(milliseconds_of(before)) if backup else ()
    return tuple(each for row in rows for each in may_go(desk, row, backup or before))


def may_go(desk: Desk, row: Named, backup: datetime) -> Iterator[Thinnable]:
    """The recording of a row, if its case is closed and the backup is younger than it."""
    case_id = CaseId(row.stream)
    case = known(desk, case_id).case
    for recording in (each for hearing in case.hearings for each in hearing.recordings if each.id == row.ref):
        if case.status in OVER and recording.ended_at and recording.ended_at < backup:
            yield Thinnable(case_id, recording, row.size)


def thin(desk: Desk) -> tuple[Thinnable, ...]:
    """Let them go, each with a trace; what a kill interrupts is gone on with the next time."""
    gone = thinnable(desk)
    for each in gone:
        desk.vault.append([trace(desk, "audit.recording_thinned", case=each.case, recording=each.recording.id)])
        desk.vault.pieces.let_go(each.recording.id)
    return gone


def milliseconds_of(at: datetime) -> int:
    """A moment as ms UTC."""
    return int(at.astimezone(BEIJING).timestamp() * 1000)
