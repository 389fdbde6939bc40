"""Key files for tests, at the light cost that the house refuses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mediator.crypto import slots
from mediator.crypto.keyfile import canonical, to_bytes
from mediator.crypto.passwords import LIGHT_FOR_TESTS
from mediator.crypto.slots import Made

VECTORS = Path(__file__).parent / "vectors"
PASSWORD = "长长的口令 2026"


def made(login: str = "li", password: str = PASSWORD) -> Made:
    """A fresh key file with one user."""
    return slots.make(login, password, policy=LIGHT_FOR_TESTS)


def raw(file: Made) -> dict[str, Any]:
    """The file as plain JSON values, to be changed."""
    return dict(json.loads(to_bytes(file.file)))


def bytes_of(value: object) -> bytes:
    """Canonical bytes of changed values."""
    return canonical(value)
