"""The second wall (T57): PostgreSQL itself keeps counties and townships apart, whatever is asked of it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from random import Random

import psycopg
import pytest
from sqlalchemy import text

from sync.center.county import Center
from sync.center.database import open_engine, seen_from
from sync.center.folding import fold_dirty
from sync.center.reading import Query, case_count, cases
from sync.center.tables import METADATA
from sync.center.walls import wall_holds
from tests.sync.center.test_exchange import CASE, by_network, tell
from tests.sync.fakes import a_center
from tests.sync.world import a_laptop

STRANGE = "cd" * 16


@pytest.fixture
def walled(server: str) -> Iterator[Center]:
    """A county whose program is an ordinary user of the database, who owns its tables; two townships with a case."""
    name = f"w{secrets.token_hex(6)}"
    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {name} LOGIN")
        connection.execute(f"CREATE SCHEMA {name} AUTHORIZATION {name}")
    made = a_center(Random(7), url=f"{server.replace('center@', f'{name}@')}?options=-csearch_path%3D{name}")
    for number, (township, case) in enumerate((("331122101", CASE), ("331122102", STRANGE))):
        desk = a_laptop(Random(number), made, f"desk-{number}", township=township)
        tell(desk, 1, case=case)
        by_network(made, desk)
    fold_dirty(made)
    yield made
    made.database.close()


def counted(center: Center, table: str, **settings: str) -> int:
    """How many rows somebody sees who types a statement without any county in it."""
    with center.database.engine.begin() as connection:
        for name, value in settings.items():
            connection.execute(
                text("SELECT set_config(:name, :value, true)"), {"name": f"mediator.{name}", "value": value}
            )
        return int(connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one())


@pytest.mark.threat("T57")
def test_without_a_county_nothing_is_seen_and_with_another_neither(walled: Center) -> None:
    assert wall_holds(walled.database.engine)
    assert case_count(walled) == 2
    for table in METADATA.tables:
        assert counted(walled, table) == 0, table
        assert counted(walled, table, county="330000") == 0, table
    assert counted(walled, "entry", county=walled.county) > 4


@pytest.mark.threat("T57")
def test_a_township_is_kept_to_its_rows_by_the_database_too(walled: Center) -> None:
    assert counted(walled, "case_row", county=walled.county) == 2
    assert counted(walled, "case_row", county=walled.county, township="331122101") == 1
    with seen_from("331122102"):
        assert [line.id for line in cases(walled, Query())[0]] == [STRANGE]


@pytest.mark.threat("T57")
def test_a_row_for_another_county_cannot_be_written(walled: Center) -> None:
    with walled.database.engine.begin() as connection:
        connection.execute(text("SELECT set_config('mediator.county', :c, true)"), {"c": walled.county})
        with pytest.raises(Exception, match="row-level security"):
            connection.exec_driver_sql("INSERT INTO seat (county, seat, desk) VALUES ('330000', '00', 'x')")


def test_a_user_above_the_wall_is_told(server: str) -> None:
    engine = open_engine(server)
    assert not wall_holds(engine)
    engine.dispose()
