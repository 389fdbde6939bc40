"""Money as integer fen: figures, words, and the printed form of both (payment regulation, documents.md 1)."""

from __future__ import annotations

import re
from typing import Final, NewType

from mediator.errors import Unacceptable

Fen = NewType("Fen", int)

MAX_FEN: Final = 999_999_999_999_999
DIGITS: Final = "零壹贰叁肆伍陆柒捌玖"
UNITS: Final = ("", "拾", "佰", "仟")
_YUAN: Final = re.compile(r"(0|[1-9][0-9]{0,12})(?:\.([0-9]{1,2}))?")


def parse_yuan(text: str) -> Fen:
    """Fen of a decimal text in yuan (`3090.00`, `0.5`); raises Unacceptable `money.form`. Never a float."""
    match = _YUAN.fullmatch(text)
    if match is None:
        raise Unacceptable("money.form")
    return Fen(int(match[1]) * 100 + int((match[2] or "").ljust(2, "0")))


def plain(fen: Fen) -> str:
    """`3090.00`: as case files write it; `-0.50` for a difference below zero."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def figures(fen: Fen) -> str:
    """`3,090.00`: as papers and screens write it; `-0.50` for a difference below zero."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def printed(fen: Fen) -> str:
    """`人民币3,090.00元（大写：叁仟零玖拾元整）`."""
    return f"人民币{figures(fen)}元（大写：{in_words(fen)}）"


def in_words(fen: Fen) -> str:
    """The amount in formal words; raises Unacceptable `money.range` below zero or above 9,999,999,999,999.99.

    By the payment regulation: 零 once for any run of zeros inside, 整 after 元 or 角, nothing after 分, and 零
    between 元 and 分 where there is no 角, as in the regulation's model form 壹拾万柒仟元零伍角叁分.
    """
    if not 0 <= fen <= MAX_FEN:
        raise Unacceptable("money.range")
    yuan, jiao, cent = fen // 100, fen // 10 % 10, fen % 10
    if not fen:
        return "零元整"
    text = f"{whole(yuan)}元" if yuan else ""
    if not jiao and not cent:
        return text + "整"
    return text + fraction(yuan, jiao, cent)


def fraction(yuan: int, jiao: int, cent: int) -> str:
    """角 and 分; 零 before them where the yuan end in zero or the 角 is missing."""
    gap = "零" if yuan and (yuan % 10 == 0 or not jiao) else ""
    tenths = f"{DIGITS[jiao]}角" if jiao else ""
    return gap + tenths + (f"{DIGITS[cent]}分" if cent else "整")


def whole(yuan: int) -> str:
    """Whole yuan above zero in words: 亿 and 万 each say how many of them, then the rest."""
    for unit, name in ((10**8, "亿"), (10**4, "万")):
        if yuan >= unit:
            high, rest = divmod(yuan, unit)
            gap = "零" if rest and rest < unit // 10 else ""
            return whole(high) + name + gap + (whole(rest) if rest else "")
    return section(yuan)


def section(part: int) -> str:
    """1 to 9999 in words, 零 once for inner zeros."""
    text, zero = "", False
    for place in (3, 2, 1, 0):
        digit = part // 10**place % 10
        if digit:
            text += ("零" if zero and text else "") + DIGITS[digit] + UNITS[place]
            zero = False
        else:
            zero = bool(text)
    return text
