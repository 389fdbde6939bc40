"""What a form knows from the course of its matter: orders and answers, longer periods, links, the three-step review.

Each answers the newest of its sort; what a clerk typed for the paper always wins.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from mediator.core.codes import LinkReason, LinkRole, OrderSort, PeriodStep
from mediator.core.course import Link, Order, PeriodChange
from mediator.core.dates import chinese_date, day_words
from mediator.core.records import Case
from mediator.core.reviewing import WORDS, ReviewStep, steps_of
from mediator.core.supervision import told_apart
from mediator.docs.facts import PaperFacts
from mediator.docs.fields import Known
from mediator.docs.forms.known import clauses

STILL_OPEN: Final = "至今没有办结"
# The words of the slip for why a matter was handed over; 转办 may be 转送 or 交办, which only a person knows.
SLIP_WORDS: Final = (LinkReason.PETITION_TO_MEDIATION, LinkReason.LITIGATION_APART, LinkReason.JOINT)
RETURNED: Final = ("result_returned", "failed_returned")


def of_order(sort: OrderSort, read: Callable[[Order, PaperFacts], str]) -> Known:
    """A text of the newest order of a sort."""

    def known(case: Case, facts: PaperFacts) -> str:
        found = next((each for each in reversed(case.course.orders) if each.sort is sort), None)
        return read(found, facts) if found else ""

    return known


def found(order: Order, _facts: PaperFacts) -> str:
    """What an order is about, without what it asks for; of 督办 that it is still not done."""
    about = told_apart(order)[0].rstrip("，。")
    return f"{about}，{STILL_OPEN}。" if order.sort is OrderSort.SUPERVISE else f"{about}。"


def demanded(order: Order, _facts: PaperFacts) -> str:
    """What an order asks for."""
    return told_apart(order)[1].removeprefix(f"{STILL_OPEN}，")


def answer_by(order: Order, facts: PaperFacts) -> str:
    """The day by which it is answered: the one that was set, else the counted one."""
    return day_words(order.answer_by or facts.days.get(order.id))


def longer(rule: str) -> Callable[[Case], PeriodChange | None]:
    """The newest extension of a period."""

    def newest(case: Case) -> PeriodChange | None:
        made = (each for each in case.course.periods if each.rule == rule and each.step is PeriodStep.EXTENDED)
        return max(made, key=lambda each: each.on, default=None)

    return newest


def new_day(rule: str) -> Known:
    """The last day of a period that was made longer."""
    return lambda case, facts: day_words(facts.days.get(rule)) if longer(rule)(case) else ""


def old_day(rule: str) -> Known:
    """The last day of a period that nobody made longer yet."""
    return lambda case, facts: "" if longer(rule)(case) else day_words(facts.days.get(rule))


def why_longer(rule: str) -> Known:
    """Why it was made longer."""

    def known(case: Case, _facts: PaperFacts) -> str:
        change = longer(rule)(case)
        return change.reason if change else ""

    return known


def handed(case: Case) -> Link | None:
    """The newest link by which this matter went on to another."""
    return next((each for each in reversed(case.course.links) if each.role is LinkRole.ORIGIN), None)


def purpose(case: Case, _facts: PaperFacts) -> str:
    """Why it went there, in the words of the slip."""
    link = handed(case)
    return link.reason.term if link and link.reason in SLIP_WORDS else ""


def came_to(case: Case, facts: PaperFacts) -> str:
    """What a matter that came from elsewhere came to: as it was reported back, else what was agreed."""
    told = max((each for each in case.course.events if each.event in RETURNED), key=lambda each: each.on, default=None)
    if told and told.text:
        return told.text
    return clauses(case, facts) if case.agreement and case.agreement.is_signed else ""


def step(wanted: ReviewStep) -> Known:
    """What a step of the three-step review found (L22)."""

    def known(case: Case, _facts: PaperFacts) -> str:
        event = case.course.last(wanted.value)
        return event.text if event else ""

    return known


def review(case: Case, _facts: PaperFacts) -> str:
    """The whole review, a step a line with its day and who did it."""
    return "\n".join(
        f"{chinese_date(each.on)}{WORDS[each.event].term}{f'（{each.by}）' if each.by else ''}：{each.text}"
        for each in steps_of(case.course.events)
    )


def answered(case: Case, _facts: PaperFacts) -> str:
    """What the one who asked was told."""
    event = case.course.last("answered")
    return event.text if event else ""


def next_day(_case: Case, facts: PaperFacts) -> str:
    """The soonest last day that is still to come, orders aside."""
    days = [day for rule, day in facts.days.items() if rule.startswith("D") and day >= facts.issued_on]
    return day_words(min(days, default=None))
