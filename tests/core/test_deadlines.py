"""Deadlines of a case: which run, until when, and what they say of themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mediator.core.calendar import shipped_calendar
from mediator.core.codes import AgreementForm, CaseKind, CaseStatus
from mediator.core.deadlines import deadlines_of, dues_of, open_amount
from mediator.core.money import Fen
from mediator.core.records import Agreement, Case, CaseId, Obligation, ObligationId, Payment, PaymentId

CALENDAR = shipped_calendar()
TODAY = date(2026, 3, 6)
ONE, TWO = ObligationId("01" * 16), ObligationId("02" * 16)


def a_case(**members: Any) -> Case:
    """An accepted case with these members instead."""
    case = Case(CaseId("ab" * 16), CaseKind.PEOPLE_MEDIATION, "借款纠纷", "contract", status=CaseStatus.ACCEPTED)
    return replace(case, **members)


def signed(*obligations: Obligation, on: date = date(2026, 3, 5), **members: Any) -> Agreement:
    """A written agreement in force."""
    return replace(Agreement(obligations=obligations, signed_on=on, digest="ab" * 32), **members)


def owed(key: ObligationId, due: date | None, amount: int | None = 100) -> Obligation:
    """One obligation."""
    return Obligation(key, "甲", "乙", None if amount is None else Fen(amount), due_on=due)


def paid(amount: int, key: ObligationId = ONE, *, voided: bool = False) -> Payment:
    """One payment."""
    return Payment(PaymentId("0f" * 16), key, Fen(amount), TODAY, voided=voided)


def running(case: Case, today: date = TODAY) -> list[tuple[str, str]]:
    """Rule and day of each."""
    return [(each.rule, each.due.isoformat()) for each in deadlines_of(case, today=today, calendar=CALENDAR)]


@pytest.mark.parametrize("status", list(CaseStatus))
def test_mediation_is_concluded_within_a_month_while_it_lasts(status: CaseStatus) -> None:
    lasts = status in (CaseStatus.ACCEPTED, CaseStatus.IN_MEDIATION)
    case = a_case(status=status, accepted_on=date(2026, 9, 5))
    assert running(case) == ([("D03", "2026-10-08")] if lasts else [])


def test_without_a_day_of_acceptance_nothing_runs() -> None:
    assert running(a_case()) == []


def test_confirmation_may_be_asked_for_thirty_days_and_no_longer() -> None:
    case = a_case(status=CaseStatus.SIGNED, agreement=signed())
    assert running(case) == [("D04", "2026-04-07")]
    assert running(case, date(2026, 4, 7)) == [("D04", "2026-04-07")]
    assert running(case, date(2026, 4, 8)) == []


@pytest.mark.parametrize(
    "agreement",
    [
        None, replace(signed(), digest=""), replace(signed(), signed_on=None), signed(form=AgreementForm.ORAL),
        replace(signed(owed(ONE, date(2026, 5, 1))), digest=""), replace(signed(owed(ONE, None)), signed_on=None),
    ],
)  # fmt: skip
def test_a_draft_or_an_oral_agreement_starts_no_confirmation(agreement: Agreement | None) -> None:
    assert running(a_case(status=CaseStatus.AGREED, agreement=agreement)) == []


def test_each_obligation_is_due_on_its_own_day_until_it_is_paid() -> None:
    agreement = signed(owed(TWO, date(2026, 6, 1)), owed(ONE, date(2026, 5, 1)), owed(ONE, None))
    case = a_case(status=CaseStatus.PERFORMING, agreement=agreement)
    assert running(case) == [("D04", "2026-04-07"), ("D06", "2026-05-01"), ("D06", "2026-06-01")]
    assert running(replace(case, payments=(paid(100),)), date(2026, 5, 2)) == [("D06", "2026-06-01")]
    assert ("D06", "2026-05-01") in running(replace(case, payments=(paid(100, voided=True), paid(99))))


@pytest.mark.parametrize(
    ("amount", "payments", "left"),
    [
        (100, (), 100), (100, (paid(40), paid(30)), 30), (100, (paid(150),), 0), (100, (paid(100, TWO),), 100),
        (100, (paid(100, voided=True),), 100), (None, (), 1), (None, (paid(0),), 0), (None, (paid(0, voided=True),), 1),
    ],
)  # fmt: skip
def test_what_is_open_is_what_no_counted_payment_covers(
    amount: int | None, payments: tuple[Payment, ...], left: int
) -> None:
    assert open_amount(owed(ONE, TODAY, amount), payments) == left


def test_a_deadline_says_how_it_was_counted_and_what_was_skipped() -> None:
    (found,) = deadlines_of(a_case(agreement=signed()), today=TODAY, calendar=CALENDAR)
    assert found.explanation == (
        "协议生效（2026年3月5日）次日起算，三十日，至2026年4月4日，当日休息，顺延至2026年4月7日。"
    )
    assert (found.label, found.starts_on, found.days_left(TODAY)) == ("申请司法确认", date(2026, 3, 5), 32)
    assert found.days_left(date(2026, 4, 9)) == -2


@pytest.mark.parametrize(
    ("accepted", "said"),
    [
        ("2026-05-15", "受理（2026年5月15日）次日起算，一个月，至2026年6月15日。"),
        ("2027-01-15", "受理（2027年1月15日）次日起算，一个月，至2027年2月15日。节假日数据未发布，按周末推算。"),
        (
            "2026-11-30",
            "受理（2026年11月30日）次日起算，一个月，至2026年12月30日。",
        ),
        (
            "2024-01-31",
            "受理（2024年1月31日）次日起算，一个月，至2024年2月29日。节假日数据未发布，按周末推算。",
        ),
    ],
)
def test_a_year_without_a_notice_is_told_beside_the_day(accepted: str, said: str) -> None:
    case = a_case(accepted_on=date.fromisoformat(accepted))
    assert [each.explanation for each in deadlines_of(case, today=TODAY, calendar=CALENDAR)] == [said]


@pytest.mark.parametrize(
    ("day", "last", "words"),
    [
        (date(2026, 4, 7), date(2026, 4, 7), "协议约定2026年4月7日前履行。"),
        # National Day week off, 8 October is a working day; 20 September is a Sunday with work
        (date(2026, 10, 1), date(2026, 10, 8), "当日休息，顺延至2026年10月8日（民法典第二百零三条）。"),
        (date(2026, 9, 20), date(2026, 9, 20), "协议约定2026年9月20日前履行。"),
        (
            date(2031, 3, 1),
            date(2031, 3, 3),
            "至2031年3月3日（民法典第二百零三条）。节假日数据未发布，按周末推算。",
        ),
    ],
)
def test_a_due_day_explains_its_shift_to_a_working_day(day: date, last: date, words: str) -> None:
    (due,) = dues_of(Agreement(obligations=(owed(ONE, day), owed(TWO, None))), CALENDAR)
    assert (due.day, due.last) == (day, last)
    assert due.explanation.endswith(words)


def test_a_deadline_of_performance_says_what_the_calendar_of_dues_says() -> None:
    case = a_case(status=CaseStatus.PERFORMING, agreement=signed(owed(ONE, date(2026, 10, 1))))
    found = deadlines_of(case, today=TODAY, calendar=CALENDAR)
    assert case.agreement is not None
    assert [each.explanation for each in found if each.rule == "D06"] == [
        each.explanation for each in dues_of(case.agreement, CALENDAR)
    ]
