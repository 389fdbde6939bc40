"""The model set in type: every block becomes strips of lines that pages are made of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest
from typing import Final

from mediator.docs import model, page
from mediator.docs.breaking import BLANK, Glyph, Line, break_lines, tightened
from mediator.docs.drawing import (
    Cell,
    SetLine,
    nothing,
    put_beside,
    put_cut,
    put_head_rule,
    put_level,
    put_line,
    put_piece,
    put_row,
)
from mediator.docs.fonts import PICTURED, Fonts
from mediator.docs.model import Align, Document, Room, Run
from mediator.docs.page import FORM, LEADING, PAD, Sheet, Style
from mediator.docs.paging import Slice

LOOSEST: Final = 6
NARROW: Final = 0.4


@dataclass(frozen=True, slots=True)
class Column:
    """How the cells of a column are set: `width` in points with the air on both sides."""

    width: float
    align: Align = Align.JUSTIFY
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets blocks of one document as strips."""

    fonts: Fonts
    names: tuple[str, ...] = ()
    sheet: Sheet = FORM

    @property
    def width(self) -> float:
        """Width of the type area."""
        return self.sheet.text_width

    def slices(self, document: Document) -> Iterator[Slice]:
        """The whole paper as strips, from the committee's name to the last signature; no air ends it."""
        yield from self.head(document)
        flowing: list[Slice] = []
        after_heading, signed = False, 0
        for block, following in zip_longest(document.blocks, document.blocks[1:]):
            strips = list(self.block(block))
            alone = len(strips) == 1 and isinstance(following, model.Heading)
            if isinstance(block, model.Signatures | model.Imprint):
                place = max(signed, len(flowing) - 2)
                flowing[place:] = [replace(each, keep=True) for each in flowing[place:]]
            if after_heading and not alone:
                strips[0] = replace(strips[0], keep=True)
            flowing.extend(strips)
            signed = len(flowing) if isinstance(block, model.Signatures) else signed
            after_heading = isinstance(block, model.Heading)
        yield from flowing[: -1 if flowing and flowing[-1].draw is nothing else None]

    def head(self, document: Document) -> Iterator[Slice]:
        """Committee, title, number: with their gap a whole number of lines, so that the text stands on the grid."""
        if self.sheet.letter:
            yield from self.letter_head(document)
            return
        yield from self.head_line(document.committee, page.COMMITTEE)
        yield from self.head_line(document.title, self.sheet.title)
        yield from self.number(document)
        yield gap(keep=True)

    def letter_head(self, document: Document) -> Iterator[Slice]:
        """The office over a double rule, the number at the right, the title."""
        yield from self.head_line(document.committee, page.OFFICE)
        yield Slice(LEADING / 2, partial(put_head_rule, width=self.width), keep=True)
        yield from self.number(document)
        yield gap(keep=True)
        yield from self.head_line(document.title, page.TITLE)
        yield gap(keep=True)

    def head_line(self, words: str, style: Style) -> Iterator[Slice]:
        """One line of the head, none for no words."""
        if words:
            yield from self.lines([Run(words)], page.fitted(style, words, self.width), align=Align.CENTER, keep=True)

    def number(self, document: Document) -> Iterator[Slice]:
        """The paper's number at the right."""
        if document.number:
            yield from self.lines([Run(document.number)], self.sheet.body, align=Align.RIGHT, keep=True)

    def block(self, block: model.Block) -> Iterator[Slice]:  # noqa: PLR0911  one answer for each sort of block
        """Strips of one block."""
        body = self.sheet.body
        match block:
            case model.Paragraph():
                return self.lines(block.runs, body, align=block.align, indent=block.indent, keep=block.keep)
            case model.Heading():
                return self.lines([Run(block.text)], self.sheet.heading(block.level), indent=2, keep=True)
            case model.Clause():
                return self.lines([Run(block.label + block.text)], body, indent=2)
            case model.Table():
                return self.table(block)
            case model.Form():
                return self.form(block)
            case model.Signatures():
                return self.signatures(block)
            case model.Cut() | model.Imprint():
                return self.edge(block)

    def glyphs(self, runs: Sequence[Run], style: Style) -> list[Glyph]:
        """Characters with face and advance; a ruled gap is made of blanks without a face."""
        found: list[Glyph] = []
        for run in runs:
            words = run.text.replace("\n", "")
            faces = self.fonts.faces_for(words, style.strong if run.strong else style.role, self.names)
            for char, face in zip(words, faces, strict=True):
                width = self.fonts.width(char, face, style.size) + style.tracking
                found.append(Glyph(char, face, width, picture=self.fonts.pictures[char] if face == PICTURED else b""))
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
        width: float = 0.0,
    ) -> Iterator[Slice]:  # fmt: skip
        """A paragraph, of the type area's width unless told: two lines at least on each side of a page's end."""
        start = indent * (style.size + style.tracking)
        lines = self.set_lines(runs, style, width or self.width, indent=start, align=align)
        for place, line in enumerate(lines):
            held = keep or (len(lines) > 1 and place in (0, len(lines) - 2))
            yield Slice(style.leading, partial(put_line, line=line, style=style), keep=held)

    def columns(self, table: model.Table) -> tuple[Column, ...]:
        """The columns of a table."""
        aligns = table.aligns or (Align.JUSTIFY,) * len(table.widths)
        return tuple(Column(share * self.width, align) for share, align in zip(table.widths, aligns, strict=True))

    def pair_columns(self, pairs: int, width: float) -> tuple[Column, ...]:
        """The columns of a row of so many pairs of label and value."""
        label = Column(model.LABEL * width, Align.CENTER, strong=True)
        return (label, Column((1 / pairs - model.LABEL) * width)) * pairs

    def paragraphs(self, content: str, column: Column) -> list[list[SetLine]]:
        """Lines of a cell, a paragraph for each line of its text; a narrow one is not spread."""
        wide = column.align is not Align.JUSTIFY or column.width > NARROW * self.width
        side = column.align if wide else Align.LEFT
        return [
            self.set_lines([Run(part, strong=column.strong)], self.sheet.cell, column.width - 2 * PAD, align=side)
            for part in content.split("\n")
        ]

    def cell(self, content: str, column: Column) -> Cell:
        """The cell of a column."""
        return Cell([line for lines in self.paragraphs(content, column) for line in lines], column.width)

    def lines_in(self, content: str, column: Column) -> list[tuple[str, bool]]:
        """The words of each line of a cell, and whether it begins a paragraph."""
        return [
            ("".join(glyph.char for glyph in line.glyphs), place == 0)
            for lines in self.paragraphs(content, column)
            for place, line in enumerate(lines)
        ]

    def value(self, content: str, column: Column, room: Room) -> Cell:
        """The cell of a value with room for the pen, a place to sign at its end."""
        cell = self.cell(content, column)
        if not room.sign:
            return cell
        sign = self.set_lines([Run(room.sign)], self.sheet.cell, column.width - 2 * PAD, align=Align.RIGHT)
        spare = max(0, room.lines - len(cell.lines) - len(sign))
        return Cell([*cell.lines, *[SetLine(())] * spare, *sign], column.width)

    def table(self, table: model.Table) -> Iterator[Slice]:
        """Header and rows; the header repeats."""
        columns = self.columns(table)
        heads = [replace(each, align=Align.CENTER, strong=True) for each in columns]
        header = row(list(map(self.cell, table.header, heads)), self.sheet)
        yield Slice(PAD, nothing, keep=True)
        yield replace(header, keep=True)
        for place, words in enumerate(table.rows):
            ends = model.open_at(table.goes_on, place)
            yield replace(row(list(map(self.cell, words, columns)), self.sheet, ends=ends), header=header)
        yield Slice(PAD, nothing)

    def form(self, form: model.Form) -> Iterator[Slice]:
        """Rows of label and value, on one page when they belong together."""
        left = model.SIDE * self.width if form.side else 0.0
        strips = [
            row(
                self.pairs(pairs, self.width - left, form.room(place)), self.sheet,
                ends=model.open_at(form.goes_on, place), least=form.room(place).lines, left=left,
            )
            for place, pairs in enumerate(form.rows)
        ]  # fmt: skip
        if form.side:
            strips = [self.beside(form.side, strips, left)]
        for strip in strips:
            yield replace(strip, keep=True) if form.together else strip
        yield Slice(PAD, nothing)

    def pairs(self, pairs: Sequence[tuple[str, str]], width: float, room: Room) -> list[Cell]:
        """The cells of a row; its last one has the room."""
        columns = iter(self.pair_columns(len(pairs), width))
        cells: list[Cell] = []
        for place, (label, value) in enumerate(pairs, start=1):
            cells.append(self.cell(label, next(columns)))
            cells.append(self.value(value, next(columns), room if place == len(pairs) else Room()))
        return cells

    def beside(self, side: str, rows: Sequence[Slice], width: float) -> Slice:
        """Rows as one strip with a label along them."""
        column = Column(width, Align.CENTER, strong=True)
        label = [line for char in side for line in self.cell(char, column).lines]
        label = [replace(line, x=line.x + PAD) for line in label]
        draw = partial(put_beside, side=label, rows=rows, style=self.sheet.cell, width=width)
        return Slice(sum(each.height for each in rows), draw)

    def signatures(self, block: model.Signatures) -> Iterator[Slice]:
        """Places to sign with rules that end alike, the seal's place, the day; all on one page, or the last of them."""
        body, pitch = self.sheet.body, self.sheet.pitch
        yield gap(keep=True)
        loose = block.loose(self.sheet)
        for number, place in enumerate(block.places):
            yield from self.place(place, keep=number >= loose)
        seal, day = (self.width - inset * pitch for inset in block.insets)
        if block.seal:
            yield from self.lines([Run(block.seal_words)], body, align=Align.RIGHT, keep=True, width=seal)
        yield from self.lines(block.day_runs, body, align=Align.RIGHT, width=day)

    def place(self, place: model.Place, *, keep: bool) -> Iterator[Slice]:
        """One place to sign: its rule on the line of its words, or on half a line of its own."""
        body = self.sheet.body
        lines = self.set_lines([Run(place.words)], body, self.width)
        used = sum(glyph.width for glyph in lines[-1].glyphs)
        if self.width - used < model.SHORTEST * self.sheet.pitch:
            lines.append(SetLine((), x=self.width / 2))
        *first, last = lines
        for each in first:
            yield Slice(body.leading, partial(put_line, line=each, style=body), keep=True)
        last = replace(last, rule_to=self.width if place.ruled else 0.0, drawn=place.drawn)
        yield Slice(body.leading, partial(put_line, line=last, style=body), keep=keep)

    def edge(self, block: model.Cut | model.Imprint) -> Iterator[Slice]:
        """Where the sheet is cut, or whom it is copied to, between two rules."""
        if isinstance(block, model.Cut):
            height = self.sheet.body.leading
            yield Slice(height, partial(put_cut, width=self.width, height=height), keep=True)
            return
        yield gap(keep=True)
        yield Slice(0.0, partial(put_level, width=self.width), keep=True)
        yield from self.lines([Run(block.text)], page.IMPRINT, indent=1, keep=True)
        yield Slice(PAD, partial(put_level, width=self.width))


