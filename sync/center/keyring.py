"""The county's secrets on disk: one file in the data folder, readable by its owner alone, never in the database."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from mediator.errors import RefusedByRule, Unacceptable
from sync.carriers.stick import sync_folder
from sync.center.lines import put
from sync.session.belief import SLOWEST_STICK

NAME = "center.key"
OWNER_ALONE = 0o600


@dataclass(frozen=True, slots=True)
class Keys:
    """Identity, signing and sealing keys, the key of sealed columns.

    `former` are keys that were in use, each until when (ms UTC) what was sealed to them is still opened; `coming` are
    those that take over, between the first step of a change and its last. `chain` is how each led to the next: public
    words, kept here too for a county that loses its database.
    """

    center: str
    county: str
    desk: bytes
    column: bytes
    former: tuple[tuple[bytes, int], ...] = ()
    coming: bytes = b""
    chain: tuple[Mapping[str, str], ...] = ()

    def __repr__(self) -> str:
        """Nothing secret, wherever it is printed."""
        return f"Keys({self.center})"

    def write(self, folder: Path) -> Path:
        """Durably, for the owner alone; raises RefusedByRule `center.exists` when there is one."""
        rows = self.rows()
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

    def rows(self) -> dict[str, object]:
        """What stands in the file; what is empty is left out."""
        found: dict[str, object] = {
            "center": self.center, "county": self.county, "desk": self.desk.hex(), "column": self.column.hex(),
            "former": [[key.hex(), until] for key, until in self.former], "coming": self.coming.hex(),
            "chain": [dict(each) for each in self.chain],
        }  # fmt: skip
        return {name: value for name, value in found.items() if value}

    def rewrite(self, folder: Path) -> Keys:
        """In place of what the file holds, whole or not at all; keys that are named no more are gone with that."""
        put(folder / NAME, json.dumps(self.rows()).encode())
        sync_folder(folder)
        return self

    def turned(self, now: int) -> Keys:
        """The coming keys in use; those that were are kept for as long as a stick may be on its way."""
        return replace(self, desk=self.coming, coming=b"", former=(*self.former, (self.desk, now + SLOWEST_STICK)))

    def without_old(self, now: int) -> Keys:
        """Without the keys whose time is over."""
        return replace(self, former=tuple(each for each in self.former if each[1] > now))

    @staticmethod
    def read(folder: Path) -> Keys:
        """Raises Unacceptable `center.none`, `center.keys`."""
        try:
            rows = json.loads((folder / NAME).read_bytes())
            desk, column = (bytes.fromhex(rows[name]) for name in ("desk", "column"))
            former = tuple((bytes.fromhex(key), int(until)) for key, until in rows.get("former", []))
            coming = bytes.fromhex(rows.get("coming", ""))
            chain = tuple(rows.get("chain", []))
            return Keys(str(rows["center"]), str(rows["county"]), desk, column, former, coming, chain)
        except (FileNotFoundError, NotADirectoryError):
            raise Unacceptable("center.none") from None
        except (ValueError, KeyError, TypeError):
            raise Unacceptable("center.keys") from None
