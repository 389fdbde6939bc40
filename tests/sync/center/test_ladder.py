"""The steps of an order: what has been done with its day, what is to come with by when; nothing is said too early."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mediator.core.codes import OrderSort, OrderState, Verdict
from mediator.core.course import Order, OrderId
from mediator.core.supervision import Standing
from sync.center.ladder import steps

SENT, HAD, TOLD, DUE = (date(2026, 3, day) for day in (2, 3, 4, 31))
ORDER = Order(
    id=OrderId("1" * 32), sort=OrderSort.URGE, rule="D03", text="请抓紧", due=DUE, issued_on=SENT, issued_by_county=True
)
HELD: dict[str, Any] = {"received_on": HAD}
ANSWERED: dict[str, Any] = HELD | {"answer": "已约", "answered_on": TOLD, "answered_by": "李"}
BY = date(2026, 3, 5)


def told(order: Order, state: OrderState, *others: Order, by: date | None = BY, late: int = 0) -> list[str]:
    """Each step with its day, `…` behind one that is still to come."""
    found = steps(Standing(order, state, by, late), (order, *others))
    return [each.words + (f" {each.day:%m-%d}" if each.day else "") + ("" if each.done else "…") for each in found]


@pytest.mark.parametrize(
    ("changes", "state", "expected"),
    [
        ({}, OrderState.UNSEEN, ["县中心下发 03-02", "尚未收到…"]),
        (HELD, OrderState.WAITING, ["县中心下发 03-02", "室里收到 03-03", "2026年3月5日前答复…"]),
        (HELD, OrderState.SILENT, ["县中心下发 03-02", "室里收到 03-03", "尚未看到答复…"]),
        (HELD, OrderState.MOVED, ["县中心下发 03-02", "室里收到 03-03", "期限已延长或者中止，不再催办"]),
        ({}, OrderState.DONE, ["县中心下发 03-02", "事项已办，不再催办"]),
        (ANSWERED, OrderState.ANSWERED, ["县中心下发 03-02", "室里收到 03-03", "答复 03-04", "待审核…"]),
        (ANSWERED | {"verdict": Verdict.ACCEPTED}, OrderState.ACCEPTED,
         ["县中心下发 03-02", "室里收到 03-03", "答复 03-04", "认可"]),
        (HELD | {"issued_by_county": False}, OrderState.WAITING,
         ["调解室提出 03-02", "室里收到 03-03", "2026年3月5日前答复…"]),
    ],
)  # fmt: skip
def test_each_state_tells_what_was_done_and_what_is_to_come(
    changes: dict[str, Any], state: OrderState, expected: list[str]
) -> None:
    assert told(replace(ORDER, **changes), state) == expected


def test_an_urging_that_grew_and_what_it_grew_into_name_each_other() -> None:
    returned = replace(ORDER, **ANSWERED | {"verdict": Verdict.RETURNED})
    grown = replace(ORDER, id=OrderId("2" * 32), sort=OrderSort.SUPERVISE, issued_on=date(2026, 3, 9), received_on=None)
    stranger = replace(grown, id=OrderId("3" * 32), due=date(2026, 5, 1))
    assert told(returned, OrderState.RETURNED, stranger, grown)[-2:] == ["退回重办", "升级督办 03-09"]
    assert told(grown, OrderState.UNSEEN, returned) == ["由催办升级 03-02", "县中心下发 03-09", "尚未收到…"]
    assert told(stranger, OrderState.UNSEEN, returned) == ["县中心下发 03-09", "尚未收到…"], "another duty's"


def test_a_suggestion_stands_beside_the_ladder() -> None:
    advice = replace(ORDER, sort=OrderSort.SUGGEST, due=None)
    assert told(advice, OrderState.UNSEEN, replace(ORDER, sort=OrderSort.SUPERVISE, due=None)) == [
        "县中心下发 03-02", "尚未收到…",
    ]  # fmt: skip


def test_late_says_by_how_much() -> None:
    assert told(replace(ORDER, **HELD), OrderState.LATE, late=3)[-1] == "逾期3天未答复…"
