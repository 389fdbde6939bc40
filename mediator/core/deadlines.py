"""Deadlines computed from what happened, each with its explanation (rules.md 2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mediator.core.calendar import Calendar, days_later, months_later
from mediator.core.codes import AgreementForm, CaseStatus
from mediator.core.dates import chinese_date
from mediator.core.records import Agreement, Case, Obligation, Payment

OPEN_FOR_D03 = frozenset({CaseStatus.ACCEPTED, CaseStatus.IN_MEDIATION})


@dataclass(frozen=True, slots=True)
class Deadline:
    """One due day: rule, its name, the day, how it was counted, and the day it was counted from."""

    rule: str
    label: str
    due: date
    explanation: str
    starts_on: date

    def days_left(self, today: date) -> int:
        """Days from today; negative when late."""
        return (self.due - today).days


def explained(event: str, start: date, length: str, *, last: date, calendar: Calendar) -> str:
    """Rule, start, count and what was skipped, as a sentence; `last` is the period's last day before any shift."""
    due = calendar.on_or_after(last)
    text = f"{event}（{chinese_date(start)}）次日起算，{length}，至{chinese_date(last)}"
    text += f"，当日休息，顺延至{chinese_date(due)}。" if due != last else "。"
    return text if calendar.covers(last.year) and calendar.covers(due.year) else text + "节假日数据未发布，按周末推算。"


def conclude(case: Case, calendar: Calendar) -> Iterator[Deadline]:
    """D03: mediation is concluded within one month of acceptance (RTG 33)."""
    if case.accepted_on and case.status in OPEN_FOR_D03:
        last = months_later(case.accepted_on, 1)
        text = explained("受理", case.accepted_on, "一个月", last=last, calendar=calendar)
        yield Deadline("D03", "调解期限", calendar.on_or_after(last), text, case.accepted_on)


def confirm(case: Case, calendar: Calendar) -> Iterator[Deadline]:
    """D04: both parties may apply for judicial confirmation within 30 days of the agreement's force (RTF 33)."""
    agreement = case.agreement
    if agreement and agreement.is_signed and agreement.signed_on and agreement.form is AgreementForm.WRITTEN:
        last = days_later(agreement.signed_on, 30)
        text = explained("协议生效", agreement.signed_on, "三十日", last=last, calendar=calendar)
        yield Deadline("D04", "申请司法确认", calendar.on_or_after(last), text, agreement.signed_on)


def open_amount(obligation: Obligation, payments: tuple[Payment, ...]) -> int:
    """Fen of an obligation that no counted payment covers; goods count as one fen until recorded."""
    paid = [p for p in payments if p.obligation == obligation.id and not p.voided]
    if obligation.amount is None:
        return 0 if paid else 1
    return max(obligation.amount - sum(p.amount for p in paid), 0)


@dataclass(frozen=True, slots=True)
class Due:
    """An obligation with its day; `last` is the working day that counts where the day itself is a day off (MFD 203)."""

    obligation: Obligation
    day: date
    last: date
    explanation: str


def dues_of(agreement: Agreement, calendar: Calendar) -> tuple[Due, ...]:
    """The calendar of what falls due by the day, signed or still a draft, soonest first."""
    found = [due_of(each, each.due_on, calendar) for each in agreement.obligations if each.due_on]
    return tuple(sorted(found, key=lambda each: each.day))


def due_of(obligation: Obligation, day: date, calendar: Calendar) -> Due:
    """One of them, with the shift to a working day and whether the days off of its year are known."""
    last = calendar.on_or_after(day)
    shift = f"；当日休息，顺延至{chinese_date(last)}（民法典第二百零三条）" if last != day else ""
    known = calendar.covers(day.year) and calendar.covers(last.year)
    told = "" if known else "节假日数据未发布，按周末推算。"
    return Due(obligation, day, last, f"协议约定{chinese_date(day)}前履行{shift}。{told}")


def perform(case: Case, calendar: Calendar) -> Iterator[Deadline]:
    """D06: each obligation of a signed agreement is due on its own day."""
    agreement = case.agreement
    if agreement is None or not agreement.is_signed or agreement.signed_on is None:
        return
    for each in dues_of(agreement, calendar):
        if open_amount(each.obligation, case.payments):
            yield Deadline("D06", "履行期限", each.day, each.explanation, agreement.signed_on)


def deadlines_of(case: Case, *, today: date, calendar: Calendar) -> tuple[Deadline, ...]:
    """All running deadlines of a case, soonest first; D04 falls away once its day is over."""
    found = [*conclude(case, calendar), *confirm(case, calendar), *perform(case, calendar)]
    kept = [each for each in found if each.rule != "D04" or each.due >= today]
    return tuple(sorted(kept, key=lambda each: (each.due, each.rule)))
