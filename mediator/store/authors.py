"""Who signed: the public keys of the desks that a vault has heard of."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from mediator.crypto.signing import verify
from mediator.errors import MediatorError
from mediator.journal.entry import DeskId, Entry
from mediator.journal.framing import read_entry, verify_entry
from mediator.store.driver import Connection

if TYPE_CHECKING:
    from mediator.store.vault import Vault


def author_keys(connection: Connection) -> dict[DeskId, bytes]:
    """Public keys of other desks: what each said at its birth, and above that what the center certified."""
    born: dict[DeskId, bytes] = {}
    certified: dict[DeskId, bytes] = {}
    known = "SELECT bytes FROM journal WHERE kind IN ('desk.opened', 'desk.enrolled')"
    for (data,) in connection.execute(known):
        with suppress(MediatorError, ValueError, TypeError):  # a bad one is found where every entry is read
            entry = read_entry(data)
            body = entry.content()
            found, desk = (born, entry.desk) if entry.kind == "desk.opened" else (certified, str(body.get("desk")))
            found[DeskId(desk)] = bytes.fromhex(body.get("sign"))  # type: ignore[arg-type]  # anything else is refused
    return born | certified


def former_lives(vault: Vault) -> dict[DeskId, bytes]:
    """This desk and the desks whose backups its vault grew out of, each with its key, proved life by life.

    What a county says about them does not count here: each life signed whose successor it is.
    """
    told = {entry.desk: entry for entry in vault.traces("desk.succeeds")}
    found, own = {vault.desk: vault.desk_keys.sign_public}, vault.desk
    while (entry := told.get(own)) and signed(entry, found[own]):
        body = entry.content()
        own = DeskId(str(body["old"]))
        if own in found:
            break
        found[own] = bytes.fromhex(str(body["sign"]))
    return found


def signed(entry: Entry, public: bytes) -> bool:
    """True when an entry bears the signature of this key."""
    try:
        verify_entry(entry, partial(verify, public))
    except MediatorError:
        return False
    return True
