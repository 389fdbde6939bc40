"""Intake: a case is opened, its parties are named, it moves through its life (rules L01-L11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from mediator.casework.desk import Desk
from mediator.core.codes import CaseKind, CaseStatus, Category, IdType, PartyKind, Scope, Sex, Side
from mediator.core.records import CaseId, PartyId
from mediator.journal.entry import Marks

if TYPE_CHECKING:
    from mediator.store.changes import Changes

Seen = Marks


@dataclass(frozen=True, slots=True)
class CaseForm:
    """What the registration form holds; `organization` empty means the room's own."""

    title: str
    dispute_type: str
    facts: str = ""
    kind: CaseKind = CaseKind.PEOPLE_MEDIATION
    requests: str = ""
    origin: str = ""
    category: Category | None = None
    organization: str = ""
    accepted_on: date | None = None
    dates: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PartyForm:
    """One party as typed; `ref` empty means the next free short name (p1, p2, ...)."""

    side: Side
    name: str
    kind: PartyKind = PartyKind.PERSON
    ref: str = ""
    role_as_given: str = ""
    sex: Sex | None = None
    birth_date: date | None = None
    ethnicity: str = ""
    id_type: IdType | None = None
    id_number: str = ""
    legal_representative: str = ""
    occupation: str = ""
    phone: str = ""
    address: str = ""
    note: str = ""
    acts_for: PartyId | None = None
    authorization: Scope | None = None


def open_case(desk: Desk, form: CaseForm) -> CaseId:
    """Register a case and give it its number."""
    raise NotImplementedError


def save_case(desk: Desk, case_id: CaseId, seen: Seen, fields: Mapping[str, object]) -> Changes:
    """Write fields of the case, named as in `core.records.Case`; `seen` are the marks of what the form showed."""
    raise NotImplementedError


def add_party(desk: Desk, case_id: CaseId, seen: Seen, form: PartyForm) -> PartyId:
    """Add a party; raises RefusedByRule `case.read_only` once archived."""
    raise NotImplementedError


def save_party(desk: Desk, case_id: CaseId, party_id: PartyId, seen: Seen, fields: Mapping[str, object]) -> Changes:
    """Write fields of a party."""
    raise NotImplementedError


def remove_party(desk: Desk, case_id: CaseId, party_id: PartyId, seen: Seen, *, reason: str = "") -> Changes:
    """The party leaves the case; what was recorded stays."""
    raise NotImplementedError


def move(desk: Desk, case_id: CaseId, to: CaseStatus, reason: str = "") -> Changes:
    """Move the case; raises RefusedByRule `case.move` with the two states when L01-L11 forbid it."""
    raise NotImplementedError


def accept(desk: Desk, case_id: CaseId, accepted_on: date | None = None) -> Changes:
    """Accept the case on this day (today when left out), L02."""
    raise NotImplementedError
