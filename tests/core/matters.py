"""Matters as the tests of events and deadlines take them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from mediator.core.calendar import shipped_calendar
from mediator.core.codes import CaseKind, CaseStatus
from mediator.core.course import Course, Event, EventId
from mediator.core.deadlines import deadlines_of, every_deadline
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


def paid(amount: int, key: ObligationId = ONE, *, on: date = TODAY, voided: bool = False) -> Payment:
    """One payment."""
    return Payment(PaymentId("0f" * 16), key, Fen(amount), on, voided=voided)


def events(words: str) -> Course:
    """`delivered 2026-03-05 review_asked 2026-03-09`: recorded events in this order."""
    pairs = words.split()
    rows = zip(pairs[::2], pairs[1::2], strict=True)
    return Course(events=tuple(Event(EventId(f"{n:032x}"), w, date.fromisoformat(d)) for n, (w, d) in enumerate(rows)))


def running(case: Case, today: date = TODAY) -> list[tuple[str, str]]:
    """Rule and day of each that is not over."""
    return [(each.rule, each.due.isoformat()) for each in deadlines_of(case, today=today, calendar=CALENDAR)]


def told(case: Case) -> dict[str, str]:
    """Each deadline that ever ran, by rule and part: last day, and `+` with the day of its end where it is over."""
    return {
        "/".join(filter(None, (each.rule, each.part, each.about[:2]))): f"{each.due:%m-%d}"
        + (f"+{each.done_on:%m-%d}" if each.done_on else "+" if each.done else "")
        for each in every_deadline(case, calendar=CALENDAR)
    }
