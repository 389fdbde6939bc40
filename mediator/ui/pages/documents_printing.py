"""A paper to the printer, page by page, beside the screen: a record of a hundred pages holds nobody up."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QSize
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter

DPI: Final = 300
POINTS: Final = 72


def print_pages(data: bytes, printer: QPrinter) -> int:
    """Draw every page at 300 dots an inch onto its sheet; gives how many. Everything lives on the calling thread."""
    buffer, document = QBuffer(), QPdfDocument()
    buffer.setData(QByteArray(data))
    buffer.open(QBuffer.OpenModeFlag.ReadOnly)
    document.load(buffer)
    painter = QPainter(printer)
    for number in range(document.pageCount()):
        if number:
            printer.newPage()
        size = document.pagePointSize(number)
        dots = QSize(int(size.width() * DPI / POINTS), int(size.height() * DPI / POINTS))
        painter.drawImage(printer.pageLayout().paintRectPixels(printer.resolution()), document.render(number, dots))
    painter.end()
    return document.pageCount()