def gap(*, keep: bool) -> Slice:
    """Half a line of air."""
    return Slice(LEADING / 2, nothing, keep=keep)


def placed(glyphs: Sequence[Glyph], line: Line, width: float, *, start: float, align: Align) -> SetLine:
    """A line in its column; a full one is spread to the right edge."""
    spare = max(0.0, width - start - line.width)
    if align is Align.CENTER:
        return SetLine(glyphs, spare / 2 - line.out)
    if align is Align.RIGHT:
        return SetLine(glyphs, spare - line.out)
    return SetLine(glyphs, start - line.out, spread(glyphs, line, spare) if align is Align.JUSTIFY else 0.0)


def spread(glyphs: Sequence[Glyph], line: Line, spare: float) -> float:
    """Points after each character that bring a line to the edge; none for a last line or one that would be torn."""
    if line.last or len(glyphs) < 2:
        return 0.0
    loose = spare > LOOSEST * max(glyph.width for glyph in glyphs)
    return 0.0 if loose else spare / (len(glyphs) - 1)


def row(
    cells: Sequence[Cell], sheet: Sheet = FORM, *, ends: tuple[bool, bool] = (False, False), least: int = 1,
    left: float = 0.0,
) -> Slice:  # fmt: skip
    """One ruled row of at least so many lines; `ends` that are open have no rule and no air, and words stand on top."""
    style = sheet.cell
    air = sum(0.0 if each else PAD for each in ends)
    height = max(least, *(len(cell.lines) for cell in cells)) * style.leading + air
    if any(ends):
        return Slice(height, partial(put_piece, cells=cells, style=style, height=height, ends=ends), ruled=True)
    height = max(height, sheet.row)
    return Slice(height, partial(put_row, cells=cells, style=style, height=height, left=left))
