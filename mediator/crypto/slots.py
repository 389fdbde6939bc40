"""Deeds on the key file: make it, open it, change a password, add and remove users, use the recovery code."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from mediator.crypto import recovery
from mediator.crypto.keyfile import (
    PASSWORD,
    RECOVERY,
    KeyFile,
    checked,
    empty_slot,
    fill_slot,
    is_whole,
    open_slot,
    sealed_by,
)
from mediator.crypto.passwords import Policy, prepared
from mediator.crypto.tree import VaultKeys, wipe
from mediator.errors import MediatorError, NoAccess, RefusedByRule, Unacceptable


@dataclass(frozen=True, slots=True)
class Made:
    """A new key file, the keys it opens, and the recovery code, which is shown once and in no trace."""

    file: KeyFile
    keys: VaultKeys
    recovery_code: str = field(repr=False)


def make(login: str, password: str, *, policy: Policy) -> Made:
    """A key file for a new vault with one user and a recovery slot."""
    master, code = bytearray(secrets.token_bytes(32)), recovery.fresh_code()
    bare = KeyFile(vault_id=secrets.token_hex(16), epoch=1, seq=0, slots=(), mac="")
    try:
        return _with_fresh_code(bare, master, login=login, password=password, code=code, policy=policy)
    finally:
        wipe(master)


def _with_fresh_code(file: KeyFile, master: bytearray, *, login: str, password: str, code: str, policy: Policy) -> Made:
    """The file with `login`'s slot and the recovery slot replaced."""
    kept = tuple(slot for slot in file.slots if slot.kind == PASSWORD and slot.login != login)
    mine = fill_slot(empty_slot(PASSWORD, login, policy), prepared(password), master, vault_id=file.vault_id)
    spare = fill_slot(empty_slot(RECOVERY, "", policy), recovery.read(code), master, vault_id=file.vault_id)
    keys = VaultKeys(master, vault_id=file.vault_id)
    return Made(sealed_by(replace(file, seq=file.seq + 1, slots=(*kept, mine, spare)), keys), keys, code)


def unlock(file: KeyFile, login: str | None, password: str) -> VaultKeys:
    """The vault's keys by password; raises NoAccess `vault.wrong_password`, Unacceptable `vault.keys`."""
    master = open_slot(file, file.slot_of(login), prepared(password))
    try:
        return checked(file, master)
    finally:
        wipe(master)


def unlock_newest(copies: Sequence[KeyFile], login: str | None, password: str) -> tuple[KeyFile, VaultKeys]:
    """The newest whole copy that the password opens, and the keys; raises as `unlock` of the first copy.

    A copy that was damaged or changed gives way to its twin. A password of the past opens an older copy only as
    long as no newer one is whole, so neither a kill between two writes nor an old file brings it back.
    """
    fault: MediatorError | None = None
    for file in copies:
        try:
            master = open_slot(file, file.slot_of(login), prepared(password))
        except MediatorError as error:
            fault = fault or error
            continue
        try:
            if file is next((each for each in copies if is_whole(each, master)), None):
                return file, checked(file, master)
        finally:
            wipe(master)
        fault = fault or Unacceptable("vault.keys")
    raise fault or Unacceptable("vault.keys")


def recover(file: KeyFile, code: str, *, login: str | None, new_password: str, policy: Policy) -> Made:
    """Use the recovery code: a new password for `login` and a new code; the used code is worthless afterwards."""
    slot = next((slot for slot in file.slots if slot.kind == RECOVERY), None)
    if slot is None:
        raise NoAccess("recovery.none")
    owner = file.slot_of(login).login
    master = open_slot(file, slot, recovery.read(code))
    try:
        checked(file, master).close()
        return _with_fresh_code(
            file, master, login=owner, password=new_password, code=recovery.fresh_code(), policy=policy
        )
    finally:
        wipe(master)


def put_password(
    file: KeyFile, *, opener: tuple[str | None, str], login: str, new_password: str, policy: Policy
) -> KeyFile:
    """Add a user, or change a password: `opener` is (login, password) of a slot that opens the vault now."""
    opened, password = opener
    master = open_slot(file, file.slot_of(opened), prepared(password))
    try:
        keys = checked(file, master)
        kept = tuple(slot for slot in file.slots if not (slot.kind == PASSWORD and slot.login == login))
        mine = fill_slot(empty_slot(PASSWORD, login, policy), prepared(new_password), master, vault_id=file.vault_id)
        changed = sealed_by(replace(file, seq=file.seq + 1, slots=(*kept, mine)), keys)
        keys.close()
        return changed
    finally:
        wipe(master)


def remove_user(file: KeyFile, keys: VaultKeys, login: str) -> KeyFile:
    """The file without a user's slot; raises RefusedByRule `vault.last_user`, NoAccess `vault.unknown_user`."""
    slot = file.slot_of(login)
    if len(file.logins) == 1:
        raise RefusedByRule("vault.last_user")
    return sealed_by(replace(file, seq=file.seq + 1, slots=tuple(s for s in file.slots if s != slot)), keys)
