"""What a mediator looks at: one case, lists, search, the workbench."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from mediator.casework.desk import Desk
from mediator.core.deadlines import Deadline
from mediator.core.records import CaseId, Hearing, Obligation

if TYPE_CHECKING:
    from mediator.casework.exchange import SyncState
    from mediator.store.rows import CaseRow, Hits, RowQuery
    from mediator.store.vault import Opened


@dataclass(frozen=True, slots=True)
class CaseDeadline:
    """A deadline with its case."""

    case: CaseId
    number: str
    title: str
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class CaseObligation:
    """An open obligation with its case and the day it falls due."""

    case: CaseId
    number: str
    obligation: Obligation
    due_on: date


@dataclass(frozen=True, slots=True)
class CaseHearing:
    """A hearing of today with its case."""

    case: CaseId
    number: str
    title: str
    hearing: Hearing


@dataclass(frozen=True, slots=True)
class Workbench:
    """The first page: what falls due, what is open, when the vault was last exchanged and backed up.

    `undated` counts open cases that no deadline and no obligation will bring up again.
    """

    deadlines: tuple[CaseDeadline, ...]
    obligations_due: tuple[CaseObligation, ...]
    undated: tuple[CaseRow, ...]
    hearings_today: tuple[CaseHearing, ...]
    sync: SyncState
    last_backup: datetime | None
    conflicts: int


def show(desk: Desk, ref: str) -> Opened:
    """Open a case by id, number or alias; leaves an access entry. Raises Unacceptable `case.unknown`."""
    raise NotImplementedError


def reread(desk: Desk, case_id: CaseId) -> Opened:
    """The case again after a change, for a page that has it open already; no access entry."""
    raise NotImplementedError


def rows(desk: Desk, query: RowQuery) -> tuple[CaseRow, ...]:
    """One page of the case list."""
    raise NotImplementedError


def count(desk: Desk, query: RowQuery) -> int:
    """How many cases the query matches."""
    raise NotImplementedError


def search(desk: Desk, text: str, limit: int = 50) -> Hits:
    """Exact substring search, one character is enough; leaves an access entry with a keyed hash of the term."""
    raise NotImplementedError


def workbench(desk: Desk) -> Workbench:
    """What today asks for."""
    raise NotImplementedError
