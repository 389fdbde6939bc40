"""Line breaking for Chinese text with Latin words, sums and days in it (documents.md 1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

NOT_START: Final = frozenset("、。，．：；？！）》」』】〉〕”’…—～·％℃%)]}>,.;:!?")
NOT_END: Final = frozenset("（《「『【〈〔“‘￥¥([{<")
HALF_AFTER: Final = frozenset("、。，．：；？！）》」』】〉〕")
HALF_BEFORE: Final = frozenset("（《「『【〈〔")
TIED: Final = re.compile(
    r"\d{4}年\d{1,2}月\d{1,2}日|人民币[\d,]+(?:\.\d+)?元|[\d,]+(?:\.\d+)?(?:[万亿]?元|[%％]|米|亩|日|天|份|月|年|次|人|户|棵|分)?"
    r"|[A-Za-z0-9][A-Za-z0-9.,@_/+:-]*"
)


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character with its face and advance in points; `tight` when the advance is less than the face's own."""

    char: str
    face: str
    width: float
    strong: bool = False
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The glyphs of one line from `start` to `end`, its natural width, and whether it ends its paragraph."""

    start: int
    end: int
    width: float
    last: bool


def tightened(glyphs: Sequence[Glyph], size: float) -> list[Glyph]:
    """Marks side by side share one blank: the first of `）。` or `）（` takes half a character's room."""
    found = list(glyphs)
    for place, (glyph, following) in enumerate(pairwise(glyphs)):
        after = glyph.char in HALF_AFTER and following.char in HALF_AFTER | HALF_BEFORE
        if after or (glyph.char in HALF_BEFORE and following.char in HALF_BEFORE):
            found[place] = replace(glyph, width=glyph.width - size / 2, tight=True)
    return found


def ties(text: str) -> list[bool]:
    """For each character whether a break before it is forbidden."""
    tied = [False] * len(text)
    for match in TIED.finditer(text):
        for place in range(match.start() + 1, match.end()):
            tied[place] = True
    for place, char in enumerate(text):
        if place and (char in NOT_START or text[place - 1] in NOT_END):
            tied[place] = True
    return tied


def break_lines(glyphs: Sequence[Glyph], *, first: float, width: float) -> list[Line]:
    """Greedy lines of at most `width` points (`first` for the first); no single character alone at the end."""
    tied = ties("".join(glyph.char for glyph in glyphs))
    lines: list[Line] = []
    at, total = 0, len(glyphs)
    while at < total:
        room = width if lines else first
        end, used = fill(glyphs, at, room)
        if end < total:
            end = pushed_back(tied, at, end)
            if total - end == 1 and end - at > 2:
                end = pushed_back(tied, at, end - 1)
            used = sum(glyph.width for glyph in glyphs[at:end])
        lines.append(Line(at, end, used, end == total))
        at = end
    return lines or [Line(0, 0, 0, True)]


def fill(glyphs: Sequence[Glyph], at: int, room: float) -> tuple[int, float]:
    """How far a line reaches, at least one character."""
    used, end = glyphs[at].width, at + 1
    while end < len(glyphs) and used + glyphs[end].width <= room + 0.01:
        used += glyphs[end].width
        end += 1
    return end, used


def pushed_back(tied: Sequence[bool], at: int, end: int) -> int:
    """The last allowed break at or before `end`; a run longer than a line is cut hard."""
    found = end
    while found > at + 1 and tied[found]:
        found -= 1
    return found if found > at + 1 or not tied[found] else end
