"""The lives that a vault grew out of: desks whose backups it came from, proved signature by signature."""

from __future__ import annotations

from functools import partial

from mediator.crypto.signing import verify
from mediator.errors import MediatorError
from mediator.journal.entry import DeskId, Entry
from mediator.journal.framing import verify_entry
from mediator.store.vault import Vault


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
