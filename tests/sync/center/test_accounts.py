"""People of the county: sessions that end (T56), waits after wrong passwords (T58), what a database thief gets."""

from __future__ import annotations

import threading
from random import Random

import pytest
from sqlalchemy import select

from mediator.errors import MediatorError, NoAccess, RefusedByRule
from mediator.journal.streams import desk_stream
from sync.center.accounts import (
    ABSOLUTE,
    ADMIN,
    AT_ONCE,
    FREE_TRIES,
    IDLE,
    LONGEST_PASSWORD,
    STRANGERS,
    FrontDoor,
    add_account,
)  # fmt: skip
from sync.center.county import Center
from sync.center.keeping import Keeper
from sync.center.tables import ACCOUNT, SESSION
from tests.sync.center.bundles import reopened
from tests.sync.center.people import PASSWORD, quick
from tests.sync.fakes import Clock, a_center


@pytest.fixture
def door(center: Center) -> FrontDoor:
    """With one account; the clock stands."""
    set_password(center, PASSWORD)
    clock(center).step = 0
    return FrontDoor(center, quick)


def clock(center: Center) -> Clock:
    """The center's clock, to be moved."""
    assert isinstance(center.now, Clock)
    return center.now


def set_password(center: Center, password: str, login: str = "shen") -> None:
    """A new account or a new password."""
    center.database.write(lambda scope: add_account(center, scope, login, password, role=ADMIN, stretch=quick))


def knock(door: FrontDoor, login: str = "shen", password: str = "wrong") -> str:
    """What the door says."""
    try:
        door.enter(login, password)
    except MediatorError as error:
        return f"{error.code} {error.facts.get('retry_after', '')}".strip()
    return "in"


@pytest.mark.threat("T58")
@pytest.mark.parametrize("login", ["shen", "nobody", "管理员"])
def test_three_wrong_passwords_are_free_and_then_each_wait_is_twice_as_long(
    center: Center, door: FrontDoor, login: str
) -> None:
    assert [knock(door, login) for _ in range(FREE_TRIES + 1)] == ["login.wrong"] * 4
    for seconds in (2, 4, 8, 16, 32, 60, 60):
        assert knock(door, login) == f"request.rate {seconds + 1}", "known and unknown names wait alike"
        clock(center).ms += seconds * 1000
        assert knock(door, login) == "login.wrong"


@pytest.mark.threat("T58")
def test_a_right_password_has_to_wait_too_and_then_clears_the_count(center: Center, door: FrontDoor) -> None:
    for _ in range(FREE_TRIES + 1):
        knock(door)
    assert knock(door, password=PASSWORD).startswith("request.rate")
    clock(center).ms += 2000
    assert knock(door, password=PASSWORD) == "in"
    assert [knock(door) for _ in range(FREE_TRIES + 1)] == ["login.wrong"] * 4


@pytest.mark.threat("T58")
def test_waits_survive_a_restart(center: Center, door: FrontDoor) -> None:
    for _ in range(FREE_TRIES + 1):
        knock(door)
    again = reopened(center)
    assert knock(FrontDoor(again, quick), password=PASSWORD).startswith("request.rate")
    again.database.close()


@pytest.mark.threat("T58")
def test_an_unknown_name_costs_a_hash_as_a_known_one_does(center: Center, door: FrontDoor) -> None:
    hashed: list[bytes] = []

    def counting(password: str, *, salt: bytes) -> bytes:
        hashed.append(salt)
        return quick(password, salt=salt)

    slow = FrontDoor(center, counting)
    assert [knock(slow, "shen"), knock(slow, "nobody")] == ["login.wrong"] * 2
    assert [len(salt) for salt in hashed] == [16, 16]


@pytest.mark.threat("T61")
def test_names_nobody_has_are_counted_in_bounded_memory_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    center = a_center(Random(1))
    monkeypatch.setattr("sync.center.accounts.STRANGERS", 5)
    door = FrontDoor(center, quick)
    for number in range(20):
        knock(door, f"my-password-{number}")
    assert len(door._strangers) == 5 < STRANGERS
    assert not any("my-password" in key for key in door._strangers)


@pytest.mark.threat("T58")
@pytest.mark.parametrize(
    ("login", "password"), [("", "x"), ("a" * 65, "x"), ("a b", "x"), ("shen", "x" * (LONGEST_PASSWORD + 1))]
)
def test_what_can_be_no_login_costs_no_hash(center: Center, login: str, password: str) -> None:
    def never(password: str, *, salt: bytes) -> bytes:
        raise AssertionError

    assert knock(FrontDoor(center, never), login, password) == "login.wrong"


