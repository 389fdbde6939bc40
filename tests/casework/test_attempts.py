"""Wrong passwords make the next try wait, also after the program was started again."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediator.casework import attempts, opening
from mediator.casework.complaints import complain
from mediator.casework.desk import Desk
from mediator.errors import NoAccess
from tests.casework.desks import PASSWORD, ROOM, StillClock, a_workshop

WRONG = "石桥下的流水 78 声"


def wrong(desk: Desk, times: int) -> None:
    """So many wrong passwords, none of them too early."""
    for _ in range(times):
        with pytest.raises(NoAccess, match=r"vault\.wrong_password"):
            opening.unlock(desk.workshop, desk.vault.folder, "li", WRONG)


@pytest.mark.threat("T09")
def test_three_slips_are_free_and_then_the_wait_doubles_up_to_a_minute() -> None:
    waits = [attempts.delay_ms(missed) // 1000 for missed in range(12)]
    assert waits == [0, 0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60]


@pytest.mark.threat("T09")
def test_a_try_before_its_time_is_not_even_looked_at(tmp_path: Path) -> None:
    clock = StillClock()
    desk = opening.create(a_workshop(clock=clock), tmp_path / "v", ROOM, PASSWORD).desk
    opening.lock(desk)
    wrong(desk, 4)
    with pytest.raises(NoAccess) as caught:
        opening.unlock(desk.workshop, desk.vault.folder, "li", PASSWORD)
    assert (caught.value.code, caught.value.facts["seconds"]) == ("vault.wait", 2)
    assert "请等2秒" in complain(caught.value).message
    clock.move(seconds=2)
    opening.lock(opening.unlock(desk.workshop, desk.vault.folder, "li", PASSWORD))
    assert opening.wrong_tries(desk.vault.folder, "li") == 0
    assert opening.wait_left(desk.workshop, desk.vault.folder, "li") == 0


@pytest.mark.threat("T09")
def test_starting_again_does_not_shorten_the_wait_and_leaving_the_name_out_neither(tmp_path: Path) -> None:
    desk = opening.create(a_workshop(), tmp_path / "v", ROOM, PASSWORD).desk
    opening.lock(desk)
    wrong(desk, 4)
    for login in ("li", None):
        with pytest.raises(NoAccess, match=r"vault\.wait"):
            opening.unlock(a_workshop(), desk.vault.folder, login, PASSWORD)


def test_nobody_waits_for_another_user_nor_longer_because_a_clock_was_set_back(tmp_path: Path) -> None:
    for _ in range(5):
        attempts.missed(tmp_path, "li", 1_000_000)
    assert attempts.seconds_left(tmp_path, "wang", 1_000_000) == 0
    assert attempts.seconds_left(tmp_path, "li", 0) == 4
    assert attempts.seconds_left(tmp_path, "li", 1_003_001) == 1


@pytest.mark.parametrize("damage", [b"", b"[]", b'{"li": "x"}', b'{"li": [1]}', b"\xff"])
def test_a_damaged_count_is_no_count(tmp_path: Path, damage: bytes) -> None:
    attempts.file_of(tmp_path).write_bytes(damage)
    assert attempts.tries(tmp_path, "li") == 0
    attempts.missed(tmp_path, "li", 7)
    assert attempts.tries(tmp_path, "li") == 1


def test_a_folder_that_cannot_be_written_opens_nobody_and_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    attempts.missed(tmp_path / "file" / "vault", "li", 7)
    assert attempts.forgiven(tmp_path / "file" / "vault", "li") == 0


def test_what_is_weak_about_a_password_is_told_while_it_is_typed() -> None:
    assert opening.password_weaknesses("短", "chen") == ("password.short", "password.obvious")
    assert opening.password_weaknesses("chen-湖川村口三棵树", "chen") == ("password.personal",)
    assert opening.password_weaknesses("湖川村口三棵树下见面", "chen") == ()
