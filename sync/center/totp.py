"""Six digits from a telephone (RFC 6238 over RFC 4226, SHA-1, 30 seconds), and codes on paper for when it is lost."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import quote, urlencode

SECRET: Final = 20
PERIOD: Final = 30_000
DIGITS: Final = 6
DRIFT: Final = 1
SPARE: Final = 8
SPARE_LENGTH: Final = 10
CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def digits_at(secret: bytes, step: int, *, length: int = DIGITS) -> str:
    """The code of one time step."""
    mark = hmac.digest(secret, step.to_bytes(8, "big"), "sha1")
    place = mark[-1] & 15
    number = int.from_bytes(mark[place : place + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**length:0{length}d}"


def step_of(now: int) -> int:
    """The time step of a moment in ms UTC."""
    return now // PERIOD


def matched(secret: bytes, typed: str, *, now: int, after: int) -> int | None:
    """The step whose code was typed, one before or after now at most; None when none, or when it was used already.

    `after` is the last step that let somebody in: a code that was looked at over a shoulder works once.
    """
    here = step_of(now)
    steps = range(max(here - DRIFT, 0), here + DRIFT + 1)
    found = [step for step in steps if hmac.compare_digest(digits_at(secret, step), typed)]
    return next((step for step in found if step > after), None)


def plain(typed: str) -> str:
    """What was typed without blanks and hyphens, letters large; anything beyond ASCII matches nothing."""
    kept = "".join(char for char in typed.upper() if char.isalnum())[: 2 * SPARE_LENGTH]
    return kept if kept.isascii() else ""


def base32(secret: bytes) -> str:
    """The secret as people type it into a telephone."""
    return base64.b32encode(secret).decode().rstrip("=")


def address(secret: bytes, *, login: str, issuer: str) -> str:
    """What the QR code says to the telephone's program."""
    label = quote(f"{issuer}:{login}", safe="")
    asked = urlencode({"secret": base32(secret), "issuer": issuer, "digits": DIGITS, "period": PERIOD // 1000})
    return f"otpauth://totp/{label}?{asked}"


def spare_codes(random: Callable[[int], bytes]) -> tuple[str, ...]:
    """Eight codes of fifty bits; each lets its owner in once."""
    return tuple("".join(CROCKFORD[byte & 31] for byte in random(SPARE_LENGTH)) for _ in range(SPARE))


def without(codes: Sequence[str], typed: str) -> tuple[str, ...] | None:
    """The codes that are left once this one is used, None when it is none of them; compared in constant time."""
    left = tuple(each for each in codes if not hmac.compare_digest(each, typed))
    return left if len(left) < len(codes) else None
