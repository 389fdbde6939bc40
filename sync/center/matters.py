"""What supervision needs of a case, beside the case's row: written by the fold, read without folding again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from mediator.core.codes import OrderSort, Verdict
from mediator.core.course import Order, OrderId
from mediator.core.procedure import Advice
from mediator.core.records import CaseId
from mediator.core.supervision import Matter, Task
from mediator.journal.reading import code


def iso(day: date | None) -> str:
    """A day as text, empty for none."""
    return day.isoformat() if day else ""


def day(text: str) -> date | None:
    """The day of a text, None for empty."""
    return date.fromisoformat(text) if text else None


def told_matter(matter: Matter) -> dict[str, object]:
    """Duties, findings of procedure, orders and lengthened rules as plain values."""
    return {
        "duties": [[each.rule, each.label, iso(each.due), iso(each.amber_on)] for each in matter.duties],
        "advice": [[each.rule, each.place, each.text] for each in matter.advice],
        "orders": [told_order(each) for each in matter.orders],
        "extended": sorted(matter.extended),
        "stopped": sorted(matter.stopped),
    }


def told_order(order: Order) -> dict[str, object]:
    """One order."""
    return {
        "id": order.id, "sort": order.sort.value, "rule": order.rule, "text": order.text, "due": iso(order.due),
        "place": order.place, "answer_by": iso(order.answer_by), "issued_on": iso(order.issued_on),
        "county": order.issued_by_county, "received_on": iso(order.received_on), "answer": order.answer,
        "answered_on": iso(order.answered_on), "answered_by": order.answered_by,
        "verdict": order.verdict.value if order.verdict else "", "verdict_text": order.verdict_text,
    }  # fmt: skip


def matter_in(case: CaseId, told: Mapping[str, Any]) -> Matter:
    """The same read back; a row of an earlier fold has none of it."""
    return Matter(
        case,
        tuple(task_in(*each) for each in told.get("duties", ())),
        tuple(Advice(*each) for each in told.get("advice", ())),
        tuple(order_in(each) for each in told.get("orders", ())),
        frozenset(told.get("extended", ())),
        frozenset(told.get("stopped", ())),
    )


def task_in(rule: str, label: str, due: str, amber_on: str) -> Task:
    """One duty."""
    return Task(rule, label, date.fromisoformat(due), date.fromisoformat(amber_on))


def order_in(row: Mapping[str, Any]) -> Order:
    """One order."""
    return Order(
        id=OrderId(row["id"]), sort=code(OrderSort, row["sort"]) or OrderSort.SUGGEST, rule=row["rule"],
        text=row["text"], due=day(row["due"]),
        place=row["place"], answer_by=day(row["answer_by"]), issued_on=day(row["issued_on"]),
        issued_by_county=row["county"], received_on=day(row["received_on"]), answer=row["answer"],
        answered_on=day(row["answered_on"]), answered_by=row["answered_by"],
        verdict=code(Verdict, row["verdict"]), verdict_text=row["verdict_text"],
    )  # fmt: skip
