"""After the agreement: payments, visits."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Final

from mediator.casework.desk import Desk
from mediator.casework.drafting import filled, pen_for, plain
from mediator.casework.guards import writable
from mediator.casework.intake import moved
from mediator.casework.texts import cleaned, cleaned_text
from mediator.core.codes import CaseStatus
from mediator.core.course import AmendmentId
from mediator.core.life import may_move
from mediator.core.money import Fen
from mediator.core.performing import SUPPLEMENT, obligations_now
from mediator.core.records import Agreement, Case, CaseId, ObligationId, Payment, PaymentId
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


@dataclass(frozen=True, slots=True)
class AmendmentForm:
    """What a later signed paper says of one obligation; `paper` is the number or id of the 补充协议."""

    obligation: ObligationId
    on: date
    paper: str
    amount: Fen | None = None
    due_on: date | None = None
    waived: bool = False
    note: str = ""


def record_payment(
    desk: Desk,
    case_id: CaseId,
    obligation: ObligationId,
    *,
    amount: Fen,
    paid_on: date,
    method: str = "",
    note: str = "",
    goods: str = "",
) -> PaymentId:
    """Money that was paid, or `goods` given in its place; the case moves to `performing` or, all done, `performed`.

    Goods are recorded with the sum they were taken for, 0 where goods were owed. Raises Unacceptable
    `obligation.unknown`, `payment.amount`, RefusedByRule `payment.day` for a day that is yet to come.
    """
    opened = writable(desk, case_id)
    agreement = require_obligation(opened.case, obligation)
    if amount < 0:
        raise Unacceptable("payment.amount")
    if paid_on > desk.today():
        raise RefusedByRule("payment.day")
    said = {"method": method, "note": note, "goods": goods}
    words = filled({name: cleaned_text(desk, text, name) for name, text in said.items()})
    fields = {"obligation": obligation, "amount": amount, "paid_on": plain(paid_on)}
    pen, payment = pen_for(desk, case_id, opened.seen), PaymentId(desk.fresh_id())
    then = replace(opened.case, payments=(*opened.case.payments, Payment(payment, obligation, amount, paid_on)))
    moves = moved(pen, opened.case.status, *way_after(then)) if agreement.is_signed else []
    desk.vault.append([pen.write("payment.recorded", id=payment, fields={**fields, **words}), *moves])
    return payment


def require_obligation(case: Case, obligation: ObligationId) -> Agreement:
    """The agreement that has this obligation; raises Unacceptable `obligation.unknown`."""
    agreement = case.agreement
    if agreement is None or not any(each.id == obligation for each in agreement.obligations):
        raise Unacceptable("obligation.unknown")
    return agreement


def way_after(case: Case) -> tuple[CaseStatus, ...]:
    """Where a case goes when this much is paid, changed and let go (L07)."""
    if all(each.done for each in obligations_now(case)):
        return (CaseStatus.PERFORMED,) if may_move(case.status, CaseStatus.PERFORMED, case.kind) else ()
    return (CaseStatus.PERFORMING,) if case.status in PERFORMING_FROM else ()


def amend(desk: Desk, case_id: CaseId, form: AmendmentForm) -> AmendmentId:
    """What a later signed paper changes of an obligation: its sum, its day, or that it is let go; the rest stays.

    Raises Unacceptable `obligation.unknown`, RefusedByRule `amendment.unsigned`, `amendment.paper` for a paper that is
    no supplement issued in this case, `amendment.day`, `amendment.nothing`.
    """
    opened, clean = writable(desk, case_id), cleaned(desk, form)
    agreement = require_obligation(opened.case, clean.obligation)
    refuse_amendment(desk, agreement, clean)
    paper = next((p.id for p in opened.case.papers if p.kind == SUPPLEMENT and clean.paper in (p.id, p.number)), None)
    if paper is None:
        raise RefusedByRule("amendment.paper", rule="L05")
    pen, key = pen_for(desk, case_id, opened.seen), AmendmentId(desk.fresh_id())
    fields = filled(asdict(replace(clean, paper=paper)))
    desk.vault.append([pen.write("amendment.recorded", id=key, fields=fields)])
    return key


def refuse_amendment(desk: Desk, agreement: Agreement, form: AmendmentForm) -> None:
    """Only what is signed is amended, on a day after it, and by something."""
    if not agreement.is_signed:
        raise RefusedByRule("amendment.unsigned", rule="L05")
    if form.on > desk.today() or (agreement.signed_on and form.on < agreement.signed_on):
        raise RefusedByRule("amendment.day")
    if not (form.amount or form.due_on or form.waived):
        raise RefusedByRule("amendment.nothing")


def void_amendment(desk: Desk, case_id: CaseId, amendment: AmendmentId, *, reason: str) -> Changes:
    """A change that was entered by mistake: kept, no longer counted. Raises Unacceptable `amendment.unknown`."""
    opened, why = writable(desk, case_id), cleaned_text(desk, reason, "reason")
    if not why.strip():
        raise RefusedByRule("amendment.reason")
    if all(each.id != amendment for each in opened.case.course.amendments):
        raise Unacceptable("amendment.unknown")
    pen = pen_for(desk, case_id, opened.seen)
    return desk.vault.append([pen.write("amendment.voided", id=amendment, reason=why)])


def void_payment(desk: Desk, case_id: CaseId, payment: PaymentId, *, reason: str) -> Changes:
    """A payment that was entered by mistake: kept, no longer counted. A reason must be given.

    A case that it had made `performed` is back at `performing` while something is owed.
    """
    opened = writable(desk, case_id)
    why = cleaned_text(desk, reason, "reason")
    if not why.strip():
        raise RefusedByRule("payment.reason")
    if not any(each.id == payment and not each.voided for each in opened.case.payments):
        raise Unacceptable("payment.unknown")
    pen, status = pen_for(desk, case_id, opened.seen), opened.case.status
    kept = tuple(replace(each, voided=each.voided or each.id == payment) for each in opened.case.payments)
    owing = not all(each.done for each in obligations_now(replace(opened.case, payments=kept)))
    back = [CaseStatus.PERFORMING] if owing and status is CaseStatus.PERFORMED else []
    return desk.vault.append([pen.write("payment.voided", id=payment, reason=why), *moved(pen, status, *back)])


def record_follow_up(desk: Desk, case_id: CaseId, form: FollowUpForm) -> Changes:
    """A visit; a signed, performing or performed case moves to `followed_up` (L08).

    Raises RefusedByRule `follow_up.day` for a day that is yet to come.
    """
    opened = writable(desk, case_id)
    if form.visited_on > desk.today():
        raise RefusedByRule("follow_up.day")
    pen, status = pen_for(desk, case_id, opened.seen), opened.case.status
    visit = pen.write("follow_up.recorded", id=desk.fresh_id(), fields=filled(asdict(cleaned(desk, form))))
    on = may_move(status, CaseStatus.FOLLOWED_UP, opened.case.kind)
    moves = moved(pen, status, CaseStatus.FOLLOWED_UP) if on else []
    return desk.vault.append([visit, *moves])
