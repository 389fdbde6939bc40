"""`vault.head`: how far the journal was, under a MAC; a journal that has less was rolled back or cut (T18, T29).

The note is renewed after every commit, in place and without a sync of its own: it costs no turn of the disk, and
after a kill it still knows of the newest entry, so a write-ahead log that somebody cleaned away is missed. A power
cut may leave an older note, never a newer one than the journal.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from mediator.crypto.tree import VaultKeys
from mediator.errors import Unacceptable
from mediator.store.files import replace_durably

NAME: Final = "vault.head"
SIZE: Final = 256  # one sector holds it, so it is never torn
Top = tuple[int, str]


def head_bytes(top: Top, keys: VaultKeys) -> bytes:
    """The note of the highest own entry and its hash, padded with blanks to one length."""
    mac = keys.mac(f"{top[0]}:{top[1]}".encode()).hex()
    return json.dumps({"n": top[0], "hash": top[1], "mac": mac}).encode().ljust(SIZE)


def write_head(folder: Path, top: Top, keys: VaultKeys) -> None:
    """Write the note durably: for a new vault and at closing."""
    replace_durably(folder / NAME, head_bytes(top, keys))


def touch_head(folder: Path, keys: VaultKeys, top: Top) -> None:
    """Renew the note in place. It is a guard and no part of what was promised, so a failure is passed over."""
    with suppress(OSError), (folder / NAME).open("r+b", buffering=0) as file:
        file.write(head_bytes(top, keys))


def check_head(folder: Path, hash_of: Callable[[int], str | None], keys: VaultKeys) -> bool:
    """False when the note is missing or unreadable; `hash_of` gives the hash of an own entry.

    Raises Unacceptable `vault.older` when the journal lacks the noted entry or has another in its place.
    """
    try:
        noted = json.loads((folder / NAME).read_bytes())
        n, told, mac = int(noted["n"]), str(noted["hash"]), str(noted["mac"])
    except (OSError, ValueError, KeyError, TypeError):
        return False
    if not hmac.compare_digest(keys.mac(f"{n}:{told}".encode()).hex().encode(), mac.encode()):
        return False
    if n and hash_of(n) != told:
        raise Unacceptable("vault.older")
    return True
