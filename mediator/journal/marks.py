"""Marks: what an author had seen of a stream. They alone decide order; clocks decide nothing (M1-M5)."""

from __future__ import annotations

from mediator.journal.entry import DeskId, Marks


def covers(marks: Marks, desk: DeskId, n: int) -> bool:
    """True when whoever holds these marks had seen entry n of a desk: that entry came before."""
    return marks.get(desk, 0) >= n


def completed(seen: Marks, own: DeskId, own_last: int) -> dict[DeskId, int]:
    """The marks an entry carries: what its form showed (M2), and always its desk's previous entry here (M3)."""
    marks = {desk: n for desk, n in seen.items() if n > 0}
    if own_last:
        marks[own] = own_last
    return marks
