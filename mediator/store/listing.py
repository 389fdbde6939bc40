"""The folded row of each case: what lists show, without opening the case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from mediator.core.codes import CaseStatus
from mediator.core.deadlines import Deadline
from mediator.core.identifiers import mask_name
from mediator.core.ledgers import mediators_of
from mediator.core.records import Case, CaseId
from mediator.journal.reading import code
from mediator.store.driver import Connection

ORDERS: Final = {
    "updated": "updated DESC, id",
    "opened": "opened DESC, id",
    "number": "number, id",
    "title": "title, id",
    "status": "status, updated DESC, id",
    "due": "next_due = '', next_due, id",
}
MINUTE: Final = 60_000
BEIJING_S: Final = 8 * 3600
DAY: Final = f"CASE accepted_on WHEN '' THEN date(opened / 1000 + {BEIJING_S}, 'unixepoch') ELSE accepted_on END"
# How each filter asks the list's rows.
FILTERS: Final = {
    "status": "status = ?",
    "kind": "kind = ?",
    "category": "category = ?",
    "dispute_type": "instr(dispute_type, ?)",
    "village": "instr(village, ?)",
    "mediator": "instr(mediator, ?)",
    "since": f"{DAY} >= ?",
    "until": f"{DAY} <= ?",
}
COLUMNS: Final = (
    "id", "number", "title", "kind", "status", "dispute_type", "parties", "mediator", "accepted_on", "next_due",
    "next_rule", "updated", "opened", "conflicts", "waiting", "doubt", "village", "category",
)  # fmt: skip
# Places of the columns that the record alone decides; the others move with the day and the hour.
LASTING: Final = tuple(n for n, name in enumerate(COLUMNS) if name not in {"updated", "next_due", "next_rule"})


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One line of the list; names of parties are masked, days are ISO text or empty, moments ms UTC."""

    id: CaseId
    number: str
    title: str
    kind: str
    status: CaseStatus
    dispute_type: str
    parties: str
    mediator: str
    accepted_on: str
    next_due: str
    next_rule: str
    updated: int
    opened: int
    conflicts: int
    waiting: int
    doubt: bool
    village: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Where:
    """Which cases are listed or found; empty asks nothing. Days are ISO: of acceptance, before it of registration."""

    status: str = ""
    kind: str = ""
    category: str = ""
    dispute_type: str = ""
    village: str = ""
    mediator: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class RowQuery:
    """A window of the list: by states or by none and by what `where` asks, in one of the orders of `ORDERS`."""

    statuses: tuple[CaseStatus, ...] = ()
    order: str = "updated"
    offset: int = 0
    limit: int = 100
    where: Where = Where()


def write_row(connection: Connection, case: Case, *, opened: int, updated: int, due: Deadline | None) -> None:
    """Replace the row of a case by what its record says; `due` is the soonest deadline that is not over."""
    values = row_values(case, opened=opened, updated=updated, due=due)
    marks = ", ".join("?" * len(COLUMNS))
    connection.execute(f"INSERT OR REPLACE INTO case_row ({', '.join(COLUMNS)}) VALUES ({marks})", values)  # noqa: S608  constant names
    for number in filter(None, (case.number, *case.aliases)):
        connection.execute("INSERT OR REPLACE INTO alias (number, id) VALUES (?, ?)", (number, case.id))


def write_due(connection: Connection, case_id: CaseId, due: Deadline | None) -> None:
    """The soonest deadline alone: other tables count, and nothing else of the case has changed."""
    values = (day_text(due.due if due else None), due.rule if due else "", case_id)
    connection.execute("UPDATE case_row SET next_due = ?, next_rule = ? WHERE id = ?", values)


def row_values(case: Case, *, opened: int, updated: int, due: Deadline | None) -> tuple[str | int, ...]:
    """The values of a case's row in the order of `COLUMNS`."""
    return (
        case.id, case.number, case.title, case.kind.value, case.status.value, case.dispute_type,
        "、".join(mask_name(party.name) for party in case.parties[:4]), mediators_of(case), day_text(case.accepted_on),
        day_text(due.due if due else None), due.rule if due else "", updated, opened, len(case.conflicts), case.waiting,
        int(case.in_doubt), case.village, case.category.value if case.category else "",
    )  # fmt: skip


def day_text(day: date | None) -> str:
    """ISO, or empty."""
    return day.isoformat() if day else ""


def touch_row(connection: Connection, case_id: str, updated: int) -> None:
    """A new turn changes nothing in the row but its time, which lists show to the minute.

    Within a minute the row stays as it is: a turn then writes three pages less.
    """
    connection.execute(
        "UPDATE case_row SET updated = ? WHERE id = ? AND updated <= ?", (updated, case_id, updated - MINUTE)
    )


def condition(query: RowQuery) -> tuple[str, list[str]]:
    """The WHERE clause of a query and its values."""
    asked, values = asked_by(query.where)
    if query.statuses:
        asked.append(f"status IN ({', '.join('?' * len(query.statuses))})")
        values += [each.value for each in query.statuses]
    return (f" WHERE {' AND '.join(asked)}" if asked else ""), values


def asked_by(where: Where) -> tuple[list[str], list[str]]:
    """What the filters ask of a row, and their values; nothing for filters that are empty."""
    filters = [(asked, value) for name, asked in FILTERS.items() if (value := getattr(where, name))]
    return [asked for asked, _ in filters], [value for _, value in filters]


def read_rows(connection: Connection, query: RowQuery) -> tuple[CaseRow, ...]:
    """The rows of a window."""
    where, values = condition(query)
    rows = connection.execute(
        f"SELECT {', '.join(COLUMNS)} FROM case_row{where} ORDER BY {ORDERS[query.order]} LIMIT ? OFFSET ?",  # noqa: S608  constant names
        (*values, query.limit, query.offset),
    ).fetchall()
    return tuple(map(row_of, rows))


def rows_by_id(connection: Connection, cases: Sequence[str]) -> tuple[CaseRow, ...]:
    """The rows of these cases, in no order; at most as many as a statement may name."""
    places = ", ".join("?" * len(cases))
    rows = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM case_row WHERE id IN ({places})", tuple(cases))  # noqa: S608  constant names
    return tuple(map(row_of, rows.fetchall()))


def row_of(row: tuple[Any, ...]) -> CaseRow:
    """A row of the driver as a record."""
    values = dict(zip(COLUMNS, row, strict=True))
    status = code(CaseStatus, values["status"]) or CaseStatus.REGISTERED
    return CaseRow(**{**values, "status": status, "doubt": bool(values["doubt"])})


def count_rows(connection: Connection, query: RowQuery) -> int:
    """How many rows the query has without its window."""
    where, values = condition(query)
    return int(connection.execute(f"SELECT count(*) FROM case_row{where}", values).fetchone()[0])  # noqa: S608  constant names


def find(connection: Connection, ref: str) -> CaseId | None:
    """The case of an id, a printed number or an older number."""
    row = connection.execute(
        "SELECT id FROM case_row WHERE id = ? UNION ALL SELECT id FROM alias WHERE number = ? LIMIT 1", (ref, ref)
    ).fetchone()
    return CaseId(row[0]) if row else None
