"""Moments and sums as people type them, turned into the one form that entries hold."""

from __future__ import annotations

import re
import unicodedata
from datetime import time
from typing import Final

from mediator.core.cells import sum_of
from mediator.core.money import Fen, plain
from mediator.errors import MediatorError, Unacceptable
from mediator.ui.pieces.fields import DAY, read_day

CLOCK: Final = re.compile(r"(上午|下午|晚上|中午)?\s*([0-9]{1,2})\s*(?::|时|点)\s*(?:([0-9]{1,2})\s*分?|(半))?")
LATER: Final = frozenset({"下午", "晚上"})
NOON, HALF = 12, 30


def read_clock(text: str) -> time | None:
    """A time of the day: 9:30, 9时30分, 下午3点半, 15点; None for anything else."""
    found = CLOCK.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute = int(found[2]), HALF if found[4] else int(found[3] or 0)
    if found[1] in LATER and hour < NOON:
        hour += NOON
    try:
        return time(hour, minute)
    except ValueError:
        return None


def iso_day(text: str) -> str | None:
    """`2026-03-05` for a day in any usual form, empty for nothing, None for what is no day."""
    if not text.strip():
        return ""
    day = read_day(text)
    return day.isoformat() if day else None


def iso_moment(text: str) -> str | None:
    """`2026-03-05T09:30` for a day and a time in any usual form, empty for nothing, None for anything else."""
    plain_text = unicodedata.normalize("NFKC", text).strip().replace("T", " ")
    if not plain_text:
        return ""
    found = DAY.match(plain_text)
    day = read_day(found[0]) if found else None
    clock = read_clock(plain_text[found.end() :]) if found else None
    return f"{day.isoformat()}T{clock:%H:%M}" if day and clock else None


def yuan(text: str) -> str | None:
    """`3090.00` for a sum in yuan with or without commas and 元, empty for nothing, None for what is no sum."""
    if not text.strip():
        return ""
    try:
        return plain(typed_sum(text))
    except MediatorError:
        return None


def typed_sum(text: str) -> Fen:
    """A sum as people type it: 5000, 5,000.00, ５０００元, 1.2万, 叁仟元整. Raises Unacceptable `money.form`."""
    try:
        found = sum_of(text)
    except Unacceptable:
        found = None
    if found is None:
        raise Unacceptable("money.form")
    return found
