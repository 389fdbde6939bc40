"""Line breaking for Chinese text with Latin words, sums and days in it (documents.md 1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

NOT_START: Final = frozenset("、。，．：；？！）》」』】〉〕”’…—～·％℃%)]}>,.;:!?")
NOT_END: Final = frozenset("（《「『【〈〔“‘￥¥([{<")
HALF_AFTER: Final = frozenset("、。，．：；？！）》」』】〉〕”’")
HALF_BEFORE: Final = frozenset("（《「『【〈〔“‘")
# Quotation marks have a blank half only in a face that sets them about as wide as a Han character.
HAN_WIDE: Final = 0.75
BLANK: Final = "\u3000"
UNIT: Final = (
    r"[万亿]?元|[%％℃]|平方米|立方米|公里|厘米|毫米|公斤|小时|分钟|个月|周岁|[米亩斤吨里]"
    r"|[年月日天时分秒周岁]|[个名位人户家口棵株头只间套台辆件份页条款项号次期倍]"
)
TIED: Final = re.compile(
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?|\d{1,2}时\d{1,2}分"
    rf"|人民币[\d,]+(?:\.\d+)?[万亿]?元|[~±≈≤≥]?[\d,]+(?:\.\d+)?(?:{UNIT})?(?![A-Za-z0-9]|[-./:_@+][A-Za-z0-9])"
    r"|[A-Za-z0-9\u00c0-\u024f][A-Za-z0-9\u00c0-\u024f.,@_/+:&'-]*"
    rf"|[壹贰叁肆伍陆柒捌玖][拾佰仟角分]|[元角]整|（盖章）|{BLANK}+"
)
LEAST_GAP: Final = 5
HASH: Final = re.compile(r"(?=\d*[a-f])[0-9a-f]{20,}")
GROUP: Final = 8
LOOSEST: Final = 3
# How much speaks against a break: a whole that is longer than a line is cut, but even then no mark begins the next one.
FREE, PARTED, WHOLE, MARKED = range(4)


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character with its face and advance in points; `tight` when the advance is less than the face's own.

    A ruled gap for the pen is made of blanks that have no face. `picture` stands for a character that no face has.
    """

    char: str
    face: str
    width: float
    tight: bool = False
    picture: bytes = b""


@dataclass(frozen=True, slots=True)
class Line:
    """The glyphs of one line from `start` to `end`, its natural width, and whether it ends its paragraph.

    `width` counts the blank half of a last mark, which may hang over the edge. `out` is how far the line begins before
    its edge: by the blank half of a first mark, where the line would be too short for it and what it must stand beside.
    """

    start: int
    end: int
    width: float
    last: bool
    out: float = 0.0


def tightened(glyphs: Sequence[Glyph], size: float) -> list[Glyph]:
    """Marks side by side share one blank: the first of `）。`, `）（` or `》”` takes half a character's room."""
    found = list(glyphs)
    for place, (glyph, following) in enumerate(pairwise(glyphs)):
        if glyph.width > HAN_WIDE * size and blank_between(glyph.char, following.char):
            found[place] = replace(glyph, width=glyph.width - size / 2, tight=True)
    return found


def blank_between(mark: str, following: str) -> bool:
    """True for marks side by side whose blank halves meet, or stand both on one side."""
    if mark in HALF_BEFORE:
        return following in HALF_BEFORE
    return mark in HALF_AFTER and following in HALF_AFTER | HALF_BEFORE


def ties(text: str) -> list[int]:
    """For each character how much speaks against a break before it: nothing, a sum's 人民币, a whole, a mark."""
    tied = tied_wholes(text)
    for place, (before, char) in enumerate(pairwise(text), start=1):
        # A hyphen belongs to a number; readers of a PDF take one at a line's end for a word cut in two, and drop it.
        if char in NOT_START or before in NOT_END or before == "-":
            tied[place] = MARKED
        elif char == "-":
            tied[place] = WHOLE
    return tied


