"""用户: who has an account at the county, what they may, and what one person does for another who is locked out.

Nobody does these things to the own account: a lost telephone or password is reset by a second person, and the last
account that may do so stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, func, select, update

from mediator.errors import RefusedByRule
from sync.center import factor
from sync.center.accounts import BLANK, LOGIN, FrontDoor, end_sessions, note
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.roles import Role, roles_in, words_of
from sync.center.tables import ACCOUNT, SESSION

CROCKFORD: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
FIRST_LENGTH: Final = 14


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an account is to be; a township goes with the role of a township's head alone."""

    login: str
    roles: frozenset[Role]
    township: str

    def checked(self, center: Center) -> Wanted:
        """Raise RefusedByRule `room.login`, `account.roles`, `account.township`."""
        if LOGIN.fullmatch(self.login) is None:
            raise RefusedByRule("room.login")
        if not self.roles or (Role.TOWNSHIP in self.roles and len(self.roles) > 1):
            raise RefusedByRule("account.roles")
        if (Role.TOWNSHIP in self.roles) != bool(self.township):
            raise RefusedByRule("account.township")
        if self.township and self.township not in center.places.townships(center.county):
            raise RefusedByRule("account.township")
        return self


def accounts(center: Center) -> Sequence[Row[Any]]:
    """Every account, those in use first."""
    with center.database.reading() as scope:
        return scope.rows(select(ACCOUNT).order_by(ACCOUNT.c.off, ACCOUNT.c.login))


def logged_in(center: Center) -> dict[str, int]:
    """How many sessions are open under each name."""
    with center.database.reading() as scope:
        rows = scope.rows(select(SESSION.c.login, func.count().label("held")).group_by(SESSION.c.login))
    return {row.login: int(row.held) for row in rows}


def add(center: Center, door: FrontDoor, wanted: Wanted, *, who: str) -> str:
    """A new account; its first password, to be told by word of mouth and changed at the first login.

    Raises RefusedByRule `account.taken` and what `Wanted.checked` raises.
    """
    asked, password = wanted.checked(center), first_password(center)
    secret = door.fresh(password)

    def work(scope: Scope) -> None:
        if scope.one(select(ACCOUNT.c.login).where(ACCOUNT.c.login == asked.login)) is not None:
            raise RefusedByRule("account.taken")
        row = {**BLANK, **secret, "login": asked.login, "role": words_of(asked.roles), "township": asked.township}
        scope.add(ACCOUNT, [{**row, "fresh": 1, "off": 0}])
        note(center, scope, "audit.account_set", who, person=asked.login, roles=words_of(asked.roles))

    center.database.write(work)
    return password


def first_password(center: Center) -> str:
    """Fourteen characters that nobody takes for one another, in groups: 68 bits."""
    text = "".join(CROCKFORD[byte % len(CROCKFORD)] for byte in center.random(FIRST_LENGTH))
    return "-".join((text[:5], text[5:10], text[10:]))


def change(center: Center, wanted: Wanted, *, who: str) -> None:
    """Other roles or another township; whoever is logged in is out, so that nothing old lingers (T56).

    Raises RefusedByRule `account.unknown`, `account.self`, `account.last` and what `Wanted.checked` raises.
    """
    asked = wanted.checked(center)
    told = {"roles": words_of(asked.roles)}

    def work(scope: Scope) -> None:
        other(scope, asked.login, who)
        new = {"role": words_of(asked.roles), "township": asked.township}
        touch(center, scope, asked.login, new, kind="audit.account_changed", who=who, **told)

    center.database.write(work)


def reset(center: Center, door: FrontDoor, login: str, *, who: str) -> str:
    """A second person's help: a new first password, and the second factor has to be set up again.

    Raises RefusedByRule `account.unknown`, `account.self`.
    """
    password = first_password(center)
    secret = door.fresh(password)

    def work(scope: Scope) -> None:
        other(scope, login, who)
        new = {**secret, **factor.NOBODY, "fresh": 1}
        touch(center, scope, login, new, kind="audit.account_reset", who=who)

    center.database.write(work)
    return password


def switch(center: Center, login: str, *, off: bool, who: str) -> None:
    """An account that nobody may use any more, or may again. Raises RefusedByRule `account.unknown`, `account.self`."""

    def work(scope: Scope) -> None:
        other(scope, login, who)
        kind = "audit.account_off" if off else "audit.account_on"
        touch(center, scope, login, {"off": int(off)}, kind=kind, who=who)

    center.database.write(work)


def other(scope: Scope, login: str, who: str) -> Row[Any]:
    """The account of somebody else, locked; raises RefusedByRule `account.unknown`, `account.self`."""
    if login == who:
        raise RefusedByRule("account.self")
    return factor.locked(scope, login)


def touch(
    center: Center, scope: Scope, login: str, new: dict[str, Any], *, kind: str, who: str, **told: object
) -> None:
    """The change, the end of all its sessions, and the entry that says who did it."""
    scope.change(update(ACCOUNT).where(ACCOUNT.c.login == login).values(**new))
    end_sessions(scope, login)
    if not any(
        Role.ADMIN in roles_in(row.role) for row in scope.rows(select(ACCOUNT.c.role).where(ACCOUNT.c.off == 0))
    ):
        raise RefusedByRule("account.last")
    note(center, scope, kind, who, person=login, **told)


def change_password(center: Center, door: FrontDoor, login: str, *, old: str, new: str) -> None:
    """The own password; all sessions end. Raises RefusedByRule `password.*`, `account.password` for a wrong old one."""
    if not door.proved(login, old):
        raise RefusedByRule("account.password")
    secret = door.fresh(new)

    def work(scope: Scope) -> None:
        scope.change(update(ACCOUNT).where(ACCOUNT.c.login == login).values(**secret, fresh=0))
        end_sessions(scope, login)
        note(center, scope, "audit.password_changed", login)

    center.database.write(work)
