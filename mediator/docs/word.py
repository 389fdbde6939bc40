"""The DOCX writer: real styles, real numbering, east-Asian faces on every run, same bytes for the same model."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, Final

import docx

from mediator.docs import model, page
from mediator.docs.breaking import BLANK
from mediator.docs.mark import Mark
from mediator.docs.model import Align, Document, Room
from mediator.docs.page import FORM, LEADING, PAD, RULE, Sheet
from mediator.docs.setting import NARROW
from mediator.docs.wordbase import empty_word, packed, twips
from mediator.docs.wordedges import edges, lay_out
from mediator.docs.wordmark import hang
from mediator.docs.wordnames import set_whole
from mediator.docs.wordparts import (
    bordered,
    indented,
    inset,
    keep_rows,
    keep_with_next,
    lowered,
    node,
    open_ends,
    paragraph,
    ruled,
    run,
    runs_of,
    spacer,
    tab_rule,
    tab_run,
    upright,
)
from mediator.docs.wordpictures import set_pictures
from mediator.docs.wordstrokes import set_strokes

NO_ROOM: Final = Room()
RED_RULE: Final = {"val": "thickThinSmallGap", "sz": "24", "space": "1", "color": page.RED}
JUSTIFIED: Final = {Align.JUSTIFY: "both", Align.CENTER: "center", Align.RIGHT: "right", Align.LEFT: "left"}


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in a cell, a paragraph for each line; `sign` is the words of a place to sign below it."""

    text: str
    align: Align = Align.JUSTIFY
    strong: bool = False
    room: Room = NO_ROOM


GAP: Final = str(twips(LEADING / 2))


def write_docx(document: Document, mark: Mark | None = None, *, picture: bytes = b"", pages: int = 0) -> bytes:
    """DOCX bytes of a paper; the `picture` of its mark hangs below its end.

    A paper of one page has no page number, as in the PDF.
    """
    word = docx.Document(io.BytesIO(empty_word()))
    describe(word.core_properties, document)
    body = word.element.body
    writer = Writer(document.sheet)
    for element in writer.body(document):
        body.insert(len(body) - 1, element)
    if mark:
        hang(word.part, body, mark, picture, document.sheet)
    set_whole(body, document.names)
    set_pictures(word.part, body, document.pictures)
    set_strokes(word.part, body, document)
    section = word.sections[0]
    lay_out(section, document.sheet)
    edges(word, section, document, numbered=pages != 1)
    buffer = io.BytesIO()
    word.save(buffer)
    with zipfile.ZipFile(buffer) as saved:
        return packed({name: saved.read(name) for name in saved.namelist()})


