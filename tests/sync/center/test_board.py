"""首页 asks the same questions as the lists behind its figures, in few passes over the cases."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from random import Random
from typing import Any

from sqlalchemy import event, select, update

from mediator.core.codes import Verdict
from sync.center import board, reading, supervising
from sync.center.accounts import FrontDoor
from sync.center.county import Center
from sync.center.judging import unfolded
from sync.center.limiting import Limiter
from sync.center.pages import KNOCKS, Pages, environment
from sync.center.reading import Query
from sync.center.supervising import OrderQuery
from sync.center.tables import CASE_ROW, DESK
from tests.sync.center.people import quick
from tests.sync.center.watched import a_matter, issue_all, on_day, room_answers, room_looks, sent
from tests.sync.world import NEIGHBOR, TOWNSHIP, a_laptop

TODAY = date(2026, 3, 20)


def held(center: Center, *rows: dict[str, object]) -> None:
    """Rows of the list as a fold would leave them."""
    made = [unfolded(f"{n:032x}", TOWNSHIP, "") | {"dirty": 0} | row for n, row in enumerate(rows)]  # type: ignore[arg-type]  # an id of a stream
    center.database.write(lambda scope: scope.add(CASE_ROW, made))


@contextmanager
def asked(center: Center) -> Iterator[list[str]]:
    """The statements that go to the database."""
    found: list[str] = []

    def note(_c: Any, _u: Any, statement: str, *_rest: Any) -> None:
        found.append(statement)

    event.listen(center.database.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(center.database.engine, "before_cursor_execute", note)


def test_the_trend_counts_twelve_months_by_their_days_and_nothing_else(center: Center) -> None:
    on_day(center, TODAY)
    held(
        center,
        {"accepted_on": "2025-04-01", "signed_on": "2025-04-30"}, {"accepted_on": "2025-03-31"},
        {"accepted_on": "2026-03-01", "signed_on": "2026-03-20"}, {"accepted_on": "2026-03-31"}, {},
    )  # fmt: skip
    told = board.trend(center).told
    assert told.startswith("近十二个月受理和达成协议：4月受理1，达成协议1；5月受理0")
    assert told.endswith("3月受理2，达成协议1。")


def test_a_figure_of_the_board_is_the_length_of_its_list(center: Center) -> None:
    on_day(center, TODAY)
    a_laptop(Random(1), center, "desk-here")
    center.database.write(lambda scope: scope.change(update_told(center)))
    held(
        center,
        {"due": "2026-03-01", "status": "in_mediation", "accepted_on": "2026-02-01"},
        {"due": "2026-03-19", "status": "signed", "accepted_on": "2026-01-01", "signed_on": "2026-03-02"},
        {"due": "2026-03-21", "status": "accepted", "accepted_on": "2025-12-31"},
        {"due": "2026-03-01", "township": NEIGHBOR, "status": "accepted", "accepted_on": "2026-03-01"},
    )
    rows = {row.code: row for row in reading.townships(center)}
    here = rows[TOWNSHIP]
    assert (here.accepted, here.mediating, here.agreed, here.late) == (2, 2, 1, 2)
    assert rows[NEIGHBOR].late == 0, "nobody there has told anything"
    for code, row in rows.items():
        assert reading.cases(center, Query(township=code, late=True))[1] == row.late
    assert len(rows) == 18


def update_told(center: Center) -> Any:
    """Every computer has told up to now."""
    return update(DESK).values(told_until=center.now())


def test_the_whole_board_is_a_handful_of_statements_however_many_cases_there_are(center: Center) -> None:
    on_day(center, TODAY)
    pages = Pages(center, FrontDoor(center, quick), environment(), Limiter(**KNOCKS, now=center.now))
    counts = []
    for start in (0, 200):
        made = [unfolded(f"{start + n:032x}", TOWNSHIP, "") | {"dirty": 0} for n in range(200)]  # type: ignore[arg-type]  # an id of a stream
        center.database.write(lambda scope, rows=made: scope.add(CASE_ROW, rows))  # type: ignore[misc]  # bound at once
        with asked(center) as statements:
            pages._home()
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 30, statements


def test_orders_that_are_done_with_are_not_read_again_for_the_board(center: Center) -> None:
    desk = a_laptop(Random(1), center, "desk-watched")
    a_matter(desk)
    on_day(center, date(2026, 3, 26))
    sent(center, desk)
    issue_all(center)
    waiting = supervising.awaited(center, limit=99)
    assert waiting[1] == len([e for e in supervising.every_order(center, OrderQuery()) if e.standing.waits]) > 0
    for each in room_looks(desk, date(2026, 3, 26)) or [e.standing.order.id for e in waiting[0]]:
        room_answers(desk, each, "已办", date(2026, 3, 26))
    sent(center, desk)
    for found in supervising.awaited(center, limit=99)[0]:
        order = found.standing.order.id
        supervising.judge(center, found.line.id, order, verdict=Verdict.ACCEPTED, text="", who="shen")
    assert supervising.awaited(center, limit=99) == ((), 0)
    with center.database.reading() as scope:
        assert [row.attended for row in scope.rows(select(CASE_ROW.c.attended))] == [0]
    assert supervising.followed(center, OrderQuery())[1] > 0
