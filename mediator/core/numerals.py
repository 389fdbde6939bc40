"""Chinese numerals for clauses and copies: 一 to 九十九."""

from __future__ import annotations

from typing import Final

DIGITS: Final = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """`十二` for 12; figures above 99, which no agreement needs in words."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones else "")
