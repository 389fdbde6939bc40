"""A paper on the screen: the PDF's own pages, drawn as they will be printed, at the width of the view."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QPixmapCache, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

GAP: Final = 10
NARROWEST: Final = 200
LATER_MS: Final = 60


class Sheet(QFrame):
    """One page, drawn when it comes into view: a record of a hundred pages is as quick to show as one of two."""

    def __init__(self, document: QPdfDocument, number: int, key: str) -> None:
        """`key` tells this paper's pictures from those of the paper before."""
        super().__init__()
        self.document, self.number, self.key = document, number, key
        self.setProperty("kind", "paper")

    def be_wide(self, width: int) -> None:
        """A width in pixels; the height follows from the page."""
        size = self.document.pagePointSize(self.number)
        self.setFixedSize(width, int(width * size.height() / max(size.width(), 1)))

    def picture(self) -> QPixmap:
        """The page at this width, from the cache if it was drawn before."""
        scale = self.devicePixelRatioF()
        key, made = f"{self.key} {self.number} {self.width()} {scale}", QPixmap()
        if not QPixmapCache.find(key, made):
            made = QPixmap.fromImage(self.document.render(self.number, (self.size() - QSize(2, 2)) * scale))
            made.setDevicePixelRatio(scale)
            QPixmapCache.insert(key, made)
        return made

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page, then its edge."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.drawPixmap(1, 1, self.picture())
        painter.end()


class PaperView(QScrollArea):
    """Shows PDF bytes; a new paper keeps the place that was being looked at."""

    def __init__(self, name: str) -> None:
        """No paper yet."""
        super().__init__()
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("kind", "desk")
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setSpacing(GAP)
        self._column.addStretch(1)
        self.setWidget(self._inside)
        self._document = QPdfDocument(self)
        self.buffer = QBuffer(self)
        self.sheets: list[Sheet] = []
        self._shown = 0
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(LATER_MS)
        self._again.timeout.connect(self._fit)

    @property
    def pages(self) -> int:
        """How many pages the shown paper has."""
        return self._document.pageCount()

    def show_pdf(self, data: bytes) -> None:
        """Show a paper."""
        place = self.verticalScrollBar().value()
        self._document.close()
        self.buffer.close()
        self.buffer.setData(QByteArray(data))
        self.buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        self._document.load(self.buffer)
        self._lay_out()
        QTimer.singleShot(0, self, lambda: self.verticalScrollBar().setValue(place))

    def _lay_out(self) -> None:
        """As many sheets as there are pages."""
        self._shown += 1
        for sheet in self.sheets:
            self._column.removeWidget(sheet)
            sheet.deleteLater()
        key = f"paper {id(self)} {self._shown}"
        self.sheets = [Sheet(self._document, number, key) for number in range(self.pages)]
        for place, sheet in enumerate(self.sheets):
            self._column.insertWidget(place, sheet, 0, Qt.AlignmentFlag.AlignHCenter)
        self._fit()

    def _fit(self) -> None:
        """Every sheet as wide as the view."""
        width = max(self.viewport().width() - 4 * GAP, NARROWEST)
        for sheet in self.sheets:
            sheet.be_wide(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, once it stands still."""
        super().resizeEvent(event)
        self._again.start()