def tied_wholes(text: str) -> list[int]:
    """The same by wholes alone: dates, sums, words in Latin letters."""
    tied = [FREE] * len(text)
    for match in TIED.finditer(text):
        for place in tied_places(match):
            tied[place] = PARTED if text[match.start() : place] == "人民币" else WHOLE
    return tied


def tied_places(match: re.Match[str]) -> Iterator[int]:
    """Where a run should not be cut: a hash may after every eighth digit, a long gap anywhere but near its ends."""
    start, end, whole = match.start(), match.end(), match.group()
    if HASH.fullmatch(whole):
        return (place for place in range(start + 1, end) if (place - start) % GROUP)
    if whole[0] == BLANK and len(whole) > 2 * LEAST_GAP:
        return iter((*range(start + 1, start + LEAST_GAP), *range(end - LEAST_GAP + 1, end)))
    return iter(range(start + 1, end))


def break_lines(glyphs: Sequence[Glyph], *, first: float, width: float) -> list[Line]:
    """Greedy lines of at most `width` points (`first` for the first); no single character alone at the end.

    The blank half of a mark at a line's end may hang over the edge; a run longer than a line is cut hard.
    """
    text = "".join(glyph.char for glyph in glyphs)
    tied = ties(text)
    lines: list[Line] = []
    at = 0
    while at < len(glyphs):
        end, out = widened(glyphs, tied, at, room=width if lines else first)
        if lonely(text[end:]):
            end = earlier(glyphs, tied, at, end)
        lines.append(Line(at, end, sum(glyph.width for glyph in glyphs[at:end]), end == len(glyphs), out))
        at = end
    return lines or [Line(0, 0, 0, True)]


def widened(glyphs: Sequence[Glyph], tied: Sequence[int], at: int, *, room: float) -> tuple[int, float]:
    """Where a line ends, and how far its first mark hangs out: only where marks would have to be parted else."""
    end = line_end(glyphs, tied, at, room=room)
    first = glyphs[at]
    if parts_no_marks(tied, end) or first.char not in HALF_BEFORE:
        return end, 0.0
    out = first.width if first.tight else first.width / 2
    further = line_end(glyphs, tied, at, room=room + out)
    return (further, out) if parts_no_marks(tied, further) else (end, 0.0)


def parts_no_marks(tied: Sequence[int], end: int) -> bool:
    """True for the end of the text, and for a place at which marks are not torn from what they stand beside."""
    return end == len(tied) or tied[end] < MARKED


def line_end(glyphs: Sequence[Glyph], tied: Sequence[int], at: int, *, room: float) -> int:
    """Where the line that starts at `at` ends: as far as it goes, then back to an allowed break."""
    used, end = glyphs[at].width, at + 1
    while end < len(glyphs) and used + glyphs[end].width - hanging(glyphs[end]) <= room + 0.01:
        used += glyphs[end].width
        end += 1
        if used > room + 0.01:
            break
    return end if end == len(glyphs) else pushed_back(tied, at, end)


def hanging(glyph: Glyph) -> float:
    """The blank half of a mark, which needs no room at a line's end."""
    return glyph.width / 2 if glyph.char in HALF_AFTER and not glyph.tight else 0.0


def pushed_back(tied: Sequence[int], at: int, end: int) -> int:
    """The last allowed break at or before `end`; a run longer than a line is cut where least speaks against it."""
    for most in (FREE, PARTED, WHOLE):
        for found in range(end, at, -1):
            if tied[found] <= most:
                return found
    return end


def lonely(rest: str) -> bool:
    """True when what is left for the last line is one character, marks aside."""
    return 0 < len(rest) <= 4 and sum(char not in NOT_START for char in rest) < 2


def earlier(glyphs: Sequence[Glyph], tied: Sequence[int], at: int, end: int) -> int:
    """A break before `end` that gives the last line company, unless that would leave the line too loose."""
    found = pushed_back(tied, at, end - 1) if end - at > 2 else end
    moved = [glyph.width for glyph in glyphs[found:end]]
    return found if moved and sum(moved) <= LOOSEST * max(moved) and not tied[found] else end
