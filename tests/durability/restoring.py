"""A backup is brought back: `python -m tests.durability.restoring FOLDER BACKUP`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from mediator.casework import opening
from tests.casework.desks import PASSWORD, a_workshop


def restore(source: Path, folder: Path) -> None:
    """Into a folder without a vault; told once the vault is open."""
    desk = opening.restore(a_workshop(), source, folder, login=None, password=PASSWORD)
    os.write(1, b"restored")
    opening.lock(desk)


if __name__ == "__main__":
    restore(Path(sys.argv[2]), Path(sys.argv[1]))
