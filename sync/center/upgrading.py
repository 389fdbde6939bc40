"""Tables as this version knows them, also in a database that an earlier one made: what is missing is added, empty."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from sqlalchemy import Column, Engine, Integer, LargeBinary, func, inspect, select
from sqlalchemy.schema import CreateIndex

from sync.center.tables import METADATA

SHAPING: Final = 331_470  # any number that nobody else locks
ZERO: Final = "0"
BLANK: Final = "''"


@contextmanager
def alone(engine: Engine) -> Iterator[None]:
    """One program at a time shapes the tables of a database that many counties may share."""
    if engine.dialect.name != "postgresql":
        yield
        return
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(select(func.pg_advisory_lock(SHAPING)))
        try:
            yield
        finally:
            connection.execute(select(func.pg_advisory_unlock(SHAPING)))


def complete(engine: Engine) -> tuple[str, ...]:
    """Add tables, columns and indexes that are not there; the names of added columns. Run again it does nothing."""
    METADATA.create_all(engine)
    added = []
    with engine.begin() as connection:
        seen = inspect(connection)
        for table in METADATA.sorted_tables:
            held = {each["name"] for each in seen.get_columns(table.name)}
            for column in [each for each in table.columns if each.name not in held]:
                connection.exec_driver_sql(f"ALTER TABLE {table.name} ADD COLUMN {written(column, engine)}")
                added.append(f"{table.name}.{column.name}")
            there = {each["name"] for each in seen.get_indexes(table.name)}
            for index in [each for each in table.indexes if each.name not in there]:
                connection.execute(CreateIndex(index))
    return tuple(added)


def written(column: Column[Any], engine: Engine) -> str:
    """A column as DDL, with what rows that are there already hold in it."""
    kind = column.type.compile(dialect=engine.dialect)
    if column.nullable:
        return f"{column.name} {kind}"
    assert not isinstance(column.type, LargeBinary), "sealed bytes have no empty form: let the column be null"
    default = ZERO if isinstance(column.type, Integer) else BLANK
    return f"{column.name} {kind} NOT NULL DEFAULT {default}"
