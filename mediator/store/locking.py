"""One writer per vault: an advisory lock that the system frees when the process dies (T19)."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

from mediator.errors import NoAccess

NAME: Final = "lock"
HOLDER: Final = "lock.holder"
LONGEST: Final = 4096


class VaultLock:
    """The lock of one vault folder, held until `release`."""

    __slots__ = ("_file", "_holder")

    def __init__(self, folder: Path) -> None:
        """Take the lock; raises NoAccess `vault.locked_by_other` at once when another process holds it.

        The error tells `login` and `since` (ms UTC) of the holder, where that has said so.
        """
        self._file: IO[bytes] | None = (folder / NAME).open("ab")
        self._holder = folder / HOLDER
        try:
            _take(self._file)
        except OSError:
            self._file.close()
            raise held_by(holder(folder)) from None
        with suppress(OSError):  # what one that was killed had said
            self._holder.unlink(missing_ok=True)

    def say(self, login: str, since: int) -> None:
        """Tell others who holds it; a disk that takes no note keeps nobody from working."""
        with suppress(OSError):
            self._holder.write_text(json.dumps({"login": login, "since": since}), encoding="utf-8")

    def release(self) -> None:
        """Let go; twice is harmless."""
        if self._file:
            with suppress(OSError):  # a name left behind says who was there; the lock itself is what counts
                self._holder.unlink(missing_ok=True)
            self._file.close()
            self._file = None


def held_by(who: tuple[str, int] | None) -> NoAccess:
    """The error of whoever finds it held."""
    code = "vault.locked_by_other"
    return NoAccess(code, login=who[0], since=who[1]) if who else NoAccess(code)


def holder(folder: Path) -> tuple[str, int] | None:
    """Who holds the lock and since when, as the holder wrote it; None when nothing readable lies there."""
    try:
        with (folder / HOLDER).open("rb") as file:
            told = json.loads(file.read(LONGEST))
        return str(told["login"]), int(told["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _take(file: IO[bytes]) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
