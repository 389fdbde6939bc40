"""The model set in type: every block becomes strips of lines that pages are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from mediator.docs import model, page
from mediator.docs.breaking import BLANK, Glyph, Line, break_lines, tightened
from mediator.docs.drawing import Cell, SetLine, nothing, put_line, put_part, put_row
from mediator.docs.fonts import Fonts
from mediator.docs.model import Align, Document, Run
from mediator.docs.numerals import chinese
from mediator.docs.page import BODY, CELL, HEIGHT, LEADING, PAD, PITCH, WIDTH, Style
from mediator.docs.paging import Slice

LOOSEST: Final = 6
SHORTEST_RULE: Final = 5 * PITCH
INSET: Final = 2 * PITCH


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets blocks of one document as strips."""

    fonts: Fonts
    names: tuple[str, ...] = ()

    def slices(self, document: Document) -> Iterator[Slice]:
        """The whole paper as strips, from the committee's name to the last signature."""
        yield from self.head(document)
        flowing: list[Slice] = []
        after_heading = False
        for block in document.blocks:
            strips = list(self.block(block))
            if isinstance(block, model.Signatures):
                flowing[-2:] = [replace(each, keep=True) for each in flowing[-2:]]
            if after_heading:
                strips[0] = replace(strips[0], keep=True)
            flowing.extend(strips)
            after_heading = isinstance(block, model.Heading)
        yield from flowing

    def head(self, document: Document) -> Iterator[Slice]:
        """Committee, title, number: with their gap a whole number of lines, so that the text stands on the grid."""
        for words, style in ((document.committee, page.COMMITTEE), (document.title, page.TITLE)):
            if words:
                yield from self.lines([Run(words)], page.fitted(style, words), align=Align.CENTER, keep=True)
        if document.number:
            yield from self.lines([Run(document.number)], BODY, align=Align.RIGHT, keep=True)
        yield gap(keep=True)

    def block(self, block: model.Block) -> Iterator[Slice]:
        """Strips of one block."""
        match block:
            case model.Paragraph():
                return self.lines(block.runs, BODY, align=block.align, indent=block.indent, keep=block.keep)
            case model.Heading():
                return self.lines([Run(block.text)], page.HEADING, indent=2, keep=True)
            case model.Clause():
                return self.lines([Run(f"{chinese(block.number)}、{block.text}")], BODY, indent=2)
            case model.Table():
                return self.table(block)
            case model.Form():
                return self.form(block)
            case model.Signatures():
                return self.signatures(block)

    def glyphs(self, runs: Sequence[Run], style: Style) -> list[Glyph]:
        """Characters with face and advance; a ruled gap is made of blanks without a face."""
        found: list[Glyph] = []
        for run in runs:
            words = run.text.replace("\n", "")
            faces = self.fonts.faces_for(words, style.strong if run.strong else style.role, self.names)
            for char, face in zip(words, faces, strict=True):
                found.append(Glyph(char, face, self.fonts.width(char, face, style.size) + style.tracking))
            found += [Glyph(BLANK, "", style.size + style.tracking)] * run.blank
        return tightened(found, style.size)

    def set_lines(
        self, runs: Sequence[Run], style: Style, width: float, *, indent: float = 0.0, align: Align = Align.JUSTIFY
    ) -> list[SetLine]:
        """A paragraph broken into lines of a column; `indent` in points on its first."""
        glyphs = self.glyphs(runs, style)
        start = indent if align in (Align.JUSTIFY, Align.LEFT) else 0.0
        lines = break_lines(glyphs, first=width - start, width=width)
        return [
            placed(glyphs[line.start : line.end], line, width, start=0.0 if place else start, align=align)
            for place, line in enumerate(lines)
        ]

    def lines(
        self, runs: Sequence[Run], style: Style, *, align: Align = Align.JUSTIFY, indent: int = 0, keep: bool = False,
        width: float = WIDTH,
    ) -> Iterator[Slice]:  # fmt: skip
        """A paragraph: two lines at least on each side of a page's end."""
        lines = self.set_lines(runs, style, width, indent=indent * PITCH, align=align)
        for place, line in enumerate(lines):
            held = keep or (len(lines) > 1 and place in (0, len(lines) - 2))
            yield Slice(style.leading, partial(put_line, line=line, style=style), keep=held)

    def cell(self, content: str, width: float, *, strong: bool = False, align: Align = Align.JUSTIFY) -> Cell:
        """Lines of a cell, a paragraph for each line of its text."""
        lines: list[SetLine] = []
        for part in content.split("\n"):
            lines += self.set_lines([Run(part, strong=strong)], CELL, width - 2 * PAD, align=align)
        return Cell(lines, width)

    def table(self, table: model.Table) -> Iterator[Slice]:
        """Header and rows; the header repeats."""
        widths = [share * WIDTH for share in table.widths]
        heads = zip(table.header, widths, strict=True)
        (header,) = row([self.cell(words, width, strong=True, align=Align.CENTER) for words, width in heads])
        yield Slice(PAD, nothing, keep=True)
        yield replace(header, keep=True)
        aligns = table.aligns or (Align.JUSTIFY,) * len(widths)
        for words in table.rows:
            cells = zip(words, widths, aligns, strict=True)
            for strip in row([self.cell(each, width, align=align) for each, width, align in cells]):
                yield replace(strip, header=header)
        yield Slice(PAD, nothing)

    def form(self, form: model.Form) -> Iterator[Slice]:
        """Rows of label and value."""
        for pairs in form.rows:
            cells: list[Cell] = []
            for label, value in pairs:
                cells.append(self.cell(label, model.LABEL * WIDTH, strong=True, align=Align.CENTER))
                cells.append(self.cell(value, (1 / len(pairs) - model.LABEL) * WIDTH))
            yield from row(cells)
        yield Slice(PAD, nothing)

    def signatures(self, block: model.Signatures) -> Iterator[Slice]:
        """Places to sign with rules that end alike, the seal's place, the day; all on one page together."""
        yield gap(keep=True)
        for place in block.places:
            lines = self.set_lines([Run(place.words)], BODY, WIDTH)
            used = sum(glyph.width for glyph in lines[-1].glyphs)
            if WIDTH - used < SHORTEST_RULE:
                lines.append(SetLine((), x=WIDTH / 2))
            lines[-1] = replace(lines[-1], rule_to=WIDTH)
            yield from (Slice(LEADING, partial(put_line, line=each, style=BODY), keep=True) for each in lines)
        if block.seal:
            yield from self.lines([Run(block.seal_words)], BODY, align=Align.RIGHT, keep=True, width=WIDTH - INSET)
        yield from self.lines(block.day_runs, BODY, align=Align.RIGHT, width=WIDTH - INSET)


