"""After the agreement: payments, visits."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from mediator.casework.desk import Desk
from mediator.casework.drafting import filled, pen_for, plain
from mediator.casework.guards import writable
from mediator.casework.intake import moved
from mediator.casework.texts import cleaned, cleaned_text
from mediator.core.codes import CaseStatus
from mediator.core.life import may_move
from mediator.core.money import Fen
from mediator.core.records import Case, CaseId, ObligationId, PaymentId
from mediator.errors import RefusedByRule, Unacceptable
from mediator.store.appending import Changes

PERFORMING_FROM: Final = frozenset({CaseStatus.SIGNED, CaseStatus.BREACHED})


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
    """Money that was paid on an obligation; the case moves to `performing` or, all paid, to `performed` (L07).

    Goods are recorded with amount 0. Raises Unacceptable `obligation.unknown`, `payment.amount`.
    """
    opened = writable(desk, case_id)
    agreement = opened.case.agreement
    if agreement is None or not any(each.id == obligation for each in agreement.obligations):
        raise Unacceptable("obligation.unknown")
    if amount < 0:
        raise Unacceptable("payment.amount")
    fields = {"obligation": obligation, "amount": amount, "paid_on": plain(paid_on)}
    words = filled({"method": cleaned_text(desk, method, "method"), "note": cleaned_text(desk, note, "note")})
    pen, payment = pen_for(desk, case_id, opened.seen), PaymentId(desk.fresh_id())
    paid = {**paid_by_obligation(opened.case)}
    paid[obligation] = paid.get(obligation, 0) + amount
    status = opened.case.status
    moves = moved(pen, status, *way_after_payment(opened.case, paid)) if agreement.is_signed else []
    desk.vault.append([pen.write("payment.recorded", id=payment, fields={**fields, **words}), *moves])
    return payment


def paid_by_obligation(case: Case) -> dict[ObligationId, int]:
    """Fen that counted payments make for each obligation."""
    paid: dict[ObligationId, int] = {}
    for payment in case.payments:
        if not payment.voided:
            paid[payment.obligation] = paid.get(payment.obligation, 0) + payment.amount
    return paid


def way_after_payment(case: Case, paid: dict[ObligationId, int]) -> tuple[CaseStatus, ...]:
    """Where a case goes when these sums are paid."""
    if all_paid(case, paid):
        return (CaseStatus.PERFORMED,) if may_move(case.status, CaseStatus.PERFORMED, case.kind) else ()
    return (CaseStatus.PERFORMING,) if case.status in PERFORMING_FROM else ()


def all_paid(case: Case, paid: dict[ObligationId, int]) -> bool:
    """True when something counts on every obligation and each sum is reached; goods reach theirs with any record."""
    obligations = case.agreement.obligations if case.agreement else ()
    return all(each.id in paid and paid[each.id] >= (each.amount or 0) for each in obligations)


def void_payment(desk: Desk, case_id: CaseId, payment: PaymentId, *, reason: str) -> Changes:
    """A payment that was entered by mistake: kept, no longer counted. A reason must be given."""
    opened = writable(desk, case_id)
    why = cleaned_text(desk, reason, "reason")
    if not why.strip():
        raise RefusedByRule("payment.reason")
    if not any(each.id == payment and not each.voided for each in opened.case.payments):
        raise Unacceptable("payment.unknown")
    return desk.vault.append([pen_for(desk, case_id, opened.seen).write("payment.voided", id=payment, reason=why)])


def record_follow_up(desk: Desk, case_id: CaseId, form: FollowUpForm) -> Changes:
    """A visit; a signed, performing or performed case moves to `followed_up` (L08)."""
    opened = writable(desk, case_id)
    pen, status = pen_for(desk, case_id, opened.seen), opened.case.status
    visit = pen.write("follow_up.recorded", id=desk.fresh_id(), fields=filled(asdict(cleaned(desk, form))))
    on = may_move(status, CaseStatus.FOLLOWED_UP, opened.case.kind)
    moves = moved(pen, status, CaseStatus.FOLLOWED_UP) if on else []
    return desk.vault.append([visit, *moves])
