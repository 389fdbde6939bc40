"""Tables: rows of a type shown through columns, keyboard first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from mediator.ui.pieces.rings import ring
from mediator.ui.pieces.tags import TONES, draw_tag
from mediator.ui.tokens import Look, space

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
TONE: Final = Qt.ItemDataRole.UserRole
WORDS: Final = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole})
PAD: Final = space("m")
GAP, LEAST, SMALLEST = 2 * PAD, 8, 0.5


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A heading, the words of a row under it, its width in characters (0 takes what is left).

    With a `tone` (late, soon, done, calm) the words are shown as a framed tag.
    """

    title: str
    words: Callable[[Row], str]
    width: int = 0
    number: bool = False
    tone: Callable[[Row], str] | None = None


class Rows(QAbstractTableModel, Generic[Row]):
    """A list of rows as Qt wants it."""

    def __init__(self, columns: Sequence[Column[Row]], *, hint: Callable[[Row], str] | None = None) -> None:
        """No rows yet; `hint` says more of a row to whoever rests on it, else the words of the cell."""
        super().__init__()
        self.columns, self.hint = tuple(columns), hint
        self.rows: Sequence[Row] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, _parent: Index | None = None) -> int:
        """How many columns."""
        return len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words and alignment of a cell."""
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role in WORDS:
            return column.words(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return (self.hint or column.words)(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(column)
        return column.tone(row) if role == TONE and column.tone is not None else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings of the columns."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(self.columns[section])
        return None


def alignment(column: Column[Any]) -> int:
    """Numbers stand right, words left."""
    side = Qt.AlignmentFlag.AlignRight if column.number else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


class Tags(QStyledItemDelegate):
    """Paints words with a tone as a framed tag, at the text size of the table."""

    def __init__(self, look: Look) -> None:
        """Colours come from the look."""
        super().__init__()
        self.look = look

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The row's ground as usual, then frame and words."""
        tone = index.data(TONE)
        if tone not in TONES:
            super().paint(painter, option, index)
            return
        empty = QStyleOptionViewItem(option)
        self.initStyleOption(empty, index)
        words, box, empty.text = empty.text, empty.rect, ""
        QApplication.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, empty, painter, empty.widget)
        draw_tag(painter, self.look, tone, words, (box.x() + PAD, box.center().y()))


class Table(QTableView):
    """A calm table: whole rows, no grid, Enter or a double click opens; `opened(row number)`."""

    opened = Signal(int)

    def __init__(self, model: QAbstractTableModel, name: str, *, look: Look) -> None:
        """Height of rows and colours of tags come from the look; `empty` is what it says while it has no row."""
        super().__init__()
        self.empty = ""
        self._least = 0
        self._columns: tuple[Column[Any], ...] = ()
        self._look = look
        self._tags = Tags(look)
        self.setItemDelegate(self._tags)
        row_px = look.px("table_row")
        self.setModel(model)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row_px)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        ring(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Rows as usual; without any, words in the middle."""
        super().paintEvent(event)
        model = self.model()
        if self.empty and model is not None and not model.rowCount():
            painter = QPainter(self.viewport())
            painter.setPen(QColor(self._look.colour("text_3")))
            room = self.viewport().rect().adjusted(PAD, PAD, -PAD, -PAD)
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.empty)
            painter.end()

    def fit(self, columns: Sequence[Column[Any]]) -> None:
        """Widths from the columns' characters at the present text size; `resizeEvent` makes them fit the screen."""
        self._columns = tuple(columns)
        for place, column in enumerate(columns):
            if not column.width:
                self.horizontalHeader().setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        self.share_room(self.viewport().width())

    def show_at_least(self, rows: int) -> None:
        """Room for the headings and so many rows, however low the screen; the page around it scrolls."""
        high = self.verticalHeader().defaultSectionSize() * rows + self.horizontalHeader().sizeHint().height()
        self._least = high + 2 * self.frameWidth()
        self.setMinimumHeight(self._least)

    def sizeHint(self) -> QSize:
        """No higher than it must be, where that was said: a sheet that scrolls asks for no more."""
        usual = super().sizeHint()
        return QSize(usual.width(), self._least) if self._least else usual

    def share_room(self, room: int) -> None:
        """Columns that take what is left keep room for some words; the others give way together, down to half."""
        wide = self.fontMetrics().horizontalAdvance("国")
        asked = [column.width * wide + GAP if column.width else 0 for column in self._columns]
        left = sum(not each for each in asked) * LEAST * wide
        total = sum(asked)
        ratio = max(min((room - left) / total, 1.0), SMALLEST) if total and room > left else 1.0
        for place, each in enumerate(asked):
            if each:
                self.setColumnWidth(place, int(each * ratio))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other columns."""
        super().resizeEvent(event)
        self.share_room(event.size().width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            if not event.isAutoRepeat():
                self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)
