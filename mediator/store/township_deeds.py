"""What is done with the township's keys at an open vault: which are held, and sealing with one from now on."""

from __future__ import annotations

from collections.abc import Sequence

from mediator.journal.entry import Draft
from mediator.store.appending import Ledger, append, changing
from mediator.store.township import Held, keep_key, ring
from mediator.store.vault import Vault


def held_keys(vault: Vault) -> list[Held]:
    """The ring of an open vault."""
    return vault.on_thread(lambda ledger: ring(ledger.connection))


def begin(vault: Vault, held: Held, drafts: Sequence[Draft]) -> None:
    """Seal with a key from now on and keep what is said about it, in one transaction."""

    def work(ledger: Ledger) -> None:
        with changing(ledger) as touched:
            touched.update(draft.stream for draft in drafts)
            keep_key(ledger.connection, held)
            append(ledger, drafts, {})

    vault.on_thread(work)
