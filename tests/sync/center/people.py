"""People of a county with a telephone: accounts whose second factor is known, and their way in."""

from __future__ import annotations

import hashlib
import re

import httpx
from sqlalchemy import update

from sync.center import totp
from sync.center.accounts import ADMIN, FrontDoor, add_account
from sync.center.county import Center
from sync.center.factor import place_of
from sync.center.tables import ACCOUNT

PASSWORD = "county-house-2026"
SECRET = b"a telephone's secret"
# Whose clock the telephones go by: the county that was given its people last.
COUNTIES: list[Center] = []


def quick(password: str, *, salt: bytes) -> bytes:
    """A hash that costs nothing."""
    return hashlib.sha256(salt + password.encode()).digest()


def add_person(center: Center, login: str = "admin", *, role: str = ADMIN, township: str = "") -> None:
    """An account whose telephone shows the codes of SECRET."""
    center.database.write(lambda scope: add_account(center, scope, login, PASSWORD, role=role, stretch=quick))
    sealed = center.cabinet.seal(SECRET, place=place_of(login, "secret"))
    own = update(ACCOUNT).where(ACCOUNT.c.login == login)
    center.database.write(lambda scope: scope.change(own.values(secret=sealed, code_on=1, township=township, step=0)))
    COUNTIES[:] = [center]


def code_now() -> str:
    """What the telephone shows; what was shown before may be typed again, as if half a minute had passed."""
    center = COUNTIES[0]
    center.database.write(lambda scope: scope.change(update(ACCOUNT).values(step=0)))
    return totp.digits_at(SECRET, totp.step_of(center.now()))


def log_in(client: httpx.Client, login: str = "admin") -> str:
    """Log in; the token of forms."""
    answer = client.post("/login", data={"login": login, "password": PASSWORD, "code": code_now()})
    assert answer.status_code == 303, answer.text
    found = re.search(r'name="token" value="([^"]+)"', client.get("/account").text)
    assert found
    return found[1]


def cookie_for(center: Center, login: str = "admin") -> str:
    """A session's token, got at the door itself."""
    return FrontDoor(center, quick).enter(login, PASSWORD, code_now()).token
