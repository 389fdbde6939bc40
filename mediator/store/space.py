"""Room on the disk: what is free, and a file that gives its place to the last words when the disk is full (T25)."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

NAME: Final = "ballast"
BALLAST: Final = 32 << 20
SPARE: Final = 512 << 20
BLOCK: Final = 1 << 20


def free_bytes(folder: Path) -> int:
    """Bytes free for this user on the disk of a folder; a disk that does not tell is taken to be roomy."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return SPARE * 2


def keep_ballast(folder: Path, size: int) -> None:
    """Lay the file down where there is plenty of room; it is a precaution, so that whatever prevents it is no error."""
    path = folder / NAME
    if not size or free_bytes(folder) < size + SPARE or (path.is_file() and path.stat().st_size == size):
        return
    with suppress(OSError), path.open("wb") as file:
        for _ in range(0, size, BLOCK):
            file.write(os.urandom(BLOCK))  # zeros would take no room on a disk that packs or leaves holes


def release_ballast(folder: Path) -> bool:
    """Give the room back; False when there was no such file any more."""
    try:
        (folder / NAME).unlink()
    except OSError:
        return False
    return True
