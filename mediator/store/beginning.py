"""A vault comes into being whole or not at all, whatever is killed meanwhile (T24).

While one is made or restored a mark lies in its folder: what lies beside the mark is no vault, nobody was told of it,
and the next try clears it away. The mark goes last.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from mediator.errors import RefusedByRule
from mediator.store.driver import unless_done
from mediator.store.files import replace_durably, sync_folder
from mediator.store.locking import VaultLock

DATABASE: Final = "vault.db"
OURS: Final = (DATABASE, f"{DATABASE}-*", "vault.keys*", "vault.head*", "recordings/*.tape")
MARK: Final = "vault.unfinished"


def exists(folder: Path) -> bool:
    """True when the folder holds a vault; what an interrupted beginning left is none."""
    held = (folder / DATABASE).exists() or any(folder.glob("vault.keys*"))
    return held and not (folder / MARK).exists()


@contextmanager
def beginning(folder: Path) -> Iterator[VaultLock]:
    """The lock of a vault in the making; leaving the block makes it one.

    Raises NoAccess `vault.locked_by_other`, and RefusedByRule `vault.exists` when somebody was faster: asked again
    under the lock, for what lies here is cleared away.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with suppress(OSError):  # a home that may be passed through but not read
        sync_folder(folder.parent)
    lock = VaultLock(folder)
    with unless_done(lock.release):
        if exists(folder):
            raise RefusedByRule("vault.exists")
        replace_durably(folder / MARK, b"")
        for left in [path for name in OURS for path in folder.glob(name)]:
            left.unlink()
        yield lock
        (folder / MARK).unlink()
        sync_folder(folder)
