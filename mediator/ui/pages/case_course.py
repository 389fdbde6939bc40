"""The course of a case as a line with points, newest above; only ever added to."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from mediator.casework.reading import Happening
from mediator.ui.tokens import Look
from mediator.ui.words import say

EDGE, DOT, TEXT = 14, 4, 30
ROOM = 8
Index = QModelIndex | QPersistentModelIndex


class Points(QStyledItemDelegate):
    """A point on a line before the words; the newest one in the accent colour."""

    def __init__(self, look: Look) -> None:
        """Colours come from the look."""
        super().__init__()
        self.look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines of text with room around."""
        return QSize(0, option.fontMetrics.lineSpacing() * 2 + 2 * ROOM)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Line, point, when, what."""
        box, newest = option.rect, index.row() == 0
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(self.look.colour("accent_soft")))
        middle = box.top() + ROOM + option.fontMetrics.lineSpacing() / 2
        last = index.row() == index.model().rowCount() - 1
        painter.setPen(QPen(QColor(self.look.colour("line")), 2))
        top = middle if newest else box.top()
        painter.drawLine(QPointF(box.left() + EDGE, top), QPointF(box.left() + EDGE, middle if last else box.bottom()))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.look.colour("accent" if newest else "line_strong")))
        painter.drawEllipse(QPointF(box.left() + EDGE, middle), DOT, DOT)
        when, _, what = str(index.data(Qt.ItemDataRole.DisplayRole)).partition("\n")
        place = box.adjusted(TEXT, ROOM, -ROOM, -ROOM)
        upper = place.adjusted(0, 0, 0, -place.height() // 2)
        painter.setPen(QColor(self.look.colour("accent" if newest else "text_2")))
        painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter, when)
        painter.setPen(QColor(self.look.colour("text")))
        lower = place.adjusted(0, place.height() // 2, 0, 0)
        shown = option.fontMetrics.elidedText(what, Qt.TextElideMode.ElideRight, lower.width())
        painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


class Course(QListWidget):
    """What happened, when, how often in a row, and whether on another desk."""

    def __init__(self, look: Look) -> None:
        """Empty."""
        super().__init__()
        self._points = Points(look)
        self.setItemDelegate(self._points)
        self.setAccessibleName(say("case_page.course"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_course(self, course: tuple[Happening, ...]) -> None:
        """Newest above; the chosen line stays where it was."""
        place = self.verticalScrollBar().value()
        self.clear()
        for each in course:
            times = say("case_page.times", count=each.times) if each.times > 1 else ""
            where = "" if each.here else say("case_page.elsewhere")
            item = QListWidgetItem(f"{each.at:%Y-%m-%d %H:%M}\n{each.deed}{times}{where}")
            item.setToolTip(item.text())
            self.addItem(item)
        self.verticalScrollBar().setValue(place)
