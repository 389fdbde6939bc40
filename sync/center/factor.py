"""The second factor of an account: a secret in somebody's telephone and eight codes on paper, sealed at rest (T63)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, select, update

from mediator.errors import NoAccess, RefusedByRule
from mediator.journal.streams import desk_stream
from sync.center import totp
from sync.center.chain import say
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.tables import ACCOUNT

NOBODY: Final = {"secret": None, "spare": None, "code_on": 0, "step": 0}


@dataclass(frozen=True, slots=True)
class Offer:
    """A secret that waits to be taken into a telephone: as text to type, and as what a QR code says."""

    typed: str
    address: str


def place_of(login: str, what: str) -> bytes:
    """What a sealed column of an account is bound to."""
    return f"account/{login}/{what}".encode()


def secret_in(center: Center, account: Row[Any]) -> bytes:
    """The secret of an account that has one."""
    return center.cabinet.open(account.secret, place=place_of(account.login, "secret"))


def spare_in(center: Center, account: Row[Any]) -> list[str]:
    """The codes on paper that are left."""
    if account.spare is None:
        return []
    found = json.loads(center.cabinet.open(account.spare, place=place_of(account.login, "spare")))
    return [str(each) for each in found]


def passes(center: Center, scope: Scope, account: Row[Any], typed: str) -> bool:
    """True when no code is asked for yet, or this one is right; a right one is used up. The row is locked."""
    if not account.code_on:
        return True
    shown = totp.plain(typed)
    step = totp.matched(secret_in(center, account), shown, now=center.now(), after=account.step)
    if step is not None:
        scope.change(update(ACCOUNT).where(ACCOUNT.c.login == account.login).values(step=step))
        return True
    left = totp.without(spare_in(center, account), shown)
    if left is None:
        return False
    keep_spare(center, scope, account.login, left)
    noted(center, scope, "audit.spare_used", account.login, left=len(left))
    return True


def keep_spare(center: Center, scope: Scope, login: str, codes: tuple[str, ...]) -> None:
    """Keep these codes on paper and no others."""
    sealed = center.cabinet.seal(json.dumps(codes).encode(), place=place_of(login, "spare"))
    scope.change(update(ACCOUNT).where(ACCOUNT.c.login == login).values(spare=sealed))


def offer(center: Center, login: str) -> Offer:
    """The secret that waits for this account, made when there is none; raises RefusedByRule `code.set` when one counts.

    It stays the same until it is confirmed, so that a page may be loaded again while somebody types.
    """

    def work(scope: Scope) -> bytes:
        row = locked(scope, login)
        if row.code_on:
            raise RefusedByRule("code.set")
        if row.secret is not None:
            return secret_in(center, row)
        secret = center.random(totp.SECRET)
        sealed = center.cabinet.seal(secret, place=place_of(login, "secret"))
        scope.change(update(ACCOUNT).where(ACCOUNT.c.login == login).values(secret=sealed))
        return secret

    secret = center.database.write(work)
    return Offer(totp.base32(secret), totp.address(secret, login=login, issuer=center.card.name))


def confirm(center: Center, login: str, typed: str) -> tuple[str, ...]:
    """The telephone shows the right code: from now on it counts. The codes on paper, to be shown this once.

    Raises NoAccess `code.wrong`, RefusedByRule `code.set`.
    """

    def work(scope: Scope) -> tuple[str, ...]:
        row = locked(scope, login)
        if row.code_on:
            raise RefusedByRule("code.set")
        shown, secret = totp.plain(typed), secret_in(center, row) if row.secret is not None else b""
        step = totp.matched(secret, shown, now=center.now(), after=0) if secret else None
        if step is None:
            raise NoAccess("code.wrong")
        scope.change(update(ACCOUNT).where(ACCOUNT.c.login == login).values(code_on=1, step=step))
        codes = totp.spare_codes(center.random)
        keep_spare(center, scope, login, codes)
        noted(center, scope, "audit.code_set", login)
        return codes

    return center.database.write(work)


def new_spare(center: Center, login: str, typed: str) -> tuple[str, ...]:
    """Other codes on paper, the old ones are void; asks for a code again. Raises NoAccess `code.wrong`."""

    def work(scope: Scope) -> tuple[str, ...] | None:
        row = locked(scope, login)
        if not row.code_on or not passes(center, scope, row, typed):
            return None
        codes = totp.spare_codes(center.random)
        keep_spare(center, scope, login, codes)
        noted(center, scope, "audit.spare_made", login)
        return codes

    made = center.database.write(work)
    if made is None:
        raise NoAccess("code.wrong")
    return made


def clear(scope: Scope, login: str) -> None:
    """The second factor has to be set up again."""
    scope.change(update(ACCOUNT).where(ACCOUNT.c.login == login).values(**NOBODY))


def locked(scope: Scope, login: str) -> Row[Any]:
    """An account's row, locked; raises RefusedByRule `account.unknown`."""
    row = scope.locked(select(ACCOUNT).where(ACCOUNT.c.login == login))
    if row is None:
        raise RefusedByRule("account.unknown")
    return row


def noted(center: Center, scope: Scope, kind: str, login: str, **about: object) -> None:
    """An entry of the center's own log."""
    say(center, scope, desk_stream(center.desk), kind, {"login": login, **about}, feeds=[])
