"""The exchange that nobody pressed for: when it goes, whom it asks, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mediator.casework import exchange, opening, retrying
from mediator.casework.background import by_itself
from mediator.casework.county import Exchanged
from mediator.casework.desk import Desk
from mediator.errors import NoAccess, WorldFailed
from tests.casework.desks import StillClock, a_desk, a_workshop
from tests.casework.test_exchange import Door

NOTHING_NEW = Exchanged(0, 0, 0, 0, 0, 900)


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def door() -> Door:
    return Door()


@pytest.fixture
def desk(tmp_path: Path, door: Door, clock: StillClock) -> Iterator[Desk]:
    made = a_desk(tmp_path / "vault", workshop=replace(a_workshop(clock=clock), exchange=door))
    yield made
    opening.lock(made)


def asked(door: Door) -> list[str]:
    """What was asked since the last look."""
    found = list(door.asked)
    door.asked.clear()
    return found


def test_it_goes_when_its_time_came_and_not_before(desk: Desk, door: Door, clock: StillClock) -> None:
    assert by_itself(desk) == door.answer
    assert asked(door) == ["reachable", "network "], "the county this vault belongs to, and nobody else"
    clock.move(minutes=5)
    assert by_itself(desk) is None
    assert asked(door) == []
    clock.move(minutes=40)
    assert by_itself(desk) == door.answer


def test_without_a_road_nothing_is_sent_and_the_next_try_is_told(desk: Desk, door: Door, clock: StillClock) -> None:
    door.away, door.url = True, "https://county.example"
    waits = []
    for _ in range(5):
        assert by_itself(desk) is None
        retry = exchange.status(desk).retry
        assert retry.again is not None
        waits.append(round((retry.again - clock.now()).total_seconds() / 60))
        clock.move(minutes=90)
    assert set(asked(door)) == {"reachable"}
    assert waits == sorted(waits)
    assert waits[-1] > 10
    assert desk.vault.shelf.exchanges(5) == ()


def test_a_network_that_appears_is_used_before_its_time(desk: Desk, door: Door, clock: StillClock) -> None:
    for _ in range(6):
        retrying.keep_try(desk, "network.unreachable")
    door.away = True
    clock.move(minutes=2)
    assert by_itself(desk) is None
    assert retrying.pace_of(desk.vault).failures == 6, "to look whether there is a road is no failed try"
    door.away = False
    assert by_itself(desk) == door.answer
    assert retrying.pace_of(desk.vault).failures == 0


def test_a_county_that_answers_and_refuses_is_given_its_time(desk: Desk, door: Door, clock: StillClock) -> None:
    door.answer = replace(NOTHING_NEW, code="network.busy")
    by_itself(desk)
    asked(door)
    clock.move(seconds=20)
    assert by_itself(desk) is None
    assert asked(door) == []


def test_a_month_of_nothing_new_leaves_no_line_and_no_entry(desk: Desk, door: Door, clock: StillClock) -> None:
    door.answer = NOTHING_NEW
    before = desk.vault.entry_count()
    for _ in range(60):
        assert by_itself(desk) == NOTHING_NEW
        clock.move(minutes=37)
    assert desk.vault.entry_count() == before
    assert desk.vault.shelf.exchanges(5) == ()


def test_the_same_trouble_leaves_one_line_another_its_own(desk: Desk, door: Door, clock: StillClock) -> None:
    for code in ("network.busy", "network.busy", "network.busy", "center.full", ""):
        door.answer = replace(NOTHING_NEW, code=code)
        by_itself(desk)
        clock.move(minutes=90)
    assert [row.code for row in desk.vault.shelf.exchanges(9)] == ["", "center.full", "network.busy"]
    door.error = NoAccess("sync.not_enrolled")
    with pytest.raises(NoAccess):
        by_itself(desk)
    assert desk.vault.shelf.exchanges(1)[0].code == "sync.not_enrolled"


def test_what_moved_stands_in_the_history_like_any_exchange(desk: Desk, door: Door) -> None:
    by_itself(desk)
    row = desk.vault.shelf.exchanges(1)[0]
    assert (row.road, row.sent, row.received) == ("network", 3, 2)


def test_a_lock_in_the_middle_is_no_failure(desk: Desk, door: Door) -> None:
    door.error = WorldFailed("sync.stopped")
    with pytest.raises(WorldFailed):
        by_itself(desk)
    assert retrying.pace_of(desk.vault) == retrying.Pace()
    assert desk.vault.shelf.exchanges(1) == ()


def test_who_wants_to_press_presses(desk: Desk, door: Door) -> None:
    retrying.go_by_itself(desk.vault, False)
    assert by_itself(desk) is None
    assert asked(door) == []
    assert exchange.by_network(desk) == door.answer


def test_a_press_after_failures_goes_at_once_and_begins_the_count_anew(desk: Desk, door: Door) -> None:
    for _ in range(6):
        retrying.keep_try(desk, "network.unreachable")
    door.error = WorldFailed("network.unreachable")
    with pytest.raises(WorldFailed):
        exchange.by_network(desk)
    assert retrying.pace_of(desk.vault).failures == 1
