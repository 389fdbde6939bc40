"""When the network is tried next: the published row of waits, its spread, and what begins it anew (G11)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.casework import opening, retrying
from mediator.casework.desk import Desk
from mediator.casework.retrying import MINUTE, Pace, after
from tests.casework.desks import PASSWORD, a_desk, a_workshop

NOW = 1_772_000_000_000


def middle(count: int) -> bytes:
    """Neither a fifth less nor a fifth more."""
    return b"\x7f\xff"[:count]


def waits(count: int, *, chance: retrying.Chance = middle) -> list[int]:
    """Minutes between so many failures in a row."""
    pace, found = Pace(), []
    for _ in range(count):
        pace = after(pace, NOW, "network.unreachable", chance)
        found.append(round((pace.again - NOW) / MINUTE))
    return found


def test_waits_double_up_to_an_hour_and_stay_there_for_a_year() -> None:
    assert waits(8) == [1, 2, 4, 8, 16, 32, 60, 60]
    assert waits(9_000)[-1] == 60


@given(st.integers(1, 5_000), st.binary(min_size=2, max_size=2))
def test_no_wait_is_more_than_a_fifth_off(failures: int, drawn: bytes) -> None:
    pace = after(Pace(failures - 1), NOW, "network.cut", lambda _: drawn)
    usual = min(2 ** min(failures - 1, 10), 60) * MINUTE
    assert 0.8 * usual - 1 <= pace.again - NOW <= 1.2 * usual + 1


def test_rooms_that_lost_the_county_together_do_not_come_back_together() -> None:
    drawn = (number.to_bytes(2, "big") for number in range(0, 65_536, 997))
    assert len({retrying.spread(32, lambda _, each=each: each) for each in drawn}) > 60  # type: ignore[misc]


def test_success_ends_the_row_and_a_press_begins_it_anew() -> None:
    long = Pace(6, NOW, NOW + 60 * MINUTE, "network.cut")
    assert after(long, NOW, "", middle).failures == 0
    assert after(long, NOW, "", middle).again - NOW == pytest.approx(30 * MINUTE, abs=MINUTE)
    pressed = after(long, NOW, "network.cut", middle, pressed=True)
    assert (pressed.failures, round((pressed.again - NOW) / MINUTE)) == (1, 1)


@pytest.mark.parametrize(
    ("again", "due"),
    [(NOW + 1, False), (NOW, True), (NOW - 1, True), (NOW + 119 * MINUTE, False), (NOW + 5_256_000 * MINUTE, True)],
    ids=["not yet", "now", "late", "the longest wait", "set while the clock stood ten years ahead"],
)  # fmt: skip
def test_a_try_is_due_at_its_time_and_a_clock_that_ran_wrong_holds_nobody_for_years(again: int, due: bool) -> None:
    assert Pace(1, NOW, again, "network.cut").is_due(NOW) is due


@pytest.mark.parametrize("code", ["desk.revoked", "entry.fork", "receipt.chain"])
def test_what_only_a_person_can_mend_is_not_tried_again_by_itself(code: str) -> None:
    assert not after(Pace(), NOW, code, bytes).is_due(NOW + 1000 * 60 * MINUTE)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = a_desk(tmp_path / "vault")
    yield made
    opening.lock(made)


def test_the_row_of_waits_survives_a_restart(tmp_path: Path) -> None:
    workshop = a_workshop()
    desk = a_desk(tmp_path / "vault", workshop=workshop)
    for _ in range(4):
        retrying.keep_try(desk, "network.unreachable")
    kept, place, login = retrying.pace_of(desk.vault), desk.vault.folder, desk.vault.user.login
    opening.lock(desk)
    again = opening.unlock(workshop, place, login, PASSWORD)
    assert retrying.pace_of(again.vault) == kept
    assert kept.failures == 4
    opening.lock(again)


def test_a_setting_that_cannot_be_read_is_a_try_at_once(desk: Desk) -> None:
    for text in ("", "x", "1", "1 2", "1 2 y z"):
        desk.vault.keep_setting(retrying.SETTING, text)
        assert retrying.pace_of(desk.vault).is_due(NOW)


def test_what_was_stopped_by_a_lock_or_stood_behind_another_was_no_try(desk: Desk) -> None:
    retrying.keep_try(desk, "network.cut")
    before = retrying.pace_of(desk.vault)
    for code in ("sync.stopped", "sync.running"):
        retrying.keep_try(desk, code)
    assert retrying.pace_of(desk.vault) == before


def test_a_next_try_is_promised_only_where_one_will_come(desk: Desk) -> None:
    retrying.keep_try(desk, "network.cut")
    assert retrying.shown(desk.vault, member=True).again is not None
    assert retrying.shown(desk.vault, member=False).again is None, "no county's address is known"
    retrying.go_by_itself(desk.vault, False)
    told = retrying.shown(desk.vault, member=True)
    assert (told.again, told.failures, told.code) == (None, 1, "network.cut")
    retrying.go_by_itself(desk.vault, True)
    retrying.keep_try(desk, "desk.revoked")
    assert retrying.shown(desk.vault, member=True).again is None
