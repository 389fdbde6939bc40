"""A paper on the screen: the PDF's own pages, drawn as they will be printed, at the width of the view."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt, QTimer
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

GAP = 10


class PaperView(QScrollArea):
    """Shows PDF bytes; a new paper keeps the place that was being looked at."""

    def __init__(self, name: str) -> None:
        """No paper yet."""
        super().__init__()
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setSpacing(GAP)
        self.setWidget(self._inside)
        self._document = QPdfDocument(self)
        self.buffer = QBuffer(self)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(60)
        self._again.timeout.connect(self._draw)

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
        self._draw()
        QTimer.singleShot(0, lambda: self.verticalScrollBar().setValue(place))

    def _draw(self) -> None:
        """Every page as a picture of the view's width."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        width = max(self.viewport().width() - 4 * GAP, 200)
        scale = self.devicePixelRatioF()
        for number in range(self._document.pageCount()):
            size = self._document.pagePointSize(number)
            height = int(width * size.height() / max(size.width(), 1))
            picture = QPixmap.fromImage(self._document.render(number, QSize(int(width * scale), int(height * scale))))
            picture.setDevicePixelRatio(scale)
            page = QLabel()
            page.setPixmap(picture)
            page.setProperty("kind", "paper")
            page.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._column.addWidget(page)
        self._column.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw again at the new width, once it stands still."""
        super().resizeEvent(event)
        self._again.start()
