"""Deadlines that are not over, folded into rows, so that what is near or late today is one question to an index.

A row says on which day it becomes near and which day is its last, never how it stands: nothing is written when only a
day passes. Stopped deadlines have no row, for nothing calls them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from mediator.core.dates import BEIJING
from mediator.core.deadlines import Deadline, DeadlineState
from mediator.core.records import CaseId
from mediator.store.driver import Connection

COLUMNS: Final = ("case_id", "rule", "part", "about", "label", "due", "due_at", "amber_on", "lapses")
# Each part is read from its index as far as it is shown: a late one is near as well, so the longest late come first.
CALLED: Final = (
    "SELECT {names}, c.number, c.title FROM ("
    "SELECT * FROM (SELECT * FROM deadline_row WHERE lapses = 0 AND amber_on <= :today{only}"
    " ORDER BY due, case_id, rule, part, about LIMIT :limit)"
    " UNION ALL SELECT * FROM (SELECT * FROM deadline_row"
    " WHERE lapses = 1 AND due >= :today AND amber_on <= :today{only}"
    " ORDER BY due, case_id, rule, part, about LIMIT :limit)"
    ") d JOIN case_row c ON c.id = d.case_id ORDER BY d.due, d.case_id, d.rule, d.part, d.about LIMIT :limit"
)
MOST: Final = 1000
LATE: Final = "SELECT count(*) FROM (SELECT 1 FROM deadline_row WHERE lapses = 0 AND due < :today LIMIT :most)"
NEAR: Final = (
    "SELECT count(*) FROM (SELECT 1 FROM deadline_row"
    " WHERE lapses IN (0, 1) AND due >= :today AND amber_on <= :today LIMIT :most)"
)


@dataclass(frozen=True, slots=True)
class DueRow:
    """A deadline with its case, for a list; `about` is the obligation or order it is for, `due_at` its hour, if any."""

    case: CaseId
    number: str
    title: str
    rule: str
    part: str
    about: str
    label: str
    due: date
    due_at: datetime | None
    amber_on: date
    lapses: bool

    def state(self, today: date) -> DeadlineState:
        """How it stands on a day; rights that have lapsed are in no list."""
        if today > self.due:
            return DeadlineState.OVERDUE
        return DeadlineState.NEAR if today >= self.amber_on else DeadlineState.RUNNING


def rows_of(case_id: CaseId, found: Iterable[Deadline]) -> list[tuple[str | int, ...]]:
    """The rows of one case with these deadlines."""
    return [row_of(case_id, each) for each in found if not each.done and each.stopped_on is None]


def row_of(case_id: CaseId, each: Deadline) -> tuple[str | int, ...]:
    """The values of one row, in the order of `COLUMNS`."""
    at = int(each.due_at.timestamp() * 1000) if each.due_at else 0
    return (
        case_id, each.rule, each.part, each.about, each.label, each.due.isoformat(), at, each.amber_on.isoformat(),
        int(each.lapses),
    )  # fmt: skip


def write(connection: Connection, case_id: CaseId, found: Iterable[Deadline]) -> None:
    """Replace the rows of a case where they are others than before."""
    wanted = rows_of(case_id, found)
    if sorted(wanted) == kept(connection, case_id):
        return
    connection.execute("DELETE FROM deadline_row WHERE case_id = ?", (case_id,))
    marks = ", ".join("?" * len(COLUMNS))
    connection.executemany(f"INSERT INTO deadline_row ({', '.join(COLUMNS)}) VALUES ({marks})", wanted)  # noqa: S608  constant names


def kept(connection: Connection, case_id: CaseId) -> list[tuple[str | int, ...]]:
    """The rows of a case as they are kept, in order."""
    asked = f"SELECT {', '.join(COLUMNS)} FROM deadline_row WHERE case_id = ?"  # noqa: S608  constant names
    return sorted(tuple(row) for row in connection.execute(asked, (case_id,)))


def agrees(connection: Connection, case_id: CaseId, found: Iterable[Deadline]) -> bool:
    """True when the rows are those of the record."""
    return kept(connection, case_id) == sorted(rows_of(case_id, found))


def called(connection: Connection, today: date, limit: int, *, rule: str = "") -> tuple[DueRow, ...]:
    """Duties that are near or late on a day and rights that are near, soonest first; of one rule where it is named."""
    names, only = ", ".join(f"d.{name}" for name in COLUMNS), " AND rule = :rule" if rule else ""
    values = {"today": today.isoformat(), "limit": limit, "rule": rule}
    return tuple(map(read, connection.execute(CALLED.format(names=names, only=only), values).fetchall()))


def counted(connection: Connection, today: date) -> tuple[int, int]:
    """How many duties are late on a day, and how many duties and rights are near; `MOST` stands for that many or more.

    Nobody reads a longer number, and counting on would make the first page slower with every case.
    """
    values = {"today": today.isoformat(), "most": MOST}
    return int(connection.execute(LATE, values).fetchone()[0]), int(connection.execute(NEAR, values).fetchone()[0])


def read(row: tuple[str | int, ...]) -> DueRow:
    """A row of the driver as a record."""
    case, rule, part, about, label, due, at, amber_on, lapses, number, title = row
    moment = datetime.fromtimestamp(int(at) / 1000, UTC).astimezone(BEIJING) if at else None
    return DueRow(
        CaseId(str(case)), str(number), str(title), str(rule), str(part), str(about), str(label),
        date.fromisoformat(str(due)), moment, date.fromisoformat(str(amber_on)), bool(lapses),
    )  # fmt: skip
