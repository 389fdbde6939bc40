"""What a PDF page is drawn of: lines of glyphs, ruled rows, the draft's watermark, the foot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mediator.docs.breaking import Glyph
from mediator.docs.page import LEFT, PAD, PAGE_HEIGHT, PAGE_WIDTH, RULE, SIGN_FOOT, WIDTH, Style

UNDER: float = 2.5


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line ready to be drawn: where it starts within its column and how much each character is spread."""

    glyphs: Sequence[Glyph]
    x: float = 0.0
    extra: float = 0.0
    rule_to: float = 0.0


@dataclass(frozen=True, slots=True)
class Cell:
    """The lines of one cell and its width."""

    lines: Sequence[SetLine]
    width: float


def baseline(top: float, style: Style) -> float:
    """Where the characters of a line stand that begins at `top`; a Han character hangs 0.12 below its baseline."""
    return top - style.leading + (style.leading - style.size) / 2 + style.size * 0.14


def put_line(canvas: Any, y: float, *, line: SetLine, style: Style, left: float = LEFT) -> None:
    """One line below y; `rule_to` draws a rule for the pen from its end to there."""
    base = baseline(y, style)
    x = put_glyphs(canvas, line.glyphs, (left + line.x, base), style=style, extra=line.extra)
    if line.rule_to:
        rule(canvas, x, left + line.rule_to, base - UNDER)


def put_glyphs(
    canvas: Any, glyphs: Sequence[Glyph], at: tuple[float, float], *, style: Style, extra: float = 0.0
) -> float:
    """Draw glyphs on a baseline, `extra` points added after each; answers where they end."""
    x, y = at
    for run in evenly_set(glyphs):
        face = run[0].face
        advance = sum(glyph.width + extra for glyph in run)
        if face:
            words = canvas.beginText(x, y)
            words.setFont(face, style.size)
            words.setCharSpace(extra + style.tracking)
            words.textOut("".join(glyph.char for glyph in run))
            canvas.drawText(words)
        else:
            rule(canvas, x, x + advance, y - UNDER)
        x += advance
    return x


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


def put_row(canvas: Any, y: float, *, cells: Sequence[Cell], style: Style, height: float) -> None:
    """One ruled row below y, each cell's lines in the middle of its height."""
    x = LEFT
    canvas.setLineWidth(RULE)
    for cell in cells:
        canvas.rect(x, y - height, cell.width, height)
        top = y - (height - len(cell.lines) * style.leading) / 2
        for place, line in enumerate(cell.lines):
            put_line(canvas, top - place * style.leading, line=line, style=style, left=x + PAD)
        x += cell.width


def put_part(canvas: Any, y: float, *, cells: Sequence[Cell], style: Style, edges: tuple[float, float]) -> None:
    """One line of a row that is split over pages: side rules, and the padding of a first or last line as `edges`."""
    x, (above, below) = LEFT, edges
    bottom = y - above - style.leading - below
    canvas.setLineWidth(RULE)
    for cell in cells:
        canvas.line(x, y, x, bottom)
        for line in cell.lines:
            put_line(canvas, y - above, line=line, style=style, left=x + PAD)
        x += cell.width
    canvas.line(x, y, x, bottom)
    if above:
        rule(canvas, LEFT, x, y)
    if below:
        rule(canvas, LEFT, x, bottom)


def watermark(canvas: Any, face: str, words: str = "草稿") -> None:
    """草稿, or two other characters, across the page, under the text."""
    canvas.saveState()
    canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    canvas.rotate(45)
    canvas.setFillGray(0.86)
    canvas.setFont(face, 150)
    canvas.drawCentredString(0, -50, words)
    canvas.restoreState()


def sign_foot(canvas: Any, glyphs: Sequence[Glyph], style: Style) -> None:
    """The place to sign in the lower margin of each page of a record."""
    x = put_glyphs(canvas, glyphs, (LEFT, SIGN_FOOT), style=style)
    rule(canvas, x + 2, LEFT + WIDTH, SIGN_FOOT - UNDER)
