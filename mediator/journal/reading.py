"""Plain reading of folded fields: shown values by type. Values this program cannot read fall back to empty."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar

from mediator.core.codes import Code
from mediator.core.dates import BEIJING
from mediator.journal.checks import is_day
from mediator.journal.fields import Field, shown, values
from mediator.journal.state import Item, State, is_present

C = TypeVar("C", bound=Code)


def moment(ms: object) -> datetime | None:
    """Integer ms UTC as an aware moment in Beijing time; None for 0 and for one that no calendar holds."""
    if not isinstance(ms, int) or not ms:
        return None
    try:
        return datetime.fromtimestamp(ms / 1000, BEIJING)
    except (ValueError, OverflowError, OSError):
        return None


def moments(value: object) -> tuple[datetime, ...]:
    """A list of ms UTC as moments, without those that no calendar holds."""
    return tuple(found for each in value if (found := moment(each))) if isinstance(value, list) else ()


def stamps(value: object) -> dict[str, datetime]:
    """Pairs of a name and ms UTC as moments by name; the first of a name counts."""
    rows = reversed(value) if isinstance(value, list) else ()
    return {str(row[0]): found for row in rows if (found := moment(row[1]))}


def day(value: object) -> date | None:
    """An ISO day, None for empty text and for anything else."""
    return date.fromisoformat(value) if isinstance(value, str) and is_day(value) else None


def earliest(field: Field | None) -> date | None:
    """The earliest of the surviving days: a deadline that runs too soon can be stopped, a missed one cannot."""
    return min((found for value in values(field) if (found := day(value))), default=None)


def code(kind: type[C], value: object) -> C | None:
    """A member of a code list, None for a value this program does not know."""
    return next((member for member in kind if member.value == value), None)


class Reader:
    """The shown values of one item's fields, by type."""

    __slots__ = ("_fields",)

    def __init__(self, fields: Mapping[str, object]) -> None:
        """Read plain values by name."""
        self._fields = fields

    @classmethod
    def of(cls, item: Item | None) -> Reader:
        """Reader over the shown values of an item."""
        return cls({name: shown(field) for name, field in item.fields.items()} if item else {})

    def get(self, name: str) -> object:
        """The value as it stands, None when absent."""
        return self._fields.get(name)

    def text(self, name: str) -> str:
        """Text, empty when absent."""
        value = self._fields.get(name)
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        value = self._fields.get(name)
        return tuple(str(each) for each in value) if isinstance(value, list) else ()

    def members(self, name: str) -> Mapping[str, object]:
        """An object, empty when absent."""
        value = self._fields.get(name)
        return value if isinstance(value, dict) else {}

    def names(self, *but: str) -> tuple[str, ...]:
        """Names of all fields but these, in order."""
        return tuple(sorted(name for name in self._fields if name not in but))

    def count(self, name: str) -> int | None:
        """An integer."""
        value = self._fields.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def flag(self, name: str) -> bool:
        """A truth value, false when absent."""
        return self._fields.get(name) is True


def rows_of(content: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    """A list of objects inside a body."""
    value = content.get(name)
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def present(state: State, kind: str) -> list[tuple[str, Reader]]:
    """Items of a kind that are there, in folding order."""
    return [(key, Reader.of(item)) for key, item in state.of_kind(kind) if is_present(item)]
