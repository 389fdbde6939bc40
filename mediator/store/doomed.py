"""Which entries lawful erasures name, kept as a table so that what comes in later is never kept with its body (T68).

Folded from the decisions in the journal; what is held already waits for `mediator.store.erasing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from mediator.journal.entry import Entry, EntryId
from mediator.journal.erasures import DECISIONS, targets_in, without
from mediator.journal.framing import read_entry
from mediator.journal.kinds import KINDS
from mediator.store.driver import Connection, transaction

# The index of kinds leaves out the turns of hearings, so a question must leave them out too.
OF_DECISIONS: Final = (
    "SELECT bytes FROM journal WHERE kind IN ('entry.erased', 'case.erased') AND kind <> 'hearing.sentence'"
)
UNNOTED: Final = (
    "SELECT bytes FROM journal WHERE kind IN ('entry.erased', 'case.erased') AND kind <> 'hearing.sentence'"
    " AND NOT EXISTS (SELECT 1 FROM erased WHERE erased.by_desk = journal.desk AND erased.by_n = journal.n)"
)


def note(connection: Connection, entries: Iterable[Entry]) -> None:
    """Remember what the decisions among these entries name; one that breaks its kind's rule decides nothing."""
    for entry in entries:
        if entry.kind in DECISIONS and not KINDS[entry.kind].fault(body := entry.content()):
            by = (bytes.fromhex(entry.stream), entry.kind, bytes.fromhex(entry.desk), entry.n)
            connection.executemany(
                "INSERT OR IGNORE INTO erased (desk, n, stream, kind, by_desk, by_n) VALUES (?, ?, ?, ?, ?, ?)",
                [(bytes.fromhex(desk), n, *by) for desk, n in sorted(targets_in(body))],
            )


def bring_up_to_date(connection: Connection) -> None:
    """Note decisions that came in under a program that did not know them yet."""
    found = [read_entry(row[0]) for row in connection.execute(UNNOTED)]
    if found:
        with transaction(connection):
            note(connection, found)


def received(connection: Connection, fresh: Mapping[EntryId, Entry]) -> dict[EntryId, Entry]:
    """New entries as they may be kept: those that a decision reaches as their twins."""
    note(connection, fresh.values())
    if connection.execute("SELECT NOT EXISTS (SELECT 1 FROM erased)").fetchone()[0]:
        return dict(fresh)
    asked = "SELECT lower(hex(stream)), kind FROM erased WHERE desk = ? AND n = ?"
    doomed = {(desk, n): connection.execute(asked, (bytes.fromhex(desk), n)).fetchall() for desk, n in fresh}
    return {entry.id: entry for entry in without(fresh.values(), doomed)}


def is_lawful(connection: Connection, entry: Entry) -> bool:
    """True when a decision held here names this entry."""
    asked = "SELECT count(*) FROM erased WHERE desk = ? AND n = ? AND stream = ?"
    row = connection.execute(asked, (bytes.fromhex(entry.desk), entry.n, bytes.fromhex(entry.stream))).fetchone()
    return bool(row[0])
