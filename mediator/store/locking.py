"""One writer per vault: an advisory lock that the system frees when the process dies (T19)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, Final

from mediator.errors import NoAccess

NAME: Final = "lock"


class VaultLock:
    """The lock of one vault folder, held until `release`."""

    __slots__ = ("_file",)

    def __init__(self, folder: Path) -> None:
        """Take the lock; raises NoAccess `vault.locked_by_other` at once when another process holds it."""
        self._file: IO[bytes] | None = (folder / NAME).open("ab")
        try:
            _take(self._file)
        except OSError:
            self._file.close()
            raise NoAccess("vault.locked_by_other") from None

    def release(self) -> None:
        """Let go; twice is harmless."""
        if self._file:
            self._file.close()
            self._file = None


def _take(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
