"""`vault.head`: how far the journal was at the last close, under a MAC; a lower journal has been rolled back (T18)."""

from __future__ import annotations

import hmac
import json
from pathlib import Path
from typing import Final

from mediator.crypto.tree import VaultKeys
from mediator.errors import Unacceptable
from mediator.store.files import replace_durably

NAME: Final = "vault.head"


def write_head(folder: Path, top: tuple[int, str], keys: VaultKeys) -> None:
    """Note the highest own entry and its hash."""
    text = f"{top[0]}:{top[1]}"
    data = json.dumps({"n": top[0], "hash": top[1], "mac": keys.mac(text.encode()).hex()}).encode()
    replace_durably(folder / NAME, data)


def check_head(folder: Path, top: tuple[int, str], keys: VaultKeys) -> bool:
    """False when the note is missing or unreadable (a warning); raises Unacceptable `vault.older` on a rollback."""
    try:
        noted = json.loads((folder / NAME).read_bytes())
        text = f"{noted['n']}:{noted['hash']}"
        if not hmac.compare_digest(keys.mac(text.encode()).hex(), noted["mac"]):
            return False
    except (OSError, ValueError, KeyError, TypeError):
        return False
    if noted["n"] > top[0] or (noted["n"] == top[0] and noted["hash"] != top[1]):
        raise Unacceptable("vault.older")
    return True
