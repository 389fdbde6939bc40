"""Text as it may stand in an entry (rule C4): cleaned once, at the edge, and what was changed is reported."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

from mediator.errors import Unacceptable

BIDI: Final = frozenset([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


@dataclass(frozen=True, slots=True)
class Removal:
    """One character taken out: its code point and its position in the text as given."""

    codepoint: int
    position: int


@dataclass(frozen=True, slots=True)
class Cleaned:
    """NFC text without control and bidi characters; `removed` says what went and where."""

    text: str
    removed: tuple[Removal, ...] = ()


def forbidden(char: str) -> bool:
    """Controls but line ends and tabs, and characters that turn the direction of writing."""
    return (unicodedata.category(char) == "Cc" and char not in "\n\r\t") or ord(char) in BIDI


def clean(text: str) -> Cleaned:
    """Line ends become LF, tabs blanks, forbidden characters go; raises Unacceptable `text.surrogate`."""
    if any(0xD800 <= ord(char) <= 0xDFFF for char in text):
        raise Unacceptable("text.surrogate")
    removed = tuple(Removal(ord(char), place) for place, char in enumerate(text) if forbidden(char))
    kept = text.translate(dict.fromkeys(each.codepoint for each in removed))
    plain = kept.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return Cleaned(unicodedata.normalize("NFC", plain), removed)
