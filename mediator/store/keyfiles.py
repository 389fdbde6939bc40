"""The two copies of the key file on disk (security.md 5.3, 5.4): the highest valid one wins."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from mediator.crypto.keyfile import KeyFile, newest_first, to_bytes
from mediator.crypto.passwords import Policy
from mediator.errors import Unacceptable, WorldFailed
from mediator.store.files import FaultPoint, no_fault, replace_durably

MAIN: Final = "vault.keys"
SPARE: Final = "vault.keys.bak"


def read_copies(folder: Path, *, policy: Policy) -> list[KeyFile]:
    """The readable copies, newest first; raises Unacceptable `vault.none`, or why none is readable."""
    copies = [path.read_bytes() for name in (MAIN, SPARE) if (path := folder / name).is_file()]
    if not copies:
        raise Unacceptable("vault.none")
    return newest_first(copies, policy=policy)


def read_keys(folder: Path, *, policy: Policy) -> KeyFile:
    """The newest readable key file; raises as `read_copies` does."""
    return read_copies(folder, policy=policy)[0]


def write_keys(folder: Path, file: KeyFile, *, fault: FaultPoint = no_fault) -> None:
    """Write the spare copy first, then the main one; killed anywhere, the old or the new password opens."""
    data = to_bytes(file)
    replace_durably(folder / SPARE, data, fault=fault)
    replace_durably(folder / MAIN, data, fault=fault)


def mend_copies(folder: Path, file: KeyFile) -> None:
    """Bring a missing, damaged or older copy up to the one that opened; where nothing can be written, later."""
    data = to_bytes(file)
    with suppress(WorldFailed):
        for path in (folder / SPARE, folder / MAIN):
            if not path.is_file() or path.read_bytes() != data:
                replace_durably(path, data)
