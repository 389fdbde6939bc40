"""用户: first passwords, the second factor, help by a second person, and sessions that end with it (T56, T58)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import httpx
import pytest
from sqlalchemy import select, update

from mediator.errors import MediatorError
from sync.center import people, totp
from sync.center.accounts import FrontDoor, add_account
from sync.center.application import application
from sync.center.county import Center
from sync.center.factor import secret_in
from sync.center.people import Wanted
from sync.center.roles import Role
from sync.center.tables import ACCOUNT
from tests.sync.center.people import PASSWORD, add_person, code_now, log_in, quick
from tests.sync.center.serving import client_of
from tests.sync.fakes import a_center

NEW = "five-plain-words-here"


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    """One person who may do everything."""
    made = a_center(Random(5), url=f"sqlite:///{tmp_path / 'center.db'}")
    add_person(made)
    yield made
    made.database.close()


@pytest.fixture
def http(center: Center) -> Iterator[httpx.Client]:
    """A browser."""
    with client_of(application(center, quick)) as made:
        yield made


def enter(client: httpx.Client, login: str, password: str, code: str = "") -> int:
    """What the door answers."""
    return client.post("/login", data={"login": login, "password": password, "code": code}).status_code


def token_of(client: httpx.Client) -> str:
    """The token of forms."""
    found = re.search(r'name="token" value="([^"]+)"', client.get("/account").text)
    assert found
    return found[1]


def phone(center: Center, login: str) -> str:
    """The code of a secret that is set up or waits."""
    with center.database.reading() as scope:
        row = scope.one(select(ACCOUNT).where(ACCOUNT.c.login == login))
    assert row
    center.database.write(lambda scope: scope.change(update(ACCOUNT).values(step=0)))
    return totp.digits_at(secret_in(center, row), totp.step_of(center.now()))


@pytest.mark.threat("T58")
def test_a_new_person_changes_the_password_and_sets_up_a_telephone_before_anything_else(
    center: Center, http: httpx.Client
) -> None:
    token = log_in(http)
    told = http.post("/users/add", data={"token": token, "login": "li", "role": "supervisor"}).text
    first = re.search(r'class="code">([0-9A-Z-]{16})<', told)
    assert first
    assert first[1] not in http.get("/users").text
    assert enter(http, "li", first[1]) == 303
    for path in ("/", "/cases", "/audit", "/users"):
        assert http.get(path).headers["location"] == "/account", "nothing is seen before"
    change = {"token": token_of(http), "password": first[1], "new_password": NEW, "again_password": NEW}
    assert "两次输入" in http.post("/account/password", data=change | {"again_password": "other-words"}).text
    assert "太短" in http.post("/account/password", data=change | {"new_password": "x", "again_password": "x"}).text
    assert http.post("/account/password", data=change).headers["location"] == "/login"
    assert (enter(http, "li", first[1]), enter(http, "li", NEW)) == (403, 303)
    assert http.get("/").headers["location"] == "/account", "a telephone is still owed"
    assert "<svg" not in http.get("/account").text
    wrong = http.post("/account/code", data={"token": token_of(http), "code": "000000"})
    assert (wrong.status_code, "动态口令不对" in wrong.text) == (403, True)
    bound = http.post("/account/code", data={"token": token_of(http), "code": phone(center, "li")}).text
    spare = re.findall(r'<li class="digits">([0-9A-Z]{5}-[0-9A-Z]{5})</li>', bound)
    assert len(spare) == totp.SPARE
    assert http.get("/").status_code == 200
    assert enter(http, "li", NEW) == 403, "from now on without a code nobody comes in"
    assert enter(http, "li", NEW, phone(center, "li")) == 303
    assert (enter(http, "li", NEW, spare[0]), enter(http, "li", NEW, spare[0])) == (303, 403), "once"
    again = {"token": "", "password": NEW, "code": phone(center, "li")}
    assert enter(http, "li", NEW, spare[1].lower()) == 303
    made = http.post("/account/spare", data=again | {"token": token_of(http)}).text
    assert len(re.findall(r'<li class="digits">', made)) == totp.SPARE
    assert enter(http, "li", NEW, spare[2]) == 403, "the old ones are void"


@pytest.mark.threat("T56")
def test_a_second_person_resets_and_every_change_ends_the_sessions(center: Center, http: httpx.Client) -> None:
    add_person(center, "li", role="supervisor")
    with client_of(application(center, quick)) as other:
        log_in(other, "li")
        assert other.get("/cases").status_code == 200
        token = log_in(http)
        own = http.post("/users/reset", data={"token": token, "login": "admin"})
        assert (own.status_code, "请另一位管理员" in own.text) == (409, True)
        told = http.post("/users/reset", data={"token": token, "login": "li"}).text
        assert other.get("/cases").headers["location"] == "/login"
        first = re.search(r'class="code">([0-9A-Z-]{16})<', told)
        assert first
        assert enter(other, "li", PASSWORD, code_now()) == 403
        assert enter(other, "li", first[1]) == 303, "the telephone is forgotten too"
        assert other.get("/cases").headers["location"] == "/account"
        assert http.post("/users/switch", data={"token": token, "login": "li", "off": "1"}).status_code == 303
        assert other.get("/account").headers["location"] == "/login"
        assert enter(other, "li", first[1]) == 403
    shown = http.get("/audit?kind=audit.account_reset").text
    assert ("重设密码和动态口令" in shown, ">li<" in shown.replace("\n", "") or "li" in shown) == (True, True)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (Wanted("", frozenset({Role.AUDITOR}), ""), "room.login"),
        (Wanted("a b", frozenset({Role.AUDITOR}), ""), "room.login"),
        (Wanted("li", frozenset(), ""), "account.roles"),
        (Wanted("li", frozenset({Role.TOWNSHIP, Role.ADMIN}), "331122101"), "account.roles"),
        (Wanted("li", frozenset({Role.TOWNSHIP}), ""), "account.township"),
        (Wanted("li", frozenset({Role.TOWNSHIP}), "330000101"), "account.township"),
        (Wanted("li", frozenset({Role.AUDITOR}), "331122101"), "account.township"),
        (Wanted("admin", frozenset({Role.AUDITOR}), ""), "account.taken"),
    ],
)
def test_an_account_that_cannot_be_is_refused_by_name(center: Center, wanted: Wanted, code: str) -> None:
    with pytest.raises(MediatorError) as caught:
        people.add(center, FrontDoor(center, quick), wanted, who="admin")
    assert caught.value.code == code
    assert [row.login for row in people.accounts(center)] == ["admin"]


def test_the_last_who_runs_the_machine_stays(center: Center) -> None:
    add_person(center, "li", role="admin")
    people.switch(center, "admin", off=True, who="li")
    with pytest.raises(MediatorError, match=r"account\.last"):
        people.switch(center, "li", off=True, who="somebody")
    with pytest.raises(MediatorError, match=r"account\.last"):
        people.change(center, Wanted("li", frozenset({Role.AUDITOR}), ""), who="somebody")
    people.switch(center, "admin", off=False, who="li")


def test_a_new_password_from_the_machine_keeps_roles_and_telephone(center: Center) -> None:
    add_person(center, "li", role="township", township="331122101")
    center.database.write(lambda scope: add_account(center, scope, "li", NEW, role="admin", stretch=quick))
    row = next(each for each in people.accounts(center) if each.login == "li")
    assert (row.role, row.township, row.code_on) == ("township", "331122101", 1)
