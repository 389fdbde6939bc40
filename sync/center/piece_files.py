"""Pieces of recordings and scans at the county: files named by their hash beside its database, sealed as they came.

Whoever has the files alone has cipher text without names. Rows say which piece belongs to what; a file is durable
before its row is, so a kill leaves at most files that nobody names, and those are swept.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, Protocol

from mediator.errors import WorldFailed

NAME: Final = re.compile(r"[0-9a-f]{64}")
NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class PieceKeeper(Protocol):
    """Where pieces rest; a folder today, another store later."""

    def keep(self, pieces: Iterable[bytes]) -> None:
        """Keep pieces durably, each under its SHA-256; raises WorldFailed `center.full`, `center.pieces`."""

    def read(self, name: str) -> bytes | None:
        """The piece of a hash; None when it is gone or no longer what it was."""

    def drop(self, names: Iterable[str]) -> None:
        """Take pieces away; one that is not there is fine."""

    def names(self) -> Iterator[str]:
        """Every piece that is kept."""

    def rest(self, known: Callable[[str], bool], *, before: int) -> int:
        """Take away what no row names and nobody touched since a moment (ms UTC), half-written remains too; how many.

        The moment must be long past: a piece rests here before its row does.
        """


class PieceFiles:
    """Pieces as files, in folders by the first two digits."""

    __slots__ = ("_folder",)

    def __init__(self, folder: Path) -> None:
        """The folder of one county; it is made with the first piece."""
        self._folder = folder

    def _path(self, name: str) -> Path:
        return self._folder / name[:2] / name

    def keep(self, pieces: Iterable[bytes]) -> None:
        """See `PieceKeeper`."""
        touched: set[Path] = set()
        try:
            for data in pieces:
                path = self._path(hashlib.sha256(data).hexdigest())
                if self.read(path.name) is not None:
                    os.utime(path)  # its row may be about to come (`rest`)
                    continue
                write_beside(path, data)
                touched |= {path.parent, path.parent.parent}
            for each in touched:
                sync_folder(each)
        except OSError as error:
            raise WorldFailed("center.full" if error.errno in NO_ROOM else "center.pieces") from None

    def read(self, name: str) -> bytes | None:
        """See `PieceKeeper`."""
        try:
            data = self._path(name).read_bytes()
        except OSError:
            return None
        return data if hashlib.sha256(data).hexdigest() == name else None

    def drop(self, names: Iterable[str]) -> None:
        """See `PieceKeeper`."""
        for name in names:
            self._path(name).unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        """See `PieceKeeper`."""
        return (path.name for path in sorted(self._folder.glob("??/*")) if NAME.fullmatch(path.name))

    def rest(self, known: Callable[[str], bool], *, before: int) -> int:
        """See `PieceKeeper`."""
        gone = 0
        for path in sorted(self._folder.glob("??/*")):
            if path.stat().st_mtime * 1000 < before and not known(path.name):
                path.unlink(missing_ok=True)
                gone += 1
        return gone


def write_beside(path: Path, data: bytes) -> None:
    """A file under its name only once all of it is on disk."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}.part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable where the system can."""
    if os.name == "nt":  # no handle to a folder there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
