"""A filled DOCX read back into the document model, as far as our PDF writer lays out what stands in it.

The reading is not believed: the model is written again by our own writer, and the outlines of both must be one. What
goes beyond (columns, pictures, other faces and sizes) gives no model, and the paper is offered as DOCX alone.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any, Final

from lxml import etree

from mediator.docs.elements import W, has_place, value_of, words_of
from mediator.docs.model import (
    Align,
    Block,
    Clause,
    Cut,
    Document,
    Form,
    Heading,
    Paragraph,
    Place,
    Room,
    Run,
    Signatures,
    Table,
)
from mediator.docs.page import CLAUSE, COMMITTEE, HEADING, PAD, STYLES, Sheet
from mediator.docs.templates.dress import Faces
from mediator.docs.word import write_docx

ALIGNED: Final = {"both": Align.JUSTIFY, "center": Align.CENTER, "right": Align.RIGHT, "left": Align.LEFT}
PLACE: Final = re.compile(r"(.*)（([^（）]*)）：", re.DOTALL)
SEALED: Final = "（盖章）"
KNOWN_IN_RUN: Final = frozenset(f"{W}{name}" for name in ("rPr", "t", "tab"))
SHEET: Final = ("pgSz", "pgMar", "cols", "docGrid")
LEEWAY: Final = 20


class Beyond(Exception):
    """Something that our PDF writer does not lay out."""


def style_id(style: Any) -> str:
    """The id a style of page.py has in the file."""
    return str(style.name.replace(" ", ""))


OURS: Final = frozenset(map(style_id, STYLES))


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts of a file of our own making."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def read_back(data: bytes, paper: Document) -> Document | None:
    """The model of a filled DOCX without mark; None where it goes beyond our PDF writer.

    `paper` gives what no text shows: kind, names, whether it is a draft.
    """
    parts = parts_of(data)
    body = etree.fromstring(parts["word/document.xml"]).find(f"{W}body")
    try:
        found = replace(Reading(body, paper.sheet).document(paper), foot_sign=foot_sign(parts))
    except Beyond:
        return None
    again = parts_of(write_docx(found))
    return found if outline(parts) == outline(again) and not headed(parts) else None


def headed(parts: Mapping[str, bytes]) -> bool:
    """True for text in a header: our pages have none."""
    return any(each.text for head in trees_of(parts, "word/header") for each in head.iter(f"{W}t"))


def trees_of(parts: Mapping[str, bytes], start: str) -> Iterator[Any]:
    """The trees of parts whose names begin alike."""
    return (etree.fromstring(raw) for name, raw in parts.items() if name.startswith(start))


def foot_sign(parts: Mapping[str, bytes]) -> str:
    """What stands before the rule to sign on each page's foot, empty for none."""
    paragraphs = (each for foot in trees_of(parts, "word/footer") for each in foot.iter(f"{W}p"))
    return next(map(words_of, filter(has_place, paragraphs)), "")


def runs(paragraph: Any) -> Iterator[Run]:
    """The runs of a paragraph as the model has them; raises Beyond for a picture, a field, a break."""
    for child in paragraph:
        if child.tag == f"{W}pPr":
            continue
        if not is_plain_run(child):
            raise Beyond
        text = words_of(child)
        ruled = child.find(f"{W}rPr/{W}u") is not None
        strong = child.find(f"{W}rPr/{W}b") is not None
        if text:
            yield Run("", strong, len(text)) if ruled else Run(text, strong)


def is_plain_run(element: Any) -> bool:
    """True for a run of text and tabs alone."""
    return element.tag == f"{W}r" and {each.tag for each in element} <= KNOWN_IN_RUN


