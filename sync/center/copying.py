"""The rows of one county from one database into another, whichever of the two speaks which language.

Rows go by their keys in steps, within one moment's state, and what went over is told by a digest of each table, so
that a copy is believed only when it reads back the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Column, Integer, LargeBinary, Row, Table, inspect, select, tuple_

from sync.center.database import Database, Scope
from sync.center.tables import METADATA

STEP: Final = 500
BEYOND: Final = 1 << 256
# What lives for hours, and what laptops ask for again.
LEFT_OUT: Final = frozenset({"session", "upload", "upload_part", "download", "download_piece"})
Take = Callable[[Table, Sequence[Mapping[str, object]]], None]


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows of a table went over, and the sum of their digests: databases order text each in its way."""

    rows: int
    digest: str


def columns_of(database: Database) -> dict[str, frozenset[str]]:
    """Table -> columns, as the database has them: one that an earlier version wrote has fewer."""
    seen = inspect(database.engine)
    there = set(seen.get_table_names())
    return {
        table.name: frozenset(each["name"] for each in seen.get_columns(table.name))
        for table in METADATA.sorted_tables
        if table.name in there and table.name not in LEFT_OUT
    }


def read_all(scope: Scope, held: Mapping[str, frozenset[str]], take: Take) -> dict[str, Counted]:
    """Hand every row of the county to `take`, table by table; what was handed over."""
    found = {}
    for table in METADATA.sorted_tables:
        columns = [each for each in table.columns if each.name in held.get(table.name, ())]
        if columns:
            found[table.name] = read_table(scope, table, columns, take)
    return found


def read_table(scope: Scope, table: Table, columns: Sequence[Column[Any]], take: Take) -> Counted:
    """One table; columns that it has not got yet are filled with what an upgrade would put there."""
    missing = {each.name: blank(each) for each in table.columns if each not in columns}
    digest, count = number_of([each.name for each in columns]), 0
    for rows in in_steps(scope, table, columns):
        count += len(rows)
        digest += sum(number_of(list(row)) for row in rows)
        take(table, [dict(row._mapping) | missing for row in rows])
    return Counted(count, f"{digest % BEYOND:064x}")


def number_of(values: Sequence[object]) -> int:
    """The digest of a row as a number."""
    return int.from_bytes(hashlib.sha256(repr(values).encode()).digest(), "big")


def in_steps(scope: Scope, table: Table, columns: Sequence[Column[Any]]) -> Iterator[Sequence[Row[Any]]]:
    """Rows in the order of their keys, some at a time."""
    keys = [each for each in table.primary_key if each.name != "county"]
    wanted = select(*columns).order_by(*keys).limit(STEP)
    rows = scope.rows(wanted)
    while rows:
        yield rows
        last = tuple(getattr(rows[-1], each.name) for each in keys)
        rows = scope.rows(wanted.where(tuple_(*keys) > last))


def blank(column: Column[Any]) -> object:
    """What a row of an earlier version holds in a column that came later."""
    if column.nullable or isinstance(column.type, LargeBinary):
        return None if column.nullable else b""
    return 0 if isinstance(column.type, Integer) else ""


def nowhere(_table: Table, _rows: Sequence[Mapping[str, object]]) -> None:
    """Rows that are only read."""
