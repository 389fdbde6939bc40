"""What a mediator looks at: one case, lists, the workbench."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

from mediator.casework.checking import deadlines
from mediator.casework.county import SyncState
from mediator.casework.desk import BEIJING, Desk, day_of
from mediator.casework.drafting import trace
from mediator.casework.exchange import status
from mediator.casework.guards import known
from mediator.casework.opening import last_backup
from mediator.casework.texts import cleaned_text
from mediator.core.codes import CaseStatus
from mediator.core.deadlines import Deadline
from mediator.core.performing import obligations_now
from mediator.core.records import Case, CaseId, Hearing, Obligation
from mediator.core.terms import kind_term
from mediator.errors import RefusedByRule, Unacceptable
from mediator.journal.entry import Entry
from mediator.store import listing, vault

CaseRow = listing.CaseRow
RowQuery = listing.RowQuery
Opened = vault.Opened

OPEN: Final = (
    CaseStatus.REGISTERED, CaseStatus.ACCEPTED, CaseStatus.IN_MEDIATION, CaseStatus.AGREED, CaseStatus.SIGNED,
    CaseStatus.PERFORMING, CaseStatus.BREACHED,
)  # fmt: skip
MEETING: Final = (CaseStatus.ACCEPTED, CaseStatus.IN_MEDIATION, CaseStatus.AGREED)
SHOWN: Final = 40
PAGE: Final = 2000
AHEAD: Final = timedelta(days=14)


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

    `undated` are open cases that no deadline and no obligation will bring up again.
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
    case_id = find(desk, ref)
    opened = known(desk, case_id)
    desk.vault.append([trace(desk, "access.case_opened", case=case_id)])
    return opened


def find(desk: Desk, ref: str) -> CaseId:
    """The id of a case by id, number or alias; raises Unacceptable `case.unknown`."""
    case_id = desk.vault.find_case(ref.strip())
    if case_id is None:
        raise Unacceptable("case.unknown", where=ref[:64])
    return case_id


def reread(desk: Desk, case_id: CaseId) -> Opened:
    """The case again after a change, for a page that has it open already; no access entry."""
    return known(desk, case_id)


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a case's course: when last, what in words, on this desk or another, how often in a row.

    States and names of papers are told, never what was written.
    """

    at: datetime
    deed: str
    here: bool
    times: int = 1


def course(desk: Desk, opened: Opened) -> tuple[Happening, ...]:
    """What happened in a case, newest first; the same deed several times in a row is one line."""
    found: list[Happening] = []
    for entry in reversed(opened.entries):
        told = Happening(moment_at(entry.wall), deed_of(entry), entry.desk == desk.vault.desk)
        if found and (found[-1].deed, found[-1].here) == (told.deed, told.here):
            found[-1] = replace(found[-1], times=found[-1].times + 1)
        else:
            found.append(told)
    return tuple(found)


def deed_of(entry: Entry) -> str:
    """What an entry did: a move names the state it led to, a paper its kind."""
    if entry.kind == "case.moved":
        status = next((each for each in CaseStatus if each.value == entry.content().get("to")), None)
        return f"{kind_term(entry.kind)}：{status.term}" if status else kind_term(entry.kind)
    if entry.kind == "document.issued":
        return f"{kind_term(entry.kind)}：{entry.content().get('title', '')}"
    return kind_term(entry.kind)


def moment_at(wall: int) -> datetime:
    """An entry's time of day in Beijing, for show."""
    return datetime.fromtimestamp(wall / 1000, UTC).astimezone(BEIJING)


def reveal(desk: Desk, case_id: CaseId, reason: str) -> None:
    """Leave a trace before numbers are shown in full; raises RefusedByRule `case.reason` without a reason."""
    if not reason.strip():
        raise RefusedByRule("case.reason", target="显示号码")
    desk.vault.append([trace(desk, "access.revealed", case=case_id, reason=cleaned_text(desk, reason, "reason"))])


def rows(desk: Desk, query: RowQuery) -> tuple[CaseRow, ...]:
    """One page of the case list."""
    return desk.vault.rows(query)


def count(desk: Desk, query: RowQuery) -> int:
    """How many cases the query matches."""
    return desk.vault.count(query)


def in_conflict(desk: Desk) -> tuple[CaseRow, ...]:
    """Cases in which a person must choose between two values, the newest first."""
    found: list[CaseRow] = []
    offset = 0
    while page := rows(desk, RowQuery(offset=offset, limit=PAGE)):
        found += [row for row in page if row.conflicts]
        offset += len(page)
    return tuple(found)


def workbench(desk: Desk) -> Workbench:
    """What today asks for; looks at no more cases than a page can show."""
    today = desk.today()
    due = [row for row in rows(desk, RowQuery(OPEN, order="due", limit=SHOWN)) if row.next_due]
    soon = [row for row in due if row.next_due <= (today + AHEAD).isoformat()]
    cases = [desk.vault.case(row.id).case for row in soon]
    sync = status(desk)
    return Workbench(
        deadlines=tuple(sorted(_deadlines(desk, cases), key=lambda each: each.deadline.due)),
        obligations_due=tuple(sorted(_obligations(cases, today + AHEAD), key=lambda each: each.due_on)),
        undated=_undated(desk),
        hearings_today=tuple(_hearings(desk, today)),
        sync=sync,
        last_backup=last_backup(desk),
        conflicts=sync.conflicts,
    )


def _deadlines(desk: Desk, cases: list[Case]) -> Iterator[CaseDeadline]:
    """All deadlines of these cases."""
    for case in cases:
        for deadline in deadlines(desk, case):
            yield CaseDeadline(case.id, case.number, case.title, deadline)


def _obligations(cases: list[Case], until: date) -> Iterator[CaseObligation]:
    """Open obligations of signed agreements that fall due until a day."""
    for case in cases:
        for each in obligations_now(case) if case.agreement and case.agreement.is_signed else ():
            if each.now.due_on and each.now.due_on <= until and not each.done:
                yield CaseObligation(case.id, case.number, each.now, each.now.due_on)


def _undated(desk: Desk) -> tuple[CaseRow, ...]:
    """The last open cases in order of due day: those without any stand at the end."""
    total = count(desk, RowQuery(OPEN))
    last = rows(desk, RowQuery(OPEN, order="due", offset=max(total - SHOWN, 0), limit=SHOWN))
    return tuple(row for row in last if not row.next_due)


def _hearings(desk: Desk, today: date) -> Iterator[CaseHearing]:
    """Sittings of today among the cases that are being mediated and were touched last."""
    for row in rows(desk, RowQuery(MEETING, limit=SHOWN)):
        for hearing in desk.vault.case(row.id).case.hearings:
            if hearing.held_at and day_of(hearing.held_at) == today:
                yield CaseHearing(row.id, row.number, row.title, hearing)
