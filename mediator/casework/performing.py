"""After the agreement: payments, visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mediator.casework.desk import Desk
from mediator.core.money import Fen
from mediator.core.records import CaseId, ObligationId, PaymentId

if TYPE_CHECKING:
    from mediator.store.changes import Changes


@dataclass(frozen=True, slots=True)
class FollowUpForm:
    """A visit after the agreement (回访)."""

    visited_on: date
    visitor: str = ""
    visited: str = ""
    situation: str = ""
    satisfaction: str = ""


def record_payment(
    desk: Desk,
    case_id: CaseId,
    obligation: ObligationId,
    *,
    amount: Fen,
    paid_on: date,
    method: str = "",
    note: str = "",
) -> PaymentId:
    """Money that was paid on an obligation."""
    raise NotImplementedError


def void_payment(desk: Desk, case_id: CaseId, payment: PaymentId, *, reason: str) -> Changes:
    """A payment that was entered by mistake: kept, no longer counted."""
    raise NotImplementedError


def record_follow_up(desk: Desk, case_id: CaseId, form: FollowUpForm) -> Changes:
    """A visit; a performed or signed case moves to `followed_up` (L08)."""
    raise NotImplementedError
