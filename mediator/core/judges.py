"""What counts for which indicator: for each a function from the facts of one matter to what of it is seen.

A judge yields one `Seen` for everything that belongs to the base, `hit` for what belongs to the figure as well; so a
numerator can never hold what its denominator does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from mediator.core.codes import (
    AgreementForm,
    CaseKind,
    Category,
    OrderSort,
    Performed,
    Prevented,
    Reception,
    Result,
    Satisfied,
    Verdict,
    Visit,
)
from mediator.core.facts import CaseFacts, Duty, Ordered
from mediator.core.spans import Span

NOT_TRIED: Final = frozenset({Result.WITHDRAWN, Result.REFUSED})
SOLVED: Final = frozenset({Result.AGREED, Result.SETTLED})
JUDGED: Final = frozenset({Result.AGREED, Result.NOT_AGREED, Result.TERMINATED})
PLEASED: Final = frozenset({Satisfied.SATISFIED, Satisfied.MOSTLY})
DOWN: Final = frozenset({Reception.DOWN, Reception.TOUR})


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing of a matter that a figure is about; `value` is what it adds: 1, persons, or fen."""

    hit: bool = True
    item: str = ""
    value: int = 1


Judge = Callable[[CaseFacts, Span], Iterator[Seen]]
Test = Callable[[CaseFacts], bool]
Day = Callable[[CaseFacts], date | None]


def matter(day: Day, base: Test, hit: Test, value: Callable[[CaseFacts], int] = lambda _: 1) -> Judge:
    """A judge that sees a matter once, by one of its days."""

    def judge(facts: CaseFacts, span: Span) -> Iterator[Seen]:
        if span.holds(day(facts)) and base(facts):
            yield Seen(hit(facts), value=value(facts))

    return judge


def always(_facts: CaseFacts) -> bool:
    """Everything belongs to it."""
    return True


def registered(facts: CaseFacts) -> date | None:
    """The day of registration."""
    return facts.registered_on


def taken_on(facts: CaseFacts) -> date | None:
    """The day from which a matter is in hand: acceptance of a mediation, registration of anything else."""
    return facts.accepted_on if facts.mediated else facts.registered_on


def concluded(facts: CaseFacts) -> date | None:
    """The day of the result."""
    return facts.concluded_on


def signed(facts: CaseFacts) -> date | None:
    """The day of the agreement."""
    return facts.signed_on


def people(facts: CaseFacts) -> int:
    """Persons that a matter touches."""
    return facts.people


def tried(facts: CaseFacts) -> bool:
    """Something was done about it: neither taken back nor turned away."""
    return facts.result not in NOT_TRIED


def petitioned(facts: CaseFacts) -> bool:
    """A petition or a work order."""
    return not facts.mediated


def solved(facts: CaseFacts) -> bool:
    """Settled, and it stayed so."""
    return facts.result in SOLVED and not facts.returned


def prevented(what: Prevented, facts: CaseFacts) -> bool:
    """An agreement that kept a quarrel from becoming this."""
    return facts.result is Result.AGREED and facts.prevented is what


def colored(category: Category | None, facts: CaseFacts) -> bool:
    """A work order of this category."""
    return facts.kind is CaseKind.WORK_ORDER and facts.category is category


def pending(facts: CaseFacts, span: Span) -> Iterator[Seen]:
    """Registered up to the end of the span and without a result on that day."""
    done = facts.concluded_on is not None and facts.concluded_on <= span.last
    unclear = facts.concluded_on is None and not facts.open
    if facts.registered_on <= span.last and not done and not unclear:
        yield Seen()


def closing(facts: CaseFacts, span: Span) -> Iterator[Seen]:
    """Of what was taken in hand in the span, what had a result by its end."""
    if span.holds(taken_on(facts)):
        yield Seen(facts.concluded_on is not None and facts.concluded_on <= span.last)


def orders_late(facts: CaseFacts, span: Span) -> Iterator[Seen]:
    """Work orders done after their day, or not done and past it."""
    late = facts.due_on is not None and (facts.concluded_on or span.as_of) > facts.due_on
    if span.holds(facts.registered_on) and facts.kind is CaseKind.WORK_ORDER and late:
        yield Seen()


def satisfied(facts: CaseFacts, span: Span) -> Iterator[Seen]:
    """Answers that rate somebody."""
    for each in facts.answers:
        if span.holds(each.on) and each.answer is not Satisfied.UNRATED:
            yield Seen(each.answer in PLEASED, each.id)


def visits(facts: CaseFacts, span: Span) -> Iterator[Seen]:
    """Visits after the agreement, numbered from the first."""
    for number, day in enumerate(facts.visited, 1):
        if span.holds(day):
            yield Seen(item=str(number))


def duties(test: Callable[[Duty], bool], facts: CaseFacts, span: Span) -> Iterator[Seen]:
    """Obligations by their due day."""
    for each in facts.duties:
        if span.holds(each.due_on) and not each.waived:
            yield Seen(test(each), each.id)


def met(duty: Duty) -> bool:
    """Performed by now."""
    return duty.done_on is not None


def in_time(duty: Duty) -> bool:
    """Performed up to its last day."""
    return duty.done_on is not None and duty.last_on is not None and duty.done_on <= duty.last_on


