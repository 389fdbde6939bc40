"""Whose a case is, and which desks may have an entry of it (sync-design 7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from mediator.journal.entry import Entry, Marks
from mediator.journal.reach import Reach


@dataclass(frozen=True, slots=True)
class Reader:
    """Desks that read alike: those of a township, or of one room of it; both empty for the center itself."""

    township: str = ""
    room: str = ""


@dataclass(frozen=True, slots=True)
class Custody:
    """Whose a case is: the township that opened it, and rooms of others to which the county lent it.

    A room that has it is bound to None, one from which it was taken back to the marks up to which it read.
    """

    township: str
    rooms: Mapping[Reader, Marks | None] = field(default_factory=dict)


def readable(entry: Entry, reader: Reader, *, of: Custody, by: Reader) -> bool:
    """True when the desks of a reader may have an entry of a case (sync-design 7); asked by the feed writer alone.

    `of` says whose the case is, `by` who wrote the entry. What stays in a room is its township's; a private word and
    what was noted about looking are nobody's. A room that has the case no more goes on reading what it wrote itself.
    """
    if entry.reach is Reach.PRIVATE or entry.kind.startswith(("access.", "audit.")):
        return False
    if entry.reach is Reach.ROOM:
        return reader.township == by.township
    if not reader.room:
        return reader.township == of.township
    if reader not in of.rooms:
        return False
    until = of.rooms[reader]
    return until is None or by == reader or until.get(entry.desk, 0) >= entry.n
