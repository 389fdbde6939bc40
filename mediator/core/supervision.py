"""Supervision on two axes (D30-D32): the ladder 催办, 督办 by the clock, and beside it 工作建议 by procedure.

One code for the room and the county. An order's id comes from what it is about and its text holds no day of computing,
so that whoever raises it raises the same one. Colours of work orders never come in here: they are categories.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Final, Protocol

from mediator.core.calendar import Calendar
from mediator.core.codes import CaseStatus, OrderSort, OrderState, PeriodStep, Verdict
from mediator.core.course import Order, OrderId
from mediator.core.dates import chinese_date
from mediator.core.deadlines import Deadline, every_deadline, program_rules, set_of, still_open
from mediator.core.periods import count as counted_by
from mediator.core.periods import in_unit
from mediator.core.procedure import Advice, advice_of
from mediator.core.published import InForce
from mediator.core.records import Case, CaseId
from mediator.core.rules import Rule, RuleSet

RULE_OF: Final = {OrderSort.URGE: "D30", OrderSort.SUPERVISE: "D31", OrderSort.SUGGEST: "D32"}
ENDINGS: Final = {
    OrderSort.URGE: "请抓紧办理，并在{within}内答复。",
    OrderSort.SUPERVISE: "至今没有办结，请书面说明原因和下一步措施，在{within}内答复，同时报告负责人。",
    OrderSort.SUGGEST: "请核实改正，在{within}内答复。",
}
OPEN_STATES: Final = frozenset({OrderState.UNSEEN, OrderState.WAITING, OrderState.LATE, OrderState.SILENT})
# The periods for answering orders: an answer is judged by `standing`, an order about an order would never end.
ANSWERING: Final = frozenset(RULE_OF.values())


class Duty(Protocol):
    """A running deadline that binds the room, as the ladder looks at it."""

    @property
    def rule(self) -> str:
        """Its number in the rule table."""

    @property
    def label(self) -> str:
        """Its name on paper."""

    @property
    def due(self) -> date:
        """Its last day."""

    @property
    def amber_on(self) -> date:
        """The day from which it is near."""


@dataclass(frozen=True, slots=True)
class Task:
    """A duty as a list keeps it."""

    rule: str
    label: str
    due: date
    amber_on: date


@dataclass(frozen=True, slots=True)
class Matter:
    """All that supervision looks at in one case; `extended` are rules whose period was lengthened or paused.

    `stopped` are those whose clock stands still today.
    """

    case: CaseId
    duties: tuple[Duty, ...] = ()
    advice: tuple[Advice, ...] = ()
    orders: tuple[Order, ...] = ()
    extended: frozenset[str] = frozenset()
    stopped: frozenset[str] = frozenset()

    def order(self, key: OrderId) -> Order | None:
        """The order of this id, if anybody raised it."""
        return next((each for each in self.orders if each.id == key), None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An order that ought to be raised now; its sort names the rule by which it is answered in time."""

    id: OrderId
    sort: OrderSort
    rule: str
    text: str
    due: date | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an order stands: `answer_by` is None while the room does not have it, `late_days` count after that day."""

    order: Order
    state: OrderState
    answer_by: date | None = None
    late_days: int = 0

    @property
    def open(self) -> bool:
        """True while an answer is expected."""
        return self.state in OPEN_STATES

    @property
    def waits(self) -> bool:
        """True while somebody has something to do about it: the room to answer, or the county to judge."""
        return self.open or self.state is OrderState.ANSWERED

    @property
    def words(self) -> str:
        """The same sentence at the room and at the county."""
        if self.state is OrderState.WAITING and self.answer_by:
            return f"{chinese_date(self.answer_by)}前答复"
        if self.state is OrderState.LATE:
            return f"逾期{self.late_days}天未答复"
        if self.order.place and self.state is OrderState.DONE:
            return "问题已改正，不必答复"
        return SENTENCES.get(self.state, self.state.term)


SENTENCES: Final = {OrderState.MOVED: "期限已延长或者中止，不再催办", OrderState.DONE: "事项已办，不再催办"}


def matter_of(case: Case, *, today: date, calendar: Calendar, rules: Sequence[RuleSet] | None = None) -> Matter:
    """What supervision sees of a case; an archived one has no duties any more. `rules` are those in force (None: ours).

    A right that merely lapses (D04, D08) binds nobody, so that nobody is urged; nor is he while a period stands still.
    """
    return matter_with(case, every_deadline(case, calendar=calendar, rules=rules), today)


def matter_with(case: Case, deadlines: Iterable[Deadline], today: date) -> Matter:
    """The same of a case whose deadlines were counted already, every one that ever started."""
    duties = () if case.status is CaseStatus.ARCHIVED else tuple(filter(binds, still_open(deadlines, today)))
    return Matter(
        case.id,
        tuple(each for each in duties if each.stopped_on is None),
        advice_of(case, today=today),
        case.course.orders,
        lengthened(case),
        frozenset(each.rule for each in duties if each.stopped_on),
    )


def binds(each: Deadline) -> bool:
    """True for a deadline that binds the room and is no period for answering an order."""
    return bool(each.orders) and not each.lapses and each.rule not in ANSWERING


def lengthened(case: Case) -> frozenset[str]:
    """Rules whose period a person made longer or stopped, and D06 once a later paper moved the day of an obligation."""
    changed = {each.rule for each in case.course.periods if each.step is not PeriodStep.RESUMED}
    return frozenset(changed | {"D06" for each in case.course.amendments if each.due_on})


def order_id(case: CaseId, sort: OrderSort, rule: str, about: str, *, step: int = 1) -> OrderId:
    """The one id of an order about a due day (ISO) or a place; `step` counts how often its answer was returned."""
    told = "\n".join((case, sort.value, rule, about, str(step)))
    return OrderId(hashlib.sha256(told.encode()).hexdigest()[:32])


def wanted(matter: Matter, day: date, tables: InForce) -> tuple[Wanted, ...]:
    """The orders that ought to be raised on a day and are not there yet; asking again after raising gives none.

    `day` is the last day of which the room has told: on later ones it may have done what it owes.
    """
    found = [each for duty in matter.duties if (each := rung(matter, duty, day, tables))]
    found += [each for advice in matter.advice if (each := suggestion(matter, advice, day, tables))]
    return tuple({each.id: each for each in found}.values())


def rung(matter: Matter, duty: Duty, day: date, tables: InForce) -> Wanted | None:
    """The step of the ladder a duty has reached: 督办 once the day is over or 催办 was answered badly or not."""
    about = duty.due.isoformat()
    urged = matter.order(order_id(matter.case, OrderSort.URGE, duty.rule, about))
    if day > duty.due or (urged and failed(urged, day, tables)):
        sort = OrderSort.SUPERVISE
    elif day >= duty.amber_on:
        sort = OrderSort.URGE
    else:
        return None
    told = f"“{duty.label}”{chinese_date(duty.due)}到期，{ending(sort, day, tables)}"
    return next_step(matter, Wanted(OrderId(""), sort, duty.rule, told, due=duty.due), about)


def failed(order: Order, day: date, tables: InForce) -> bool:
    """True when the answer was returned, or when the room had the order and let the day of the answer go by."""
    if order.verdict:
        return order.verdict is Verdict.RETURNED
    by = answer_by(order, tables)
    return not order.answer and by is not None and day > by


def suggestion(matter: Matter, advice: Advice, day: date, tables: InForce) -> Wanted | None:
    """工作建议 about one finding."""
    told = f"{advice.text.rstrip('。')}。{ending(OrderSort.SUGGEST, day, tables)}"
    return next_step(
        matter, Wanted(OrderId(""), OrderSort.SUGGEST, advice.rule, told, place=advice.place), advice.place
    )


def ending(sort: OrderSort, day: date, tables: InForce) -> str:
    """What an order asks for, and within which time by the table that counts on a day."""
    return ENDINGS[sort].format(within=within(sort, day, tables))


def told_apart(order: Order) -> tuple[str, str]:
    """What an order is about and what it asks for; words that a person chose ask for an answer in the usual time."""
    about, begun, rest = order.text.rpartition(ENDINGS[order.sort].partition("{")[0])
    return (about, begun + rest) if begun else (order.text, ENDINGS[order.sort].format(within="规定期限"))


def within(sort: OrderSort, day: date, tables: InForce) -> str:
    """`两个工作日`: how long the answer may take to an order that a room has had since a day."""
    rule = answering(sort, day, tables)
    return in_unit(rule.length, rule.unit)


def answering(sort: OrderSort, day: date, tables: InForce) -> Rule:
    """The rule for the answer (D30-D32) on a day; the program's own where a county's table has left it out."""
    sets = (set_of(tables.rules, day), *program_rules())
    return next(rule for each in sets for rule in each.of(RULE_OF[sort]))


def next_step(matter: Matter, first: Wanted, about: str) -> Wanted | None:
    """The order itself, or the next of its kind after each returned answer; None while one of them stands."""
    for step in count(1):
        key = order_id(matter.case, first.sort, first.rule, about, step=step)
        held = matter.order(key)
        if held is None:
            text = first.text if step == 1 else f"上次的答复已被退回。{first.text}"
            return Wanted(key, first.sort, first.rule, text, first.due, first.place)
        if held.verdict is not Verdict.RETURNED:
            return None
    return None


def answer_by(order: Order, tables: InForce) -> date | None:
    """The last day for the answer (D30-D32), counted from the day the room had it; a later day that was set stands."""
    had = order.received_on
    if had is None:
        return None
    counted = counted_by(answering(order.sort, had, tables), had, None, tables.calendar).due
    return max(counted, order.answer_by or counted)


def standing(matter: Matter, order: Order, *, today: date, tables: InForce, as_of: date | None = None) -> Standing:
    """How an order stands today, judged by what the room is known to have done until `as_of` (None: until today)."""
    over = None if told_state(order) else outlived(matter, order)
    return Standing(order, over, answer_by(order, tables)) if over else judged(order, today, tables, as_of)


def judged(order: Order, today: date, tables: InForce, as_of: date | None = None) -> Standing:
    """How an order stands that nothing has outlived: by a person's word, else by the clock."""
    by, until = answer_by(order, tables), min(today, as_of or today)
    state = told_state(order) or clock(by, today=today, as_of=until)
    late = (until - by).days if by and state is OrderState.LATE else 0
    return Standing(order, state, by, late)


