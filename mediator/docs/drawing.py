"""What a PDF page is drawn of: lines of glyphs, ruled rows, the draft's watermark, the foot.

Places across are counted from the left edge of the type area, heights from the foot of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Protocol

from mediator.core.sittings import Strokes
from mediator.docs.breaking import Glyph
from mediator.docs.page import PAD, PAGE_HEIGHT, PAGE_WIDTH, RED, RULE, SIGN_FOOT, Style
from mediator.docs.pictured import put_pictures
from mediator.docs.strokes import put_strokes

UNDER: Final = 2.5
THICKENED: Final = 0.4
THICK, THIN, APART = 2.2, 0.7, 2.4


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line ready to be drawn: where it starts within its column and how much each character is spread.

    A rule for the pen goes from its end to `rule_to`, a signature that was `drawn` stands on it.
    """

    glyphs: Sequence[Glyph]
    x: float = 0.0
    extra: float = 0.0
    rule_to: float = 0.0
    drawn: Strokes = ()


class Drawn(Protocol):
    """A strip: its height and how to draw it below a given y."""

    @property
    def height(self) -> float:
        """In points."""

    @property
    def draw(self) -> Callable[[Any, float], None]:
        """Draws it on a canvas, below y."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The lines of one cell and its width."""

    lines: Sequence[SetLine]
    width: float


def baseline(top: float, style: Style) -> float:
    """Where the characters of a line stand that begins at `top`; a Han character hangs 0.12 below its baseline."""
    return top - style.leading + (style.leading - style.size) / 2 + style.size * 0.14


def put_line(canvas: Any, y: float, *, line: SetLine, style: Style, left: float = 0.0) -> None:
    """One line below y, with its signature and its rule."""
    base = baseline(y, style)
    x = put_glyphs(canvas, line.glyphs, (left + line.x, base), style=style, extra=line.extra)
    if line.drawn:
        x = put_strokes(canvas, (x, base), line.drawn)
    if line.rule_to:
        rule(canvas, x, left + line.rule_to, base - UNDER)


def put_glyphs(
    canvas: Any, glyphs: Sequence[Glyph], at: tuple[float, float], *, style: Style, extra: float = 0.0
) -> float:
    """Draw glyphs on a baseline, `extra` points added after each; answers where they end."""
    x, y = at
    with look_of(canvas, style):
        for run in evenly_set(glyphs):
            advance = sum(glyph.width + extra for glyph in run)
            if run[0].picture:
                put_pictures(canvas, run, (x, y), size=style.size, extra=extra)
            elif run[0].face:
                put_words(canvas, run, (x, y), style=style, extra=extra)
            else:
                rule(canvas, x, x + advance, y - UNDER)
            x += advance
    return x


@contextmanager
def look_of(canvas: Any, style: Style) -> Iterator[None]:
    """What is set inside for a coloured or bold style ends with it."""
    marked = bool(style.color or style.bold)
    if marked:
        canvas.saveState()
    yield
    if marked:
        canvas.restoreState()


def put_words(canvas: Any, run: Sequence[Glyph], at: tuple[float, float], *, style: Style, extra: float) -> None:
    """A run of one face."""
    words = canvas.beginText(*at)
    words.setFont(run[0].face, style.size)
    words.setCharSpace(extra + style.tracking)
    if style.color or style.bold:
        colored(canvas, words, style)
    words.textOut("".join(glyph.char for glyph in run))
    canvas.drawText(words)


def colored(canvas: Any, words: Any, style: Style) -> None:
    """Colour and thickness of words, which hold until the state is restored."""
    words.setFillColorRGB(*rgb(style.color or "000000"))
    if style.bold:
        canvas.setLineWidth(THICKENED)
        words.setTextRenderMode(2)


def rgb(color: str) -> tuple[float, ...]:
    """Parts of one for six hexadecimal digits."""
    return tuple(part / 255 for part in bytes.fromhex(color))


