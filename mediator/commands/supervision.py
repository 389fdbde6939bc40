"""`mediator case orders`, `case answer`: orders of supervision, and the answer to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediator.commands.desks import at_desk
from mediator.commands.program import Call, Result

if TYPE_CHECKING:
    from mediator.casework.supervising import CaseOrder
    from mediator.core.supervision import Standing

SHORT = 8


def orders(call: Call) -> Result:
    """Raise what is due today, then list the orders that wait, or all of one case."""
    from mediator.casework import reading, supervising

    with at_desk(call) as desk:
        raised = supervising.raise_due(desk)
        if call.options.case is None:
            found = list(supervising.open_orders(desk))
        else:
            case = reading.show(desk, call.options.case).case
            found = [
                supervising.CaseOrder(case.id, case.number, case.title, each)
                for each in supervising.orders_of(desk, case.id)
            ]
    lines = (*map(order_line, found), f"共{len(found)}份。")
    return Result({"orders": [order_document(each) for each in found], "raised": raised}, lines)


def order_document(each: CaseOrder) -> dict[str, object]:
    """An order as JSON has it, with its case."""
    return {"case": each.case, "number": each.number, **standing_document(each.standing)}


def standing_document(standing: Standing) -> dict[str, object]:
    """An order and how it stands; days that are not there are empty text."""
    order = standing.order
    days = {"due": order.due, "issued_on": order.issued_on, "received_on": order.received_on,
            "answer_by": standing.answer_by, "answered_on": order.answered_on}  # fmt: skip
    return {
        "id": order.id, "sort": order.sort.value, "rule": order.rule, "place": order.place, "text": order.text,
        "by_county": order.issued_by_county, "state": standing.state.value, "stands": standing.words,
        **{name: day.isoformat() if day else "" for name, day in days.items()}, "answer": order.answer,
        "verdict": order.verdict.value if order.verdict else "", "verdict_text": order.verdict_text,
    }  # fmt: skip


def order_line(each: CaseOrder) -> str:
    """An order for people: the first characters of its id, what it is, how it stands, of which case, what it says."""
    order = each.standing.order
    return "\t".join((order.id[:SHORT], order.sort.term, each.standing.words, each.number, order.text))


def answer(call: Call) -> Result:
    """Answer one order of a case."""
    from mediator.casework import reading, supervising

    with at_desk(call) as desk:
        case_id = reading.find(desk, call.options.case)
        supervising.answer(desk, case_id, call.options.order, call.options.text)
        (found,) = (
            each for each in supervising.orders_of(desk, case_id) if each.order.id.startswith(call.options.order)
        )
    return Result(standing_document(found), (f"已答复：{found.order.sort.term}，{found.words}。",))
