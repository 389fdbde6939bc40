"""Printed numbers of cases and papers (rules.md 5, sync-design 11). Unique without a network, never reused."""

from __future__ import annotations

from typing import Final

CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MIN_DIGITS: Final = 4
CHECKED: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def official(year: int, room_short: str, word: str, serial: int) -> str:
    """`（2026）缙壶民调字第0031号`: a number from a block the center granted."""
    return f"（{year}）{room_short}{word}字第{serial:0{MIN_DIGITS}d}号"


def seat_number(year: int, room_short: str, word: str, seat: str, serial: int) -> str:
    """`（2026）缙壶民调字第7K-0031号`: without a block; the seat is unique in the county for ever."""
    return f"（{year}）{room_short}{word}字第{seat}-{serial:0{MIN_DIGITS}d}号"


def provisional(desk_id: str, serial: int) -> str:
    """`临7H2M9-0001`: before enrollment; five Crockford characters of the desk id and a serial."""
    bits = int(desk_id[:8], 16) >> 7
    mark = "".join(CROCKFORD[(bits >> shift) & 31] for shift in (20, 15, 10, 5, 0))
    return f"临{mark}-{serial:0{MIN_DIGITS}d}"


def document_number(case_number: str, short: str, running: int) -> str:
    """`…号-协1`: case number, kind short word, running number in the case."""
    return f"{case_number}-{short}{running}"


def check_character(text: str) -> str:
    """ISO 7064 mod 37,36 over the letters and digits of a number: catches one wrong or two swapped characters."""
    value = 36
    for char in text.upper():
        if char in CHECKED:
            value = (value + CHECKED.index(char)) % 36 or 36
            value = value * 2 % 37
    return CHECKED[(37 - value) % 36]
