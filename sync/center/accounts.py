"""People of the county: accounts with roles, a township and a second factor; login and sessions kept at the server.

Coming, failing and going are entries of the center's own chain, in the transaction of what they tell (T55, T56, T58).
What somebody typed as an unknown login is not kept: it may be a password.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, delete, select, update

from mediator.errors import NoAccess, RefusedByRule
from mediator.journal.streams import desk_stream
from sync.center import factor
from sync.center.chain import say
from sync.center.county import Center, PasswordHash
from sync.center.database import Scope
from sync.center.roles import FOUNDER, OF_COUNTY, WHOLE_LOG, Role, rights_of, roles_in, terms_of, words_of
from sync.center.tables import ACCOUNT, SESSION

IDLE: Final = 15 * 60 * 1000
ABSOLUTE: Final = 8 * 3600 * 1000
FREE_TRIES: Final = 3
LONGEST_WAIT: Final = 60_000
AT_ONCE: Final = 4
SALT: Final = 16
ADMIN: Final = FOUNDER
LOGIN: Final = re.compile(r"[^\s:/]{1,64}")
STRANGERS: Final = 10_000
LONGEST_PASSWORD: Final = 1024


@dataclass(frozen=True, slots=True)
class Session:
    """Who is logged in; `csrf` stands in every form.

    `owed` is what has to be done before anything else: `password` for one that somebody else made up, `code` for a
    second factor that the role asks for, empty for nothing.
    """

    login: str
    csrf: str
    roles: frozenset[Role] = frozenset()
    township: str = ""
    owed: str = ""

    def may(self, right: str) -> bool:
        """True when one of the roles has this right."""
        return right in rights_of(self.roles)

    @property
    def terms(self) -> str:
        """The roles as people call them: `督导员、审计员`."""
        return terms_of(words_of(self.roles))

    @property
    def sees_all(self) -> bool:
        """True when the log shows this person also who looked at what."""
        return bool(self.roles & WHOLE_LOG)


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session: `token` goes into the cookie and only its hash rests here."""

    token: str
    session: Session


@dataclass(frozen=True, slots=True)
class Waits:
    """Wrong passwords in a row, and until when (ms) the next try waits: three are free, then 2, 4, … 60 seconds."""

    failures: int
    until: int

    def one_more(self, now: int) -> Waits:
        """After another wrong one."""
        over = self.failures + 1 - FREE_TRIES
        return Waits(self.failures + 1, now + (min(1000 * 2**over, LONGEST_WAIT) if over > 0 else 0))


def add_account(center: Center, scope: Scope, login: str, password: str, *, role: str, stretch: PasswordHash) -> None:
    """A new account, or a new password for one, which ends all its sessions; a second factor that is there stays.

    Raises RefusedByRule `room.login` for a name, `password.long` for a password that the form could not send.
    """
    if LOGIN.fullmatch(login) is None:
        raise RefusedByRule("room.login")
    held = scope.one(select(ACCOUNT).where(ACCOUNT.c.login == login))
    kept = dict(held._mapping) if held else {"role": role, **BLANK}
    scope.put(ACCOUNT, {**kept, "login": login, **secret_of(center, password, stretch), "off": 0})
    end_sessions(scope, login)
    note(center, scope, "audit.account_set", login)


BLANK: Final = {"township": "", "fresh": 0, "secret": None, "spare": None, "code_on": 0, "step": 0, "came": 0}


def secret_of(center: Center, password: str, stretch: PasswordHash) -> dict[str, object]:
    """What an account keeps of a password, and no waits; raises RefusedByRule `password.long`."""
    if len(password) > LONGEST_PASSWORD:
        raise RefusedByRule("password.long")
    salt = center.random(SALT)
    return {"salt": salt, "verifier": stretch(password, salt=salt), "failures": 0, "wait_until": 0}


def end_sessions(scope: Scope, login: str) -> None:
    """Whoever is logged in under this name is out."""
    scope.change(delete(SESSION).where(SESSION.c.login == login))


def note(center: Center, scope: Scope, kind: str, login: str, **about: object) -> None:
    """What somebody did at the door or to an account, as an entry that never leaves the center."""
    say(center, scope, desk_stream(center.desk), kind, {"login": login, **about}, feeds=[])


