"""The agreement: clauses, who owes what to whom by when, and the signing that freezes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mediator.casework.desk import Desk
from mediator.casework.intake import Seen
from mediator.core.money import Fen
from mediator.core.records import CaseId, ClauseId, ObligationId, PartyId

if TYPE_CHECKING:
    from mediator.store.changes import Changes


@dataclass(frozen=True, slots=True)
class ObligationForm:
    """One obligation as typed; `payer_party` and `payee_party` fill the names when these are empty."""

    payer: str = ""
    payee: str = ""
    amount: Fen | None = None
    due_on: date | None = None
    due_as_given: str = ""
    method: str = ""
    part_of_total: bool = False
    goods: str = ""
    note: str = ""
    payer_party: PartyId | None = None
    payee_party: PartyId | None = None


@dataclass(frozen=True, slots=True)
class Instalments:
    """A total in equal parts on given days; the last part takes the rest of the division."""

    total: Fen
    due_on: Sequence[date]


def save_agreement(desk: Desk, case_id: CaseId, seen: Seen, fields: Mapping[str, object]) -> Changes:
    """Write form, place, signed_on, disputed_points, responsibility, copies."""
    raise NotImplementedError


def add_clause(desk: Desk, case_id: CaseId, seen: Seen, *, text: str, no: str = "") -> ClauseId:
    """A further clause at the end."""
    raise NotImplementedError


def save_clause(desk: Desk, case_id: CaseId, seen: Seen, *, clause: ClauseId, text: str, no: str = "") -> Changes:
    """New text of a clause."""
    raise NotImplementedError


def remove_clause(desk: Desk, case_id: CaseId, seen: Seen, *, clause: ClauseId) -> Changes:
    """Take a clause out of the draft."""
    raise NotImplementedError


def order_clauses(desk: Desk, case_id: CaseId, seen: Seen, *, order: Sequence[ClauseId]) -> Changes:
    """The order of all clauses, which is one field."""
    raise NotImplementedError


def add_obligation(desk: Desk, case_id: CaseId, seen: Seen, form: ObligationForm) -> ObligationId:
    """A further obligation."""
    raise NotImplementedError


def save_obligation(
    desk: Desk, case_id: CaseId, seen: Seen, *, obligation: ObligationId, fields: Mapping[str, object]
) -> Changes:
    """Write fields of an obligation."""
    raise NotImplementedError


def remove_obligation(desk: Desk, case_id: CaseId, seen: Seen, *, obligation: ObligationId) -> Changes:
    """Take an obligation out of the draft."""
    raise NotImplementedError


def split_instalments(
    desk: Desk, case_id: CaseId, seen: Seen, *, form: ObligationForm, plan: Instalments
) -> tuple[ObligationId, ...]:
    """One obligation for each day of the plan, adding up to the total to the fen."""
    raise NotImplementedError


def sign(desk: Desk, case_id: CaseId, signed_on: date) -> Changes:
    """Freeze the agreement and move the case on; raises RefusedByRule `agreement.findings` when a rule blocks."""
    raise NotImplementedError
