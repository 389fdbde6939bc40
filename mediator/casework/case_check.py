"""Checks a decoded case file by the table, cleans its texts, and says of every fault where it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Final

from mediator.casework.case_table import (
    Choice,
    Const,
    Count,
    Day,
    Fields,
    Flag,
    Items,
    Moment,
    Named,
    Node,
    Text,
)
from mediator.casework.strict_json import path_text
from mediator.casework.texts import Cleaner
from mediator.errors import Unacceptable

DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
MAX_NAMED: Final = 1000
Path = tuple[str | int, ...]


def fault(kind: str, path: Path, **facts: str | int) -> Unacceptable:
    """A refusal `case.schema`; `kind` picks the sentence: type, unknown, missing, choice, length, ..."""
    return Unacceptable("case.schema", where=path_text(path) or "$", fault=kind, **facts)


class Checker:
    """Checks one document; texts come back cleaned, with what was changed noted in the cleaner."""

    __slots__ = ("_checks", "_cleaner")

    def __init__(self, cleaner: Cleaner) -> None:
        """Note changes of text in this cleaner."""
        self._cleaner = cleaner
        self._checks: Mapping[type, Callable[..., object]] = {
            Const: self._const, Text: self._text, Choice: self._choice, Day: self._day, Moment: self._moment,
            Flag: self._flag, Count: self._count, Items: self._items, Named: self._named, Fields: self._fields,
        }  # fmt: skip

    def check(self, node: Node, value: object, path: Path) -> object:
        """The value as the house keeps it; raises Unacceptable `case.schema` at the first fault."""
        return self._checks[type(node)](node, value, path)

    def _const(self, node: Const, value: object, path: Path) -> object:
        if type(value) is not type(node.value) or value != node.value:
            raise fault("const", path, wanted=node.value)
        return value

    def _string(self, value: object, path: Path) -> str:
        """A string, as given."""
        if not isinstance(value, str):
            raise fault("text", path)
        return value

    def _text(self, node: Text, value: object, path: Path) -> str:
        text = self._cleaner.clean(self._string(value, path), path_text(path))
        if node.longest is not None and len(text) > node.longest:
            raise fault("long", path, limit=node.longest)
        if len(text) < node.shortest:
            raise fault("empty", path)
        if node.pattern and not re.fullmatch(node.pattern, text):
            raise fault("pattern", path)
        return text

    def _choice(self, node: Choice, value: object, path: Path) -> str:
        if not isinstance(value, str) or value not in node.words:
            raise fault("choice", path, wanted=" ".join(node.words))
        return value

    def _day(self, _node: Day, value: object, path: Path) -> date:
        text = self._string(value, path)
        try:
            if DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            raise fault("no_day", path) from None
        raise fault("day", path)

    def _moment(self, _node: Moment, value: object, path: Path) -> datetime:
        text = self._string(value, path)
        if not MOMENT.fullmatch(text):
            raise fault("moment", path)
        try:
            found = datetime.fromisoformat(text.upper())
            found.astimezone(UTC)
        except (ValueError, OverflowError):
            raise fault("no_day", path) from None
        if not 1 < found.year < 9999:
            raise fault("no_day", path)
        return found

    def _flag(self, _node: Flag, value: object, path: Path) -> bool:
        if not isinstance(value, bool):
            raise fault("flag", path)
        return value

    def _count(self, node: Count, value: object, path: Path) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise fault("count", path)
        if not node.least <= value <= node.most:
            raise fault("range", path, least=node.least, most=node.most)
        return value

    def _items(self, node: Items, value: object, path: Path) -> list[object]:
        if not isinstance(value, list):
            raise fault("list", path)
        if len(value) < node.least:
            raise fault("few", path, least=node.least)
        if node.most is not None and len(value) > node.most:
            raise fault("many", path, most=node.most)
        return [self.check(node.of, item, (*path, number)) for number, item in enumerate(value)]

    def _named(self, node: Named, value: object, path: Path) -> dict[str, object]:
        members = self._object(value, path)
        if len(members) > MAX_NAMED:
            raise fault("many", path, most=MAX_NAMED)
        found: dict[str, object] = {}
        for name, item in members.items():
            clean = self._cleaner.clean(name, path_text((*path, name)))
            if clean in found or not clean.strip():
                raise fault("name", (*path, name))
            found[clean] = self.check(node.of, item, (*path, name))
        return found

    def _object(self, value: object, path: Path) -> dict[str, object]:
        """An object, as decoded."""
        if not isinstance(value, dict):
            raise fault("object", path)
        return value

    def _fields(self, node: Fields, value: object, path: Path) -> dict[str, object]:
        members = self._object(value, path)
        for name in members:
            if name not in node.members:
                raise fault("unknown", (*path, name))
        for name in node.required:
            if name not in members:
                raise fault("missing", (*path, name))
        return {name: self.check(node.members[name], item, (*path, name)) for name, item in members.items()}
