"""The two copies of the key file on disk (security.md 5.3, 5.4): the highest valid one wins."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from mediator.crypto.keyfile import KeyFile, better, to_bytes
from mediator.crypto.passwords import Policy
from mediator.errors import Unacceptable
from mediator.store.files import FaultPoint, no_fault, replace_durably

MAIN: Final = "vault.keys"
SPARE: Final = "vault.keys.bak"


def read_keys(folder: Path, *, policy: Policy) -> KeyFile:
    """The newest valid key file; raises Unacceptable `vault.none` or `vault.keys`."""
    copies = [path.read_bytes() for name in (MAIN, SPARE) if (path := folder / name).is_file()]
    if not copies:
        raise Unacceptable("vault.none")
    return better(copies, policy=policy)


def write_keys(folder: Path, file: KeyFile, *, fault: FaultPoint = no_fault) -> None:
    """Write the spare copy first, then the main one; killed anywhere, the old or the new password opens."""
    data = to_bytes(file)
    replace_durably(folder / SPARE, data, fault=fault)
    replace_durably(folder / MAIN, data, fault=fault)
