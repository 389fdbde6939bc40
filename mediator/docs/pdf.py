"""The PDF writer: the model set on A4 by our own layout; the library neither justifies nor falls back by character."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from mediator.docs.breaking import Glyph, Line, break_lines, tightened
from mediator.docs.fonts import HEI_BOLD, Fonts
from mediator.docs.model import Align, Clause, Document, Form, Heading, Paragraph, Run, Signatures, Table, day_runs
from mediator.docs.numerals import chinese
from mediator.docs.paging import Slice, paginate

TOP, LEFT, RIGHT, BOTTOM = 37 * mm, 28 * mm, 26 * mm, 35 * mm
WIDTH: Final = A4[0] - LEFT - RIGHT
HEIGHT: Final = A4[1] - TOP - BOTTOM
BODY, LEADING = WIDTH / 28, HEIGHT / 22
TITLE, TABLE_SIZE, TABLE_LEADING, PAD = 22.0, 12.0, 18.0, 4.0
FOOT_SIZE: Final = 12.0
LABEL_SHARE: Final = 0.2


@dataclass(frozen=True, slots=True)
class Style:
    """Size, leading, and the roles of plain and strong text."""

    size: float
    leading: float
    role: str
    strong: str


PROSE: Final = Style(BODY, LEADING, "body", "strong")
CELL: Final = Style(TABLE_SIZE, TABLE_LEADING, "table", "table_strong")


def write_pdf(document: Document, fonts: Fonts) -> tuple[bytes, int]:
    """PDF bytes and page count; raises Unacceptable `document.character` before anything is written."""
    slices = list(Setter(fonts).slices(document))
    reserve = LEADING if document.foot_sign else 0.0
    pages = paginate(slices, HEIGHT - reserve)
    buffer = io.BytesIO()
    fonts.face("FandolFang-Regular")
    canvas = Canvas(buffer, pagesize=A4, invariant=1, lang="zh-CN", initialFontName="FandolFang-Regular")
    canvas.setTitle(document.title)
    canvas.setSubject(document.number)
    canvas.setAuthor(document.committee)
    canvas.setCreator("Mediator")
    canvas.setProducer("Mediator")
    for number, page in enumerate(pages, start=1):
        draw_page(canvas, fonts, document, page, number=number, total=len(pages))
    canvas.save()
    return buffer.getvalue(), len(pages)


def draw_page(canvas: Any, fonts: Fonts, document: Document, page: Sequence[Slice], *, number: int, total: int) -> None:
    """One page: watermark of a draft, strips from the top, foot."""
    if document.draft:
        watermark(canvas, fonts)
    y = A4[1] - TOP
    for each in page:
        each.draw(canvas, y)
        y -= each.height
    if document.foot_sign:
        foot_signature(canvas, fonts, document.foot_sign)
    if total > 1:
        words = f"第 {number} 页 共 {total} 页"
        glyphs = glyphs_of(fonts, [Run(words)], replace(CELL, size=FOOT_SIZE))
        put_glyphs(canvas, glyphs, ((A4[0] - sum(g.width for g in glyphs)) / 2, BOTTOM - 14 * mm), size=FOOT_SIZE)
    canvas.showPage()


def watermark(canvas: Any, fonts: Fonts) -> None:
    """草稿 across the page, under the text."""
    fonts.face(HEI_BOLD)
    canvas.saveState()
    canvas.translate(A4[0] / 2, A4[1] / 2)
    canvas.rotate(45)
    canvas.setFillGray(0.86)
    canvas.setFont(HEI_BOLD, 150)
    canvas.drawCentredString(0, -50, "草稿")
    canvas.restoreState()


def foot_signature(canvas: Any, fonts: Fonts, words: str) -> None:
    """The place to sign at the foot of each page of a record."""
    glyphs = glyphs_of(fonts, [Run(words)], replace(CELL, size=FOOT_SIZE))
    y = BOTTOM + 2
    x = put_glyphs(canvas, glyphs, (LEFT, y), size=FOOT_SIZE)
    canvas.setLineWidth(0.5)
    canvas.line(x + 2, y - 2, LEFT + WIDTH, y - 2)


def glyphs_of(fonts: Fonts, runs: Sequence[Run], style: Style) -> list[Glyph]:
    """Characters with face and advance; a ruled gap is made of ideographic blanks that the drawer rules."""
    found = []
    for run in runs:
        role = style.strong if run.strong else style.role
        for char in run.text:
            if char == "\n":
                continue
            found.append(Glyph(char, fonts.name_for(char, role), fonts.width(char, role, style.size), run.strong))
        found += [Glyph("\u3000", "", style.size)] * run.blank
    return tightened(found, style.size)


def put_glyphs(
    canvas: Any, glyphs: Sequence[Glyph], at: tuple[float, float], *, size: float, extra: float = 0.0
) -> float:
    """Draw one line, `extra` points added after each character; answers where it ends."""
    x, y = at
    for run in evenly_set(glyphs):
        face = run[0].face
        advance = sum(glyph.width + extra for glyph in run)
        if face:
            line = canvas.beginText(x, y)
            line.setFont(face, size)
            line.setCharSpace(extra)
            line.textOut("".join(glyph.char for glyph in run))
            canvas.drawText(line)
        else:
            canvas.setLineWidth(0.5)
            canvas.line(x, y - 2.5, x + advance, y - 2.5)
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


@dataclass(frozen=True, slots=True)
class Setter:
    """Sets blocks of the model as strips."""

    fonts: Fonts

    def slices(self, document: Document) -> Iterator[Slice]:
        """The whole paper as strips, from the committee's name to the last signature."""
        yield from self.head(document)
        flowing: list[Slice] = []
        for block in document.blocks:
            strips = list(self.block(block))
            if isinstance(block, Signatures):
                flowing[-2:] = [replace(each, keep=True) for each in flowing[-2:]]
            flowing.extend(strips)
        yield from flowing

    def head(self, document: Document) -> Iterator[Slice]:
        """Committee, title, number."""
        style = Style(TITLE, TITLE * 1.5, "title", "title")
        if document.committee:
            yield from self.lines([Run(document.committee)], replace(style, size=18), align=Align.CENTER, keep=True)
        yield from self.lines([Run(document.title)], style, align=Align.CENTER, keep=True)
        if document.number:
            yield from self.lines([Run(document.number)], PROSE, align=Align.RIGHT, keep=True)
        yield Slice(LEADING / 2, nothing, keep=True)

    def block(self, block: object) -> Iterator[Slice]:
        """Strips of one block."""
        if isinstance(block, Paragraph):
            yield from self.lines(block.runs, PROSE, align=block.align, indent=block.indent, keep=block.keep)
        elif isinstance(block, Heading):
            yield from self.lines([Run(block.text, strong=True)], PROSE, indent=2, keep=True)
        elif isinstance(block, Clause):
            yield from self.lines([Run(f"{chinese(block.number)}、{block.text}")], PROSE, indent=2)
        elif isinstance(block, Table):
            yield from self.table(block)
        elif isinstance(block, Form):
            yield from self.form(block)
        elif isinstance(block, Signatures):
            yield from self.signatures(block)

    def lines(
        self, runs: Sequence[Run], style: Style, *, align: Align = Align.JUSTIFY, indent: int = 0, keep: bool = False
    ) -> Iterator[Slice]:
        """A paragraph: justified, two lines at least on each side of a page's end."""
        glyphs = glyphs_of(self.fonts, runs, style)
        start = indent * style.size
        lines = break_lines(glyphs, first=WIDTH - start, width=WIDTH)
        for place, line in enumerate(lines):
            x = start if place == 0 and align in (Align.JUSTIFY, Align.LEFT) else 0.0
            held = keep or (len(lines) > 1 and place in (0, len(lines) - 2))
            draw = partial(draw_line, glyphs=glyphs[line.start : line.end], line=line, x=x, style=style, align=align)
            yield Slice(style.leading, draw, keep=held)

    def cell(self, content: str, width: float, *, strong: bool = False) -> list[list[Glyph]]:
        """Lines of a cell."""
        lines: list[list[Glyph]] = []
        for part in content.split("\n"):
            glyphs = glyphs_of(self.fonts, [Run(part, strong=strong)], CELL)
            broken = break_lines(glyphs, first=width - 2 * PAD, width=width - 2 * PAD)
            lines += [glyphs[line.start : line.end] for line in broken]
        return lines

    def row(self, cells: Sequence[tuple[str, float, bool]]) -> Slice:
        """One ruled row of (text, width, strong)."""
        set_cells = [(self.cell(words, width, strong=strong), width) for words, width, strong in cells]
        height = max(len(lines) for lines, _ in set_cells) * TABLE_LEADING + 2 * PAD
        return Slice(height, partial(draw_row, cells=set_cells, height=height))

    def table(self, table: Table) -> Iterator[Slice]:
        """Header and rows; the header repeats, a row is never split."""
        widths = [share * WIDTH for share in table.widths]
        header = self.row([(words, width, True) for words, width in zip(table.header, widths, strict=True)])
        yield Slice(PAD, nothing, keep=True)
        yield replace(header, keep=True)
        for words in table.rows:
            cells = [(each, width, False) for each, width in zip(words, widths, strict=True)]
            yield replace(self.row(cells), header=header)
        yield Slice(PAD, nothing)

    def form(self, form: Form) -> Iterator[Slice]:
        """Rows of label and value; a tall value is split over rows of a third of a page."""
        for pairs in form.rows:
            share = WIDTH / len(pairs)
            label = WIDTH * LABEL_SHARE
            cells = [c for name, value in pairs for c in ((name, label, True), (value, share - label, False))]
            yield from self.tall_row(cells)
        yield Slice(PAD, nothing)

    def tall_row(self, cells: Sequence[tuple[str, float, bool]]) -> Iterator[Slice]:
        """One row, or several when its value is taller than half a page."""
        row = self.row(cells)
        if row.height <= HEIGHT / 2:
            yield row
            return
        name, value = cells[0], cells[1]
        lines = self.cell(value[0], value[1])
        step = int(HEIGHT / 3 / TABLE_LEADING)
        for start in range(0, len(lines), step):
            label = self.cell(name[0] if start == 0 else "", name[1], strong=True)
            part = lines[start : start + step]
            height = max(len(part), len(label)) * TABLE_LEADING + 2 * PAD
            yield Slice(height, partial(draw_row, cells=[(label, name[1]), (part, value[1])], height=height))

    def signatures(self, block: Signatures) -> Iterator[Slice]:
        """Places to sign, the seal's place, the day; all on one page together."""
        mark = "（签名、指印）" if block.fingerprint else "（签名）"
        yield Slice(LEADING / 2, nothing, keep=True)
        for label, name in block.places:
            runs = [Run(f"{label}{f'（{name}）' if name else ''}{mark}："), Run(blank=8)]
            yield from self.lines(runs, PROSE, keep=True)
        if block.seal:
            yield from self.lines([Run(f"{block.seal}（盖章）")], PROSE, align=Align.RIGHT, keep=True)
        yield from self.lines(day_runs(block), PROSE, align=Align.RIGHT, keep=False)


