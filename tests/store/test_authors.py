"""Whose keys a vault knows: its own, what desks said at birth, and above that what the center certified."""

from __future__ import annotations

import sqlite3

from mediator.journal.entry import DeskId, StreamId
from mediator.store.authors import author_keys
from tests.journal.list_journal import Writer

BORN, CERTIFIED, OTHER = "11" * 32, "22" * 32, "33" * 32


def keys_of(*told: tuple[Writer, str, dict[str, object]]) -> dict[DeskId, bytes]:
    """What a journal with these entries says."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE journal (kind TEXT, bytes BLOB)")
    for writer, kind, body in told:
        entry = writer.write(StreamId("01" * 16), kind, body)
        connection.execute("INSERT INTO journal VALUES (?, ?)", (kind, entry.raw))
    return author_keys(connection)


def test_what_the_center_certified_counts_above_what_a_desk_said_of_itself() -> None:
    desk, center = Writer("a"), Writer("c")
    said: dict[str, object] = {"sign": BORN, "seal": ""}
    assert keys_of((desk, "desk.opened", said)) == {desk.desk: bytes.fromhex(BORN)}
    certified: dict[str, object] = {"desk": desk.desk, "sign": CERTIFIED}
    assert keys_of((desk, "desk.opened", said), (center, "desk.enrolled", certified)) == {
        desk.desk: bytes.fromhex(CERTIFIED)
    }


def test_an_entry_that_holds_no_key_harms_no_other() -> None:
    one, two = Writer("a"), Writer("b")
    bad: dict[str, object] = {"sign": 7}
    assert keys_of((one, "desk.opened", bad), (two, "desk.opened", {"sign": OTHER})) == {two.desk: bytes.fromhex(OTHER)}