class FrontDoor:
    """Login, with at most four slow hashes at once, so that logins are no attack on memory."""

    __slots__ = ("_at_once", "_center", "_strangers", "_stretch")

    def __init__(self, center: Center, stretch: PasswordHash) -> None:
        """`stretch` is the slow hash, handed in at start-up."""
        self._center, self._stretch = center, stretch
        self._at_once = threading.BoundedSemaphore(AT_ONCE)
        self._strangers: OrderedDict[str, Waits] = OrderedDict()

    def enter(self, login: str, password: str, code: str = "") -> Opened:
        """A new session; an unknown login costs as much time as a known one and has to wait as often.

        Raises NoAccess `login.wrong` for every wrong pair or code, RefusedByRule `request.rate` while one has to wait.
        """
        if LOGIN.fullmatch(login) is None or len(password) > LONGEST_PASSWORD:
            raise NoAccess("login.wrong")
        with self._center.database.reading() as scope:
            account = scope.one(select(ACCOUNT).where(ACCOUNT.c.login == login))
        self._wait_over(account.wait_until if account else self._stranger(login).until)
        shown = self.hashed(password, account.salt if account else bytes(SALT))
        if account is None:
            self._count_stranger(login)
            raise NoAccess("login.wrong")
        right = hmac.compare_digest(shown, account.verifier) and not account.off
        opened = self._center.database.write(lambda scope: self._decide(scope, login, code, right=right))
        if opened is None:
            raise NoAccess("login.wrong")
        return opened

    def hashed(self, password: str, salt: bytes) -> bytes:
        """The slow hash, four at a time."""
        with self._at_once:
            return self._stretch(password, salt=salt)

    def proved(self, login: str, password: str) -> bool:
        """True when this is the account's password; who is logged in proves it again before a grave deed."""
        with self._center.database.reading() as scope:
            account = scope.one(select(ACCOUNT).where(ACCOUNT.c.login == login))
        if account is None or len(password) > LONGEST_PASSWORD:
            return False
        self._wait_over(account.wait_until)
        right = hmac.compare_digest(self.hashed(password, account.salt), account.verifier)
        if not right:
            self._center.database.write(lambda scope: self._count_failure(scope, login))
        return right

    def fresh(self, password: str) -> dict[str, object]:
        """What an account keeps of a new password; raises RefusedByRule `password.long`."""
        with self._at_once:
            return secret_of(self._center, password, self._stretch)

    def _wait_over(self, until: int) -> None:
        left = until - self._center.now()
        if left > 0:
            raise RefusedByRule("request.rate", retry_after=left // 1000 + 1)

    def _stranger(self, login: str) -> Waits:
        return self._strangers.get(hashed(login), Waits(0, 0))

    def _count_stranger(self, login: str) -> None:
        """Wrong tries at a name that nobody has, in memory and by its hash alone: what was typed is not kept."""
        self._strangers[hashed(login)] = self._stranger(login).one_more(self._center.now())
        self._strangers.move_to_end(hashed(login))
        while len(self._strangers) > STRANGERS:
            self._strangers.popitem(last=False)

    def _decide(self, scope: Scope, login: str, code: str, *, right: bool) -> Opened | None:
        """In, or one more failure; the code is looked at under the account's lock, so that it works once."""
        row = scope.locked(select(ACCOUNT).where(ACCOUNT.c.login == login))
        if row is not None and right and factor.passes(self._center, scope, row, code):
            return self._open(scope, row)
        self._count_failure(scope, login)
        return None

    def _count_failure(self, scope: Scope, login: str) -> None:
        row = scope.locked(select(ACCOUNT.c.failures, ACCOUNT.c.wait_until).where(ACCOUNT.c.login == login))
        if row is None:
            return
        waits = Waits(row.failures, row.wait_until).one_more(self._center.now())
        counted = {"failures": waits.failures, "wait_until": waits.until}
        scope.change(update(ACCOUNT).where(ACCOUNT.c.login == login).values(**counted))
        note(self._center, scope, "audit.login_failed", login)

    def _open(self, scope: Scope, account: Row[Any]) -> Opened:
        now, login = self._center.now(), account.login
        scope.change(update(ACCOUNT).where(ACCOUNT.c.login == login).values(failures=0, wait_until=0, came=now))
        scope.change(delete(SESSION).where(SESSION.c.made < now - ABSOLUTE))
        token, csrf = (base64.urlsafe_b64encode(self._center.random(32)).decode() for _ in range(2))
        scope.add(SESSION, [{"id": hashed(token), "login": login, "csrf": csrf, "made": now, "seen": now}])
        note(self._center, scope, "audit.login", login)
        return Opened(token, session_of(account, csrf))

    def session(self, token: str) -> Session | None:
        """The session of a cookie, None once it idled 15 minutes, is 8 hours old, or was ended."""
        now = self._center.now()
        with self._center.database.reading() as scope:
            row = scope.one(select(SESSION).where(SESSION.c.id == hashed(token)))
            account = scope.one(select(ACCOUNT).where(ACCOUNT.c.login == row.login)) if row else None
        if row is None or account is None or account.off or row.seen < now - IDLE or row.made < now - ABSOLUTE:
            return None
        if row.seen < now - 60_000:
            seen = update(SESSION).where(SESSION.c.id == row.id).values(seen=now)
            self._center.database.write(lambda scope: scope.change(seen))
        return session_of(account, row.csrf)

    def leave(self, token: str) -> None:
        """End a session; an unknown one is fine."""
        self._center.database.write(lambda scope: self._leave(scope, hashed(token)))

    def _leave(self, scope: Scope, session: str) -> None:
        row = scope.one(select(SESSION.c.login).where(SESSION.c.id == session))
        if row is not None:
            scope.change(delete(SESSION).where(SESSION.c.id == session))
            note(self._center, scope, "audit.logout", row.login)


def session_of(account: Row[Any], csrf: str) -> Session:
    """What an account is now: a role that was taken away is gone with the next request."""
    roles = roles_in(account.role)
    owed = "password" if account.fresh else "code" if roles & OF_COUNTY and not account.code_on else ""
    return Session(account.login, csrf, roles, account.township, owed)


def hashed(token: str) -> str:
    """What rests of a cookie: a database thief cannot log in with it."""
    return hashlib.sha256(b"mediator/session/1\x00" + token.encode("utf-8", "surrogatepass")).hexdigest()
