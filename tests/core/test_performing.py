"""What is owed today: signed sums, later signed papers, payments; nothing changes but what a paper says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.calendar import shipped_calendar
from mediator.core.codes import CaseKind, Standing
from mediator.core.course import Amendment, AmendmentId, Course
from mediator.core.money import Fen
from mediator.core.performing import SUPPLEMENT, obligations_now, owed_now, standing_of
from mediator.core.records import (
    Agreement,
    Case,
    CaseId,
    DocumentId,
    IssuedPaper,
    Obligation,
    ObligationId,
    Payment,
    PaymentId,
)

CALENDAR = shipped_calendar()
SIGNED = date(2026, 3, 5)
KEYS = [ObligationId(f"{n:032x}") for n in range(1, 4)]
PAPER = IssuedPaper(DocumentId("dd" * 16), SUPPLEMENT, "协1-补1", "补充协议", (), 1)


def owe(key: ObligationId = KEYS[0], amount: int | None = 1000, due: date | None = date(2026, 5, 6)) -> Obligation:
    return Obligation(key, "甲", "乙", None if amount is None else Fen(amount), due_on=due, method="转账", note="首期")


def paid(amount: int, key: ObligationId = KEYS[0], **members: Any) -> Payment:
    return replace(Payment(PaymentId("0f" * 16), key, Fen(amount), SIGNED), **members)


def change(key: ObligationId = KEYS[0], on: date = date(2026, 4, 1), **members: Any) -> Amendment:
    return replace(Amendment(AmendmentId("0a" * 16), key, on, paper=PAPER.id), **members)


def a_case(*obligations: Obligation, paid: tuple[Payment, ...] = (), by: tuple[Amendment, ...] = ()) -> Case:
    agreement = Agreement(obligations=obligations or (owe(),), signed_on=SIGNED, digest="ab" * 32)
    case = Case(CaseId("ab" * 16), CaseKind.PEOPLE_MEDIATION, "借款", "contract", agreement=agreement)
    return replace(case, payments=paid, course=Course(amendments=by), papers=(PAPER,))


def standing(case: Case, today: date) -> Standing:
    (owed,) = obligations_now(case)
    return standing_of(owed, today=today, calendar=CALENDAR)


EARLY, DUE, LATER = date(2026, 4, 1), date(2026, 5, 6), date(2026, 5, 7)


@pytest.mark.parametrize(
    ("case", "today", "wanted"),
    [
        (a_case(), EARLY, Standing.OPEN),
        (a_case(), DUE, Standing.OPEN),
        (a_case(), LATER, Standing.LATE),
        (a_case(owe(due=None)), LATER, Standing.OPEN),
        # 1 May 2026 opens a holiday that ends on the 5th: due on 1 May is due on the 6th
        (a_case(owe(due=date(2026, 5, 1))), DUE, Standing.OPEN),
        (a_case(paid=(paid(400),)), DUE, Standing.PART_PAID),
        (a_case(paid=(paid(400),)), LATER, Standing.LATE),
        (a_case(paid=(paid(400), paid(600))), LATER, Standing.PAID),
        (a_case(paid=(paid(1000, voided=True),)), LATER, Standing.LATE),
        (a_case(paid=(paid(1000, KEYS[1]),)), DUE, Standing.OPEN),
        (a_case(owe(amount=None)), LATER, Standing.LATE),
        (a_case(owe(amount=None), paid=(paid(0, goods="稻谷"),)), LATER, Standing.PAID),
        (a_case(by=(change(waived=True),)), LATER, Standing.WAIVED),
        (a_case(paid=(paid(1000),), by=(change(waived=True),)), LATER, Standing.PAID),
        (a_case(by=(change(due_on=date(2026, 6, 1)),)), LATER, Standing.OPEN),
        (a_case(paid=(paid(400),), by=(change(amount=Fen(400)),)), LATER, Standing.PAID),
    ],
)  # fmt: skip
def test_an_obligation_stands_as_days_payments_and_papers_leave_it(case: Case, today: date, wanted: Standing) -> None:
    assert standing(case, today) is wanted


@pytest.mark.parametrize(
    ("amendment", "why"),
    [
        (change(amount=Fen(1), paper=""), "no paper"),
        (change(amount=Fen(1), paper="口头说的"), "not issued in this case"),
        (change(amount=Fen(1), on=date(2026, 3, 4)), "older than the agreement"),
        (change(KEYS[1], amount=Fen(1)), "about another obligation"),
    ],
)
def test_only_a_later_signed_paper_changes_what_is_owed(amendment: Amendment, why: str) -> None:
    (owed,) = obligations_now(a_case(by=(amendment,)))
    assert (owed.now, owed.changed) == (owed.signed, False), why


def test_a_draft_is_changed_by_hand_and_not_by_papers() -> None:
    case = a_case(by=(change(amount=Fen(1)),))
    assert case.agreement is not None
    draft = replace(case, agreement=replace(case.agreement, digest=""))
    assert [each.now.amount for each in obligations_now(draft)] == [1000]
    assert obligations_now(replace(case, agreement=None)) == ()


def test_the_last_paper_counts_whatever_order_they_were_entered_in() -> None:
    new, old = change(on=date(2026, 4, 9), amount=Fen(700)), change(on=date(2026, 4, 1), amount=Fen(900), waived=True)
    owed = owed_now(a_case(by=(new, old)), KEYS[0])
    assert owed is not None
    assert (owed.now.amount, owed.waived, owed.open) == (700, False, 700)
    assert owed_now(a_case(), KEYS[1]) is None


def test_what_was_given_in_kind_is_told() -> None:
    cases = (
        a_case(paid=(paid(300, goods="稻谷"),)),
        a_case(owe(amount=None), paid=(paid(0),)),
        a_case(paid=(paid(9),)),
    )
    assert [obligations_now(case)[0].in_kind for case in cases] == [True, True, False]


AMOUNTS = st.integers(1, 10**9)
PAYMENTS = st.lists(
    st.builds(paid, AMOUNTS, st.sampled_from(KEYS), voided=st.booleans(), paid_on=st.dates(SIGNED, date(2027, 1, 1))),
    max_size=12,
)
DUE_DAYS = st.none() | st.dates(SIGNED, date(2028, 1, 1))
CHANGES = st.lists(
    st.builds(
        change,
        st.sampled_from(KEYS),
        st.dates(SIGNED, SIGNED + timedelta(300)),
        amount=st.none() | AMOUNTS,
        due_on=DUE_DAYS,
        waived=st.booleans(),
    ),
    max_size=6,
)


@given(st.lists(AMOUNTS, min_size=3, max_size=3), PAYMENTS, CHANGES)
def test_open_and_paid_always_make_what_is_owed(
    amounts: list[int], payments: list[Payment], changes: list[Amendment]
) -> None:
    rows = [owe(key, amount) for key, amount in zip(KEYS, amounts, strict=True)]
    for owed in obligations_now(a_case(*rows, paid=tuple(payments), by=tuple(changes))):
        counted = [each for each in payments if each.obligation == owed.signed.id and not each.voided]
        assert owed.paid == sum(each.amount for each in counted)
        assert owed.open + min(owed.paid, owed.owed) == owed.owed
        assert owed.open == 0 or not owed.done
        assert owed.payments == tuple(sorted(counted, key=lambda each: each.paid_on))


@given(CHANGES)
def test_an_amendment_changes_nothing_but_what_it_says(changes: list[Amendment]) -> None:
    rows = [owe(key) for key in KEYS]
    for owed in obligations_now(a_case(*rows, by=tuple(changes))):
        mine = [each for each in changes if each.obligation == owed.signed.id]
        assert replace(owed.now, amount=owed.signed.amount, due_on=owed.signed.due_on) == owed.signed
        assert owed.signed in rows
        if all(each.amount is None for each in mine):
            assert owed.now.amount == owed.signed.amount
        if all(each.due_on is None for each in mine):
            assert owed.now.due_on == owed.signed.due_on
        assert owed.waived <= any(each.waived for each in mine)
