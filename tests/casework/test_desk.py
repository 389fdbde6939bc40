"""The desk: Beijing days, fresh ids, and whoever listens is told after the commit."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from mediator.casework import intake
from mediator.casework.desk import Desk, SystemClock, day_of, milliseconds, unheard
from mediator.core.records import CaseId
from tests.casework.desks import StillClock, a_document, taken_in


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 8, 15, 59, 59, tzinfo=UTC), date(2026, 3, 8)),
        (datetime(2026, 3, 8, 16, 0, 0, tzinfo=UTC), date(2026, 3, 9)),
        (datetime(2025, 12, 31, 16, 0, 0, tzinfo=UTC), date(2026, 1, 1)),
    ],
)
def test_a_day_begins_at_midnight_in_beijing(moment: datetime, day: date) -> None:
    assert day_of(moment) == day


def test_moments_are_whole_milliseconds() -> None:
    assert milliseconds(datetime(1970, 1, 1, 0, 0, 1, 999_999, tzinfo=UTC)) == 1999
    assert SystemClock().now().tzinfo is UTC
    assert unheard(()) is None  # type: ignore[func-returns-value]  # nobody listens


def test_the_day_moves_with_the_clock(desk: Desk) -> None:
    clock = desk.workshop.clock
    assert isinstance(clock, StillClock)
    assert desk.today() == date(2026, 3, 9)
    clock.move(hours=14, minutes=30)
    assert (desk.today(), desk.now_ms() % 1000) == (date(2026, 3, 10), 0)


def test_ids_are_32_hex_digits_and_never_come_twice(desk: Desk) -> None:
    ids = {desk.fresh_id() for _ in range(200)}
    assert len(ids) == 200
    assert all(len(each) == 32 and int(each, 16) >= 0 for each in ids)


def test_a_listener_is_told_when_and_which_cases(desk: Desk) -> None:
    told: list[tuple[datetime | None, frozenset[CaseId]]] = []
    desk.listen(lambda when, cases: told.append((when, cases)))
    case_id = taken_in(desk, a_document())
    intake.save_case(desk, case_id, {}, {"title": "新"})
    assert [case_id in cases for _, cases in told] == [True, True]
    assert {when.isoformat() for when, _ in told if when} == {"2026-03-09T09:30:00+08:00"}
