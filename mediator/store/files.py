"""Small files beside the database, replaced so that a kill leaves the old or the new one, never half."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Final

from mediator.errors import WorldFailed
from mediator.store.driver import unless_done

FaultPoint = Callable[[str], None]
NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def no_fault(_name: str) -> None:
    """The hook that does nothing; tests hand in one that kills."""


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder durable, where the system can."""
    if os.name == "nt":  # Windows has no handle to a folder for this
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def written(part: Path) -> Iterator[None]:
    """While a part is being written: any failure removes it; the system's own becomes WorldFailed.

    `vault.disk_full` where space, quota or a size limit ended it, else `vault.unreachable`.
    """
    try:
        with unless_done(partial(part.unlink, missing_ok=True)):
            yield
    except OSError as error:
        raise WorldFailed("vault.disk_full" if error.errno in NO_ROOM else "vault.unreachable") from error


def replace_durably(path: Path, data: bytes, *, fault: FaultPoint = no_fault) -> None:
    """Write beside, sync, read back, rename over, sync the folder; readable by the owner alone.

    Raises WorldFailed as `written` says; the old file is then whole.
    """
    part = path.with_name(path.name + ".part")
    with written(part):
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            fault(f"{path.name}.written")
            os.fsync(file.fileno())
        fault(f"{path.name}.synced")
        if part.read_bytes() != data:
            raise OSError(errno.EIO, "reads back differently")
        part.replace(path)
        fault(f"{path.name}.renamed")
        sync_folder(path.parent)
