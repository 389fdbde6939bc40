"""Filled slots of a clause: checked, and printed as the clause says them. An error names the slot in its own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final, NoReturn

from mediator.core.calendar import months_later
from mediator.core.clauses import Shape, Slot
from mediator.core.dates import chinese_date, parse_iso_day
from mediator.core.money import MAX_FEN, Fen, figures, printed
from mediator.core.records import Party
from mediator.errors import Unacceptable

MOST_DAYS: Final = 240
MOST_ROWS: Final = 200
MOST_MONTHS: Final = 12
MOST_COUNT: Final = 999
LONGEST: Final = 2_000
YEARS: Final = range(1949, 3000)
ENDS: Final = "。；，;,"


@dataclass(frozen=True, slots=True)
class Due:
    """One day of a plan, with its own sum where one was agreed."""

    day: date
    amount: Fen | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """One party's part of a sum."""

    party: Party
    amount: Fen


@dataclass(frozen=True, slots=True)
class Schedule:
    """Days at even distance by the rule of month ends (MFD 202): the 31st is the last day where there is none."""

    first: date
    count: int
    months: int

    @property
    def days(self) -> tuple[date, ...]:
        """All of them; each is counted from the first, so that a short month moves no later one."""
        return tuple(months_later(self.first, place * self.months) for place in range(self.count))


def refuse(slot: Slot, fault: str) -> NoReturn:
    """Raise Unacceptable `clause.slot` with the slot's own word; `fault` picks the sentence."""
    raise Unacceptable("clause.slot", where=slot.label, fault=fault, slot=slot.name)


