"""A vault with cheap passwords for each test that asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mediator.casework import opening
from mediator.casework.desk import Desk
from tests.casework.desks import a_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk at an open vault in `tmp_path/vault`."""
    made = a_desk(tmp_path / "vault")
    yield made
    opening.lock(made)
