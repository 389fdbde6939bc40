"""Sums and days as they stand in the text of clauses: small grammars of our own (rules V12-V15)."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_DIGIT_WORDS: Final = "〇零○Ｏ一二三四五六七八九"
_WORDED_DAY: Final = re.compile(
    rf"(?P<y>[{_DIGIT_WORDS}]{{4}})年(?P<m>十[一二]?|[一二三四五六七八九])月(?P<d>[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日?"
)
_DAY: Final = re.compile(
    r"(?<!\d)(?P<y>\d{4})\s*(?:年|[-/.])\s*(?P<m>\d{1,2})\s*(?:月|[-/.])\s*(?P<d>\d{1,2})(?!\d)(?:\s*日)?"
)
_UNIT: Final = {"": 1, "亿": 100_000_000, "万": 10_000, "千": 1_000, "百": 100}
# A sum in words alone: 三千零九十元, 五万元, 人民币叁仟元整; the words beside figures belong to these.
_SPELLED: Final = re.compile(
    r"(?<![零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟\d.,，])"
    r"(?=[一二两三四五六七八九十壹贰叁肆伍陆柒捌玖拾])[零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+"
    r"(?:元|圆|块钱|块(?=[，。；、）]|$))"
    r"(?:[零〇]?[一二三四五六七八九壹贰叁肆伍陆柒捌玖](?:角|毛)(?:[一二三四五六七八九壹贰叁肆伍陆柒捌玖]分)?)?(?:整|正)?"
)
_FORMAL: Final = str.maketrans("〇一二两三四五六七八九十百千圆块毛正", "零壹贰贰叁肆伍陆柒捌玖拾佰仟元元角整")
_WORDED: Final = re.compile(r"(?:(?P<yuan>[^元]+)元)?零?(?:(?P<tenths>[^角])角)?零?(?:(?P<cents>[^分])分)?整?")
_STEPS: Final = (("亿", 100_000_000), ("万", 10_000), ("仟", 1_000), ("佰", 100), ("拾", 10))
_PLACES: Final = (("yuan", 100), ("tenths", 10), ("cents", 1))


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
    """Every sum in yuan: `5,000元`, `10.5万元`, `12元5角`, `3090.00元（大写：叁仟零玖拾元整）`, `三千零九十元`."""
    found = [*sums_in_figures(text), *sums_in_words(text)]
    return tuple(each for _, each in sorted(found, key=lambda pair: pair[0]))


def sums_in_figures(text: str) -> Iterator[tuple[int, Sum]]:
    """Sums in figures, with the words beside them, and where they start."""
    for match in _SUM.finditer(text):
        fen = fen_of(match)
        if fen is not None:
            yield match.start(), Sum(fen, match[0], match["words"] or "")


def sums_in_words(text: str) -> Iterator[tuple[int, Sum]]:
    """Sums that stand in words alone, and where they start."""
    bare = _SUM.sub(lambda match: "\n" * len(match[0]), text)
    for match in _SPELLED.finditer(bare):
        fen = words_amount(match[0].replace("块钱", "元").replace("块", "元"))
        if fen:
            yield match.start(), Sum(fen, match[0], "")


def fen_of(match: re.Match[str]) -> Fen | None:
    """Fen of a sum in figures; None for parts of a fen and for more than can be written in words."""
    said = match.groupdict("")
    whole, part = re.sub("[,，]", "", said["whole"]), said["part"]
    fen, rest = divmod(int(whole + part) * _UNIT[said["unit"]] * 100, 10 ** len(part))
    fen += int(said["tenths"] or 0) * 10 + int(said["cents"] or 0)
    return None if rest or fen > MAX_FEN else Fen(fen)


def words_amount(words: str) -> Fen | None:
    """Fen of an amount in words, formal or everyday, with or without 零 and 整; None for words that are no amount."""
    match = _WORDED.fullmatch(words.translate(_FORMAL))
    if match is None or not any(match.groups()):
        return None
    fen = 0
    for name, size in _PLACES:
        many = whole_number(match[name] or "零")
        if many is None:
            return None
        fen += many * size
    return Fen(fen)


def whole_number(words: str) -> int | None:
    """A whole number in formal words, no words being none; None for words that are no number."""
    bare = words.lstrip("零")
    if len(bare) < 2 and bare in DIGITS:
        return DIGITS.index(bare)
    for name, unit in _STEPS:
        high, found, low = bare.rpartition(name)
        if found:
            return joined(whole_number(high or "壹"), unit, whole_number(low))
    return None


def joined(many: int | None, unit: int, rest: int | None) -> int | None:
    """So many of a unit and a rest below it; None where words do not fit, such as 拾佰 or 佰仟."""
    if not many or rest is None or rest >= unit or (many >= 10 and unit < 10_000):
        return None
    return many * unit + rest


def days_in(text: str) -> tuple[Day, ...]:
    """Every full calendar day, in figures or in words (`二〇二六年五月一日`), one that does not exist included."""
    found = [(match.start(), Day(day_of(match), match[0])) for match in _DAY.finditer(text)]
    found += [(match.start(), Day(worded_day(match), match[0])) for match in _WORDED_DAY.finditer(text)]
    return tuple(each for _, each in sorted(found, key=lambda pair: pair[0]))


def worded_day(match: re.Match[str]) -> date | None:
    """A day whose year is told digit by digit and whose month and day are numbers in words."""
    year = "".join("0" if char in "〇零○Ｏ" else str("一二三四五六七八九".index(char) + 1) for char in match["y"])
    month, day = (whole_number(match[name].translate(_FORMAL)) or 0 for name in ("m", "d"))
    return real_day(int(year), month, day)


def day_of(match: re.Match[str]) -> date | None:
    """The day, None when the calendar has no such one."""
    return real_day(int(match["y"]), int(match["m"]), int(match["d"]))


def real_day(year: int, month: int, day: int) -> date | None:
    """The day, None when the calendar has no such one."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