def evenly_set(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Runs of one face; a run ends at a tight mark, because what follows is drawn nearer than the face says."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and (run[-1].tight or run[-1].face != glyph.face):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def rule(canvas: Any, start: float, end: float, y: float) -> None:
    """A thin level rule."""
    canvas.setLineWidth(RULE)
    canvas.line(start, y, end, y)


def nothing(_canvas: Any, _y: float) -> None:
    """An empty strip."""


def put_cut(canvas: Any, y: float, *, width: float, height: float) -> None:
    """A dashed rule in the middle of its strip."""
    canvas.saveState()
    canvas.setDash(6, 4)
    rule(canvas, 0.0, width, y - height / 2)
    canvas.restoreState()


def put_level(canvas: Any, y: float, *, width: float) -> None:
    """A level rule at the top of its strip."""
    rule(canvas, 0.0, width, y)


def put_head_rule(canvas: Any, y: float, *, width: float) -> None:
    """The double rule below the head of an official letter: thick above, thin below."""
    canvas.saveState()
    canvas.setStrokeColorRGB(*rgb(RED))
    for thickness, lower in ((THICK, y - THICK), (THIN, y - THICK - APART)):
        canvas.setLineWidth(thickness)
        canvas.line(0.0, lower, width, lower)
    canvas.restoreState()


def put_beside(
    canvas: Any, y: float, *, side: Sequence[SetLine], rows: Sequence[Drawn], style: Style, width: float
) -> None:
    """Rows with one label along all of them, its characters one below the other in the middle."""
    height = sum(each.height for each in rows)
    canvas.setLineWidth(RULE)
    canvas.rect(0.0, y - height, width, height)
    top = y - (height - len(side) * style.leading) / 2
    for place, line in enumerate(side):
        put_line(canvas, top - place * style.leading, line=line, style=style)
    for each in rows:
        each.draw(canvas, y)
        y -= each.height


def put_row(canvas: Any, y: float, *, cells: Sequence[Cell], style: Style, height: float, left: float = 0.0) -> None:
    """One ruled row below y, each cell's lines in the middle of its height."""
    x = left
    canvas.setLineWidth(RULE)
    for cell in cells:
        canvas.rect(x, y - height, cell.width, height)
        put_cell(canvas, (x, y - (height - len(cell.lines) * style.leading) / 2), cell, style)
        x += cell.width


def put_piece(
    canvas: Any, y: float, *, cells: Sequence[Cell], style: Style, height: float, ends: tuple[bool, bool]
) -> None:
    """A row that goes on from the one before or in the next: rules at its sides and at an end that is not open."""
    top = y if ends[0] else y - PAD
    x = 0.0
    canvas.setLineWidth(RULE)
    canvas.line(x, y, x, y - height)
    for cell in cells:
        put_cell(canvas, (x, top), cell, style)
        x += cell.width
        canvas.line(x, y, x, y - height)
    for level, is_open in zip((y, y - height), ends, strict=True):
        if not is_open:
            rule(canvas, 0.0, x, level)


def put_cell(canvas: Any, at: tuple[float, float], cell: Cell, style: Style) -> None:
    """The lines of a cell from its upper left corner."""
    x, top = at
    for place, line in enumerate(cell.lines):
        put_line(canvas, top - place * style.leading, line=line, style=style, left=x + PAD)


def watermark(
    canvas: Any, face: str, words: str = "草稿", size: tuple[float, float] = (PAGE_WIDTH, PAGE_HEIGHT)
) -> None:
    """草稿, or two other characters, across the page, under the text."""
    width, height = size
    canvas.saveState()
    canvas.translate(width / 2, height / 2)
    canvas.rotate(45)
    canvas.setFillGray(0.86)
    canvas.setFont(face, 150)
    canvas.drawCentredString(0, -50, words)
    canvas.restoreState()


def sign_foot(canvas: Any, glyphs: Sequence[Glyph], style: Style, width: float) -> None:
    """The place to sign in the lower margin of each page of a record."""
    x = put_glyphs(canvas, glyphs, (0.0, SIGN_FOOT), style=style)
    rule(canvas, x + 2, width, SIGN_FOOT - UNDER)
