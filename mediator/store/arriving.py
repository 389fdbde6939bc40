"""Pieces that come back, kept as they are sealed beside the database until all of a file are there.

A piece is on disk before the vault says that it is; whatever a kill or a full disk leaves is asked for again.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from mediator.errors import WorldFailed
from mediator.journal.blobs import PIECE, Manifest
from mediator.store.files import NO_ROOM, sync_folder

FOLDER: Final = "arriving"


def staged(vault: Path, blob: str) -> Path:
    """Where the pieces of a blob gather."""
    return vault / FOLDER / f"{blob}.part"


def keep(path: Path, pieces: Iterable[tuple[int, bytes]]) -> None:
    """Write pieces at their places, on disk on return; raises WorldFailed `vault.disk_full`, `vault.unreachable`."""
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "r+b") as file:
            for index, data in pieces:
                file.seek(index * PIECE)
                file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise WorldFailed("vault.disk_full" if error.errno in NO_ROOM else "vault.unreachable") from None


def sound(path: Path, manifest: Manifest) -> Iterator[int]:
    """The pieces of a file that are what the manifest says."""
    for index, data in enumerate(in_pieces(path, manifest.size)):
        if manifest.holds(index, data):
            yield index


def in_pieces(path: Path, size: int) -> Iterator[bytes]:
    """The first so many bytes of a file, piece by piece; nothing for one that is not there."""
    try:
        with path.open("rb") as file:
            while size > 0 and (data := file.read(min(PIECE, size))):
                size -= len(data)
                yield data
    except OSError:
        return


def settle(path: Path, target: Path) -> None:
    """A whole file to its place, durably; raises WorldFailed `vault.unreachable`."""
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        path.replace(target)
        sync_folder(target.parent)
    except OSError:
        raise WorldFailed("vault.unreachable") from None