class Reading:
    """Reads the body of one file from its first paragraph to its last."""

    def __init__(self, body: Any, sheet: Sheet) -> None:
        """Leave out the section's own properties; raises Beyond for an official letter, whose head is its own."""
        if sheet.letter:
            raise Beyond
        self.sheet = sheet
        self.rows = [each for each in body if each.tag != f"{W}sectPr"]

    def document(self, paper: Document) -> Document:
        """The whole model."""
        committee = self.head(style_id(COMMITTEE))
        title = self.head(style_id(self.sheet.title))
        number = self.number(paper.number)
        return replace(
            paper, title=title or paper.title, committee=committee, number=number, blocks=tuple(self.blocks())
        )

    def head(self, style: str) -> str:
        """A line of the head, empty where the file has none."""
        if self.rows and value_of(self.rows[0], f"pPr/{W}pStyle") == style:
            return words_of(self.rows.pop(0))
        return ""

    def number(self, number: str) -> str:
        """The paper's number, where it stands right below the title."""
        if number and self.rows and words_of(self.rows[0]) == number:
            self.rows.pop(0)
            return number
        return ""

    def blocks(self) -> Iterator[Block]:
        """Blocks in order; places to sign, seal and day are one."""
        numbers = 0
        for signing, group in groupby(self.rows, is_signing):
            members = list(group)
            if signing:
                yield from signatures(members)
                continue
            for element in members:
                numbers += value_of(element, f"pPr/{W}pStyle") == style_id(CLAUSE)
                yield from self.block(element, numbers)

    def block(self, element: Any, number: int) -> Iterator[Block]:
        """One block; the air below a table is none."""
        style = value_of(element, f"pPr/{W}pStyle")
        if element.tag == f"{W}tbl":
            yield table(element, self.sheet)
        elif style == style_id(self.sheet.body):
            yield Cut() if element.find(f"{W}pPr/{W}pBdr") is not None else prose(element)
        elif style == style_id(HEADING):
            yield Heading(words_of(element))
        elif style == style_id(CLAUSE):
            yield Clause(number, words_of(element))
        elif words_of(element):
            raise Beyond


def is_signing(element: Any) -> bool:
    """True for a place to sign, a seal, a day: a rule to the edge, or two characters in from the right."""
    inset = element.find(f"{W}pPr/{W}ind")
    return has_place(element) or (inset is not None and inset.get(f"{W}rightChars") is not None)


def prose(element: Any) -> Paragraph:
    """A paragraph of the body."""
    indent = element.find(f"{W}pPr/{W}ind")
    characters = 0 if indent is None else int(indent.get(f"{W}firstLineChars") or 0) // 100
    align = ALIGNED.get(value_of(element, f"pPr/{W}jc") or "left", Align.JUSTIFY)
    return Paragraph(tuple(runs(element)), align, characters)


def table(element: Any, sheet: Sheet) -> Table | Form:
    """A table, or a form of label and value where no row repeats."""
    rows = [list(row.findall(f"{W}tc")) for row in element.findall(f"{W}tr")]
    if element.find(f"{W}tr/{W}trPr/{W}tblHeader") is None:
        return form(element, rows, sheet)
    widths = widths_of(element, sheet)
    texts = tuple(tuple(map(cell_text, row)) for row in rows)
    if any(len(row) != len(widths) for row in texts):
        raise Beyond
    return Table(texts[0], texts[1:], widths, aligns_of(rows[1:]))


def widths_of(element: Any, sheet: Sheet) -> tuple[float, ...]:
    """Shares of the text width that the columns of a table have."""
    columns = (int(each.get(f"{W}w") or 0) for each in element.findall(f"{W}tblGrid/{W}gridCol"))
    return tuple((width + 0.5) / 20 / sheet.text_width for width in columns)


def aligns_of(rows: Sequence[Sequence[Any]]) -> tuple[Align, ...]:
    """How the columns are set, as the first of some rows shows it."""
    cells = next(iter(rows), ())
    return tuple(ALIGNED.get(value_of(cell, f"p/{W}pPr/{W}jc"), Align.JUSTIFY) for cell in cells)


def form(element: Any, rows: Sequence[Sequence[Any]], sheet: Sheet) -> Form:
    """A form; the room of a row is its least height, and rows that are kept together are told by the last one."""
    rooms = [room(height, sheet) for height in element.findall(f"{W}tr/{W}trPr/{W}trHeight")]
    together = element.find(f"{W}tr[last()]//{W}keepNext") is not None
    found = tuple(pairs(list(map(cell_text, row))) for row in rows)
    return Form(found, tuple(rooms) if len(rooms) == len(found) else (), together=together)


def room(height: Any, sheet: Sheet) -> Room:
    """The lines that fit the least height of a row."""
    lines = (int(height.get(f"{W}val") or 0) / 20 - 2 * PAD) / sheet.cell.leading
    return Room(max(1, round(lines)) if lines > 1.5 else 1)


