"""Folded rows for figures and for the workbench: the facts of each matter, and what of it stands on the calendar.

They can be dropped and are folded again by the first question. A row is written only when it changes, and a turn of a
hearing never comes here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from mediator.core.agenda import Line, Planned, agenda_of
from mediator.core.codes import CaseStatus
from mediator.core.deadlines import Deadline
from mediator.core.fact_making import facts_of
from mediator.core.facts import CaseFacts
from mediator.core.published import InForce
from mediator.core.records import Case, CaseId
from mediator.core.spans import Span
from mediator.journal.facts import FACTS_VERSION, LATER, days_of, facts_bytes, facts_from
from mediator.store.driver import Connection
from mediator.store.lent import is_back, lent_here
from mediator.store.listing import COLUMNS, CaseRow, row_of

PLANNED: Final = "case_id, sort, item, day, hour, tag, words"
ROOM: Final = 2000
# The case of another room: it stands in the table, and in no span.
NO_DAYS: Final = (LATER, "")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the calendar with the case it belongs to."""

    case: CaseId
    number: str
    title: str
    line: Line


def write(connection: Connection, case: Case, tables: InForce, deadlines: Sequence[Deadline]) -> None:
    """Keep what a case counts as and what it has on the calendar; nothing is written where nothing changed."""
    facts = facts_of(case, tables, deadlines)
    write_facts(connection, facts, NO_DAYS if lent_here(connection, case) else days_of(facts))
    write_agenda(connection, case.id, () if is_back(connection, case) else agenda_of(case))


def write_facts(connection: Connection, facts: CaseFacts, days: tuple[str, str]) -> None:
    """The facts with the days by which a span finds them."""
    first, last = days
    connection.execute(
        "INSERT INTO fact_row (case_id, version, first, last, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT (case_id)"
        " DO UPDATE SET version = excluded.version, first = excluded.first, last = excluded.last, body = excluded.body"
        " WHERE body <> excluded.body OR version <> excluded.version OR first <> excluded.first",
        (facts.case, FACTS_VERSION, first, last, facts_bytes(facts)),
    )


