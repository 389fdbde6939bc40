"""Sums and days as they stand in the text of clauses: small grammars of our own (rules V12-V15)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from mediator.core.money import MAX_FEN, Fen

_SUM: Final = re.compile(
    r"(?<![\d.])(?P<whole>\d{1,3}(?:[,，]\d{3})+|\d{1,13})(?:\.(?P<part>\d{1,6}))?\s*(?P<unit>万|千|百)?\s*元"
    r"(?:\s*[（(]\s*(?:大写\s*[：:]?)?\s*(?:人民币)?(?P<words>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正]+)\s*[）)])?"
)
_DAY: Final = re.compile(r"(?P<y>\d{4})\s*(?:年|[-/.])\s*(?P<m>\d{1,2})\s*(?:月|[-/.])\s*(?P<d>\d{1,2})(?:\s*日)?")
_UNIT: Final = {"": 1, "万": 10_000, "千": 1_000, "百": 100}


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum found in text; `words` are the formal words beside it, empty when there are none."""

    amount: Fen
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day found in text; `day` is None when no such day exists."""

    day: date | None
    text: str


def sums_in(text: str) -> tuple[Sum, ...]:
    """Every sum in yuan: `5,000元`, `10.5万元`, `人民币3090.00元（大写：叁仟零玖拾元整）`."""
    found = []
    for match in _SUM.finditer(text):
        whole, part = re.sub("[,，]", "", match["whole"]), match["part"] or ""
        scaled = int(whole + part) * _UNIT[match["unit"] or ""] * 100
        fen, rest = divmod(scaled, 10 ** len(part))
        if not rest and fen <= MAX_FEN:
            found.append(Sum(Fen(fen), match[0], match["words"] or ""))
    return tuple(found)


def days_in(text: str) -> tuple[Day, ...]:
    """Every full calendar day, one that does not exist included."""
    found = []
    for match in _DAY.finditer(text):
        try:
            day = date(int(match["y"]), int(match["m"]), int(match["d"]))
        except ValueError:
            day = None
        found.append(Day(day, match[0]))
    return tuple(found)
