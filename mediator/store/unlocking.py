"""Make a vault, unlock one, and the deeds on its key file."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from mediator.core.calendar import Calendar
from mediator.crypto import slots
from mediator.crypto.keyfile import KeyFile
from mediator.crypto.passwords import HOUSE, Policy, weaknesses
from mediator.crypto.signing import DeskKeys
from mediator.crypto.tree import VaultKeys
from mediator.errors import MediatorError, NoAccess, RefusedByRule, Unacceptable
from mediator.journal.entry import DeskId, Draft
from mediator.journal.streams import desk_stream
from mediator.store.appending import Ledger
from mediator.store.beginning import DATABASE, beginning, exists
from mediator.store.driver import Connection, Database, transaction, translated, unless_done
from mediator.store.files import FaultPoint, no_fault
from mediator.store.head import check_head
from mediator.store.holding import top_of
from mediator.store.keyfiles import read_keys, write_keys
from mediator.store.locking import VaultLock
from mediator.store.migrations import migrate
from mediator.store.opening import open_database, refuse_plain
from mediator.store.thread import OwnerThread
from mediator.store.vault import Vault, VaultUser

DESK_KEYS: Final = b"desk keys"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a vault is handed: the clock in ms UTC, today, the calendar, and the cost policy of passwords."""

    now: Callable[[], int]
    today: Callable[[], date]
    calendar: Calendar
    policy: Policy = HOUSE


@dataclass(frozen=True, slots=True)
class NewVault:
    """What the first run asks: who, where."""

    organization: str
    division: str
    login: str
    name: str


@dataclass(frozen=True, slots=True)
class Created:
    """A new vault, open, and its recovery code, which is shown once."""

    vault: Vault
    recovery_code: str


def weak_points(password: str, *, about: tuple[str, ...]) -> tuple[str, ...]:
    """Reasons why a password would be refused: `short`, `digits`, `obvious`, `personal` (T08)."""
    return weaknesses(password, about=about)


def refuse_weak(password: str, *, about: tuple[str, ...]) -> None:
    """Raise RefusedByRule `password.<reason>` for the first weakness (T08)."""
    found = weak_points(password, about=about)
    if found:
        raise RefusedByRule(f"password.{found[0]}")


def logins(folder: Path, *, policy: Policy = HOUSE) -> tuple[str, ...]:
    """Who can unlock the vault."""
    return read_keys(folder, policy=policy).logins


def create(folder: Path, new: NewVault, *, password: str, ground: Ground, first: Callable[[Created], None]) -> Created:
    """Make a vault in a folder without one; `first` writes what no vault may be without, before it counts as one.

    Raises RefusedByRule `vault.exists`, `password.*`; the folder then holds no vault that was not there before.
    """
    refuse_weak(password, about=(new.login, new.name))
    if exists(folder):
        raise RefusedByRule("vault.exists")
    made = slots.make(new.login, password, policy=ground.policy)
    settings = {"organization": new.organization, "division": new.division, f"name:{new.login}": new.name}
    with beginning(folder) as lock:
        vault = open_vault(folder, made.keys, lock=lock, login=new.login, ground=ground, settings=settings)
        with unless_done(vault.close):
            write_keys(folder, made.file)
            created = Created(vault, made.recovery_code)
            first(created)
    return created


def unlock(folder: Path, *, login: str | None, password: str, ground: Ground) -> Vault:
    """Open a vault by password; NoAccess `vault.wrong_password`, `vault.locked_by_other`, Unacceptable `vault.*`."""
    refuse_plain(folder / DATABASE)
    file = read_keys(folder, policy=ground.policy)
    keys = slots.unlock(file, login, password)
    if not (folder / DATABASE).is_file():
        raise Unacceptable("vault.no_database")
    lock = VaultLock(folder)
    with unless_done(lock.release):
        return open_vault(folder, keys, lock=lock, login=file.slot_of(login).login, ground=ground)


def open_vault(
    folder: Path,
    keys: VaultKeys,
    *,
    lock: VaultLock,
    login: str,
    ground: Ground,
    settings: dict[str, str] | None = None,
) -> Vault:
    """Open the database on its own thread; `settings` are kept for a new vault, which also gets its desk."""
    thread = OwnerThread()
    with unless_done(thread.close):
        ledger, user = thread.run(lambda: prepare(folder, keys, login=login, ground=ground, settings=settings))
    return Vault(folder=folder, ledger=ledger, thread=thread, lock=lock, keys=keys, user=user)


