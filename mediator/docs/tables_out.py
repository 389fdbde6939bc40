"""Tables handed back: in the format they came in, every text a text and never a formula (T60)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from openpyxl import Workbook

from mediator.core.cells import Cell
from mediator.docs.sheet import FIXED, put_text, without_now
from mediator.docs.tables import SIGNS, Book, Format, Row, Sheet
from mediator.docs.wordbase import packed

FORBIDDEN: Final = r"[]:*?/\\"


def write_book(book: Book) -> bytes:
    """The bytes of a file; CSV has one sheet."""
    return write_xlsx(book.sheets) if book.format.kind == "xlsx" else write_csv(book.sheets[0].rows, book.format)


def write_xlsx(sheets: Iterable[Sheet]) -> bytes:
    """XLSX; days stay days and numbers numbers, so that the next reading finds what the first one found."""
    book = Workbook()
    book.remove(book.active)
    for number, sheet in enumerate(sheets, 1):
        title = "".join(char for char in sheet.name if char not in FORBIDDEN)[:31]
        put_rows(book.create_sheet(title or f"Sheet{number}"), sheet.rows)
    book.properties.created, book.properties.creator = FIXED, ""
    buffer = io.BytesIO()
    book.save(buffer)
    return packed(without_now(buffer.getvalue()))


def put_rows(page: Any, rows: Iterable[Row]) -> None:
    """The cells of one sheet."""
    for at, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            put(page.cell(row=at, column=place), value)


def put(cell: object, value: Cell) -> None:
    """One cell; an empty one stays empty."""
    if isinstance(value, str):
        if value:
            put_text(cell, value)
        return
    cell.value = value  # type: ignore[attr-defined]  # the library has no types


def write_csv(rows: Iterable[Row], form: Format) -> bytes:
    """CSV in the encoding that the file came in."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=form.delimiter, lineterminator="\r\n")
    for row in rows:
        writer.writerow([harmless(value) for value in row])
    return buffer.getvalue().encode(form.encoding)


def harmless(value: Cell) -> str:
    """A cell's text; one that a spreadsheet would take for a formula gets an apostrophe before it."""
    text = value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if text.startswith((*SIGNS, "\r")) else text
