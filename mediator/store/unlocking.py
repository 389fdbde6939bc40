"""Unlock a vault: the password, the lock, the database with its head, and whose desk it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from mediator.core.calendar import Calendar
from mediator.crypto import slots
from mediator.crypto.passwords import HOUSE, Policy
from mediator.crypto.signing import DeskKeys
from mediator.crypto.tree import VaultKeys
from mediator.errors import Unacceptable
from mediator.journal.entry import DeskId
from mediator.store import doomed
from mediator.store.appending import Ledger
from mediator.store.beginning import DATABASE
from mediator.store.driver import Connection, Database, unless_done
from mediator.store.head import check_head, touch_head, write_head
from mediator.store.holding import known_hash, top_of
from mediator.store.keyfiles import mend_copies, read_copies
from mediator.store.locking import VaultLock
from mediator.store.migrations import migrate
from mediator.store.opening import open_database, refuse_foreign
from mediator.store.places import refuse_place
from mediator.store.space import keep_ballast
from mediator.store.tables import bring_up_to_date, tables_in_force
from mediator.store.thread import OwnerThread
from mediator.store.vault import Vault, VaultUser

DESK_KEYS: Final = b"desk keys"


def untroubled(_folder: Path) -> str:
    """Every place will do."""
    return ""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a vault is handed: the clock in ms UTC, today, the calendar, and the cost policy of passwords.

    `trouble` says why a vault may not lie in a folder, `ballast` how many bytes are set aside for a full disk.
    """

    now: Callable[[], int]
    today: Callable[[], date]
    calendar: Calendar
    policy: Policy = HOUSE
    trouble: Callable[[Path], str] = untroubled
    ballast: int = 0


def unlock(folder: Path, *, login: str | None, password: str, ground: Ground) -> Vault:
    """Open a vault by password; NoAccess `vault.wrong_password`, `vault.locked_by_other`, Unacceptable `vault.*`.

    RefusedByRule `vault.network_drive`, `vault.removable` for a folder that is on no disk of this machine.
    """
    refuse_place(ground.trouble(folder))
    copies = read_copies(folder, policy=ground.policy)
    refuse_foreign(folder / DATABASE)
    file, keys = slots.unlock_newest(copies, login, password)
    with unless_done(keys.close):
        lock = VaultLock(folder)
        with unless_done(lock.release):
            mend_copies(folder, file)
            return open_vault(folder, keys, lock=lock, login=file.slot_of(login).login, ground=ground)


def open_vault(folder: Path, keys: VaultKeys, *, lock: VaultLock, login: str, ground: Ground) -> Vault:
    """Open the database on its own thread."""
    thread = OwnerThread()
    with unless_done(thread.close):
        ledger = thread.run(lambda: prepare(folder, keys, ground=ground))
        user = thread.run(lambda: user_of(ledger.connection, login))
    lock.say(login, ground.now())
    keep_ballast(folder, ground.ballast)
    return Vault(folder=folder, ledger=ledger, thread=thread, lock=lock, keys=keys, user=user)


def prepare(folder: Path, keys: VaultKeys, *, ground: Ground) -> Ledger:
    """On the owner thread: open, migrate, find the desk, and compare with the noted head."""
    connection = open_database(folder / DATABASE, keys.db)
    with unless_done(connection.close):
        migrate(Database(connection))
        ledger = ledger_of(connection, keys, ground=ground)
        ledger.head_found = check_head(folder, partial(known_hash, connection, ledger.desk), keys)
        if not ledger.head_found:
            write_head(folder, ledger.top, keys)
        ledger.note = partial(touch_head, folder, keys)
        bring_up_to_date(connection, ledger.tables, ledger.today())
        doomed.bring_up_to_date(connection)
    return ledger


def ledger_of(connection: Connection, keys: VaultKeys, *, ground: Ground) -> Ledger:
    """The desk that lives in a database, with its keys; raises Unacceptable `vault.damaged` when there is none."""
    desk = connection.execute("SELECT value FROM setting WHERE name = 'desk'").fetchone()
    wrapped = connection.execute("SELECT value FROM secret WHERE name = 'desk_keys'").fetchone()
    if desk is None or wrapped is None:
        raise Unacceptable("vault.damaged")
    own, top = DeskKeys.from_secret(keys.unwrap(wrapped[0], purpose=DESK_KEYS)), top_of(connection, DeskId(desk[0]))
    tables = tables_in_force(connection, ground.calendar)
    return Ledger(connection, DeskId(desk[0]), own, top, ground.now, ground.today, ground.calendar, tables)


def user_of(connection: Connection, login: str) -> VaultUser:
    """Who unlocked; a login without a kept name is called by itself."""
    found = dict(connection.execute("SELECT name, value FROM setting WHERE name LIKE 'user:%' OR name LIKE 'name:%'"))
    return VaultUser(found.get(f"user:{login}", ""), login, found.get(f"name:{login}", login))
