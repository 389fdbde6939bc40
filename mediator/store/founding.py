"""Make a new vault: its database with a desk in it, its head, its keys, and what no vault may be without."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from mediator.crypto import slots
from mediator.crypto.signing import DeskKeys
from mediator.crypto.tree import VaultKeys
from mediator.errors import RefusedByRule
from mediator.journal.entry import NO_HASH, Draft
from mediator.journal.streams import desk_stream
from mediator.store.beginning import DATABASE, beginning, exists
from mediator.store.driver import Connection, Database, transaction, unless_done
from mediator.store.head import write_head
from mediator.store.keydeeds import refuse_weak
from mediator.store.keyfiles import write_keys
from mediator.store.migrations import migrate
from mediator.store.opening import make_database
from mediator.store.places import refuse_place
from mediator.store.thread import told
from mediator.store.unlocking import DESK_KEYS, Ground, open_vault
from mediator.store.vault import Vault


@dataclass(frozen=True, slots=True)
class NewVault:
    """What the first run asks: who, where; `kind` is empty for a real room."""

    organization: str
    division: str
    login: str
    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Created:
    """A new vault, open, and its recovery code, which is shown once and in no trace."""

    vault: Vault
    recovery_code: str = field(repr=False)


def create(folder: Path, new: NewVault, *, password: str, ground: Ground, first: Callable[[Created], None]) -> Created:
    """Make a vault in a folder without one; `first` writes what no vault may be without, before it counts as one.

    Raises RefusedByRule `vault.exists`, `password.*`; the folder then holds no vault that was not there before.
    """
    refuse_place(ground.trouble(folder))
    refuse_weak(password, about=(new.login, new.name))
    if exists(folder):
        raise RefusedByRule("vault.exists")
    made = slots.make(new.login, password, policy=ground.policy)
    with unless_done(made.keys.close), beginning(folder) as lock:
        told(lambda: furnish(folder / DATABASE, made.keys, new))
        write_head(folder, (0, NO_HASH), made.keys)
        write_keys(folder, made.file)
        vault = open_vault(folder, made.keys, lock=lock, login=new.login, ground=ground)
        with unless_done(vault.close):
            created = Created(vault, made.recovery_code)
            first(created)
    return created


def furnish(path: Path, keys: VaultKeys, new: NewVault) -> None:
    """The database of a new vault: schema, settings, a desk."""
    connection = make_database(path, keys.db)
    try:
        migrate(Database(connection))
        user = {f"user:{new.login}": secrets.token_hex(16), f"name:{new.login}": new.name}
        room = {"organization": new.organization, "division": new.division, "room_kind": new.kind}
        new_desk(connection, keys, room | user)
    finally:
        connection.close()


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