def describe(properties: Any, document: Document) -> None:
    """Title, number, office and language; nobody's name and no day."""
    properties.title, properties.subject, properties.author = document.title, document.number, document.committee
    properties.last_modified_by, properties.language = document.committee, "zh-CN"


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the blocks of one document as elements of Word's body."""

    sheet: Sheet = FORM

    @property
    def width(self) -> float:
        """Width of the type area."""
        return self.sheet.text_width

    def body(self, document: Document) -> Iterator[Any]:
        """Head and blocks; what comes before the signatures is kept with them."""
        yield from self.head(document)
        previous: list[Any] = []
        for block in document.blocks:
            if isinstance(block, model.Signatures | model.Imprint):
                keep_with_next(previous)
            previous = list(self.block(block))
            if block is document.blocks[-1]:
                lowered(previous[-1])
            yield from previous

    def head(self, document: Document) -> Iterator[Any]:
        """Committee, title, number, half a line of air; on a letter the office, its rule, the number, the title."""
        rows = self.head_rows(document)
        for words, style, side in rows:
            shape = [node("spacing", after=GAP)] if words is rows[-1][0] else []
            if style is page.OFFICE:
                shape = [node("pBdr", node("bottom", **RED_RULE)), node("spacing", after=GAP)]
            elif self.sheet.letter and style is self.sheet.body:
                shape = [node("spacing", after=GAP)]
            runs = list(run(style, words, size=page.fitted(style, words, self.width).size))
            yield paragraph(style, runs, node("keepNext"), *shape, node("jc", val=side))

    def head_rows(self, document: Document) -> list[tuple[str, page.Style, str]]:
        """The lines of the head that have words, with style and side."""
        office = page.OFFICE if self.sheet.letter else page.COMMITTEE
        committee, title = (document.committee, office, "center"), (document.title, self.sheet.title, "center")
        number = (document.number, self.sheet.body, "right")
        rows = (committee, number, title) if self.sheet.letter else (committee, title, number)
        return [row for row in rows if row[0]]

    def block(self, block: model.Block) -> Iterator[Any]:  # noqa: PLR0911  one answer for each sort of block
        """The elements of one block."""
        match block:
            case model.Paragraph():
                return self.prose(block)
            case model.Heading():
                return self.heading(block)
            case model.Clause():
                return self.clause(block)
            case model.Table():
                return self.table(block)
            case model.Form():
                return self.form(block)
            case model.Signatures():
                return self.signatures(block)
            case model.Cut() | model.Imprint():
                return self.edge(block)

    def edge(self, block: model.Cut | model.Imprint) -> Iterator[Any]:
        """Where the sheet is cut, or whom it is copied to, between two rules."""
        if isinstance(block, model.Cut):
            yield bordered(self.sheet.body, "", top="dashed")
        else:
            yield bordered(page.IMPRINT, block.text, top="single", bottom="single")

    def prose(self, block: model.Paragraph) -> Iterator[Any]:
        """Body text; a gap that is a paragraph by itself is ruled line by line."""
        style = self.sheet.body
        if len(block.runs) == 1 and block.runs[0].blank:
            yield from self.ruled_lines(block)
            return
        keep = [node("keepNext")] if block.keep else []
        indent = indented(block.indent, style) if block.align in (Align.JUSTIFY, Align.LEFT) else []
        shape = [*keep, *indent, node("jc", val=JUSTIFIED[block.align])]
        yield paragraph(style, list(runs_of(style, block.runs)), *shape)

    def ruled_lines(self, block: model.Paragraph) -> Iterator[Any]:
        """Lines for the pen: rules below paragraphs. Office programs would let blanks hang over a line's end."""
        style = self.sheet.body
        across = self.width / self.sheet.pitch
        count = max(1, round((block.runs[0].blank + block.indent) / across))
        for _ in range(count):
            rules = [node(side, val="single", sz="4", space="0", color="auto") for side in ("bottom", "between")]
            height = node("spacing", line=str(twips(style.leading - RULE)), lineRule="exact")
            yield paragraph(style, list(run(style, BLANK)), node("pBdr", *rules), height)

    def heading(self, block: model.Heading) -> Iterator[Any]:
        """A heading in the style of its level."""
        style = self.sheet.heading(block.level)
        words = list(run(style, block.text, strong=style in (page.HEADING, page.CARD_HEADING)))
        yield paragraph(style, words, node("keepNext"), *indented(2, style))

    def clause(self, clause: model.Clause) -> Iterator[Any]:
        """A clause with real numbering; every series is a list of its own."""
        number = node("numPr", node("ilvl", val="0"), node("numId", val=str(clause.series + 1)))
        words = list(run(page.CLAUSE, clause.text))
        yield paragraph(page.CLAUSE, words, number, *indented(2), node("jc", val="both"))

    def table(self, table: model.Table) -> Iterator[Any]:
        """A ruled table; its header row repeats."""
        widths = [share * self.width for share in table.widths]
        head = [Words(words, Align.CENTER, strong=True) for words in table.header]
        aligns = table.aligns or (Align.JUSTIFY,) * len(widths)
        rows = [self.row(head, widths, header=True)]
        for place, cells in enumerate(table.rows):
            words = [Words(each, align) for each, align in zip(cells, aligns, strict=True)]
            rows.append(self.row(words, widths, ends=model.open_at(table.goes_on, place)))
        yield ruled(widths, rows)
        yield spacer()

    def form(self, form: model.Form) -> Iterator[Any]:
        """Rows of one or two pairs on one grid of four columns, a label along all of them before it."""
        sides = [model.SIDE * self.width] if form.side else []
        width = self.width - sum(sides)
        label = model.LABEL * width
        rows = [self.pairs(form, place, width) for place in range(len(form.rows))]
        for side in sides:
            self.label_rows(rows, form.side, side)
        table = ruled([*sides, *[label, width / 2 - label] * 2], rows)
        if form.together or form.side:
            keep_rows(table, last=form.together)
        yield table
        yield spacer()

    def label_rows(self, rows: Sequence[Any], words: str, width: float) -> None:
        """One label along all rows, before their first cells."""
        for place, row in enumerate(rows):
            row.insert(1, self.side(words if place == 0 else "", width))

    def pairs(self, form: model.Form, place: int, width: float) -> Any:
        """One row of a form; its last value has the room, and covers the grid where it is the only one."""
        pairs = form.rows[place]
        label = model.LABEL * width
        spans = [label, (1 / len(pairs) - model.LABEL) * width] * len(pairs)
        cells = [cell for name, value in pairs for cell in (Words(name, Align.CENTER, strong=True), Words(value))]
        cells[-1] = replace(cells[-1], room=form.room(place))
        return self.row(cells, spans, wide=len(pairs) == 1, ends=model.open_at(form.goes_on, place))

    def side(self, words: str, width: float) -> Any:
        """The cell of a label along all rows: its first row has the words, the others go on."""
        merge = node("vMerge", val="restart") if words else node("vMerge")
        shape = (node("tcW", w=str(twips(width)), type="dxa"), merge)
        return self.cell(Words(words, Align.CENTER, strong=True), width, *shape, upright("center"))

    def signatures(self, block: model.Signatures) -> Iterator[Any]:
        """Places to sign, the seal's place, the day, kept on one page."""
        style, pitch = self.sheet.body, self.sheet.pitch
        loose = block.loose(self.sheet)
        for number, place in enumerate(block.places):
            air = [] if number else [node("spacing", before=GAP)]
            keep = [node("keepNext")] if number >= loose else []
            words = [*run(style, place.words), tab_run(style)]
            yield paragraph(style, words, *keep, tab_rule(self.width, ruled=place.ruled), *air)
        seal, day = (inset(characters, pitch) for characters in block.insets)
        air = [] if block.places else [node("spacing", before=GAP)]
        if block.seal:
            words = list(run(style, block.seal_words))
            yield paragraph(style, words, node("keepNext"), *air, seal, node("jc", val="right"))
            air = []
        yield paragraph(style, list(runs_of(style, block.day_runs)), *air, day, node("jc", val="right"))

    def row(
        self, cells: Sequence[Words], widths: Sequence[float], *, wide: bool = False, header: bool = False,
        ends: tuple[bool, bool] = (False, False),
    ) -> Any:  # fmt: skip
        """A row of cells, never parted; the last of a `wide` one covers three columns of the grid."""
        style = self.sheet.cell
        where = "top" if any(ends) else "center"
        least = 0.0 if any(ends) else max(cells[-1].room.lines * style.leading + 2 * PAD, self.sheet.row)
        height = [node("trHeight", val=str(twips(least)), hRule="atLeast")] if least else []
        found = node("tr", node("trPr", node("cantSplit"), *height, *([node("tblHeader")] if header else [])))
        for cell, width in zip(cells, widths, strict=True):
            span = [node("gridSpan", val="3")] if wide and cell is cells[-1] else []
            size = node("tcW", w=str(twips(width)), type="dxa")
            found.append(self.cell(cell, width, size, *span, *open_ends(ends), upright(where)))
        return found

    def cell(self, words: Words, width: float, *shape: Any) -> Any:
        """A cell, a paragraph for each line of its text, the place to sign at its foot."""
        style = self.sheet.cell
        narrow = words.align is Align.JUSTIFY and width <= NARROW * self.width
        side = node("jc", val="left" if narrow else JUSTIFIED[words.align])
        texts = words.text.split("\n")
        if words.room.sign:
            spare = words.room.lines - self.lines_of(replace(words, room=NO_ROOM), width) - 1
            texts += [""] * max(0, spare)
        lines = [paragraph(style, list(run(style, line, strong=words.strong)), deepcopy(side)) for line in texts]
        if words.room.sign:
            lines.append(paragraph(style, list(run(style, words.room.sign)), node("jc", val="right")))
        return node("tc", node("tcPr", *shape), *lines)

    def lines_of(self, words: Words, width: float) -> int:
        """About how many lines a cell takes."""
        per_line = max(1, int((width - 2 * PAD) / self.sheet.cell.size))
        found = sum(-(-len(line) // per_line) or 1 for line in words.text.split("\n"))
        return max(found + bool(words.room.sign), words.room.lines)