def pairs(cells: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """One or two pairs of label and value."""
    if len(cells) not in (2, 4):
        raise Beyond
    return tuple(zip(cells[::2], cells[1::2], strict=True))


def cell_text(cell: Any) -> str:
    """The text of a cell, a line each paragraph."""
    return "\n".join(words_of(each) for each in cell.findall(f"{W}p"))


def signatures(members: Sequence[Any]) -> Iterator[Signatures]:
    """Places to sign, then seal and day; a day closes a block."""
    places: list[Place] = []
    seal = ""
    for each in members:
        text = words_of(each)
        if has_place(each):
            places.append(place(text))
        elif text.endswith(SEALED):
            seal = text.removesuffix(SEALED)
        else:
            yield Signatures(tuple(places), seal, day(each))
            places, seal = [], ""
    if places or seal:
        raise Beyond


def day(paragraph: Any) -> str:
    """The day of signing, empty for gaps for the pen."""
    return "" if any(run.blank for run in runs(paragraph)) else words_of(paragraph)


def place(text: str) -> Place:
    """One place to sign."""
    found = PLACE.fullmatch(text)
    if found is None:
        raise Beyond
    return Place(found[1], manner=found[2])


def outline(parts: Mapping[str, bytes]) -> list[object]:
    """What can be seen of a file: sheet, styles of ours, every paragraph and cell with its look; no ids, no marks."""
    tree = etree.fromstring(parts["word/document.xml"])
    faces = Faces(parts)
    used = {str(each.get(f"{W}val")) for each in tree.iter(f"{W}pStyle")}
    rows: list[object] = [sheet_of(tree), [(each, look(each, faces)) for each in sorted(used)]]
    for element in tree.find(f"{W}body"):
        if element.tag == f"{W}p":
            rows.append(seen(element, faces))
        elif element.tag == f"{W}tbl":
            rows += rows_seen(element, faces)
    return rows


def rows_seen(element: Any, faces: Faces) -> Iterator[object]:
    """The rows of a table, cell by cell."""
    for row in element.iter(f"{W}tr"):
        yield [[seen(each, faces) for each in cell] for cell in row.iter(f"{W}tc")]


def sheet_of(tree: Any) -> list[object]:
    """Size, margins, columns and grid of every section, in steps of a point."""
    return [
        (name, sorted((etree.QName(key).localname, round(int(value) / LEEWAY) if value.isdigit() else value)
                      for key, value in each.attrib.items()))
        for section in tree.iter(f"{W}sectPr") for name in SHEET for each in section.findall(f"{W}{name}")
    ]  # fmt: skip


def look(style: str, faces: Faces) -> tuple[str, ...]:
    """Face, size and lines of a style."""
    found = faces.styles.get(style)
    if found is None:
        return ()
    lines = found.find(f"{W}pPr/{W}spacing")
    return (faces.of_style(style), value_of(found, f"rPr/{W}sz"), "" if lines is None else str(lines.get(f"{W}line")))


def seen(element: Any, faces: Faces) -> object:
    """The look of a paragraph: style, side, indent, and runs that look alike joined."""
    if element.tag != f"{W}p":
        return etree.QName(element).localname if element.tag == f"{W}tbl" else ""
    pieces = ((run_look(run, faces), run_text(run)) for run in element.iter(f"{W}r"))
    return (shape_of(element), list(joined(pieces)))


def joined(pieces: Iterable[tuple[tuple[str, ...], str]]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Neighbours of one look with their words together, but where there are none."""
    for key, group in groupby(pieces, key=lambda piece: piece[0]):
        text = "".join(text for _, text in group)
        if text:
            yield key, text


def shape_of(paragraph: Any) -> tuple[object, ...]:
    """Style, side, indents, list and rules of a paragraph."""
    indent = paragraph.find(f"{W}pPr/{W}ind")
    return (
        value_of(paragraph, f"pPr/{W}pStyle"), value_of(paragraph, f"pPr/{W}jc"),
        "" if indent is None else indent.get(f"{W}firstLineChars", "") + "|" + indent.get(f"{W}rightChars", ""),
        value_of(paragraph, f"pPr/{W}numPr/{W}numId"), paragraph.find(f"{W}pPr/{W}pBdr") is not None,
    )  # fmt: skip


def run_look(run: Any, faces: Faces) -> tuple[str, ...]:
    """Face, size and marks of a run."""
    return (faces.of_run(run), value_of(run, f"rPr/{W}sz"), *marks(run))


def run_text(run: Any) -> str:
    """The words of a run, or its tab."""
    return "\t" if run.find(f"{W}tab") is not None else words_of(run)


def marks(run: Any) -> tuple[str, ...]:
    """Everything else that a run's properties say: bold, ruled, colour."""
    silent = ("rFonts", "sz", "szCs", "lang", "kern", "bCs", "noProof")
    return tuple(
        etree.QName(each).localname for each in run.find(f"{W}rPr") if etree.QName(each).localname not in silent
    ) if run.find(f"{W}rPr") is not None else ()  # fmt: skip
