"""What a mediator looks at: one case and lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from mediator.casework.desk import BEIJING, Desk
from mediator.casework.drafting import trace
from mediator.casework.guards import known
from mediator.casework.texts import cleaned_text
from mediator.core.codes import CaseStatus, Code, LinkReason, OrderSort, PeriodStep, Reception, SatisfiedWith
from mediator.core.events import EventWord
from mediator.core.records import CaseId
from mediator.core.reviewing import ReviewStep
from mediator.core.terms import kind_term
from mediator.errors import RefusedByRule, Unacceptable
from mediator.journal.transcripts import facts_in
from mediator.store import listing, vault

CaseRow = listing.CaseRow
RowQuery = listing.RowQuery
Opened = vault.Opened

MEETING: Final = (CaseStatus.ACCEPTED, CaseStatus.IN_MEDIATION, CaseStatus.AGREED)
PAGE: Final = 2000


def terms_of(*codes: type[Code]) -> dict[str, str]:
    """The words of code lists by their values."""
    return {member.value: member.term for each in codes for member in each}


# Which field of an entry names what was done, and in which words.
NAMED: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "case.moved": ("to", terms_of(CaseStatus)), "event.recorded": ("event", terms_of(EventWord, ReviewStep, Reception)),
    "period.changed": ("step", terms_of(PeriodStep)), "supervision.raised": ("sort", terms_of(OrderSort)),
    "supervision.issued": ("sort", terms_of(OrderSort)), "link.added": ("reason", terms_of(LinkReason)),
    "satisfaction.recorded": ("about", terms_of(SatisfiedWith)),
}  # fmt: skip
PRIVATE_NOTE: Final = "note.private"


def show(desk: Desk, ref: str) -> Opened:
    """Open a case by id, number or alias; leaves an access entry. Raises Unacceptable `case.unknown`."""
    return seen_by(desk, known(desk, find(desk, ref)))


def seen_by(desk: Desk, opened: Opened, reason: str = "") -> Opened:
    """The case, once the trace of opening it is durable."""
    why = cleaned_text(desk, reason, "reason").strip()
    desk.vault.append([trace(desk, "access.case_opened", case=opened.case.id, reason=why or None)])
    return opened


def look_in(desk: Desk, case_id: CaseId, reason: str = "") -> Opened:
    """Open a case on the screen. Whose work it is not says why first: RefusedByRule `case.others` (T05)."""
    opened = known(desk, case_id)
    if not reason.strip() and not is_own(desk, opened):
        raise RefusedByRule("case.others")
    desk.explained.add(case_id)
    return seen_by(desk, opened, reason)


def work_on(desk: Desk, case_id: CaseId) -> Opened:
    """A case for a page that works on it. Another's must have been opened with a reason before: `case.others` (T05)."""
    opened = known(desk, case_id)
    if case_id not in desk.explained and not is_own(desk, opened):
        raise RefusedByRule("case.others", case=case_id)
    return opened


def is_own(desk: Desk, opened: Opened) -> bool:
    """Whether who sits here wrote in this case, or sat in one of its hearings."""
    user = desk.vault.user
    sat = (name for each in opened.case.hearings for name in (*each.mediators, each.recorder))
    return any(entry.user == user.id for entry in opened.entries) or user.name in sat


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
    mine = desk.vault.user.id
    seen = [each for each in opened.entries if each.kind != PRIVATE_NOTE or each.user == mine]
    for entry, fact in reversed([(each, fact) for each in seen for fact in facts_in(each)]):
        told = Happening(moment_at(entry.wall), deed_of(*fact), entry.desk == desk.vault.desk)
        if found and (found[-1].deed, found[-1].here) == (told.deed, told.here):
            found[-1] = replace(found[-1], times=found[-1].times + 1)
        else:
            found.append(told)
    return tuple(found)


def deed_of(kind: str, body: Mapping[str, object]) -> str:
    """What a fact tells: a move names the state it led to, an event what happened, a paper its kind."""
    field, terms = NAMED.get(kind, ("title", {}))
    inside = body.get("fields")
    value = str((inside if isinstance(inside, Mapping) else body).get(field, ""))
    told = value if kind == "document.issued" else terms.get(value, "")
    return f"{kind_term(kind)}：{told}" if told else kind_term(kind)


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
