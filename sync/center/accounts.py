"""People of the county: login, sessions kept at the server, waits after wrong passwords (T55, T56, T58).

Coming, failing and going are entries of the center's own chain, in the transaction of what they tell. What somebody
typed as an unknown login is not kept: it may be a password.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import threading
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, select, update

from mediator.errors import NoAccess, RefusedByRule
from mediator.journal.streams import desk_stream
from sync.center.chain import say
from sync.center.county import Center, PasswordHash
from sync.center.database import Scope
from sync.center.tables import ACCOUNT, SESSION

IDLE: Final = 15 * 60 * 1000
ABSOLUTE: Final = 8 * 3600 * 1000
FREE_TRIES: Final = 3
LONGEST_WAIT: Final = 60_000
AT_ONCE: Final = 4
SALT: Final = 16
ADMIN: Final = "admin"
LONGEST_LOGIN: Final = 64
LONGEST_PASSWORD: Final = 1024


@dataclass(frozen=True, slots=True)
class Session:
    """Who is logged in; `csrf` stands in every form."""

    login: str
    csrf: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session: `token` goes into the cookie and only its hash rests here."""

    token: str
    session: Session


def add_account(center: Center, scope: Scope, login: str, password: str, *, role: str, stretch: PasswordHash) -> None:
    """A new account, or a new password for one, which ends all its sessions."""
    salt = center.random(SALT)
    row = {"login": login, "salt": salt, "verifier": stretch(password, salt=salt), "role": role, "failures": 0}
    scope.put(ACCOUNT, {**row, "wait_until": 0})
    scope.change(delete(SESSION).where(SESSION.c.login == login))
    note(center, scope, "audit.account_set", login)


def note(center: Center, scope: Scope, kind: str, login: str) -> None:
    """What somebody did at the door, as an entry that never leaves the center."""
    say(center, scope, desk_stream(center.desk), kind, {"login": login}, feeds=[])


class FrontDoor:
    """Login, with at most four slow hashes at once, so that logins are no attack on memory."""

    __slots__ = ("_at_once", "_center", "_stretch")

    def __init__(self, center: Center, stretch: PasswordHash) -> None:
        """`stretch` is the slow hash, handed in at start-up."""
        self._center, self._stretch = center, stretch
        self._at_once = threading.BoundedSemaphore(AT_ONCE)

    def enter(self, login: str, password: str) -> Opened:
        """A new session; an unknown login costs as much time as a known one.

        Raises NoAccess `login.wrong` for every wrong pair, RefusedByRule `request.rate` while one has to wait.
        """
        if len(login) > LONGEST_LOGIN or len(password) > LONGEST_PASSWORD:
            raise NoAccess("login.wrong")
        with self._center.database.reading() as scope:
            account = scope.one(select(ACCOUNT).where(ACCOUNT.c.login == login))
        left = (account.wait_until if account else 0) - self._center.now()
        if left > 0:
            raise RefusedByRule("request.rate", retry_after=left // 1000 + 1)
        with self._at_once:
            shown = self._stretch(password, salt=account.salt if account else bytes(SALT))
        if account is None or not hmac.compare_digest(shown, account.verifier):
            self._center.database.write(lambda scope: self._count_failure(scope, login))
            raise NoAccess("login.wrong")
        return self._center.database.write(lambda scope: self._open(scope, login))

    def _count_failure(self, scope: Scope, login: str) -> None:
        row = scope.locked(select(ACCOUNT.c.failures).where(ACCOUNT.c.login == login))
        if row is None:
            return
        over = row.failures + 1 - FREE_TRIES
        wait = min(1000 * 2**over, LONGEST_WAIT) if over > 0 else 0
        values = {"failures": row.failures + 1, "wait_until": self._center.now() + wait}
        scope.change(update(ACCOUNT).where(ACCOUNT.c.login == login).values(**values))
        note(self._center, scope, "audit.login_failed", login)

    def _open(self, scope: Scope, login: str) -> Opened:
        now = self._center.now()
        scope.change(update(ACCOUNT).where(ACCOUNT.c.login == login).values(failures=0, wait_until=0))
        scope.change(delete(SESSION).where(SESSION.c.made < now - ABSOLUTE))
        token, csrf = (base64.urlsafe_b64encode(self._center.random(32)).decode() for _ in range(2))
        scope.add(SESSION, [{"id": hashed(token), "login": login, "csrf": csrf, "made": now, "seen": now}])
        note(self._center, scope, "audit.login", login)
        return Opened(token, Session(login, csrf))

    def session(self, token: str) -> Session | None:
        """The session of a cookie, None once it idled 15 minutes, is 8 hours old, or was ended."""
        now = self._center.now()
        with self._center.database.reading() as scope:
            row = scope.one(select(SESSION).where(SESSION.c.id == hashed(token)))
        if row is None or row.seen < now - IDLE or row.made < now - ABSOLUTE:
            return None
        if row.seen < now - 60_000:
            seen = update(SESSION).where(SESSION.c.id == row.id).values(seen=now)
            self._center.database.write(lambda scope: scope.change(seen))
        return Session(row.login, row.csrf)

    def leave(self, token: str) -> None:
        """End a session; an unknown one is fine."""
        self._center.database.write(lambda scope: self._leave(scope, hashed(token)))

    def _leave(self, scope: Scope, session: str) -> None:
        row = scope.one(select(SESSION.c.login).where(SESSION.c.id == session))
        if row is not None:
            scope.change(delete(SESSION).where(SESSION.c.id == session))
            note(self._center, scope, "audit.logout", row.login)


def hashed(token: str) -> str:
    """What rests of a cookie: a database thief cannot log in with it."""
    return hashlib.sha256(b"mediator/session/1\x00" + token.encode("utf-8", "surrogatepass")).hexdigest()
