"""A field is the set of writes that no other write has seen; two different values are a conflict, not a loser."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mediator.journal.canonical import encode
from mediator.journal.entry import DeskId, Entry, Marks
from mediator.journal.marks import covers


@dataclass(frozen=True, slots=True)
class Write:
    """One value written to a field, with its author; `wall` is shown, never compared."""

    value: object
    desk: DeskId
    n: int
    wall: int
    user: str


Field = tuple[Write, ...]


def write_of(value: object, entry: Entry) -> Write:
    """The write an entry makes."""
    return Write(value, entry.desk, entry.n, entry.wall, entry.user)


def written(field: Field, write: Write, marks: Marks) -> Field:
    """The survivors after a write: it replaces just what its author had seen, in the fixed order (desk, n)."""
    kept = [old for old in field if not covers(marks, old.desk, old.n)]
    return tuple(sorted([*kept, write], key=lambda each: (each.desk, each.n)))


def distinct(field: Field) -> tuple[Write, ...]:
    """The first survivor of each different value: one value written twice is one value; `true` and 1 are two."""
    if len(field) < 2:
        return field
    found: dict[bytes, Write] = {}
    for write in field:
        found.setdefault(encode(write.value), write)
    return tuple(found.values())


def in_conflict(field: Field) -> bool:
    """True when two different values survive."""
    return len(distinct(field)) > 1


def shown(field: Field | None) -> object:
    """The value lists show: the survivor of lowest (desk, n). Never used for a paper while in conflict."""
    return field[0].value if field else None


def values(field: Field | None) -> Iterable[object]:
    """All different surviving values."""
    return (write.value for write in distinct(field or ()))
