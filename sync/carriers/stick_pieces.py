"""Bundles of pieces on a stick: files of their own beside the text, so that a sentence never waits for a recording."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mediator.errors import WorldFailed
from sync.carriers.stick import look, read_copy, remove, same, write_safely
from sync.wire.bundle import SIGNATURE, signature_hash
from sync.wire.names import StickName, stick_name

LEFT_FREE: Final = 64 << 20


@dataclass
class StickPieces:
    """One desk's files of pieces on one stick; nobody else's are looked into."""

    folder: Path
    center: str
    desk: str

    def _name(self, no: int = 0) -> StickName:
        return stick_name(self.center, "blobs", self.desk, no)

    def lying(self) -> Mapping[int, str]:
        """Own whole files: number -> `signature_hash` of the bytes that lie there; raises WorldFailed `stick.gone`."""
        mine = [(path, name) for path, name in look(self.folder) if same(name, self._name()) and not name.part]
        copies = ((name.no, read_copy(path) or b"") for path, name in mine)
        return {no: signature_hash(data) for no, data in copies if len(data) > SIGNATURE}

    def room(self) -> int:
        """Bytes that may still be taken; raises WorldFailed `stick.gone`."""
        try:
            return shutil.disk_usage(self.folder).free - LEFT_FREE
        except OSError:
            raise WorldFailed("stick.gone") from None

    def write(self, no: int, data: bytes) -> None:
        """Written, read back and compared; raises WorldFailed `stick.*`."""
        write_safely(self.folder, self._name(no), data)

    def drop(self, no: int) -> None:
        """An own file whose pieces arrived; a stick that keeps it loses nothing."""
        remove(self.folder / str(self._name(no)))
