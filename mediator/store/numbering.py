"""Case numbers without a network (sync-design 11): block of the center, else seat, else provisional.

Numbers are taken inside the transaction that uses them, and a number once taken is never given back.
"""

from __future__ import annotations

from collections.abc import Mapping

from mediator.core import numbers
from mediator.journal.entry import DeskId
from mediator.store.driver import Connection


def keep_block(connection: Connection, body: Mapping[str, object], desk: DeskId) -> None:
    """Remember a block the center granted; one for another desk is only kept in the journal."""
    if body.get("desk") != desk:
        return
    names = ("kind", "year", "room", "from", "to")
    word, year, room, first, last = (body.get(name) for name in names)
    connection.execute(
        "INSERT OR IGNORE INTO block (word, year, room, next, last) VALUES (?, ?, ?, ?, ?)",
        (word, year, room, first, last),
    )


def left_in_blocks(connection: Connection, word: str, year: int) -> int:
    """How many official numbers are left for a word and year."""
    row = connection.execute(
        "SELECT ifnull(sum(last - next + 1), 0) FROM block WHERE word = ? AND year = ?", (word, year)
    ).fetchone()
    return int(row[0])


def next_serial(connection: Connection, name: str) -> int:
    """The next running number of a name, from 1."""
    row = connection.execute(
        "INSERT INTO serial (name, next) VALUES (?, 2) ON CONFLICT (name) DO UPDATE SET next = next + 1 RETURNING next",
        (name,),
    ).fetchone()
    return int(row[0]) - 1


def take_number(connection: Connection, *, word: str, year: int, desk: DeskId, seat: str, room: str) -> str:
    """The next printed case number for a kind word (民调, 和解, 信, 单)."""
    row = connection.execute(
        "SELECT next, room FROM block WHERE word = ? AND year = ? AND next <= last ORDER BY next LIMIT 1", (word, year)
    ).fetchone()
    if row:
        connection.execute(
            "UPDATE block SET next = next + 1 WHERE word = ? AND year = ? AND next = ?", (word, year, row[0])
        )
        return numbers.official(year, row[1], word, row[0])
    if seat:
        return numbers.seat_number(year, room, word, seat, next_serial(connection, f"seat:{word}:{year}"))
    return numbers.provisional(desk, next_serial(connection, "provisional"))
