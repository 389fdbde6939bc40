"""Strict reading of the tables that a county may publish: every member by its name and type, faults with their place.

A member that this program does not know is left alone: a newer table must not stop an older program.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from importlib import resources
from typing import Final, TypeVar

from mediator.core.codes import Code
from mediator.core.dates import parse_iso_day
from mediator.errors import Unacceptable

C = TypeVar("C", bound=Code)
MOST: Final = 100_000


class Table:
    """A JSON object from outside, with the place where it stands."""

    __slots__ = ("_members", "_where")

    def __init__(self, content: object, where: str = "") -> None:
        """Raise Unacceptable `table.form` for anything but an object."""
        if not isinstance(content, dict):
            raise self.fault(where)
        self._members: dict[str, object] = content
        self._where = where

    @staticmethod
    def fault(where: str) -> Unacceptable:
        """What is raised for a member that is missing, of another type, or beyond its bounds."""
        return Unacceptable("table.form", where=where)

    @staticmethod
    def day_of(text: str, where: str) -> date:
        """An ISO day that exists."""
        try:
            return parse_iso_day(text)
        except Unacceptable:
            raise Table.fault(where) from None

    @property
    def content(self) -> object:
        """The object itself, for a reader of a part of it."""
        return self._members

    def place(self, name: str) -> str:
        """Where a member stands, for a fault."""
        return f"{self._where}.{name}" if self._where else name

    def text(self, name: str, missing: str | None = None) -> str:
        """A text; one that may be missing has what counts instead."""
        value = self._members.get(name, missing)
        if not isinstance(value, str) or (missing is None and not value):
            raise self.fault(self.place(name))
        return value

    def count(self, name: str, missing: int | None = None) -> int:
        """A whole number that is not negative."""
        value = self._members.get(name, missing)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST:
            raise self.fault(self.place(name))
        return value

    def flag(self, name: str) -> bool:
        """A truth value, false where it is missing."""
        value = self._members.get(name, False)
        if not isinstance(value, bool):
            raise self.fault(self.place(name))
        return value

    def day(self, name: str) -> date:
        """An ISO day."""
        return self.day_of(self.text(name), self.place(name))

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, empty where it is missing."""
        rows = self._list(name)
        self._need(all(isinstance(each, str) for each in rows), name)
        return tuple(each for each in rows if isinstance(each, str))

    def counts(self, name: str) -> tuple[int, ...]:
        """A list of whole numbers, empty where it is missing."""
        rows = self._list(name)
        self._need(
            all(isinstance(each, int) and not isinstance(each, bool) and 0 <= each <= MOST for each in rows), name
        )
        return tuple(each for each in rows if isinstance(each, int))

    def code(self, name: str, codes: type[C]) -> C:
        """A member of a code list."""
        return self._code(self.text(name), name, codes)

    def codes(self, name: str, codes: type[C]) -> tuple[C, ...]:
        """Members of a code list, none where it is missing."""
        return tuple(self._code(each, name, codes) for each in self.texts(name))

    def rows(self, name: str) -> Iterator[Table]:
        """A list of objects, each with its place."""
        for n, each in enumerate(self._list(name)):
            yield Table(each, self.place(f"{name}.{n}"))

    def _list(self, name: str) -> list[object]:
        value = self._members.get(name, [])
        if not isinstance(value, list):
            raise self.fault(self.place(name))
        return value

    def _need(self, sound: bool, name: str) -> None:
        if not sound:
            raise self.fault(self.place(name))

    def _code(self, value: str, name: str, codes: type[C]) -> C:
        found = next((each for each in codes if each.value == value), None)
        if found is None:
            raise self.fault(self.place(name))
        return found


@lru_cache(maxsize=8)
def shipped(name: str) -> object:
    """A table that comes with the program; nobody may change what is handed out."""
    return json.loads(resources.files("mediator.core").joinpath(f"data/{name}").read_text(encoding="utf-8"))
