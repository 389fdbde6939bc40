"""Members of a canonical object as a record: each there and of its type; members nobody here knows are passed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any, TypeVar

from mediator.errors import Unacceptable

Record = TypeVar("Record")
HEX: frozenset[str] = frozenset("0123456789abcdef")


def is_hex(value: object, size: int) -> bool:
    """Lower-case hex of a length."""
    return isinstance(value, str) and len(value) == size and set(value) <= HEX


def is_count(value: object) -> bool:
    """A whole number from 0; `true` is none."""
    return type(value) is int and value >= 0


def is_text(value: object) -> bool:
    """Text of any length."""
    return isinstance(value, str)


SOUND = {"str": is_text, "int": is_count}


def record(kind: type[Record], raw: Mapping[str, object], *, code: str, **known: object) -> Record:
    """A dataclass from an object: text and counts are taken by name, `known` are members read by the caller.

    Raises Unacceptable with `code` for a member that is missing or of another type. Newer members are passed over:
    what signs an object signs its bytes, so nothing is lost by it.
    """
    taken: dict[str, Any] = dict(known)
    for each in fields(kind):  # type: ignore[arg-type]  # every record here is a dataclass
        if each.name in known or (each.name not in raw and each.default is not MISSING):
            continue
        value = raw.get(each.name)
        if not SOUND[str(each.type)](value):
            raise Unacceptable(code, where=each.name)
        taken[each.name] = value
    return kind(**taken)


def rows(value: object, *, code: str, limit: int) -> list[list[object]]:
    """A list of lists, at most so many; raises Unacceptable."""
    if not isinstance(value, list) or len(value) > limit or not all(isinstance(row, list) for row in value):
        raise Unacceptable(code)
    return value
