"""JSON from outside, read strictly: one way to write a thing, limits before memory, and every fault has a place.

RFC 8259 with these refusals: anything but UTF-8 without byte order mark, a name given twice, NaN and Infinity, lone
surrogates, more than 64 levels, numbers of more than 32 characters, anything after the value.
"""

from __future__ import annotations

import math
import re
from typing import Final

from mediator.errors import Unacceptable

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_LEVELS: Final = 64
MAX_NUMBER: Final = 32
MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
BLANK: Final = re.compile(r"[ \t\n\r]*")
PLAIN: Final = re.compile(r'[^"\\\x00-\x1f]*')
NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
NUMBER_LIKE: Final = re.compile(r"[-+0-9.eE]+")
HEX4: Final = re.compile(r"[0-9A-Fa-f]{4}")
WORDS: Final = {"true": True, "false": False, "null": None}
ESCAPES: Final = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


def decode(data: bytes) -> object:
    """The value: dict, list, str, int, float, bool or None.

    Raises Unacceptable `case.size`, `case.encoding`, `case.empty`, `case.syntax`, `case.duplicate`, `case.depth`,
    `case.number`, `case.surrogate`; `where` is the path of the value, and facts give line and column.
    """
    if len(data) > MAX_BYTES:
        raise Unacceptable("case.size", limit=MAX_BYTES)
    if data.startswith(MARKS) or b"\x00" in data[:4]:
        raise Unacceptable("case.encoding", where="1", byte=1)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unacceptable("case.encoding", where=str(error.start + 1), byte=error.start + 1) from None
    if not text.strip(" \t\r\n"):
        raise Unacceptable("case.empty", where="1:1")
    return Reader(text).document()


class Reader:
    """A descent through one text; depth is bounded, so it never exhausts the stack."""

    __slots__ = ("_at", "_path", "_text")

    def __init__(self, text: str) -> None:
        """Start at the beginning."""
        self._text = text
        self._at = 0
        self._path: list[str | int] = []

    def document(self) -> object:
        """The one value of the text."""
        value = self._value()
        self._skip()
        if self._at != len(self._text):
            raise self._fault("case.syntax")
        return value

    def _fault(self, code: str) -> Unacceptable:
        """A refusal at the present place."""
        before = self._text[: self._at]
        line, column = before.count("\n") + 1, self._at - (before.rfind("\n") + 1) + 1
        where = path_text(tuple(self._path)) if code != "case.depth" else ""
        return Unacceptable(code, where=where or f"{line}:{column}", line=line, column=column)

    def _skip(self) -> str:
        """The next character after blanks, empty at the end."""
        found = BLANK.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._text[self._at : self._at + 1]

    def _value(self) -> object:
        """One value of any kind."""
        if len(self._path) > MAX_LEVELS:
            raise self._fault("case.depth")
        first = self._skip()
        if first == "{":
            return self._object()
        if first == "[":
            return self._array()
        if first == '"':
            return self._string()
        return self._number() if first in "-0123456789" and first else self._word()

    def _word(self) -> bool | None:
        """true, false or null."""
        for word, value in WORDS.items():
            if self._text.startswith(word, self._at):
                self._at += len(word)
                return value
        raise self._fault("case.number" if self._text.startswith(("NaN", "Infinity"), self._at) else "case.syntax")

    def _number(self) -> int | float:
        """A number; one that is whole comes as int."""
        found = NUMBER.match(self._text, self._at)
        like = NUMBER_LIKE.match(self._text, self._at)
        if self._text.startswith("-Infinity", self._at):
            raise self._fault("case.number")
        if not found or not like or found.end() != like.end():
            raise self._fault("case.syntax")
        if found.end() - self._at > MAX_NUMBER:
            raise self._fault("case.number")
        value = self._measured(found)
        self._at = found.end()
        return value

    def _measured(self, found: re.Match[str]) -> int | float:
        """The value of a number literal; one beyond a double is refused."""
        if not found[1] and not found[2]:
            return int(found[0])
        value = float(found[0])
        if not math.isfinite(value):
            raise self._fault("case.number")
        return int(value) if value.is_integer() else value

    def _object(self) -> dict[str, object]:
        """An object; a name may stand in it once."""
        self._at += 1
        members: dict[str, object] = {}
        if self._skip() == "}":
            self._at += 1
            return members
        while True:
            if self._skip() != '"':
                raise self._fault("case.syntax")
            name = self._string()
            self._path.append(name)
            if name in members:
                raise self._fault("case.duplicate")
            if self._skip() != ":":
                raise self._fault("case.syntax")
            self._at += 1
            members[name] = self._value()
            self._path.pop()
            if self._more("}"):
                return members

    def _array(self) -> list[object]:
        """A list."""
        self._at += 1
        items: list[object] = []
        if self._skip() == "]":
            self._at += 1
            return items
        while True:
            self._path.append(len(items))
            items.append(self._value())
            self._path.pop()
            if self._more("]"):
                return items

    def _more(self, end: str) -> bool:
        """Step over a comma (False) or over the end (True)."""
        found = self._skip()
        if found not in {",", end}:
            raise self._fault("case.syntax")
        self._at += 1
        return found == end

    def _string(self) -> str:
        """A string with its escapes undone."""
        self._at += 1
        parts: list[str] = []
        while True:
            found = PLAIN.match(self._text, self._at)
            parts.append(found[0] if found else "")
            self._at = found.end() if found else self._at
            stop = self._text[self._at : self._at + 1]
            if stop == '"':
                self._at += 1
                return "".join(parts)
            if stop != "\\":
                raise self._fault("case.syntax")
            parts.append(self._escape())

    def _escape(self) -> str:
        r"""One escape; a pair of \u surrogates is one character, a lone one is refused."""
        mark = self._text[self._at + 1 : self._at + 2]
        if mark != "u":
            if mark not in ESCAPES:
                raise self._fault("case.syntax")
            self._at += 2
            return ESCAPES[mark]
        unit = self._unit()
        if 0xD800 <= unit < 0xDC00 and self._text.startswith("\\u", self._at):
            low = self._unit()
            if 0xDC00 <= low < 0xE000:
                return chr(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
            raise self._fault("case.surrogate")
        if 0xD800 <= unit < 0xE000:
            raise self._fault("case.surrogate")
        return chr(unit)

    def _unit(self) -> int:
        """The four hex digits of an escape, as a code unit."""
        found = HEX4.match(self._text, self._at + 2)
        if not found:
            raise self._fault("case.syntax")
        self._at = found.end()
        return int(found[0], 16)


def path_text(path: tuple[str | int, ...]) -> str:
    """`("parties", 0, "name")` as `parties[0].name`; the items of a list at the top are `cases[i]`."""
    text = ""
    for step in path:
        if isinstance(step, int):
            text = f"{text or 'cases'}[{step}]"
            continue
        text = f"{text}.{step}" if text else step
    return text[:200]
