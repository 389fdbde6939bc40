"""What goes back of a ledger: the refused lines as a table of the same format, and the receipt of a hotline export."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from mediator.casework import hotline
from mediator.casework.desk import Desk
from mediator.casework.files_out import staged
from mediator.casework.ledger_heads import REASON, Head
from mediator.casework.ledger_import import Outcome, Part, Reading
from mediator.docs.tables import Book, Row, Sheet
from mediator.docs.tables_out import write_book

REFUSED, RECEIPT = "refused_file", "receipt_file"
NOWHERE: Final = None


def write_back(
    desk: Desk, reading: Reading, outcome: Outcome, *, refused: Path, receipt: Path | None = NOWHERE
) -> dict[str, Path]:
    """Write what goes back, all of it or none, and say what was written; raises WorldFailed `file.write`."""
    books: dict[str, tuple[Path, Book]] = {}
    if back := returned(reading):
        books[REFUSED] = refused, back
    if receipt:
        books[RECEIPT] = receipt, hotline.receipt(desk, reading, outcome)
    with staged({path: write_book(book) for path, book in books.values()}):
        return {name: path for name, (path, _) in books.items()}


def write_receipt(desk: Desk, reading: Reading, outcome: Outcome, file: Path) -> Path:
    """The receipt for the 12345 hotline alone, in the format its export came in; raises WorldFailed `file.write`."""
    with staged({file: write_book(hotline.receipt(desk, reading, outcome))}):
        return file


def returned(reading: Reading) -> Book | None:
    """The refused lines under their header as a file of the same format, reasons in the last column; None for none."""
    sheets = tuple(sheet for part in reading.parts if (sheet := returned_sheet(part)))
    return Book(reading.book.format, sheets) if sheets else None


def returned_sheet(part: Part) -> Sheet | None:
    """What goes back of one sheet: everything above the lines, then the refused ones."""
    bad = [line for line in part.lines if line.reasons]
    if not bad:
        return None
    last = len(part.head.words)
    rows = [with_reason(row, last, "") for row in part.sheet.rows[: part.head.below]]
    rows[-1] = with_reason(part.sheet.rows[part.head.below - 1], last, REASON)
    rows += [with_reason(part.sheet.rows[line.number - 1], last, "；".join(line.reasons)) for line in bad]
    return Sheet(part.sheet.name, tuple(without_old_reasons(part.head, row) for row in rows))


def with_reason(row: Row, last: int, words: str) -> Row:
    """A row with a further column."""
    return (*row[:last], *("",) * (last - len(row)), words)


def without_old_reasons(head: Head, row: Row) -> Row:
    """A row without the column of reasons that it came with the last time."""
    return tuple(cell for place, cell in enumerate(row) if place >= len(head.words) or head.words[place] != REASON)
