"""The sheet and the styles of text that both writers set by: A4, 28 characters by 22 lines (documents.md 1).

Lengths are points. The type area is 156 x 225 mm, so a character of the body (三号, 16 points) gets a 28th of the
width and a line a 22nd of the height: a hair less and a hair more than 16 and 28 points. Word gets the same numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

MM: Final = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
TOP, LEFT, RIGHT, BOTTOM = 37 * MM, 28 * MM, 26 * MM, 35 * MM
WIDTH: Final = PAGE_WIDTH - LEFT - RIGHT
HEIGHT: Final = PAGE_HEIGHT - TOP - BOTTOM
LEADING: Final = HEIGHT / 22
PITCH: Final = WIDTH / 28
PAD: Final = 4.0
RULE: Final = 0.5
NUMBER_FOOT: Final = BOTTOM - 15.5 * MM
SIGN_FOOT: Final = BOTTOM - 7 * MM
SMALLEST_HEAD: Final = 0.75


@dataclass(frozen=True, slots=True)
class Style:
    """One style of text: its name and face in Word, the roles its plain and strong text have among the PDF's faces.

    `tracking` is added after every character; negative draws them together.
    """

    name: str
    face: str
    role: str
    strong: str
    size: float
    leading: float
    tracking: float = 0.0


COMMITTEE: Final = Style("Mediator Committee", "方正小标宋简体", "title", "title", 18, LEADING)
TITLE: Final = replace(COMMITTEE, name="Mediator Title", size=22, leading=1.5 * LEADING)
BODY: Final = Style("Mediator Body", "仿宋_GB2312", "body", "strong", 16, LEADING, PITCH - 16)
HEADING: Final = replace(BODY, name="Mediator Heading", face="黑体", role="strong")
CLAUSE: Final = replace(BODY, name="Mediator Clause")
CELL: Final = Style("Mediator Cell", "宋体", "table", "table_strong", 12, 18)
FOOT: Final = replace(CELL, name="Mediator Foot")
MARK_HEIGHT: Final = 3 * LEADING
STYLES: Final = (COMMITTEE, TITLE, BODY, HEADING, CLAUSE, CELL, FOOT)


def fitted(style: Style, words: str) -> Style:
    """The style for a head line, made smaller by up to a quarter where that keeps it on one line."""
    wanted = style.size * len(words)
    if wanted <= WIDTH or wanted * SMALLEST_HEAD > WIDTH:
        return style
    return replace(style, size=int(2 * WIDTH / len(words)) / 2)
