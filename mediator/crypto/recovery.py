"""The recovery code: 128 bits as 48 digits in 8 groups of 6, each group divisible by 11 (security.md 5.8)."""

from __future__ import annotations

import secrets
from typing import Final

from mediator.errors import NoAccess

GROUPS: Final = 8
GROUP_DIGITS: Final = 6
DIVISOR: Final = 11


def fresh_code() -> str:
    """A new code as printed: `012345-…`, eight groups joined by hyphens."""
    return printed(secrets.token_bytes(2 * GROUPS))


def printed(secret: bytes) -> str:
    """16 bytes as the printed code; each group is a 16-bit number times 11."""
    numbers = (int.from_bytes(secret[i : i + 2], "big") for i in range(0, 2 * GROUPS, 2))
    return "-".join(f"{number * DIVISOR:0{GROUP_DIGITS}d}" for number in numbers)


def read(typed: str) -> bytes:
    """The 16 bytes of a typed code; blanks and hyphens are free, full-width digits are read.

    Raises NoAccess `recovery.length`, or `recovery.group` with the number of the first group that has a typing error.
    """
    digits = "".join(str(int(char)) for char in typed if char.isdecimal())
    if len(digits) != GROUPS * GROUP_DIGITS:
        raise NoAccess("recovery.length", digits=len(digits))
    starts = range(0, len(digits), GROUP_DIGITS)
    return b"".join(read_group(place, int(digits[i : i + GROUP_DIGITS])) for place, i in enumerate(starts, start=1))


def read_group(place: int, number: int) -> bytes:
    """The two bytes of one group; raises NoAccess `recovery.group`."""
    value, rest = divmod(number, DIVISOR)
    if rest or value > 0xFFFF:
        raise NoAccess("recovery.group", group=place)
    return value.to_bytes(2, "big")
