"""Case numbers without a network (sync-design 11): block of the center, else seat, else provisional.

Numbers are taken inside the transaction that uses them, and a number once taken is never given back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from mediator.core import numbers
from mediator.journal.entry import DeskId
from mediator.journal.kinds import KINDS
from mediator.store.driver import Connection

# A used-up block rests above every number, so that it never stands in the way of the next one's first number.
USED_UP: Final = 1 << 53


def keep_block(connection: Connection, body: Mapping[str, object], desk: DeskId) -> None:
    """Remember a block the center granted; one for another desk, or one that makes no sense, is only in the journal.

    A center restored from a backup may grant again what it granted before: of a block, only what lies above every
    earlier one of its word, year and room counts, so that no number is given twice.
    """
    if body.get("desk") != desk or KINDS["numbers.granted"].fault(body):
        return
    word, year, room, first, last = (body[name] for name in ("kind", "year", "room", "from", "to"))
    connection.execute(
        "UPDATE block SET next = ? + last WHERE next = last + 1", (USED_UP,)
    )  # as older programs left it
    connection.execute(
        "INSERT INTO block (word, year, room, next, last) SELECT :word, :year, :room, max(:first, used + 1), :last"
        " FROM (SELECT ifnull(max(last), 0) AS used FROM block WHERE word = :word AND year = :year AND room = :room)"
        " WHERE max(:first, used + 1) <= :last",
        {"word": word, "year": year, "room": room, "first": first, "last": last},
    )


def left_in_blocks(connection: Connection, word: str, year: int) -> int:
    """How many official numbers are left for a word and year."""
    row = connection.execute(
        "SELECT ifnull(sum(last - next + 1), 0) FROM block WHERE word = ? AND year = ? AND next <= last", (word, year)
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
    """The next printed case number for a kind word (民调, 和解, 信, 单); one that a case here bears is passed over."""
    while True:
        number = from_block(connection, word, year)
        if not number and seat:
            serial = next_serial(connection, f"seat:{word}:{year}")
            number = numbers.seat_number(year, room, word, seat, serial)
        if not number:
            number = numbers.provisional(desk, next_serial(connection, "provisional"))
        if not connection.execute("SELECT 1 FROM alias WHERE number = ?", (number,)).fetchone():
            return number


def from_block(connection: Connection, word: str, year: int) -> str:
    """The next official number, empty without a block that has one."""
    row = connection.execute(
        "SELECT rowid, next, last, room FROM block WHERE word = ? AND year = ? AND next <= last ORDER BY next LIMIT 1",
        (word, year),
    ).fetchone()
    if row is None:
        return ""
    number, last = row[1], row[2]
    after = number + 1 if number < last else USED_UP + last
    connection.execute("UPDATE block SET next = ? WHERE rowid = ?", (after, row[0]))
    return numbers.official(year, row[3], word, number)
