"""Tables from outside: XLSX and CSV as rows of plain cells, limits before memory, formulas never evaluated.

Of a formula the value counts that the spreadsheet program saved last; macros, old XLS files and locked files are
refused by name. CSV is read as UTF-8 (with or without mark), UTF-16 with mark, or GB18030, and never guessed further.
"""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Final

from openpyxl import load_workbook

from mediator.core.cells import Cell
from mediator.errors import Unacceptable

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_UNPACKED: Final = 200 * 1024 * 1024
MAX_RATIO: Final = 100
MAX_MEMBERS: Final = 2_000
SMALL: Final = 1024 * 1024
MAX_ROWS: Final = 20_000
MAX_COLUMNS: Final = 128
MAX_BLANK: Final = 500
MAX_SHEETS: Final = 64
PACKAGE, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MACROS: Final = "vbaproject.bin"
ENCODINGS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
SIGNS: Final = ("=", "+", "-", "@", "\t", "＝", "＋", "－", "＠")
# What reading a foreign spreadsheet may come to in the libraries; anything else is a fault of ours.
UNREADABLE: Final = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError,
    SyntaxError, NotImplementedError, RuntimeError,
)  # fmt: skip
Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Format:
    """How a table was written, so that one of the same kind can be written back."""

    kind: str
    encoding: str = ""
    delimiter: str = ","


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name (empty for CSV) and its rows; the row at place n stands in line n + 1."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A file of tables."""

    format: Format
    sheets: tuple[Sheet, ...]


def read_book(data: bytes) -> Book:
    """The tables of a file.

    Raises Unacceptable `table.size`, `table.old`, `table.macro`, `table.damaged`, `table.rows`, `table.encoding`,
    `table.empty`.
    """
    if len(data) > MAX_BYTES:
        raise Unacceptable("table.size", limit=MAX_BYTES // SMALL)
    if data.startswith(OLD):
        raise Unacceptable("table.old")
    book = read_package(data) if data.startswith(PACKAGE) else read_csv(data)
    if not any(sheet.rows for sheet in book.sheets):
        raise Unacceptable("table.empty")
    return book


def read_package(data: bytes) -> Book:
    """An XLSX file."""
    look_through(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions of other programs that the library does not know
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:MAX_SHEETS]
            sheets = tuple(Sheet(sheet.title, rows_of(sheet)) for sheet in shown)
            book.close()
    except UNREADABLE:
        raise Unacceptable("table.damaged") from None
    return Book(Format("xlsx"), sheets)


def look_through(data: bytes) -> None:
    """A package as its own list tells it, before anything is unpacked: no bomb, no macro, no entities (T38)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            refuse_members(package.infolist())
            for each in package.infolist():
                if each.filename.lower().endswith((".xml", ".rels")):
                    refuse_entities(package.read(each))
    except UNREADABLE:
        raise Unacceptable("table.damaged") from None


def refuse_members(members: Sequence[zipfile.ZipInfo]) -> None:
    """Raise for a list that promises too much, and for a macro in it."""
    if promises_too_much(members):
        raise Unacceptable("table.size", limit=MAX_UNPACKED // SMALL)
    if any(each.filename.lower().endswith(MACROS) for each in members):
        raise Unacceptable("table.macro")


def promises_too_much(members: Sequence[zipfile.ZipInfo]) -> bool:
    """True for too many members, too large ones, or one that is packed too well."""
    total = sum(each.file_size for each in members)
    return len(members) > MAX_MEMBERS or total > MAX_UNPACKED or any(map(is_bomb, members))


def is_bomb(member: zipfile.ZipInfo) -> bool:
    """True for one that is packed too well to be a table."""
    return member.file_size > SMALL and member.file_size > MAX_RATIO * member.compress_size


def refuse_entities(part: bytes) -> None:
    """A part with a document type of its own, or in an encoding in which one could hide; raises `table.damaged`."""
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part or part.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unacceptable("table.damaged")


def rows_of(sheet: Any) -> tuple[Row, ...]:
    """The rows of a sheet without those at its end that are empty; the sheet's own word on its size is not trusted."""
    sheet.reset_dimensions()
    given = sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS)
    return bounded(tuple(map(cell_of, row)) for row in given)


def bounded(given: Iterable[Row]) -> tuple[Row, ...]:
    """Rows up to a long stretch of empty ones; raises Unacceptable `table.rows` for too many."""
    rows: list[Row] = []
    blank = 0
    for row in map(trimmed, given):
        blank = 0 if row else blank + 1
        if blank > MAX_BLANK:
            break
        rows.append(row)
        if len(rows) > MAX_ROWS:
            raise Unacceptable("table.rows", limit=MAX_ROWS)
    while rows and not rows[-1]:
        rows.pop()
    return tuple(rows)


def trimmed(row: Row) -> Row:
    """A row without the empty cells at its end, of which the library gives as many as it may."""
    last = max((place for place, cell in enumerate(row, 1) if cell != ""), default=0)
    return row[:last]


def cell_of(value: object) -> Cell:
    """What a library says of a cell as one of ours."""
    if value is None:
        return ""
    if isinstance(value, bool | time):
        return str(value)
    return value if isinstance(value, str | int | float | date) else str(value)


def read_csv(data: bytes) -> Book:
    """A CSV file; the sign between cells is that of which its first lines hold most."""
    text, encoding = decoded(data)
    if "\x00" in text:
        raise Unacceptable("table.damaged")
    head = text[:20_000]
    delimiter = max((",", "\t", ";", "，"), key=head.count)
    try:
        rows = bounded(unquoted(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)))
    except csv.Error:
        raise Unacceptable("table.damaged") from None
    return Book(Format("csv", encoding, delimiter), (Sheet("", rows),))


def decoded(data: bytes) -> tuple[str, str]:
    """The text and its encoding; raises Unacceptable `table.encoding`."""
    marked = [name for mark, name in ENCODINGS if data.startswith(mark)]
    for name in marked or ["utf-8", "gb18030"]:
        try:
            return data.decode(name), name
        except UnicodeDecodeError:
            continue
    raise Unacceptable("table.encoding")


def unquoted(rows: Iterable[list[str]]) -> Iterator[Row]:
    """Cells without the apostrophe that keeps a spreadsheet from taking them for formulas (T60)."""
    for row in rows:
        yield tuple(cell[1:] if cell[:1] == "'" and cell[1:2] in SIGNS else cell for cell in row[:MAX_COLUMNS])
