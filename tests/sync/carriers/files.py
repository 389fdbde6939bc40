"""Names and bytes for tests of sticks, and everything that lies in a folder."""

from __future__ import annotations

from pathlib import Path

from mediator.journal.port import Outgoing
from sync.wire.names import stick_name

CENTER = "c" * 32
DESK = "d" * 32
UP = stick_name(CENTER, "up", DESK, 7)
DOWN = stick_name(CENTER, "down", DESK, 7)
DATA = bytes(range(256)) * 9_000


def outgoing(no: int, data: bytes = DATA) -> Outgoing:
    """A bundle to write."""
    return Outgoing("b" * 32, no, 0, 1, "0" * 64, data)


def tree(folder: Path) -> dict[str, bytes | None]:
    """Everything that lies there, folders and links as None."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() and not path.is_symlink() else None
        for path in sorted(folder.rglob("*"))
    }
