"""Marks: what an author had seen of a stream. They alone decide order; clocks decide nothing (M1-M5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mediator.journal.entry import DeskId, Entry, Marks
from mediator.journal.reach import Reach, may_name


def before(first: Entry, second: Entry) -> bool:
    """True when the author of `second` had seen `first` (both of one stream)."""
    return second.marks.get(first.desk, 0) >= first.n


def covers(marks: Marks, desk: DeskId, n: int) -> bool:
    """True when these marks include entry n of a desk."""
    return marks.get(desk, 0) >= n


def merge(*several: Marks) -> dict[DeskId, int]:
    """The highest counter of each desk."""
    merged: dict[DeskId, int] = {}
    for marks in several:
        for desk, n in marks.items():
            merged[desk] = max(n, merged.get(desk, 0))
    return merged


def seen_of(entries: Iterable[Entry], reach: Reach) -> dict[DeskId, int]:
    """Marks over the entries that an author of this reach may name (M1, M4)."""
    return merge(*({entry.desk: entry.n} for entry in entries if may_name(reach, entry.reach)))


def completed(seen: Marks, own: DeskId, own_last: int) -> dict[DeskId, int]:
    """The marks an entry carries: what its form showed, and always its desk's previous entry here (M3)."""
    marks = {desk: n for desk, n in seen.items() if n > 0}
    if own_last:
        marks[own] = own_last
    return marks


def clipped(seen: Marks, limits: Mapping[DeskId, int]) -> dict[DeskId, int]:
    """`seen` lowered to what may be named at a narrower view (M4)."""
    return {desk: min(n, limits[desk]) for desk, n in seen.items() if limits.get(desk, 0) > 0}
