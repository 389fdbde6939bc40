"""Slots as people and files write them: parties by short name or name, sums in yuan, rows as lists or as lines of text.

`stored` turns them into what entries keep, `shown` turns that back. Nothing is guessed: a sum is a text such as
`3090.00`, because a bare number in a file may mean yuan as well as fen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from mediator.core.clauses import Shape, Slot, Template
from mediator.core.money import Fen, parse_yuan, plain
from mediator.core.records import Party, PartyId
from mediator.core.slots import refuse
from mediator.errors import Unacceptable

LAST_BLANK: Final = re.compile(r"(.*\S)\s+(\S+)")
WHOLE: Final = re.compile(r"[0-9]{1,4}")
Parties = Sequence[Party]


def stored(template: Template, typed: Mapping[str, object], parties: Parties) -> dict[str, object]:
    """Typed slots as entries keep them, empty ones left out; raises Unacceptable `clause.slot`.

    What is well written and still does not do, a day that does not exist, a sum of nothing, is for the compiler.
    """
    rows = ((template.slot(name), value) for name, value in typed.items())
    return {slot.name: kept(slot, value, parties) for slot, value in rows if value not in (None, "", [], {})}


def kept(slot: Slot, value: object, parties: Parties) -> object:
    """One slot."""
    readers: Mapping[Shape, Callable[[], object]] = {
        Shape.PARTY: lambda: party_id(slot, value, parties),
        Shape.PARTIES: lambda: [party_id(slot, each, parties) for each in lines(slot, value)],
        Shape.MONEY: lambda: fen(slot, value),
        Shape.COUNT: lambda: whole(slot, value),
        Shape.DAYS: lambda: days(slot, value),
        Shape.ITEMS: lambda: [[name, fen(slot, amount)] for name, amount in pairs(slot, value)],
        Shape.SHARES: lambda: [[party_id(slot, who, parties), fen(slot, sum_)] for who, sum_ in pairs(slot, value)],
    }
    return readers[slot.shape]() if slot.shape in readers else value


def party_id(slot: Slot, value: object, parties: Parties) -> str:
    """A party by id, by the short name of its case file, or by a name that only one party has."""
    named = [each for each in parties if value in (each.id, each.ref)] or [p for p in parties if p.name == value]
    return named[0].id if len(named) == 1 else refuse(slot, "party")


def fen(slot: Slot, value: object) -> int:
    """Fen of a text in yuan, with or without thousands."""
    try:
        return parse_yuan(value.strip().replace(",", "").replace("，", "") if isinstance(value, str) else "")
    except Unacceptable:
        refuse(slot, "money")


def whole(slot: Slot, value: object) -> object:
    """A whole number as number or text."""
    if not isinstance(value, str):
        return value
    return int(value) if WHOLE.fullmatch(value.strip()) else refuse(slot, "count")


def lines(slot: Slot, value: object) -> Sequence[object]:
    """Rows: a list as it stands, or the lines of a text that are not empty."""
    if isinstance(value, str):
        return [line.strip() for line in value.splitlines() if line.strip()]
    return value if isinstance(value, list | tuple) else refuse(slot, "rows")


def pairs(slot: Slot, value: object) -> list[tuple[object, object]]:
    """Rows of two; a line of text is cut at its last blank."""
    found: list[tuple[object, object]] = []
    for row in lines(slot, value):
        cut = LAST_BLANK.fullmatch(row) if isinstance(row, str) else None
        cells = cut.groups() if cut else row
        if not isinstance(cells, list | tuple) or len(cells) != 2:
            refuse(slot, "rows")
        found.append((cells[0], cells[1]))
    return found


def days(slot: Slot, value: object) -> object:
    """A schedule, or days each with or without its sum."""
    if isinstance(value, Mapping):
        return {name: each if name == "first" else whole(slot, each) for name, each in value.items()}
    return [due(slot, row) for row in lines(slot, value)]


def due(slot: Slot, row: object) -> object:
    """A day, or a day with a sum in yuan."""
    cells = row.split() if isinstance(row, str) else row
    if not isinstance(cells, list | tuple) or not 1 <= len(cells) <= 2:
        refuse(slot, "days")
    return cells[0] if len(cells) == 1 else [cells[0], fen(slot, cells[1])]


def shown(slot: Slot, value: object, names: Mapping[PartyId, str]) -> object:
    """A kept slot as it may be typed again: parties by these names, sums in yuan, rows as lists."""
    if slot.shape in (Shape.PARTY, Shape.PARTIES):
        return [named(each, names) for each in value] if isinstance(value, list | tuple) else named(value, names)
    if slot.shape is Shape.MONEY:
        return yuan(value)
    if slot.shape in (Shape.ITEMS, Shape.SHARES, Shape.DAYS) and isinstance(value, list | tuple):
        return [row_shown(row, names) for row in value]
    return value


def row_shown(row: object, names: Mapping[PartyId, str]) -> object:
    """A row whose first cell names a party or something else and whose second is a sum."""
    if not isinstance(row, list | tuple) or not row:
        return row
    return [named(row[0], names), *map(yuan, row[1:])]


def named(value: object, names: Mapping[PartyId, str]) -> object:
    """A party's name for its id; anything else as it stands."""
    return names.get(PartyId(value), value) if isinstance(value, str) else value


def yuan(value: object) -> object:
    """Fen as a text in yuan."""
    return plain(Fen(value)) if isinstance(value, int) else value


def as_lines(value: object) -> str:
    """Shown rows as the lines of a field on the screen."""
    rows = value if isinstance(value, list | tuple) else ()
    cells = (row if isinstance(row, list | tuple) else [row] for row in rows)
    return "\n".join(" ".join(map(str, row)) for row in cells)