def gap(*, keep: bool) -> Slice:
    """Half a line of air."""
    return Slice(LEADING / 2, nothing, keep=keep)


def placed(glyphs: Sequence[Glyph], line: Line, width: float, *, start: float, align: Align) -> SetLine:
    """A line in its column; a full one is spread to the right edge."""
    spare = max(0.0, width - start - line.width)
    if align is Align.CENTER:
        return SetLine(glyphs, spare / 2)
    if align is Align.RIGHT:
        return SetLine(glyphs, spare)
    full = align is Align.JUSTIFY and not line.last and len(glyphs) > 1
    loose = spare > LOOSEST * max((glyph.width for glyph in glyphs), default=0.0)
    return SetLine(glyphs, start, spare / (len(glyphs) - 1) if full and not loose else 0.0)


def row(cells: Sequence[Cell]) -> list[Slice]:
    """One ruled row, or its lines one by one when it is taller than half a page."""
    count = max(len(cell.lines) for cell in cells)
    height = count * CELL.leading + 2 * PAD
    if height <= HEIGHT / 2:
        return [Slice(height, partial(put_row, cells=cells, style=CELL, height=height))]
    return [part(cells, place, count) for place in range(count)]


def part(cells: Sequence[Cell], place: int, count: int) -> Slice:
    """Line `place` of a row that is split over pages; its first two and last two lines stay together."""
    edges = (PAD if place == 0 else 0.0, PAD if place == count - 1 else 0.0)
    line = [Cell(cell.lines[place : place + 1], cell.width) for cell in cells]
    draw = partial(put_part, cells=line, style=CELL, edges=edges)
    return Slice(CELL.leading + sum(edges), draw, keep=place in (0, count - 2), ruled=place > 0)
