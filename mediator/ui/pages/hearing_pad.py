"""The field in which a name is written, by mouse, finger or pen: strokes in whole numbers, no picture of anything."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy

from mediator.core.sittings import FIELD_HEIGHT, FIELD_WIDTH, MOST_POINTS, Point, Strokes
from mediator.ui.tokens import Look, space
from mediator.ui.words import say

PEN: int = 22
LEAST_HEIGHT: int = 160


class SignaturePad(QFrame):
    """`drawn()` after each stroke. A signature of somebody else's digest is shown with `show_strokes`, greyed."""

    drawn = Signal()

    def __init__(self, look: Look) -> None:
        """An empty field."""
        super().__init__()
        self.look = look
        self.made: list[list[Point]] = []
        self.begun = 0
        self.writable = True
        self.setProperty("kind", "card")
        self.setAccessibleName(say("hearing.pad"))
        self.setMinimumHeight(LEAST_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)

    @property
    def strokes(self) -> Strokes:
        """What was written so far."""
        return tuple(tuple(stroke) for stroke in self.made)

    def field(self) -> QRectF:
        """Where the field lies on the widget: as large as fits, in its own proportion."""
        inside = QRectF(self.contentsRect()).adjusted(space("s"), space("s"), -space("s"), -space("s"))
        scale = min(inside.width() / FIELD_WIDTH, inside.height() / FIELD_HEIGHT)
        wide, high = FIELD_WIDTH * scale, FIELD_HEIGHT * scale
        return QRectF(inside.center().x() - wide / 2, inside.center().y() - high / 2, wide, high)

    def clear(self) -> None:
        """Begin again."""
        self.show_strokes((), writable=True)

    def show_strokes(self, strokes: Strokes, *, writable: bool) -> None:
        """Strokes that are on record, or none."""
        self.made = [list(stroke) for stroke in strokes]
        self.writable = writable
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The pen touches."""
        if event.button() is not Qt.MouseButton.LeftButton or not self.writable:
            return
        if not self.made:
            self.begun = event.timestamp()
        self.made.append([])
        self._add(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The pen moves."""
        if self.made and self.writable and event.buttons() & Qt.MouseButton.LeftButton:
            self._add(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The pen is lifted."""
        if event.button() is Qt.MouseButton.LeftButton and self.made and self.writable:
            self.drawn.emit()

    def _add(self, event: QMouseEvent) -> None:
        """A further point, inside the field; beyond what a hand makes nothing more is taken."""
        if sum(map(len, self.made)) >= MOST_POINTS:
            return
        box, at = self.field(), event.position()
        x = round((at.x() - box.x()) * FIELD_WIDTH / box.width())
        y = round((at.y() - box.y()) * FIELD_HEIGHT / box.height())
        passed = max(event.timestamp() - self.begun, 0)
        self.made[-1].append((min(max(x, 0), FIELD_WIDTH), min(max(y, 0), FIELD_HEIGHT), passed))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The line to write on, then every stroke."""
        super().paintEvent(event)
        box, colour = self.field(), self.look.colour
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(box.topLeft())
        painter.scale(box.width() / FIELD_WIDTH, box.height() / FIELD_HEIGHT)
        painter.setPen(QPen(QColor(colour("line")), 6, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(150, FIELD_HEIGHT * 0.8), QPointF(FIELD_WIDTH - 150, FIELD_HEIGHT * 0.8))
        ink = QColor(colour("text" if self.writable else "text_2"))
        painter.setPen(QPen(ink, PEN, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        for stroke in self.made:
            painter.drawPath(path_of(stroke))


def path_of(stroke: list[Point]) -> QPainterPath:
    """One stroke as a line; a dot for a single point."""
    path = QPainterPath(QPointF(stroke[0][0], stroke[0][1])) if stroke else QPainterPath()
    for x, y, _ in stroke[1:] or stroke:
        path.lineTo(x, y)
    return path
