"""A founded center on each database: SQLite in a folder, PostgreSQL in a throw-away cluster."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from random import Random

import psycopg
import pytest

from mediator.crypto.passwords import LIGHT_FOR_TESTS
from sync.center.county import Center
from tests.sync.center.postgres import cluster
from tests.sync.fakes import a_center


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """One PostgreSQL for all tests of a process."""
    with cluster() as url:
        yield url


@pytest.fixture(autouse=True)
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the program founds in this process stretches its password little; a process of its own does as in use."""
    monkeypatch.setattr("sync.center.__main__.HOUSE", LIGHT_FOR_TESTS)


@pytest.fixture(params=["sqlite", "postgresql"])
def center(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Center]:
    """The same promises on both."""
    url = f"sqlite:///{tmp_path / 'center.db'}"
    if request.param == "postgresql":
        url = fresh_database(request.getfixturevalue("server"))
    made = a_center(Random(7), url=url)
    yield made
    made.database.close()


def fresh_database(server: str) -> str:
    """An empty room of its own in the server's one database: a database for each test would be seven MB of files."""
    name = f"t{secrets.token_hex(6)}"
    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return f"{server}?options=-csearch_path%3D{name}"