def money(slot: Slot, value: object) -> Fen:
    """Fen above zero that can be written in words."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= MAX_FEN:
        refuse(slot, "money")
    return Fen(value)


def day(slot: Slot, value: object) -> date:
    """A day in this or a near century."""
    try:
        found = parse_iso_day(value) if isinstance(value, str) else None
    except Unacceptable:
        found = None
    if found is None or found.year not in YEARS:
        refuse(slot, "day")
    return found


def count(slot: Slot, value: object, most: int = MOST_COUNT) -> int:
    """A whole number from one."""
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= most:
        refuse(slot, "count")
    return value


def text(slot: Slot, value: object) -> str:
    """One text without blanks around and without the stop that the clause itself sets."""
    if not isinstance(value, str) or len(value) > LONGEST:
        refuse(slot, "text")
    found = " ".join(value.split()).rstrip(ENDS).strip()
    if not found:
        refuse(slot, "missing")
    return found


def rows(slot: Slot, value: object, least: int = 1) -> Sequence[Any]:
    """A list of at least so many and at most 200; each row is checked by whoever asked."""
    if not isinstance(value, list | tuple) or not least <= len(value) <= MOST_ROWS:
        refuse(slot, "rows")
    return value


def pairs(slot: Slot, value: object) -> list[tuple[object, Fen]]:
    """Rows of something and a sum; together they can still be written in words."""
    found = []
    for row in rows(slot, value):
        if not isinstance(row, list | tuple) or len(row) != 2:
            refuse(slot, "rows")
        found.append((row[0], money(slot, row[1])))
    money(slot, sum(amount for _, amount in found))
    return found


def items(slot: Slot, value: object) -> tuple[tuple[str, Fen], ...]:
    """Named sums."""
    return tuple((text(slot, name), amount) for name, amount in pairs(slot, value))


def plan(slot: Slot, value: object) -> Schedule | tuple[Due, ...]:
    """Days that rise, at most 240: a schedule, days alone, or days with sums of which the last may be left out."""
    if isinstance(value, Mapping):
        return schedule(slot, value)
    if not isinstance(value, list | tuple) or not 1 <= len(value) <= MOST_DAYS:
        refuse(slot, "days")
    found = tuple(due_of(slot, row) for row in value)
    refuse_bad_plan(slot, found)
    return found


def refuse_bad_plan(slot: Slot, dues: Sequence[Due]) -> None:
    """Raise for days that do not rise, and for sums that some days have and others but the last have not."""
    if any(later.day <= earlier.day for earlier, later in pairwise(dues)):
        refuse(slot, "order")
    bare = [each.amount is None for each in dues]
    if bare not in ([True] * len(bare), [False] * len(bare), [*[False] * (len(bare) - 1), True]):
        refuse(slot, "days")


def due_of(slot: Slot, row: object) -> Due:
    """A day, or a day with its sum."""
    if isinstance(row, str):
        return Due(day(slot, row))
    if not isinstance(row, list | tuple) or len(row) not in (1, 2):
        refuse(slot, "days")
    return Due(day(slot, row[0]), money(slot, row[1]) if len(row) == 2 else None)


def schedule(slot: Slot, value: Mapping[str, object]) -> Schedule:
    """First day, how many, how many months between; nothing else."""
    if not {"first", "count"} <= set(value) <= {"first", "count", "months"}:
        refuse(slot, "days")
    many, months = count(slot, value["count"], MOST_DAYS), count(slot, value.get("months", 1), MOST_MONTHS)
    return Schedule(day(slot, value["first"]), many, months)


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads slots of a case: parties are those of its list, by id."""

    parties: tuple[Party, ...]

    def value(self, slot: Slot, value: object) -> object:
        """The typed value of a slot, None for one that may stay empty and does; raises Unacceptable `clause.slot`."""
        if value is None or value in ("", [], ()):
            return None if not slot.needed else refuse(slot, "missing")
        readers: Mapping[Shape, Callable[[Slot, object], object]] = {
            Shape.PARTY: self.party, Shape.PARTIES: self.several, Shape.SHARES: self.shares, Shape.MONEY: money,
            Shape.DAY: day, Shape.DAYS: plan, Shape.COUNT: count, Shape.TEXT: text, Shape.ITEMS: items,
        }  # fmt: skip
        return readers[slot.shape](slot, value)

    def party(self, slot: Slot, value: object) -> Party:
        """A party of the case that has a name."""
        found = next((each for each in self.parties if each.id == value), None)
        if found is None:
            refuse(slot, "party")
        if not found.name.strip():
            refuse(slot, "name")
        return found

    def several(self, slot: Slot, value: object) -> tuple[Party, ...]:
        """Two parties or more, each once."""
        found = tuple(self.party(slot, each) for each in rows(slot, value, least=2))
        if len({each.id for each in found}) < len(found):
            refuse(slot, "same")
        return found

    def shares(self, slot: Slot, value: object) -> tuple[Share, ...]:
        """Parties with their sums, each party once."""
        found = tuple(Share(self.party(slot, who), amount) for who, amount in pairs(slot, value))
        if len({each.party.id for each in found}) < len(found):
            refuse(slot, "same")
        return found


def total(value: object) -> Fen:
    """What a slot of money, items or shares comes to."""
    if isinstance(value, int):
        return Fen(value)
    rows_of_it = value if isinstance(value, tuple) else ()
    return Fen(sum(each.amount if isinstance(each, Share) else each[1] for each in rows_of_it))


def people(value: object) -> tuple[Party, ...]:
    """The parties that a slot names."""
    found = value if isinstance(value, tuple) else (value,)
    every = (each.party if isinstance(each, Share) else each for each in found)
    return tuple(each for each in every if isinstance(each, Party))


def said(slot: Slot, value: object) -> str:
    """A slot as the clause says it, empty where it is; a plan is said with its sums, elsewhere."""
    if value is None or slot.shape is Shape.DAYS:
        return ""
    if slot.shape is Shape.MONEY:
        return printed(total(value))
    if isinstance(value, date):
        return chinese_date(value)
    return "、".join(map(row_said, value)) if isinstance(value, tuple) else row_said(value)


def row_said(row: object) -> str:
    """One party, one party's share, one named sum, or whatever is said as it stands."""
    if isinstance(row, Share):
        return f"{row.party.name}人民币{figures(row.amount)}元"
    if isinstance(row, tuple):
        return f"{row[0]}人民币{figures(row[1])}元"
    return row.name if isinstance(row, Party) else str(row)
