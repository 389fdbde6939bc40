"""Sums and days as they stand in the text of clauses: small grammars of our own (rules V12-V15)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from mediator.core.money import DIGITS, MAX_FEN, Fen

_WORDS: Final = "零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆块角毛分整正"
_SUM: Final = re.compile(
    r"(?<![\d.])(?P<whole>\d{1,3}(?:[,，]\d{3})+|\d{1,13})(?:\.(?P<part>\d{1,6}))?\s*(?P<unit>亿|万|千|百)?\s*"
    r"元(?:(?P<tenths>\d)角)?(?:(?P<cents>\d)分)?"
    r"(?:\s*[（(]\s*(?:大写\s*[：:]?)?\s*(?:人民币)?\s*"
    rf"(?P<words>(?=[^）)]*[元圆块角分整])[{_WORDS}]+)\s*[）)])?"
)
_DAY: Final = re.compile(
    r"(?<!\d)(?P<y>\d{4})\s*(?:年|[-/.])\s*(?P<m>\d{1,2})\s*(?:月|[-/.])\s*(?P<d>\d{1,2})(?!\d)(?:\s*日)?"
)
_UNIT: Final = {"": 1, "亿": 100_000_000, "万": 10_000, "千": 1_000, "百": 100}
_FORMAL: Final = str.maketrans("〇一二两三四五六七八九十百千圆块毛正", "零壹贰贰叁肆伍陆柒捌玖拾佰仟元元角整")
_WORDED: Final = re.compile(r"(?:(?P<yuan>[^元]+)元)?零?(?:(?P<tenths>[^角])角)?零?(?:(?P<cents>[^分])分)?整?")
_STEPS: Final = (("亿", 100_000_000), ("万", 10_000), ("仟", 1_000), ("佰", 100), ("拾", 10))


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum found in text; `words` are the words beside it, empty when there are none."""

    amount: Fen
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day found in text; `day` is None when no such day exists."""

    day: date | None
    text: str


def sums_in(text: str) -> tuple[Sum, ...]:
    """Every sum in yuan: `5,000元`, `10.5万元`, `12元5角`, `人民币3090.00元（大写：叁仟零玖拾元整）`."""
    found = []
    for match in _SUM.finditer(text):
        fen = fen_of(match)
        if fen is not None:
            found.append(Sum(fen, match[0], match["words"] or ""))
    return tuple(found)


def fen_of(match: re.Match[str]) -> Fen | None:
    """Fen of a sum in figures; None for parts of a fen and for more than can be written in words."""
    whole, part = re.sub("[,，]", "", match["whole"]), match["part"] or ""
    fen, rest = divmod(int(whole + part) * _UNIT[match["unit"] or ""] * 100, 10 ** len(part))
    fen += int(match["tenths"] or 0) * 10 + int(match["cents"] or 0)
    return None if rest or fen > MAX_FEN else Fen(fen)


def words_amount(words: str) -> Fen | None:
    """Fen of an amount in words, formal or everyday, with or without 零 and 整; None for words that are no amount."""
    match = _WORDED.fullmatch(words.translate(_FORMAL))
    if match is None or not any(match.groups()):
        return None
    yuan, tenths, cents = (whole_number(match[name] or "零") for name in ("yuan", "tenths", "cents"))
    if yuan is None or tenths is None or cents is None:
        return None
    return Fen(yuan * 100 + tenths * 10 + cents)


def whole_number(words: str) -> int | None:
    """A whole number in formal words; None for words that are none."""
    bare = words.lstrip("零")
    if len(bare) < 2 and bare in DIGITS:
        return DIGITS.index(bare)
    for name, unit in _STEPS:
        high, found, low = bare.rpartition(name)
        if found:
            many, rest = whole_number(high or "壹"), whole_number(low or "零")
            fits = many and rest is not None and rest < unit and (many < 10 or unit >= 10_000)
            return (many or 0) * unit + (rest or 0) if fits else None
    return None


def days_in(text: str) -> tuple[Day, ...]:
    """Every full calendar day, one that does not exist included."""
    return tuple(Day(day_of(match), match[0]) for match in _DAY.finditer(text))


def day_of(match: re.Match[str]) -> date | None:
    """The day, None when the calendar has no such one."""
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