def nothing(_canvas: Any, _y: float) -> None:
    """An empty strip."""


def draw_line(
    canvas: Any, y: float, *, glyphs: Sequence[Glyph], line: Line, x: float, style: Style, align: Align
) -> None:
    """One line of a paragraph below y; a full line is spread to the right edge."""
    room = WIDTH - x
    spare = room - line.width
    extra, start = 0.0, LEFT + x
    if align is Align.CENTER:
        start += spare / 2
    elif align is Align.RIGHT:
        start += spare
    elif align is Align.JUSTIFY and not line.last and len(glyphs) > 1 and 0 < spare < 6 * style.size:
        extra = spare / (len(glyphs) - 1)
    base = y - style.leading + (style.leading - style.size) / 2 + style.size * 0.14
    put_glyphs(canvas, glyphs, (start, base), size=style.size, extra=extra)


def draw_row(canvas: Any, y: float, *, cells: Sequence[tuple[list[list[Glyph]], float]], height: float) -> None:
    """One ruled row below y."""
    x = LEFT
    canvas.setLineWidth(0.5)
    for lines, width in cells:
        canvas.rect(x, y - height, width, height)
        top = y - PAD - (height - 2 * PAD - len(lines) * TABLE_LEADING) / 2
        for place, glyphs in enumerate(lines):
            put_glyphs(canvas, glyphs, (x + PAD, top - place * TABLE_LEADING - TABLE_SIZE - 1), size=TABLE_SIZE)
        x += width
