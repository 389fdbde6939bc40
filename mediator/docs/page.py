"""The sheets and the styles of text that both writers set by (documents.md 1).

Lengths are points. On the standard form and the official letter the type area is 156 x 225 mm, so a character of the
body (三号, 16 points) gets a 28th of the width and a line a 22nd of the height: a hair less and a hair more than 16 and
28 points. Word gets the same numbers. The bottom edge is the same on every sheet: readers of a finished page find its
foot below one line.
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
# The mark stands below the place to sign and above what printers cannot reach.
MARK_FOOT: Final = 6.5 * MM
# Of a paper whose last part is cut off it stands at the head of the page where the rest ends, this far from its edge.
MARK_HEAD: Final = 9 * MM
SMALLEST_HEAD: Final = 0.75
RED: Final = "C80000"


@dataclass(frozen=True, slots=True)
class Style:
    """One style of text: its name and face in Word, the roles its plain and strong text have among the PDF's faces.

    `tracking` is added after every character; negative draws them together. `bold` thickens a face that has no bold
    one of its own. `color` is six hexadecimal digits, empty for black.
    """

    name: str
    face: str
    role: str
    strong: str
    size: float
    leading: float
    tracking: float = 0.0
    bold: bool = False
    color: str = ""


COMMITTEE: Final = Style("Mediator Committee", "方正小标宋简体", "title", "title", 18, LEADING)
TITLE: Final = replace(COMMITTEE, name="Mediator Title", size=22, leading=1.5 * LEADING)
OFFICE: Final = replace(COMMITTEE, name="Mediator Office", size=30, leading=2 * LEADING, color=RED)
BODY: Final = Style("Mediator Body", "仿宋_GB2312", "body", "strong", 16, LEADING, PITCH - 16)
HEADING: Final = replace(BODY, name="Mediator Heading", face="黑体", role="strong")
HEADING_2: Final = replace(BODY, name="Mediator Heading 2", face="楷体_GB2312", role="script")
HEADING_3: Final = replace(BODY, name="Mediator Heading 3", bold=True)
HEADING_4: Final = replace(BODY, name="Mediator Heading 4")
CLAUSE: Final = replace(BODY, name="Mediator Clause")
CELL: Final = Style("Mediator Cell", "宋体", "table", "table_strong", 12, 18)
FOOT: Final = replace(CELL, name="Mediator Foot")
LETTER_FOOT: Final = replace(FOOT, name="Mediator Letter Foot", size=14)
IMPRINT: Final = replace(BODY, name="Mediator Imprint", size=14, tracking=0.0)
REPORT_CELL: Final = replace(CELL, name="Mediator Report Cell", size=10.5, leading=14)
CARD_BODY: Final = replace(CELL, name="Mediator Card", leading=24)
CARD_HEADING: Final = replace(CARD_BODY, name="Mediator Card Heading", role="table_strong")
COVER_TITLE: Final = replace(TITLE, name="Mediator Cover Title", size=36, leading=3 * LEADING)
COVER_CELL: Final = replace(CELL, name="Mediator Cover", size=16, leading=26)
STYLES: Final = (
    COMMITTEE, TITLE, OFFICE, BODY, HEADING, HEADING_2, HEADING_3, HEADING_4, CLAUSE, CELL, FOOT, LETTER_FOOT, IMPRINT,
    REPORT_CELL, CARD_BODY, CARD_HEADING, COVER_TITLE, COVER_CELL,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of sheet: paper, margins, and the styles of what stands on it.

    `headings` are one for each level. `row` is the least height of a ruled row, `letter` asks for the head, the page
    numbers and the place of the seal of an official letter.
    """

    width: float
    height: float
    top: float
    left: float
    right: float
    body: Style
    cell: Style
    headings: tuple[Style, ...]
    row: float = 0.0
    letter: bool = False
    title: Style = TITLE

    @property
    def text_width(self) -> float:
        """Width of the type area."""
        return self.width - self.left - self.right

    @property
    def text_height(self) -> float:
        """Height of the type area."""
        return self.height - self.top - BOTTOM

    @property
    def pitch(self) -> float:
        """What a character of the body takes of the width."""
        return self.body.size + self.body.tracking

    @property
    def across(self) -> float:
        """How many characters of the body a line holds."""
        return self.text_width / self.pitch

    @property
    def lines(self) -> int:
        """How many lines of the body a page holds."""
        return int(self.text_height / self.body.leading + 0.01)

    def heading(self, level: int) -> Style:
        """The style of a level; deeper ones look like the last."""
        return self.headings[min(level, len(self.headings)) - 1]


LEVELS: Final = (HEADING, HEADING_2, HEADING_3, HEADING_4)
FORM: Final = Sheet(PAGE_WIDTH, PAGE_HEIGHT, TOP, LEFT, RIGHT, BODY, CELL, LEVELS, row=28)
LETTER: Final = replace(FORM, letter=True)
CARD: Final = Sheet(PAGE_WIDTH, PAGE_HEIGHT, 20 * MM, 25 * MM, 20 * MM, CARD_BODY, CELL, (CARD_HEADING,), row=28)
WIDE: Final = replace(CARD, width=PAGE_HEIGHT, height=PAGE_WIDTH)
REPORT: Final = replace(WIDE, cell=REPORT_CELL, row=22)
COVER: Final = replace(CARD, top=36 * MM, cell=COVER_CELL, row=38, title=COVER_TITLE)


def fitted(style: Style, words: str, width: float = WIDTH) -> Style:
    """The style for a head line, made smaller by up to a quarter where that keeps it on one line."""
    wanted = style.size * len(words)
    if wanted <= width or wanted * SMALLEST_HEAD > width:
        return style
    return replace(style, size=int(2 * width / len(words)) / 2)
