"""A paper to the printer, page by page at its true size, beside the screen: a long record holds nobody up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QLineF, QMarginsF, QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPen
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

from mediator.ui.words import say

DPI: Final = 300
POINTS: Final = 72
MM: Final = 25.4
A4: Final = (210.0, 297.0)
EDGE, RULER, TENTH, LONG, SHORT = 10, 100, 10, 6.0, 3.0
Offset = tuple[float, float]
AS_IT_IS: Final[Offset] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Run:
    """How often, on both sides or on one, and how many millimetres to the right and down a printer needs."""

    copies: int = 1
    duplex: bool = False
    offset: Offset = AS_IT_IS


ONCE: Final = Run()


def print_pages(data: bytes, printer: QPrinter, run: Run = ONCE) -> int:
    """Draw every page at 300 dots an inch onto its sheet; gives how many pages one copy has.

    Nothing is made smaller to fit a printer's margins. A printer that cannot repeat a paper gets it several times;
    on both sides each copy begins on a sheet of its own. Everything lives on the calling thread.
    """
    buffer, document = QBuffer(), QPdfDocument()
    buffer.setData(QByteArray(data))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document.load(buffer)
    pages = document.pageCount()
    times = prepared(printer, run)
    sheets: list[int | None] = list(range(pages))
    if run.duplex and times > 1 and pages % 2:
        sheets.append(None)
    lay(printer, document.pagePointSize(0))
    painter = QPainter(printer)
    for place, number in enumerate(sheets * times):
        if place:
            if number is not None:
                lay(printer, document.pagePointSize(number))
            printer.newPage()
        if number is not None:
            draw(painter, printer, document, number, run.offset)
    painter.end()
    return pages


def prepared(printer: QPrinter, run: Run) -> int:
    """Sides and copies are the printer's where it can; gives how often the pages must be sent."""
    printer.setFullPage(True)
    printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide if run.duplex else QPrinter.DuplexMode.DuplexNone)
    if not printer.supportsMultipleCopies():
        return run.copies
    printer.setCopyCount(run.copies)
    printer.setCollateCopies(True)
    return 1


def lay(printer: QPrinter, size: QSizeF) -> None:
    """A4 as the page lies: lists are printed across."""
    sides = QPageLayout.Orientation
    across = sides.Landscape if size.width() > size.height() else sides.Portrait
    printer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), across, QMarginsF()))


def draw(painter: QPainter, printer: QPrinter, document: QPdfDocument, number: int, offset: Offset) -> None:
    """One page at its true size, moved by the printer's offset."""
    size = document.pagePointSize(number)
    dots = QSize(int(size.width() * DPI / POINTS), int(size.height() * DPI / POINTS))
    scale = printer.resolution() / POINTS
    corner = QPointF(*(each * printer.resolution() / MM for each in offset))
    painter.drawImage(QRectF(corner, size * scale), document.render(number, dots))


def print_test(printer: QPrinter, offset: Offset) -> int:
    """One page with a frame ten millimetres from each edge and two rulers, drawn with the offset that is set."""
    printer.setFullPage(True)
    printer.setCopyCount(1)
    lay(printer, QSizeF(*A4))
    painter = QPainter(printer)
    scale = printer.resolution() / MM
    painter.scale(scale, scale)
    painter.translate(*offset)
    painter.setPen(QPen(Qt.GlobalColor.black, 0.2))
    width, height = A4
    painter.drawRect(QRectF(EDGE, EDGE, width - 2 * EDGE, height - 2 * EDGE))
    painter.drawLines([*ruler(across=True), *ruler(across=False)])
    face = painter.font()
    face.setPixelSize(5)
    painter.setFont(face)
    room = QRectF(3 * EDGE, 3 * EDGE, width - 6 * EDGE, height - 6 * EDGE)
    painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap), say("printing.test_words"))
    painter.end()
    return 1


def ruler(*, across: bool) -> list[QLineF]:
    """A hundred millimetres along an inner edge of the frame, each tenth one longer."""
    found = []
    for mark in range(RULER + 1):
        at, length = EDGE + mark, LONG if mark % TENTH == 0 else SHORT
        found.append(QLineF(at, EDGE, at, EDGE + length) if across else QLineF(EDGE, at, EDGE + length, at))
    return found