def told_state(order: Order) -> OrderState | None:
    """What a person's word made of it: the county's verdict, or an answer that waits for one."""
    if order.verdict:
        return OrderState.ACCEPTED if order.verdict is Verdict.ACCEPTED else OrderState.RETURNED
    return OrderState.ANSWERED if order.answer else None


def outlived(matter: Matter, order: Order) -> OrderState | None:
    """Why an order needs no answer any more: its day was moved, or what it asked for is done; nothing is deleted."""
    return corrected(matter, order) if order.place else passed(matter, order)


def corrected(matter: Matter, order: Order) -> OrderState | None:
    """Done once what an order finds wrong at a place is found there no more."""
    there = {(each.rule, each.place) for each in matter.advice}
    return None if (order.rule, order.place) in there else OrderState.DONE


def passed(matter: Matter, order: Order) -> OrderState | None:
    """Moved or done once the day that an order speaks of is none of its rule's any more."""
    running = [each.due for each in matter.duties if each.rule == order.rule]
    if order.due is None or order.due in running:
        return None
    later = max(running, default=order.due) > order.due
    return OrderState.MOVED if moved(matter, order.rule, later) else OrderState.DONE


def moved(matter: Matter, rule: str, later: bool) -> bool:
    """True when the period of a rule stands still, or was made longer and runs to a later day."""
    return rule in matter.stopped or (later and rule in matter.extended)


def clock(by: date | None, *, today: date, as_of: date) -> OrderState:
    """Unseen before the room has it; late only on days of which the room has told."""
    if by is None:
        return OrderState.UNSEEN
    if today <= by:
        return OrderState.WAITING
    return OrderState.LATE if as_of > by else OrderState.SILENT


def attended(matter: Matter, *, today: date, tables: InForce, as_of: date | None = None) -> tuple[Standing, ...]:
    """The orders that somebody has something to do about: the room to answer, or the county to judge."""
    found = standings(matter, today=today, tables=tables, as_of=as_of)
    return tuple(each for each in found if each.waits)


def standings(matter: Matter, *, today: date, tables: InForce, as_of: date | None = None) -> Iterator[Standing]:
    """Every order of a case, in the order in which they were raised."""
    for order in matter.orders:
        yield standing(matter, order, today=today, tables=tables, as_of=as_of)