def test_slow_hashes_are_made_four_at_a_time(center: Center, door: FrontDoor) -> None:
    inside, most, go, lock = [0], [0], threading.Event(), threading.Lock()

    def slow(password: str, *, salt: bytes) -> bytes:
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            if inside[0] == AT_ONCE:
                go.set()
        go.wait(5)
        with lock:
            inside[0] -= 1
        return quick(password, salt=salt)

    busy = FrontDoor(center, slow)
    threads = [threading.Thread(target=knock, args=(busy, f"n{number}")) for number in range(AT_ONCE * 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most[0] == AT_ONCE


@pytest.mark.threat("T56")
def test_every_login_is_a_new_session_and_only_its_hash_rests(center: Center, door: FrontDoor) -> None:
    first, second = (door.enter("shen", PASSWORD) for _ in range(2))
    assert first.token != second.token
    assert first.session.csrf != second.session.csrf
    with center.database.reading() as scope:
        rested = [row.id for row in scope.rows(select(SESSION.c.id))]
        row = scope.one(select(ACCOUNT))
    assert not {first.token, second.token} & set(rested)
    assert row is not None
    assert PASSWORD.encode() not in row.verifier
    assert all(door.session(each) is None for each in rested), "a thief of the database is not let in"


@pytest.mark.threat("T56")
def test_a_session_ends_after_idling_and_after_a_day_of_work(center: Center, door: FrontDoor) -> None:
    token = door.enter("shen", PASSWORD).token
    clock(center).ms += IDLE
    assert door.session(token) is not None
    clock(center).ms += IDLE + 1
    assert door.session(token) is None
    token = door.enter("shen", PASSWORD).token
    for _ in range(ABSOLUTE // IDLE):
        clock(center).ms += IDLE
        assert door.session(token) is not None
    clock(center).ms += 1
    assert door.session(token) is None, "also for who never stops"
    door.enter("shen", PASSWORD)
    with center.database.reading() as scope:
        assert len(scope.rows(select(SESSION.c.id))) == 1, "dead ones are swept"


@pytest.mark.threat("T56")
def test_leaving_ends_this_session_and_a_new_password_ends_all(center: Center, door: FrontDoor) -> None:
    set_password(center, PASSWORD, "other")
    mine, again = (door.enter("shen", PASSWORD).token for _ in range(2))
    others = door.enter("other", PASSWORD).token
    door.leave(mine)
    door.leave("nobody's")
    assert [door.session(each) is None for each in (mine, again, others)] == [True, False, False]
    set_password(center, "another-house-2026")
    assert [door.session(each) is None for each in (again, others)] == [True, False]
    assert [knock(door, password=PASSWORD), knock(door, password="another-house-2026")] == ["login.wrong", "in"]


@pytest.mark.parametrize("login", ["", " shen", "a:b", "a/b", "x" * 65, "a\tb"])
def test_a_name_that_the_form_could_not_send_is_no_account(center: Center, login: str) -> None:
    with pytest.raises(RefusedByRule, match=r"room\.login"):
        set_password(center, PASSWORD, login)
    with pytest.raises(RefusedByRule, match=r"password\.long"):
        set_password(center, "x" * (LONGEST_PASSWORD + 1))


def test_who_came_failed_and_went_is_kept_and_an_unknown_name_is_not(center: Center, door: FrontDoor) -> None:
    knock(door)
    knock(door, "typed-password-by-mistake")
    door.leave(door.enter("shen", PASSWORD).token)
    told = sorted(Keeper(center).stream(desk_stream(center.desk)), key=lambda entry: entry.n)
    kept = [(entry.kind, entry.content()) for entry in told]
    kinds = ["audit.account_set", "audit.login_failed", "audit.login", "audit.logout"]
    assert kept == [(kind, {"login": "shen"}) for kind in kinds]


def test_an_account_that_is_gone_in_between_is_only_refused(center: Center, door: FrontDoor) -> None:
    def meanwhile(password: str, *, salt: bytes) -> bytes:
        center.database.write(lambda scope: scope.change(ACCOUNT.delete()))
        return bytes(32)

    with pytest.raises(NoAccess, match=r"login\.wrong"):
        FrontDoor(center, meanwhile).enter("shen", PASSWORD)