def prepare(
    folder: Path, keys: VaultKeys, *, login: str, ground: Ground, settings: dict[str, str] | None
) -> tuple[Ledger, VaultUser]:
    """On the owner thread: open, migrate, find the desk and its head, and who the user is."""
    connection = open_database(folder / DATABASE, keys.db)
    try:
        with translated():
            migrate(Database(connection))
            if settings is not None:
                new_desk(connection, keys, settings | {f"user:{login}": secrets.token_hex(16)})
            found = dict(connection.execute("SELECT name, value FROM setting").fetchall())
            wrapped = connection.execute("SELECT value FROM secret WHERE name = 'desk_keys'").fetchone()
        desk = DeskId(found["desk"])
        own = DeskKeys.from_secret(keys.unwrap(wrapped[0], purpose=DESK_KEYS))
        top = top_of(connection, desk)
        check_head(folder, top, keys)
    except (KeyError, TypeError):
        connection.close()
        raise Unacceptable("vault.damaged") from None
    except MediatorError:
        connection.close()
        raise
    ledger = Ledger(connection, desk, own, top, ground.now, ground.today, ground.calendar)
    return ledger, VaultUser(found.get(f"user:{login}", ""), login, found.get(f"name:{login}", login))


def new_desk(connection: Connection, keys: VaultKeys, settings: dict[str, str]) -> None:
    """A new life: random desk id and keys; the old life's keys are overwritten."""
    wrapped = keys.wrap(DeskKeys.fresh().to_secret(), purpose=DESK_KEYS)
    rows = settings | {"desk": secrets.token_hex(16)}
    with transaction(connection):
        for name, value in rows.items():
            connection.execute("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (name, value))
        connection.execute("INSERT OR REPLACE INTO secret (name, value) VALUES ('desk_keys', ?)", (wrapped,))


def birth(vault: Vault, *, wall: int) -> Draft:
    """The first entry of a desk: its public keys, so that its chain can be verified from the start."""
    body = {"sign": vault.desk_keys.sign_public.hex(), "seal": vault.desk_keys.seal_public.hex()}
    return Draft(stream=desk_stream(vault.desk), kind="desk.opened", body=body, seen={}, wall=wall, user=vault.user.id)


def change_password(
    folder: Path, *, login: str | None, old: str, new: str, policy: Policy, fault: FaultPoint = no_fault
) -> None:
    """Wrap the master key under a new password; the database is not touched (security.md 5.4)."""
    file = read_keys(folder, policy=policy)
    owner = file.slot_of(login).login
    refuse_weak(new, about=(owner,))
    changed = slots.put_password(file, opener=(login, old), login=owner, new_password=new, policy=policy)
    write_keys(folder, changed, fault=fault)


def add_user(folder: Path, *, opener: tuple[str | None, str], login: str, password: str, policy: Policy) -> None:
    """Give another person a slot; raises RefusedByRule `vault.user_exists`."""
    file = read_keys(folder, policy=policy)
    if login in file.logins:
        raise RefusedByRule("vault.user_exists")
    refuse_weak(password, about=(login,))
    write_keys(folder, slots.put_password(file, opener=opener, login=login, new_password=password, policy=policy))


def remove_user(vault: Vault, login: str, *, policy: Policy) -> None:
    """Take a person's slot away; raises RefusedByRule `vault.last_user`."""
    write_keys(vault.folder, slots.remove_user(read_keys(vault.folder, policy=policy), vault.keys, login))


def recover(folder: Path, code: str, *, login: str | None, new_password: str, policy: Policy) -> str:
    """Open the way with the recovery code; gives the new code, the used one is worthless."""
    file = read_keys(folder, policy=policy)
    refuse_weak(new_password, about=(file.slot_of(login).login,))
    try:
        made = slots.recover(file, code, login=login, new_password=new_password, policy=policy)
    except NoAccess as error:
        raise NoAccess("recovery.wrong") if error.code == "vault.wrong_password" else error from None
    write_keys(folder, made.file)
    made.keys.close()
    return made.recovery_code


def key_file(vault: Vault, *, policy: Policy) -> KeyFile:
    """The key file in force."""
    return read_keys(vault.folder, policy=policy)
