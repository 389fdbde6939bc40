"""Small files beside the database, replaced so that a kill leaves the old or the new one, never half."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

FaultPoint = Callable[[str], None]


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


def replace_durably(path: Path, data: bytes, *, fault: FaultPoint = no_fault) -> None:
    """Write beside, sync, read back, rename over, sync the folder; readable by the owner alone."""
    part = path.with_name(path.name + ".part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        fault(f"{path.name}.written")
        os.fsync(file.fileno())
    fault(f"{path.name}.synced")
    if part.read_bytes() != data:
        raise OSError(f"{part.name} reads back differently")
    part.replace(path)
    fault(f"{path.name}.renamed")
    sync_folder(path.parent)
