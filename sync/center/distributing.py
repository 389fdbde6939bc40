"""Spread the tables over several machines, for a province that outgrows one: PostgreSQL with Citus (sync-design 14).

No engine of our own: the extension keeps each county's rows together on one machine and sends a statement there by the
county it names, which every statement of ours does (`sync.center.database.Scope`). Nothing else in the program knows
of it.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, Engine, Table, text

from mediator.errors import RefusedByRule
from sync.center.database import translated
from sync.center.tables import CENTER_META, METADATA
from sync.center.walls import wall_of

COLUMN: Final = "county"
INSTALLED: Final = text("SELECT count(*) FROM pg_extension WHERE extname = 'citus'")
SPREAD: Final = text("SELECT count(*) FROM pg_dist_partition WHERE logicalrelid = to_regclass(:name)")
SPREAD_NOW: Final = text("SELECT create_distributed_table(:name, :column, colocate_with => :beside)")
OPEN_WALL: Final = "ALTER TABLE {0} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY"
MACHINES: Final = text("SELECT count(*) FROM pg_dist_node WHERE noderole = 'primary' AND shouldhaveshards")


def distribute(engine: Engine) -> tuple[str, ...]:
    """Spread every table that is not yet spread, rows and all; the names of those spread now.

    Run again after an update it spreads what the update added. Raises RefusedByRule `center.no_citus` on a database
    without the extension; WorldFailed `center.database` when a machine does not answer, and then nothing is spread.
    """
    with translated(), engine.begin() as connection:
        if engine.dialect.name != "postgresql" or not connection.execute(INSTALLED).scalar():
            raise RefusedByRule("center.no_citus")
        return tuple(each.name for each in in_order() if spread(connection, each))


def in_order() -> list[Table]:
    """The table that the others are put beside comes first."""
    return sorted(METADATA.sorted_tables, key=lambda each: each is not CENTER_META)


def spread(connection: Connection, table: Table) -> bool:
    """Spread one table beside the first; False when it was spread before."""
    if connection.execute(SPREAD, {"name": table.name}).scalar():
        return False
    beside = "default" if table is CENTER_META else CENTER_META.name
    connection.exec_driver_sql(OPEN_WALL.format(table.name))  # rows are not copied through a policy
    connection.execute(SPREAD_NOW, {"name": table.name, "column": COLUMN, "beside": beside})
    for statement in wall_of(table):
        connection.exec_driver_sql(statement)
    return True


def machines(engine: Engine) -> int:
    """How many machines hold rows now."""
    with translated(), engine.connect() as connection:
        return int(connection.execute(MACHINES).scalar() or 0)
