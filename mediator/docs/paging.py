"""Lines to pages: where a page may end (documents.md 1, "Page breaking")."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

FEWEST: Final = 4
Draw = Callable[[Any, float], None]


@dataclass(frozen=True, slots=True)
class Slice:
    """One unbreakable strip: its height, how to draw it below a given y, and whether the page may end after it.

    `header` is drawn again when a page starts with this strip: the header row of its table. `ruled` strips are rows
    that go on over several, whose box is closed where a page ends between them.
    """

    height: float
    draw: Draw
    keep: bool = False
    header: Slice | None = None
    ruled: bool = False


def paginate(slices: Sequence[Slice], height: float) -> list[list[Slice]]:
    """Pages of slices; what is kept together moves together unless it is taller than a page."""
    pages: list[list[Slice]] = []
    at = 0
    while at < len(slices):
        header = slices[at].header
        room = height - (header.height if header else 0.0)
        end = kept_back(slices, at, filled(slices, at, room))
        pages.append([*([header] if header else []), *slices[at:end]])
        at = end
    return pages


def filled(slices: Sequence[Slice], at: int, room: float) -> int:
    """How far a page reaches that starts at `at`; at least one strip."""
    used, end = slices[at].height, at + 1
    while end < len(slices) and used + slices[end].height <= room + 0.01:
        used += slices[end].height
        end += 1
    return end


def kept_back(slices: Sequence[Slice], at: int, end: int) -> int:
    """The last end of the page that parts nothing kept together; where all of it is, not far from the full page."""
    if end == len(slices):
        return end
    allowed = end
    while allowed > at and slices[allowed - 1].keep:
        allowed -= 1
    return allowed if allowed > at else max(at + 1, end - lacking(slices, end))


def lacking(slices: Sequence[Slice], end: int) -> int:
    """How many strips more should go on, so that no chain cut at a full page leaves its last one or two alone."""
    rest = next((n for n, each in enumerate(slices[end:], start=1) if not each.keep), len(slices) - end)
    return max(0, FEWEST - rest)
