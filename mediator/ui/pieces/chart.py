"""A chart on the screen: core's shapes painted in the look's colours, each value told by hover, arrows and ear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from mediator.core.charts import Bar, Chart, Point, Text
from mediator.ui.pieces.buttons import ENTER
from mediator.ui.tokens import Look

FACE: Final = 13  # height of the words in the chart's own points; the look's size stretches the whole drawing
DOT, NEAR, EDGE, LEGEND, MARGIN = 3.5, 9.0, 1.5, 22.0, 4.0
FILLS: Final = ("accent", "surface_alt", "cat_yellow", "cat_orange")
STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
ALIGNED: Final = {
    "start": Qt.AlignmentFlag.AlignLeft, "middle": Qt.AlignmentFlag.AlignHCenter, "end": Qt.AlignmentFlag.AlignRight,
}  # fmt: skip


class ChartView(QWidget):
    """Arrows walk the shapes, `told(words)` says the one that is looked at, Enter tells `opened(series, label)`.

    `make(width)` draws anew for a width in points; `labels` name the shapes whose own words are the value alone.
    """

    told = Signal(str)
    opened = Signal(int, int)

    def __init__(self, look: Look, make: Callable[[float], Chart], labels: Sequence[str] = ()) -> None:
        """Nothing is looked at yet."""
        super().__init__()
        self.look, self.make, self.labels = look, make, labels
        self.scale = look.px("table") / FACE
        self.chart = make(1.0)
        self.at, self.left = -1, 0.0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.chart.title)
        self.setAccessibleDescription(self.chart.told)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self.sizeHint().height())

    @property
    def shapes(self) -> tuple[Bar | Point, ...]:
        """What has a value, in the order of the labels and of the series within."""
        return tuple(sorted((*self.chart.bars, *self.chart.points), key=lambda each: (each.label, each.series)))

    @property
    def head(self) -> float:
        """Height of the legend, in points."""
        return LEGEND if len(self.chart.names) > 1 else 0.0

    def sizeHint(self) -> QSize:
        """As high as the drawing at this text size."""
        return QSize(0, round((self.chart.height + self.head) * self.scale) + 2)

    def words_of(self, place: int) -> str:
        """`邻里 24`."""
        shape = self.shapes[place]
        return f"{self.labels[shape.label]} {shape.words}" if self.labels else shape.words

    def look_at(self, place: int) -> None:
        """Another shape, by keys or the mouse; -1 for none."""
        if place != self.at:
            self.at = place
            self.update()
        if place >= 0:
            self.told.emit(self.words_of(place))
            self.setAccessibleDescription(f"{self.words_of(place)}。{self.chart.told}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End walk; Enter opens."""
        last = len(self.shapes) - 1
        key = Qt.Key(event.key())
        if key in STEPS and last >= 0:
            self.look_at(min(max(self.at + STEPS[key], 0), last))
        elif key in {Qt.Key.Key_Home, Qt.Key.Key_End} and last >= 0:
            self.look_at(0 if key == Qt.Key.Key_Home else last)
        elif key in ENTER and self.at >= 0:
            self.open(self.at)
        else:
            super().keyPressEvent(event)

    def open(self, place: int) -> None:
        """Ask for the list behind a shape."""
        shape = self.shapes[place]
        self.opened.emit(shape.series, shape.label)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first value at once, so that the arrows have a beginning."""
        super().focusInEvent(event)
        if self.shapes:
            self.look_at(max(self.at, 0))
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.update()

    def under(self, place: QPointF) -> int:
        """The shape at a place of the widget, -1 for none."""
        at = QPointF(place.x() / self.scale - self.left, place.y() / self.scale - self.head)
        for number, shape in enumerate(self.shapes):
            box = box_of(shape)
            if box.contains(at):
                return number
        return -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hover tells the value."""
        place = self.under(event.position())
        self.setToolTip(self.words_of(place) if place >= 0 else "")
        if place >= 0:
            self.look_at(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """As Enter."""
        place = self.under(event.position())
        if place >= 0:
            self.open(place)

    def leaveEvent(self, event: QEvent) -> None:
        """Whoever works with keys keeps the place."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self.look_at(-1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Scale, shapes, words, then the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.scale, self.scale)
        face = QFont(self.font())
        face.setPixelSize(FACE)
        painter.setFont(face)
        self.left = self._room_before(painter)
        self.chart = self.make(max(self.width() / self.scale - self.left - MARGIN, 1.0))
        painter.translate(self.left, 0)
        self._paint_legend(painter)
        painter.translate(0, self.head)
        painter.setPen(QPen(self._colour("line"), 1))
        for rule in self.chart.rules:
            painter.drawLine(QPointF(rule.x1, rule.y), QPointF(rule.x2, rule.y))
        self._paint_shapes(painter)
        painter.setPen(self._colour("text"))
        for text in self.chart.texts:
            painter.drawText(box_of_text(text), int(ALIGNED[text.anchor] | Qt.AlignmentFlag.AlignVCenter), text.words)
        self._paint_ring(painter)
        painter.end()

    def _room_before(self, painter: QPainter) -> float:
        """Room that words before the axis need beyond what the chart keeps for them, in points."""
        wide = painter.fontMetrics().horizontalAdvance
        before = (wide(each.words) - each.x for each in self.make(1.0).texts if each.anchor == "end" and each.x > 1.0)
        return max([*before, 0.0]) + MARGIN

    def _colour(self, name: str) -> QColor:
        """A colour of the look."""
        return QColor(self.look.colour(name))

    def _paint_legend(self, painter: QPainter) -> None:
        """A small square and its word for each series, on the right."""
        right = self.chart.width
        for series in reversed(range(len(self.chart.names)) if self.head else range(0)):
            words = self.chart.names[series]
            left = right - painter.fontMetrics().horizontalAdvance(words)
            painter.setPen(self._colour("text_2"))
            painter.drawText(QRectF(left, 0, right - left + 2, LEGEND), int(Qt.AlignmentFlag.AlignVCenter), words)
            self._dress(painter, series)
            painter.drawRect(QRectF(left - FACE - 4, (LEGEND - FACE) / 2 + 1, FACE - 2, FACE - 2))
            right = left - 2 * FACE - 8

    def _dress(self, painter: QPainter, series: int) -> None:
        """Fill and edge of a series; the edge keeps a pale one visible."""
        painter.setBrush(self._colour(FILLS[series % len(FILLS)]))
        painter.setPen(QPen(self._colour("text_2" if series else "accent"), 1))

    def _paint_shapes(self, painter: QPainter) -> None:
        """Bars, lines and their points."""
        for bar in self.chart.bars:
            self._dress(painter, bar.series)
            painter.drawRect(QRectF(bar.x, bar.y, bar.width, bar.height))
        for series, run in groupby(self.chart.points, key=lambda each: each.series):
            places = [QPointF(each.x, each.y) for each in run]
            painter.setPen(QPen(self._colour("text_2" if series else "accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF(places))
            self._dress(painter, series)
            for each in places:
                painter.drawEllipse(each, DOT, DOT)

    def _paint_ring(self, painter: QPainter) -> None:
        """Around the shape that is looked at, and around everything while the keyboard is here."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._colour("focus"), 2))
        if 0 <= self.at < len(self.shapes):
            painter.setPen(QPen(self._colour("text"), 2))
            painter.drawRect(box_of(self.shapes[self.at]).adjusted(-EDGE, -EDGE, EDGE, EDGE))
        if self.hasFocus():
            painter.setPen(QPen(self._colour("focus"), 2))
            painter.resetTransform()
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))


def box_of(shape: Bar | Point) -> QRectF:
    """Where the mouse meets a shape."""
    if isinstance(shape, Bar):
        return QRectF(shape.x, shape.y, max(shape.width, 2.0), max(shape.height, 2.0))
    return QRectF(shape.x - NEAR, shape.y - NEAR, 2 * NEAR, 2 * NEAR)


def box_of_text(text: Text) -> QRectF:
    """A wide box that the words are aligned in."""
    wide = 400.0
    left = {"start": text.x, "middle": text.x - wide / 2, "end": text.x - wide}[text.anchor]
    return QRectF(left, text.y - FACE, wide, 2.0 * FACE)
