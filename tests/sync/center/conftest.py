"""A founded center on each database: SQLite in a folder, PostgreSQL in a throw-away cluster."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from random import Random

import psycopg
import pytest

from mediator.crypto.passwords import LIGHT_FOR_TESTS
from sync.center.county import Center
from sync.center.distributing import distribute
from sync.center.tables import METADATA
from tests.sync.center.postgres import cluster
from tests.sync.center.tasks import told_apart, widespread
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


CITUS = os.environ.get("MEDIATOR_CITUS", "")
KINDS = ["sqlite", "postgresql", *(["citus"] if CITUS else [])]


@pytest.fixture(params=KINDS)
def center(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Center]:
    """The same promises on each; on several machines (`make test-citus URL=…`) where somebody has them."""
    if request.param == "citus":
        yield from spread_center()
        return
    url = f"sqlite:///{tmp_path / 'center.db'}"
    if request.param == "postgresql":
        url = fresh_database(request.getfixturevalue("server"))
    made = a_center(Random(7), url=url)
    yield made
    made.database.close()


def spread_center() -> Iterator[Center]:
    """A center whose tables lie on the machines of MEDIATOR_CITUS, dropped at the end: nobody throws these away.

    Whatever a test does to it, no statement may ask more than the one shard where its county lies.
    """
    url = fresh_database(CITUS)
    made = a_center(Random(7), url=url)
    assert len(distribute(made.database.engine)) == len(METADATA.tables)
    with told_apart(made) as seen:
        yield made
    wide = widespread(made, seen)
    made.database.close()
    with psycopg.connect(CITUS.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"DROP SCHEMA {url.rpartition('%3D')[2]} CASCADE")
    assert wide == []


def fresh_database(server: str) -> str:
    """An empty room of its own in the server's one database: a database for each test would be seven MB of files."""
    name = f"t{secrets.token_hex(6)}"
    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    return f"{server}?options=-csearch_path%3D{name}"