def write_agenda(connection: Connection, case: CaseId, lines: Iterable[Line]) -> None:
    """The lines of the calendar; those that stay are left alone."""
    wanted = {planned_row(case, line) for line in lines}
    held = set(connection.execute(f"SELECT {PLANNED} FROM agenda_row WHERE case_id = ?", (case,)))  # noqa: S608  constant names
    for row in held - wanted:
        connection.execute("DELETE FROM agenda_row WHERE case_id = ? AND sort = ? AND item = ?", row[:3])
    for row in wanted - held:
        connection.execute(f"INSERT INTO agenda_row ({PLANNED}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)  # noqa: S608  constant names


def planned_row(case: CaseId, line: Line) -> tuple[str, ...]:
    """A line as the table keeps it."""
    return (case, line.sort.value, line.item, line.on.isoformat(), line.at, line.tag, line.words)


def unfolded(connection: Connection) -> tuple[CaseId, ...]:
    """Cases without facts of this program's version: after an update, or after the table was dropped."""
    held = connection.execute("SELECT count(*) FROM fact_row WHERE version = ?", (FACTS_VERSION,)).fetchone()[0]
    if held == connection.execute("SELECT count(*) FROM case_row").fetchone()[0]:
        return ()
    missing = (
        "SELECT id FROM case_row WHERE NOT EXISTS"
        " (SELECT 1 FROM fact_row WHERE fact_row.case_id = case_row.id AND version = ?)"
    )
    return tuple(CaseId(row[0]) for row in connection.execute(missing, (FACTS_VERSION,)))


def facts_in(connection: Connection, span: Span) -> tuple[CaseFacts, ...]:
    """Facts of all matters that a figure of this span may be about, by case."""
    rows = connection.execute(
        "SELECT body FROM fact_row WHERE first <= ? AND last >= ? ORDER BY case_id",
        (span.last.isoformat(), span.first.isoformat()),
    )
    return tuple(facts_from(row[0]) for row in rows)


def planned(
    connection: Connection, sorts: tuple[Planned, ...], days: tuple[date, date], limit: int = ROOM
) -> tuple[Entry, ...]:
    """Lines of these sorts between two days, both counted, by day and hour; at most `limit`."""
    places = ", ".join("?" * len(sorts))
    rows = connection.execute(
        f"SELECT {', '.join(f'agenda_row.{name}' for name in PLANNED.split(', '))}, number, title FROM agenda_row"  # noqa: S608  constant names
        f" LEFT JOIN case_row ON case_row.id = case_id WHERE sort IN ({places}) AND day BETWEEN ? AND ?"
        " ORDER BY day, hour, case_id, item LIMIT ?",
        (*(each.value for each in sorts), *(day.isoformat() for day in days), limit),
    )
    return tuple(map(entry_of, rows.fetchall()))


def entry_of(row: tuple[str, ...]) -> Entry:
    """A row as the line it was made of, with its case."""
    case, sort, item, day, *rest, number, title = row
    return Entry(CaseId(case), number or "", title or "", Line(Planned(sort), item, date.fromisoformat(day), *rest))


def tags(connection: Connection, sort: Planned) -> dict[str, int]:
    """How many lines of a sort there are, by tag."""
    counted = "SELECT tag, count(*) FROM agenda_row WHERE sort = ? GROUP BY tag"
    return dict(connection.execute(counted, (sort.value,)).fetchall())


def by_day(connection: Connection, sorts: tuple[Planned, ...], days: tuple[date, date]) -> dict[tuple[str, str], int]:
    """How many lines of these sorts stand on each day, by day and sort."""
    places = ", ".join("?" * len(sorts))
    counted = (
        f"SELECT day, sort, count(*) FROM agenda_row WHERE sort IN ({places}) AND day BETWEEN ? AND ?"  # noqa: S608  constant names
        " GROUP BY day, sort"
    )
    rows = connection.execute(counted, (*(each.value for each in sorts), *(day.isoformat() for day in days)))
    return {(day, sort): count for day, sort, count in rows.fetchall()}


def newest(connection: Connection, sort: Planned, tag: str, limit: int) -> tuple[Entry, ...]:
    """The newest lines of a sort with a tag."""
    rows = connection.execute(
        f"SELECT {', '.join(f'agenda_row.{name}' for name in PLANNED.split(', '))}, number, title FROM agenda_row"  # noqa: S608  constant names
        " LEFT JOIN case_row ON case_row.id = case_id WHERE sort = ? AND tag = ?"
        " ORDER BY day DESC, hour DESC, case_id LIMIT ?",
        (sort.value, tag, limit),
    )
    return tuple(map(entry_of, rows.fetchall()))


def undated(connection: Connection, statuses: Sequence[CaseStatus], limit: int) -> tuple[tuple[CaseRow, ...], int]:
    """Cases in these states that no deadline will bring up again, touched last first, and how many there are."""
    places = ", ".join("?" * len(statuses))
    among = f"FROM case_row INDEXED BY case_row_undated WHERE next_due = '' AND status IN ({places})"
    values = [each.value for each in statuses]
    rows = connection.execute(
        f"SELECT {', '.join(COLUMNS)} {among} ORDER BY updated DESC, id LIMIT ?",
        (*values, limit),
    ).fetchall()
    total = connection.execute(f"SELECT count(*) {among}", values).fetchone()[0]
    return tuple(map(row_of, rows)), int(total)


def agrees(connection: Connection, case: Case, tables: InForce, deadlines: Sequence[Deadline]) -> bool:
    """True when the rows of a case are those of its fold."""
    facts = facts_of(case, tables, deadlines)
    held = connection.execute(
        "SELECT first, last, body FROM fact_row WHERE case_id = ? AND version = ?", (case.id, FACTS_VERSION)
    ).fetchone()
    if held is None or tuple(held) != (*days_of(facts), facts_bytes(facts)):
        return False
    rows = connection.execute(f"SELECT {PLANNED} FROM agenda_row WHERE case_id = ?", (case.id,)).fetchall()  # noqa: S608  constant names
    return sorted(rows) == sorted(planned_row(case.id, line) for line in agenda_of(case))
