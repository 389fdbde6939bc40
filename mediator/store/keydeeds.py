"""Deeds on the key file of a vault: passwords, users, the recovery code. The database is never touched for them."""

from __future__ import annotations

from pathlib import Path

from mediator.crypto import slots
from mediator.crypto.keyfile import KeyFile, parse, to_bytes
from mediator.crypto.passwords import HOUSE, Policy, weaknesses
from mediator.errors import NoAccess, RefusedByRule
from mediator.store.files import FaultPoint, no_fault
from mediator.store.keyfiles import read_keys, write_keys
from mediator.store.locking import VaultLock
from mediator.store.vault import Vault


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


def changes(folder: Path, *, policy: Policy = HOUSE) -> int:
    """How often the key file has been written: what tells a change whose trace is missing."""
    return read_keys(folder, policy=policy).seq


def write_proved(
    folder: Path, file: KeyFile, *, login: str, password: str, policy: Policy, fault: FaultPoint = no_fault
) -> None:
    """Write a key file once its own bytes were read back and opened with the new password (security.md 5.4)."""
    slots.unlock(parse(to_bytes(file), policy=policy), login, password).close()
    write_keys(folder, file, fault=fault)


def prove(folder: Path, *, login: str, password: str, policy: Policy) -> None:
    """Return when this password opens this login's slot; raises NoAccess `vault.wrong_password`."""
    slots.unlock(read_keys(folder, policy=policy), login, password).close()


def change_password(
    folder: Path, *, login: str | None, old: str, new: str, policy: Policy, fault: FaultPoint = no_fault
) -> None:
    """Wrap the master key under a new password (security.md 5.4); the caller holds the vault."""
    file = read_keys(folder, policy=policy)
    owner = file.slot_of(login).login
    refuse_weak(new, about=(owner,))
    changed = slots.put_password(file, opener=(login, old), login=owner, new_password=new, policy=policy)
    write_proved(folder, changed, login=owner, password=new, policy=policy, fault=fault)


def add_user(folder: Path, *, opener: tuple[str | None, str], login: str, password: str, policy: Policy) -> None:
    """Give another person a slot; raises RefusedByRule `vault.user_exists`."""
    file = read_keys(folder, policy=policy)
    if login in file.logins:
        raise RefusedByRule("vault.user_exists")
    refuse_weak(password, about=(login,))
    changed = slots.put_password(file, opener=opener, login=login, new_password=password, policy=policy)
    write_proved(folder, changed, login=login, password=password, policy=policy)


def remove_user(vault: Vault, login: str, *, policy: Policy) -> None:
    """Take a person's slot away; raises RefusedByRule `vault.last_user`."""
    write_keys(vault.folder, slots.remove_user(read_keys(vault.folder, policy=policy), vault.keys, login))


def recover(
    folder: Path, code: str, *, login: str | None, new_password: str, policy: Policy, fault: FaultPoint = no_fault
) -> str:
    """Open the way with the recovery code; gives the new code, the used one is worthless.

    The vault must be closed: raises NoAccess `vault.locked_by_other`, or `recovery.*` for a code that is not right.
    """
    lock = VaultLock(folder)
    try:
        file = read_keys(folder, policy=policy)
        owner = file.slot_of(login).login
        refuse_weak(new_password, about=(owner,))
        made = recovered(file, code, login=owner, new_password=new_password, policy=policy)
        made.keys.close()
        write_proved(folder, made.file, login=owner, password=new_password, policy=policy, fault=fault)
    finally:
        lock.release()
    return made.recovery_code


def recovered(file: KeyFile, code: str, *, login: str, new_password: str, policy: Policy) -> slots.Made:
    """The changed key file; a code that opens nothing is called so, and not a wrong password."""
    try:
        return slots.recover(file, code, login=login, new_password=new_password, policy=policy)
    except NoAccess as error:
        raise NoAccess("recovery.wrong") if error.code == "vault.wrong_password" else error from None
