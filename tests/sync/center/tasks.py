"""What each statement costs a database spread over machines: how many of their shards it must ask."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, event

from sync.center.county import Center
from sync.center.database import Scope
from sync.center.tables import METADATA

OURS = re.compile(rf"\b({'|'.join(METADATA.tables)})\b")
WORDS = ("SELECT", "INSERT", "UPDATE", "DELETE")
NOTHING = "One-Time Filter: false"
COUNT = re.compile(r"Task Count: (\d+)")


@contextmanager
def told_apart(center: Center) -> Iterator[dict[str, Any]]:
    """Every statement about our tables that runs meanwhile, with parameters it ran with once."""
    seen: dict[str, Any] = {}

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if statement.startswith(WORDS) and OURS.search(statement):
            seen.setdefault(statement, parameters[0] if many else parameters)

    event.listen(center.database.engine, "after_cursor_execute", note)
    yield seen
    event.remove(center.database.engine, "after_cursor_execute", note)


def widespread(center: Center, seen: dict[str, Any]) -> list[str]:
    """Those of the statements that ask more than one shard; none of them is run."""
    with center.database.engine.connect() as connection:
        Scope(connection, center.county)
        return [each for each, parameters in seen.items() if tasks(connection, each, parameters) > 1]


def tasks(connection: Connection, statement: str, parameters: Any) -> int:
    """How many shards a statement asks; very many when its plan does not say, none where it cannot match a row."""
    plan = "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN (COSTS OFF) {statement}", parameters))
    found = COUNT.search(plan)
    return int(found[1]) if found else 0 if NOTHING in plan else 1 << 16
