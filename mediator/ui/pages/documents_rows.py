"""Rows of a form in a small table: typing fills a cell, Enter goes on, the last row is always free for more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from mediator.core.records import Rows
from mediator.ui.pieces.rings import ring
from mediator.ui.tokens import Look

Index = QModelIndex | QPersistentModelIndex
LINES: Final = 3
WORDS: Final = frozenset({
    Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole,
})  # fmt: skip


class FormRows(QAbstractTableModel):
    """Rows of texts and one empty row below them; an empty row is no row."""

    def __init__(self, columns: Sequence[str], changed: Callable[[Rows], None]) -> None:
        """`changed(rows)` after every change of a cell or the removal of a row."""
        super().__init__()
        self.columns, self.changed = tuple(columns), changed
        self.cells: list[list[str]] = [self._empty()]

    def _empty(self) -> list[str]:
        """A row without words."""
        return [""] * len(self.columns)

    @property
    def rows(self) -> Rows:
        """Rows with words in them."""
        return tuple(tuple(row) for row in self.cells if any(cell.strip() for cell in row))

    def show_rows(self, rows: Rows) -> None:
        """Other rows."""
        self.beginResetModel()
        self.cells = [[*row[: len(self.columns)], *self._empty()[len(row) :]] for row in rows] + [self._empty()]
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Rows and the free one."""
        return 0 if parent is not None and parent.isValid() else len(self.cells)

    def columnCount(self, parent: Index | None = None) -> int:
        """As many as the paper's table has."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell may be typed in."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable if index.isValid() else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a cell; the ear hears its heading with them."""
        if not index.isValid():
            return None
        words = self.cells[index.row()][index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.columns[index.column()]}：{words}"
        return words if role in WORDS else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings as on the paper."""
        heading = role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal
        return self.columns[section] if heading and section < len(self.columns) else None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Words for a cell; words in the free row make a new free one."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        if self.cells[index.row()][index.column()] == value:
            return True
        self.cells[index.row()][index.column()] = str(value)
        self.dataChanged.emit(index, index)
        if any(self.cells[-1]):
            last = len(self.cells)
            self.beginInsertRows(QModelIndex(), last, last)
            self.cells.append(self._empty())
            self.endInsertRows()
        self.changed(self.rows)
        return True

    def remove(self, row: int) -> None:
        """Take a row out; the free one stays."""
        if 0 <= row < len(self.cells) - 1:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self.cells[row]
            self.endRemoveRows()
            self.changed(self.rows)


class CellEditor(QStyledItemDelegate):
    """Remembers the line that is open, so that its words are kept when the page is left."""

    def __init__(self) -> None:
        """No line is open."""
        super().__init__()
        self.line: QLineEdit | None = None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A plain line in the cell, named as its column."""
        line = QLineEdit(parent)
        model = index.model()
        line.setAccessibleName(str(model.headerData(index.column(), Qt.Orientation.Horizontal)))
        line.setProperty("kind", "cell")
        self.line = line
        return line

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Closed."""
        self.line = None
        super().destroyEditor(editor, index)

    @property
    def unkept(self) -> bool:
        """Whether the open line holds words that its cell does not have."""
        return self.line is not None and self.line.isModified()

    def keep(self) -> None:
        """The words of the open line go into their cell; the line stays open."""
        if self.line is not None:
            self.commitData.emit(self.line)
            self.line.setModified(False)


class RowsTable(QTableView):
    """Typing opens a cell, Enter goes to the next, Ctrl+Delete takes a row out, Tab leaves where no cell is open."""

    def __init__(self, model: FormRows, name: str, look: Look) -> None:
        """As high as a few rows; it scrolls beyond."""
        super().__init__()
        self.form_rows, self.editor = model, CellEditor()
        self.setModel(model)
        self.setItemDelegate(self.editor)
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.AnyKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(look.px("table_row"))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.setFixedHeight(look.px("table_row") * (LINES + 1) + look.px("control_height"))
        self.editor.closeEditor.connect(self._closed)
        ring(self)

    def _closed(self, _editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter in an open line goes on to the next cell."""
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self.go_on()

    def go_on(self) -> None:
        """The next cell, or the first of the next row."""
        row, column = self.currentIndex().row(), self.currentIndex().column() + 1
        if column == len(self.form_rows.columns):
            row, column = row + 1, 0
        self.setCurrentIndex(self.form_rows.index(min(row, self.form_rows.rowCount() - 1), column))

    def remove_row(self) -> None:
        """Take the chosen row out."""
        row = self.currentIndex().row()
        self.form_rows.remove(row)
        self.setCurrentIndex(self.form_rows.index(min(max(row, 0), self.form_rows.rowCount() - 1), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens a cell, Ctrl+Delete takes its row out, Delete empties it."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self.state() == self.State.EditingState:
            event.accept()  # the open line heard it already and passed it on
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.edit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete and control:
            self.remove_row()
        elif event.key() == Qt.Key.Key_Delete:
            self.form_rows.setData(self.currentIndex(), "")
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Words that come without having been composed here open the cell as a key does; the view alone drops them."""
        if event.commitString() and not event.preeditString() and self.state() == self.State.NoState:
            self.edit(self.currentIndex())
            if self.editor.line is not None:
                QApplication.sendEvent(self.editor.line, event)
        else:
            super().inputMethodEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first cell, where none was chosen."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.form_rows.index(0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the width; none is narrower than its heading, and the table scrolls sideways then."""
        super().resizeEvent(event)
        share = event.size().width() // len(self.form_rows.columns)
        for place in range(len(self.form_rows.columns)):
            self.setColumnWidth(place, max(share, self.horizontalHeader().sectionSizeHint(place)))
