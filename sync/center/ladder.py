"""The steps of an order as a person follows them: sent, received, answered, judged, grown into the next rung.

A step that is still to come says by when, and a room that has not told is never called late (`core.supervision`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mediator.core.codes import OrderSort, OrderState, Verdict
from mediator.core.course import Order
from mediator.core.supervision import Standing


@dataclass(frozen=True, slots=True)
class Step:
    """One step in words; `day` is None where none is known, `done` false for one that is still to come."""

    words: str
    day: date | None = None
    done: bool = True


def steps(standing: Standing, others: Sequence[Order]) -> tuple[Step, ...]:
    """The steps of an order, among the orders of its case."""
    order = standing.order
    first = "县中心下发" if order.issued_by_county else "调解室提出"
    before = [Step("由催办升级", each.issued_on) for each in rung_of(order, others, OrderSort.URGE)[-1:]]
    return (*before, Step(first, order.issued_on), *at_the_room(standing), *after_the_answer(standing, others))


def at_the_room(standing: Standing) -> Iterator[Step]:
    """Received, and answered; what nobody waits for any more is not among them."""
    order, over = standing.order, standing.state in (OrderState.MOVED, OrderState.DONE)
    if order.received_on:
        yield Step("室里收到", order.received_on)
    elif not over:
        yield Step("尚未收到", done=False)
    if order.answer:
        yield Step("答复", order.answered_on)
    elif over:
        yield Step(standing.words)
    elif order.received_on:
        yield Step(standing.words, done=False)


def after_the_answer(standing: Standing, others: Sequence[Order]) -> Iterator[Step]:
    """The county's word, and what grew out of an order that was not answered well."""
    order = standing.order
    if order.verdict:
        yield Step("认可" if order.verdict is Verdict.ACCEPTED else "退回重办")
    elif standing.state is OrderState.ANSWERED:
        yield Step("待审核", done=False)
    grown = rung_of(order, others, OrderSort.SUPERVISE)
    yield from (Step("升级督办", each.issued_on) for each in grown[:1])


def rung_of(order: Order, others: Sequence[Order], sort: OrderSort) -> list[Order]:
    """The orders of another rung about the same duty; beside the ladder there is none."""
    ladder = {OrderSort.URGE, OrderSort.SUPERVISE}
    if order.due is None or {order.sort, sort} != ladder:
        return []
    return [each for each in others if (each.sort, each.rule, each.due) == (sort, order.rule, order.due)]
