"""Tables spread over machines by county, where the database can: every statement still asks one of them alone."""

from __future__ import annotations

from argparse import Namespace

import pytest
from sqlalchemy import Table

from mediator.errors import RefusedByRule
from sync.center import deeds
from sync.center.county import Center
from sync.center.distributing import distribute, in_order
from sync.center.tables import CENTER_META, METADATA
from tests.sync.center.conftest import CITUS
from tests.sync.center.tasks import widespread

needs_machines = pytest.mark.skipif(not CITUS, reason="several machines: make test-citus URL=…")


def test_a_database_on_one_machine_says_so_and_stays_as_it_is(center: Center, request: pytest.FixtureRequest) -> None:
    if "citus" in request.node.name:
        assert distribute(center.database.engine) == (), "spread before"
        return
    with pytest.raises(RefusedByRule, match=r"center\.no_citus"):
        deeds.spread_out(center, Namespace())


@pytest.mark.parametrize("table", METADATA.sorted_tables, ids=lambda table: table.name)
def test_a_table_is_of_the_shape_that_can_be_spread_by_county(table: Table) -> None:
    """The extension keeps a key unique, and joins two tables, only inside one value of the column it spreads by."""
    assert in_order()[0] is CENTER_META
    unique = [index for index in table.indexes if index.unique]
    assert all("county" in each.columns for each in unique)
    assert "county" in table.primary_key.columns
    assert table.foreign_key_constraints == set()
    assert all(column.server_default is None and column.identity is None for column in table.columns), "no sequences"
    assert all(column.autoincrement is not True for column in table.columns)


@needs_machines
@pytest.mark.parametrize("center", ["citus"], indirect=True)
def test_a_statement_without_its_county_is_seen_to_ask_every_machine(center: Center) -> None:
    bare, bound = "SELECT seat FROM seat", f"SELECT seat FROM seat WHERE county = '{center.county}'"
    assert widespread(center, {bare: {}, bound: {}}) == [bare]


@needs_machines
@pytest.mark.parametrize("center", ["citus"], indirect=True)
def test_spreading_once_more_after_an_update_takes_what_is_new(center: Center) -> None:
    document, lines, code = deeds.spread_out(center, Namespace())
    assert (document["distributed"], code) == ([], 0)
    assert int(str(document["machines"])) >= 1
    assert lines[0].startswith("已按县分放0张表")
