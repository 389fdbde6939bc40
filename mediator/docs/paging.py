"""Lines to pages: where a page may end (documents.md 1, "Page breaking")."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Draw = Callable[[Any, float], None]


@dataclass(frozen=True, slots=True)
class Slice:
    """One unbreakable strip: its height, how to draw it below a given y, and whether the page may end after it.

    `header` is drawn again when a page starts with this strip: the header row of its table.
    """

    height: float
    draw: Draw
    keep: bool = False
    header: Slice | None = None


def paginate(slices: Sequence[Slice], height: float) -> list[list[Slice]]:
    """Pages of slices; what is kept together moves together unless it is taller than a page."""
    pages: list[list[Slice]] = []
    at = 0
    while at < len(slices):
        header = slices[at].header
        page = [header] if header else []
        used = header.height if header else 0.0
        end = at
        while end < len(slices) and used + slices[end].height <= height + 0.01:
            used += slices[end].height
            end += 1
        end = max(end, at + 1)
        if end < len(slices):
            allowed = end
            while allowed > at + 1 and slices[allowed - 1].keep:
                allowed -= 1
            end = end if slices[allowed - 1].keep else allowed
        pages.append([*page, *slices[at:end]])
        at = end
    return pages