def orders(test: Callable[[Ordered, Span], bool], facts: CaseFacts, span: Span) -> Iterator[Seen]:
    """催办单, 督办单 and 工作建议 by the day on which they went out."""
    for each in facts.orders:
        if span.holds(each.issued_on) and test(each, span):
            yield Seen(item=each.id)


def of_sort(sort: OrderSort) -> Judge:
    """Orders of one sort."""
    return partial(orders, lambda each, _span: each.sort is sort)


def answered_late(order: Ordered, span: Span) -> bool:
    """Answered after its day, or not answered and past it."""
    return order.answer_by is not None and (order.answered_on or span.as_of) > order.answer_by


def rectified(order: Ordered, _span: Span) -> bool:
    """A suggestion that was answered and not handed back."""
    answered = order.answered_on is not None and order.verdict is not Verdict.RETURNED
    return order.sort is OrderSort.SUGGEST and answered


def receptions(facts: CaseFacts, span: Span, *, ways: frozenset[Reception], heads: bool = False) -> Iterator[Seen]:
    """Receptions by leaders, counted once or by the persons who came."""
    for each in facts.received:
        if span.holds(each.on) and each.how in ways:
            yield Seen(item=each.id, value=each.people if heads else 1)


def screenings(facts: CaseFacts, span: Span, *, zero: bool = False) -> Iterator[Seen]:
    """Rounds of screening, all or those that found nothing."""
    for each in facts.screened:
        if span.holds(each.on) and not (zero and each.found):
            yield Seen(item=each.id)


def counted(day: Day, test: Test) -> Judge:
    """A plain count: whatever belongs to it is a hit."""
    return matter(day, test, always)


def heads(day: Day, test: Test) -> Judge:
    """The same, counted by persons."""
    return matter(day, test, always, people)


JUDGES: Final[Mapping[str, Judge]] = {
    "registered": counted(registered, always),
    "accepted": counted(lambda f: f.accepted_on, lambda f: f.mediated),
    "from_petition": counted(registered, lambda f: f.from_petition),
    "pending": pending,
    "concluded": counted(concluded, always),
    "agreed": counted(concluded, lambda f: f.result is Result.AGREED),
    "success_rate": matter(concluded, lambda f: f.mediated and f.result in JUDGED, lambda f: f.result is Result.AGREED),
    "closing_rate": closing,
    "on_time_rate": matter(
        concluded,
        lambda f: tried(f) and f.due_on is not None,
        lambda f: f.concluded_on is not None and f.due_on is not None and f.concluded_on <= f.due_on,
    ),
    "first_settled_rate": matter(concluded, lambda f: petitioned(f) and tried(f) and f.visit is Visit.FIRST, solved),
    "once_settled_rate": matter(concluded, tried, solved),
    "local_settled_rate": matter(concluded, tried, lambda f: f.result in SOLVED and not f.sent_away),
    "repeat_rate": matter(registered, petitioned, lambda f: f.visit is Visit.REPEATED),
    "group_matters": counted(registered, lambda f: f.group),
    "satisfied_rate": satisfied,
    "visits": visits,
    "written": counted(signed, lambda f: f.form is AgreementForm.WRITTEN),
    "oral": counted(signed, lambda f: f.form is AgreementForm.ORAL),
    "settlements": counted(signed, lambda f: f.kind is CaseKind.SETTLEMENT),
    "amount": matter(signed, lambda f: f.amount > 0, always, lambda f: f.amount),
    "confirmed": counted(lambda f: f.confirmed_on, always),
    "notarized": counted(lambda f: f.notarized_on, always),
    "performed": counted(signed, lambda f: f.performed is Performed.PERFORMED),
    "performance_rate": partial(duties, met),
    "punctual_rate": partial(duties, in_time),
    "prevented_crime": counted(concluded, partial(prevented, Prevented.CRIME)),
    "prevented_crime_people": heads(concluded, partial(prevented, Prevented.CRIME)),
    "prevented_group": counted(concluded, partial(prevented, Prevented.GROUP_PETITION)),
    "prevented_group_people": heads(concluded, partial(prevented, Prevented.GROUP_PETITION)),
    "orders_blue": counted(registered, partial(colored, Category.BLUE)),
    "orders_yellow": counted(registered, partial(colored, Category.YELLOW)),
    "orders_orange": counted(registered, partial(colored, Category.ORANGE)),
    "orders_red": counted(registered, partial(colored, Category.RED)),
    "orders_plain": counted(registered, partial(colored, None)),
    "orders_late": orders_late,
    "urged": of_sort(OrderSort.URGE),
    "supervised": of_sort(OrderSort.SUPERVISE),
    "suggested": of_sort(OrderSort.SUGGEST),
    "answered_late": partial(orders, answered_late),
    "rectified": partial(orders, rectified),
    "receptions": partial(receptions, ways=frozenset(Reception)),
    "reception_people": partial(receptions, ways=frozenset(Reception), heads=True),
    "visits_down": partial(receptions, ways=DOWN),
    "screenings": screenings,
    "zero_screenings": partial(screenings, zero=True),
}
