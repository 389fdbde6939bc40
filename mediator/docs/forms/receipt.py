"""收条 (履行凭证): what was paid or handed over, in figures and words, and what is still open."""

from __future__ import annotations

from itertools import chain

from mediator.core.dates import chinese_date
from mediator.core.money import Fen, printed
from mediator.core.performing import Owed, owed_now
from mediator.core.records import Case, Obligation, Payment
from mediator.docs.facts import PaperFacts
from mediator.docs.forms.parts import BY_HAND
from mediator.docs.model import Block, Document, Place, Run, Signatures, labelled, text

TITLE = "收条"
NEEDS = ("agreement.obligations", "payments")


def compose(case: Case, facts: PaperFacts) -> Document:
    """The receipt of the chosen obligation."""
    obligation = chosen(case, facts)
    latest = newest(case, obligation)
    blocks = open_form() if facts.blank else [*sentence(case, obligation, latest), *rest_of(case, obligation)]
    payee, payer = (obligation.payee, obligation.payer) if obligation else ("", "")
    takes, gives = ("接受人", "履行人") if in_kind(obligation) else ("收款人", "付款人")
    day = chinese_date(latest.paid_on) if latest else ""
    blocks.append(Signatures((Place(takes, payee, BY_HAND), Place(gives, payer, BY_HAND)), day=day))
    return Document("receipt", TITLE, "", facts.number, tuple(blocks), draft=facts.draft)


def chosen(case: Case, facts: PaperFacts) -> Obligation | None:
    """The obligation the receipt is about: the one that was asked for, else the first that was paid, else the first."""
    asked = (each for each in case.obligations if each.id == facts.obligation)
    paid = (each for each in case.obligations if newest(case, each))
    return next(chain(asked, paid, case.obligations), None)


def in_kind(obligation: Obligation | None) -> bool:
    """True for goods or an act: nobody pays or is paid."""
    return obligation is not None and obligation.amount is None


def newest(case: Case, obligation: Obligation | None) -> Payment | None:
    """The last payment on it that counts."""
    found = [p for p in case.payments if obligation and p.obligation == obligation.id and not p.voided]
    return found[-1] if found else None


def received(obligation: Obligation | None, payment: Payment | None) -> str:
    """What was received: goods, or the sum that was paid, else the one that is owed."""
    if obligation and in_kind(obligation):
        return obligation.goods
    amount = payment.amount if payment else obligation.amount if obligation else None
    return printed(amount) if amount is not None else ""


def manner(obligation: Obligation | None, payment: Payment | None) -> str:
    """How it was paid, as noted with the payment, else as agreed."""
    return (payment.method if payment else "") or (obligation.method if obligation else "")


def open_form() -> list[Block]:
    """A receipt of money for the pen: gaps for the sum in figures and in words, the manner and what is left."""
    gaps = (Run(blank=8), "元（大写：", Run(blank=12), "）")
    return [
        text("今收到", Run(blank=8), "依据“", Run(blank=8), "”调解协议履行的人民币", *gaps, "。"),
        labelled("履行方式", ""),
        text("该笔款项尚余人民币", *gaps, "未付。"),
    ]


def sentence(case: Case, obligation: Obligation | None, payment: Payment | None) -> list[Block]:
    """What was received, from whom, how."""
    payer = (obligation.payer if obligation else "") or Run(blank=8)
    title, what = case.title or Run(blank=8), received(obligation, payment)
    if in_kind(obligation):
        done = what or Run(blank=12)
        words = text("依据“", title, "”调解协议应由", payer, "履行的下列事项已经履行，接受人予以确认：", done, "。")
    else:
        words = text("今收到", payer, "依据“", title, "”调解协议履行的", what or Run(blank=16), "。")
    method = manner(obligation, payment)
    return [words, labelled("履行方式", method)] if method else [words]


def rest_of(case: Case, obligation: Obligation | None) -> list[Block]:
    """What is still open of a sum of money."""
    if obligation is None or obligation.amount is None:
        return []
    owed = owed_now(case, obligation.id)
    return [text(told_rest(owed))] if owed else []


def told_rest(owed: Owed) -> str:
    """A sentence on the rest; a receipt that is written before the payment is entered is for the whole of it."""
    if owed.waived and not owed.met:
        return "该笔款项的余额已按补充协议免除。"
    left = owed.open if owed.payments else Fen(0)
    return f"该笔款项尚余{printed(left)}未付。" if left else "该笔款项已全部付清。"
