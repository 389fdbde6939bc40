"""A second wall on PostgreSQL: row-level security by county, and by township where rows are of one (T57).

The first wall is `Scope`, which puts the county into every statement. This one stands in the database and holds also
for a statement that somebody types there: without saying whose rows it wants, a transaction sees none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, Engine, Table, text

from sync.center.database import OF_TOWNSHIPS
from sync.center.tables import METADATA

POLICY: Final = "own_county"
OF_COUNTY: Final = "county = current_setting('mediator.county', true)"
OF_TOWNSHIP: Final = "coalesce(current_setting('mediator.township', true), '') IN ('', township)"
STANDING: Final = text("SELECT tablename FROM pg_policies WHERE policyname = :policy AND schemaname = current_schema()")
ABOVE_IT: Final = text("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")


def raise_walls(engine: Engine) -> None:
    """Put every table behind its policy, for the owner too; on SQLite there is nothing to do.

    A table that stands behind it is left alone, for the lock would hold up every county that is at work. Whoever
    changes what a policy says gives it another name.
    """
    if engine.dialect.name != "postgresql":
        return
    with engine.begin() as connection:
        standing = set(connection.execute(STANDING, {"policy": POLICY}).scalars())
        for table in [each for each in METADATA.sorted_tables if each.name not in standing]:
            for statement in wall_of(table):
                connection.exec_driver_sql(statement)


def wall_of(table: Table) -> Iterator[str]:
    """The statements of one table; run again they leave the same wall."""
    seen = f"{OF_COUNTY} AND {OF_TOWNSHIP}" if table.name in OF_TOWNSHIPS else OF_COUNTY
    yield f"ALTER TABLE {table.name} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE {table.name} FORCE ROW LEVEL SECURITY"
    yield f"DROP POLICY IF EXISTS {POLICY} ON {table.name}"
    yield f"CREATE POLICY {POLICY} ON {table.name} USING ({seen})"


def stands_above(connection: Connection) -> bool:
    """True when the wall does not hold for who is connected: a superuser, or a role that may pass it."""
    return bool(connection.execute(ABOVE_IT).scalar())


def wall_holds(engine: Engine) -> bool:
    """True when the database itself keeps counties apart for this connection; SQLite holds one county alone."""
    if engine.dialect.name != "postgresql":
        return True
    with engine.connect() as connection:
        return not stands_above(connection)
