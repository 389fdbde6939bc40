"""The one canonical JSON: rules C1-C8 of the format, for writing and for reading (FORMATS, "Canonical JSON").

A reader decodes generically, encodes again and compares, so that newer fields survive and two byte forms of
one value cannot exist. Work is bounded before anything is built.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

import msgspec

from mediator.errors import Unacceptable

MAX_DEPTH: Final = 16
MAX_MEMBERS: Final = 4_096
MAX_ITEMS: Final = 100_000
MAX_STRING: Final = 1 << 20
MAX_INT: Final = (1 << 53) - 1
_ENCODER: Final = msgspec.json.Encoder(order="deterministic")
_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,31}")
_FORBIDDEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_ESCAPE: Final = re.compile(rb"\\(.)", re.DOTALL)
_BRACKETS: Final = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)
_LONG_NUMBER: Final = re.compile(rb"[0-9]{20}")


def refuse(rule: str) -> Unacceptable:
    """The error for a broken rule; C8 is a limit, all others are form."""
    return Unacceptable("entry.limit" if rule == "C8" else "entry.canonical", where=rule)


def encode(value: object) -> bytes:
    """Canonical bytes of a value made by this program; raises Unacceptable when it breaks a rule itself."""
    data = _ENCODER.encode(value)
    check_value(msgspec.json.decode(data))
    check_text(data)
    return data


def decode_strict(data: bytes) -> object:
    """The value of canonical bytes; raises Unacceptable `entry.canonical` or `entry.limit` naming the rule."""
    text = check_text(data)
    if text[:1] == "\ufeff":
        raise refuse("C1")
    check_depth(data)
    try:
        value = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError, ValueError):
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


def check_text(data: bytes) -> str:
    """C1 and C4 over the whole text at once: UTF-8, NFC, no control or bidi character, no needless escape."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise refuse("C1") from None
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        raise refuse("C4")
    if _FORBIDDEN.search(text) or any(match[1] not in b'"\\n' for match in _ESCAPE.finditer(data)):
        raise refuse("C4")
    return text


def check_depth(data: bytes) -> None:
    """C8 depth and C3 length by a scan of brackets outside strings, before anything is built."""
    if _LONG_NUMBER.search(data) and len(data) > MAX_STRING * 8:
        raise refuse("C3")
    if data.count(b"[") + data.count(b"{") <= MAX_DEPTH:
        return
    depth = 0
    for match in _BRACKETS.finditer(data):
        mark = match[0]
        if mark in (b"[", b"{"):
            depth += 1
            if depth > MAX_DEPTH:
                raise refuse("C8")
        elif mark in (b"]", b"}"):
            depth -= 1


def check_value(value: object) -> None:
    """C1-C3 and C8 over a decoded value."""
    if isinstance(value, str):
        if len(value) > MAX_STRING // 4 and len(value.encode()) > MAX_STRING:
            raise refuse("C8")
    elif isinstance(value, bool):
        return
    elif isinstance(value, int):
        if not -MAX_INT <= value <= MAX_INT:
            raise refuse("C3")
    elif isinstance(value, list):
        if len(value) > MAX_ITEMS:
            raise refuse("C8")
        for item in value:
            check_value(item)
    elif isinstance(value, dict):
        check_members(value)
    else:
        raise refuse("C2")


def check_members(value: dict[str, object]) -> None:
    """C1 keys and C8 count of one object, then its values."""
    if len(value) > MAX_MEMBERS:
        raise refuse("C8")
    for key, item in value.items():
        if not _KEY.fullmatch(key):
            raise refuse("C1")
        check_value(item)
