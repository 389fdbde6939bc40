"""The county's secrets on disk: one file in the data folder, readable by its owner alone, never in the database."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from mediator.errors import RefusedByRule, Unacceptable
from sync.carriers.stick import sync_folder

NAME = "center.key"
OWNER_ALONE = 0o600


@dataclass(frozen=True, slots=True)
class Keys:
    """Identity, signing and sealing keys, the key of sealed columns."""

    center: str
    county: str
    desk: bytes
    column: bytes

    def __repr__(self) -> str:
        """Nothing secret, wherever it is printed."""
        return f"Keys({self.center})"

    def write(self, folder: Path) -> Path:
        """Durably, for the owner alone; raises RefusedByRule `center.exists` when there is one."""
        rows = {"center": self.center, "county": self.county, "desk": self.desk.hex(), "column": self.column.hex()}
        path = folder / NAME
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ALONE)
        except FileExistsError:
            raise RefusedByRule("center.exists") from None
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(json.dumps(rows).encode())
                file.flush()
                os.fsync(file.fileno())
            for each in (folder, folder.parent):
                sync_folder(each)
        except OSError:
            path.unlink()
            raise
        return path

    @staticmethod
    def read(folder: Path) -> Keys:
        """Raises Unacceptable `center.none`, `center.keys`."""
        try:
            rows = json.loads((folder / NAME).read_bytes())
            desk, column = (bytes.fromhex(rows[name]) for name in ("desk", "column"))
            return Keys(str(rows["center"]), str(rows["county"]), desk, column)
        except (FileNotFoundError, NotADirectoryError):
            raise Unacceptable("center.none") from None
        except (ValueError, KeyError, TypeError):
            raise Unacceptable("center.keys") from None
