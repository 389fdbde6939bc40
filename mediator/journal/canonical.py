"""The one canonical JSON: rules C1-C8 of the format, for writing and for reading (FORMATS, "Canonical JSON").

A reader decodes generically, encodes again and compares, so that newer fields survive and two byte forms of
one value cannot exist. Work is bounded before anything is built.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import msgspec

from mediator.errors import Unacceptable

MAX_DEPTH: Final = 16
MAX_MEMBERS: Final = 4_096
MAX_ITEMS: Final = 100_000
MAX_STRING: Final = 1 << 20
SHORT: Final = MAX_STRING // 4
MAX_KEY: Final = 32
MAX_INT: Final = (1 << 53) - 1
_ENCODER: Final = msgspec.json.Encoder(order="deterministic")
_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,31}")
_FORBIDDEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
# A string that never ends is one match to the end of the data, so that a scan costs its length and not its square.
_STRINGS: Final = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_SHAPE: Final = re.compile(rb"[\[{\]},]")
_ROOM: Final = {b"[": MAX_ITEMS, b"{": MAX_MEMBERS}


def refuse(rule: str) -> Unacceptable:
    """The error for a broken rule; C8 is a limit, all others are form."""
    return Unacceptable("entry.limit" if rule == "C8" else "entry.canonical", where=rule)


def encode(value: object) -> bytes:
    """Canonical bytes of a value made by this program; raises Unacceptable when it breaks a rule itself."""
    try:
        data = _ENCODER.encode(value)
    except UnicodeEncodeError:
        raise refuse("C4") from None
    except TypeError:
        raise refuse("C1") from None
    check_shape(data)
    check_value(msgspec.json.decode(data))
    check_text(data)
    return data


def decode_strict(data: bytes) -> object:
    """The value of canonical bytes; raises Unacceptable `entry.canonical` or `entry.limit` naming the rule."""
    check_text(data)
    check_shape(data)
    try:
        value = msgspec.json.decode(data)
    except (msgspec.DecodeError, ValueError):
        raise refuse("C1") from None
    check_value(value)
    if _ENCODER.encode(value) != data:
        raise refuse("C1")
    return value


def decode_object(data: bytes) -> dict[str, object]:
    """Like `decode_strict`, for a part that must be an object."""
    value = decode_strict(data)
    if not isinstance(value, dict):
        raise refuse("C1")
    return value


def decode_checked(data: bytes) -> dict[str, object]:
    """The object of bytes that `decode_strict` once took and nobody can have changed since; {} for another value."""
    value = msgspec.json.decode(data)
    return value if isinstance(value, dict) else {}


def check_text(data: bytes) -> None:
    """C1 and C4 over the whole text at once: UTF-8, NFC, no control or bidi character, no needless escape."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise refuse("C1") from None
    if _FORBIDDEN.search(text) or any(match[1] not in '"\\n' for match in _ESCAPE.finditer(text)):
        raise refuse("C4")
    # The n of an escaped line end is no letter: an accent that begins the next line does not join it.
    if not text.isascii() and not unicodedata.is_normalized("NFC", _ESCAPE.sub(" ", text)):
        raise refuse("C4")


def check_shape(data: bytes) -> None:
    """C8 by one scan of brackets and commas outside strings, before anything is built."""
    if data.count(b"[") + data.count(b"{") <= MAX_DEPTH and data.count(b",") < MAX_MEMBERS:
        return
    bare = _STRINGS.sub(b"", data)
    check_room(bare if bare.count(b",") >= MAX_MEMBERS else bare.translate(None, b","))


def check_room(bare: bytes) -> None:
    """C8 of depth and of the count of members, over what is left without strings."""
    room: list[int] = []
    for match in _SHAPE.finditer(bare):
        mark = match[0]
        if mark in _ROOM:
            room.append(_ROOM[mark])
        elif mark == b",":
            room[-1:] = [each - 1 for each in room[-1:]]
        else:
            del room[-1:]
        if len(room) > MAX_DEPTH or room[-1:] == [0]:
            raise refuse("C8")


def check_value(value: object) -> None:
    """C1-C3 and C8 over a decoded value, no part of which is trusted to be small."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if type(each) is not str:
            waiting += inside(each)
        elif len(each) > SHORT:
            check_string(each)


def inside(value: object) -> Iterable[object]:
    """What an object or a list holds, its keys checked; nothing for a number, which must be a whole one of C3."""
    if isinstance(value, dict):
        if not all(map(is_key, value)):
            raise refuse("C1")
        return value.values()
    if isinstance(value, list):
        return value
    if not isinstance(value, int):
        raise refuse("C2")
    if not -MAX_INT <= value <= MAX_INT:
        raise refuse("C3")
    return ()


def check_string(value: str) -> None:
    """C8: one string is at most 1 MiB of UTF-8."""
    if len(value.encode()) > MAX_STRING:
        raise refuse("C8")


@lru_cache(maxsize=1024)
def is_key(key: str) -> bool:
    """C1 of one key; the same few hundred come again and again."""
    return len(key) <= MAX_KEY and _KEY.fullmatch(key) is not None
