"""The XLSX writer for lists: title, labelled lines and tables of the model, never a formula.

Same model, same bytes. Every cell is a text, but in reports the figures of right-aligned columns. A value that a
spreadsheet would take for a formula stays a text by its cell's type (T60), and numbers of identity papers keep every
digit.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from mediator.docs.model import Align, Block, Cut, Document, Form, Heading, Paragraph, Signatures, Table
from mediator.docs.wordbase import packed

FIXED: Final = datetime(1980, 1, 1)  # noqa: DTZ001  the library writes a naive moment; equal papers are equal bytes
FACE, TITLE_SIZE, SIZE = "宋体", 16, 11
PROPERTIES: Final = "docProps/core.xml"
SAVED_AT: Final = re.compile(rb"<dcterms:modified[^>]*>[^<]*</dcterms:modified>")
LINE: Final = Side(style="thin")
RULED: Final = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
CHARACTERS_WIDE: Final = 90
Row = tuple[tuple[str, ...], bool, bool]
# A figure as reports print it: thousands set off, two places or none, perhaps a share.
FIGURE: Final = re.compile(r"[+-]?\d{1,3}(?:,\d{3})*(?P<places>\.\d+)?(?P<share>%)?")
MOST_DIGITS: Final = 15


def write_xlsx(document: Document, *, figures: bool = False) -> bytes:
    """XLSX bytes of a list; each row of the sheet is a title, a labelled line, or a row of a table.

    With `figures` what stands in right-aligned columns can be added up there; numbers of papers never stand so.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = "".join(char for char in document.title if char not in r"[]:*?/\\")[:31]
    widths = widest(document)
    for row in rows_of(document):
        put_row(sheet, row, len(widths))
    if figures:
        make_figures(sheet, document)
    for place, share in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = max(6.0, share * CHARACTERS_WIDE)
    sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = sheet.PAPERSIZE_A4, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    facts = book.properties
    facts.title, facts.subject, facts.creator, facts.language = document.title, document.number, "", "zh-CN"
    facts.created = FIXED
    buffer = io.BytesIO()
    book.save(buffer)
    return packed(without_now(buffer.getvalue()))


def make_figures(sheet: Any, document: Document) -> None:
    """Turn what was written as text into numbers, in the right-aligned columns of tables."""
    starts = iter(range(1, sheet.max_row + 1))
    for table in (block for block in document.blocks if isinstance(block, Table)):
        top = next(at for at in starts if sheet.cell(row=at, column=1).value == table.header[0])
        put_figures(sheet, table, top)


def put_figures(sheet: Any, table: Table, top: int) -> None:
    """The same for one table, whose header stands in a row."""
    right = [place for place, align in enumerate(table.aligns, 1) if align is Align.RIGHT]
    for row in range(top + 1, top + 1 + len(table.rows)):
        for place in right:
            put_figure(sheet.cell(row=row, column=place))


def put_figure(cell: Any) -> None:
    """A number where the words are one, with the look they had; anything else stays a text."""
    words = cell.value or ""
    found = FIGURE.fullmatch(words)
    if found is None or sum(char.isdigit() for char in words) > MOST_DIGITS:
        return
    number = Decimal(words.strip("%+").replace(",", ""))
    cell.value = number / 100 if found["share"] else number
    cell.number_format = format_of(found)
    cell.alignment = Alignment(vertical="center", horizontal="right")


def format_of(found: re.Match[str]) -> str:
    """How a number is shown: as a share or with as many places as it had, a rise with its sign."""
    look = "0.0%" if found["share"] else "#,##0.00" if found["places"] else "#,##0"
    return f"+{look};-{look};{look}" if found[0].startswith("+") else look


def without_now(data: bytes) -> dict[str, bytes]:
    """The parts of a package, its properties without the moment of saving, which the library always writes."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return {**parts, PROPERTIES: SAVED_AT.sub(b"", parts[PROPERTIES])}


def widest(document: Document) -> tuple[float, ...]:
    """Shares of the columns of the widest table; two for a list without one."""
    tables = [block.widths for block in document.blocks if isinstance(block, Table)]
    return max(tables, key=len, default=(0.25, 0.75))


def rows_of(document: Document) -> Iterator[Row]:
    """Rows as (cells, ruled, strong) in reading order."""
    for words in (document.across, document.committee, document.title, document.number):
        if words:
            yield (words,), False, words == document.title
    for block in document.blocks:
        yield from block_rows(block)


def block_rows(block: Block) -> Iterator[Row]:
    """Rows of one block."""
    if isinstance(block, Table):
        yield block.header, True, True
        yield from ((row, True, False) for row in block.rows)
    elif isinstance(block, Form):
        yield from form_rows(block)
    elif isinstance(block, Signatures):
        yield from (((place.words, ""), False, False) for place in block.places)
    elif isinstance(block, Paragraph):
        yield ("".join(block.texts),), False, False
    elif not isinstance(block, Cut):
        yield (block.text,), False, isinstance(block, Heading)


def form_rows(form: Form) -> Iterator[Row]:
    """Label and value a row, a place to sign below its box."""
    for place, pairs in enumerate(form.rows):
        yield from (((label, value), True, False) for label, value in pairs)
        if form.room(place).sign:
            yield ("", form.room(place).sign), True, False


def put_row(sheet: Any, row: Row, columns: int) -> None:
    """Write one row below the last; a single cell spans the table."""
    cells, ruled, strong = row
    at = sheet.max_row + (0 if sheet.max_row == 1 and sheet["A1"].value is None else 1)
    for place, words in enumerate(cells, start=1):
        cell = sheet.cell(row=at, column=place)
        put_text(cell, words)
        dress(cell, ruled=ruled, strong=strong)
    if len(cells) == 1 and columns > 1:
        sheet.merge_cells(start_row=at, start_column=1, end_row=at, end_column=columns)


def dress(cell: Any, *, ruled: bool, strong: bool) -> None:
    """A cell of a table with its rules, any other with its text at the left, headings larger."""
    cell.font = Font(name=FACE, size=TITLE_SIZE if strong and not ruled else SIZE, bold=strong)
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal=None if ruled else "left")
    if ruled:
        cell.border = RULED


def put_text(cell: Any, words: str) -> None:
    """A text, whatever it looks like."""
    cell.value = words
    cell.data_type = "s"
    cell.number_format = "@"
