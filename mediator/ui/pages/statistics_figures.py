"""A table of figures on the screen: cell by cell by the arrows, Enter opens the list behind the figure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QAbstractItemView

from mediator.core.indicators import Row
from mediator.core.tabled import Cell, Report, Tabled
from mediator.ui.pieces.tables import GAP, LEAST, Table
from mediator.ui.tokens import Look
from mediator.ui.words import say

Index = QModelIndex | QPersistentModelIndex
LAST_YEAR: Final = "上年同期"
LOOKED_AT: Final = 200
WORDS: Final = frozenset({Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole})


def nothing_in(report: Report) -> bool:
    """True where nothing was counted in the span itself, whatever last year had."""
    return not any(
        cell.rows
        for table in report.tables
        for row in table.rows
        for column, cell in zip(table.columns, row, strict=True)
        if column.name != LAST_YEAR
    )


def is_ledger(table: Tabled) -> bool:
    """One line a matter: the first cell opens it, whatever cell is looked at."""
    return table.columns[0].name == "序号"


def rows_behind(table: Tabled, line: int, place: int) -> Sequence[Row]:
    """What Enter opens in a cell."""
    row = table.rows[line]
    return row[0].rows if is_ledger(table) else row[place].rows


def named_by(table: Tabled, line: int, place: int) -> str:
    """`受理件数 · 本期`: the words that name a figure in its table."""
    row = table.rows[line]
    at = next((n for n, column in enumerate(table.columns) if column.name == "指标"), 0)
    return f"{row[at].words} · {table.columns[place].name}"


def told_of(table: Tabled, line: int, place: int) -> str:
    """The line below the table: the formula of a figure, that its base is small, and that Enter opens the list."""
    cell = table.rows[line][place]
    if is_ledger(table):
        return say("statistics.line", words=f"{table.columns[place].name}：{cell.words}")
    parts = [cell.told or f"{table.columns[place].name}：{cell.words}"]
    if cell.few:
        parts.append(say("statistics.few"))
    if cell.rows:
        parts.append(say("statistics.opens", count=f"{len(cell.rows):,}"))
    return "".join(parts)


def shown_words(cell: Cell) -> str:
    """A share of few carries a star; what it means stands below the table."""
    return f"{cell.words}＊" if cell.few else cell.words


class Figures(QAbstractTableModel):
    """The rows of one table of a report."""

    def __init__(self, table: Tabled) -> None:
        """As it was made; it never changes."""
        super().__init__()
        self.table = table

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows."""
        return 0 if parent is not None and parent.isValid() else len(self.table.rows)

    def columnCount(self, _parent: Index | None = None) -> int:
        """How many columns."""
        return len(self.table.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, formula on hover, and figures on the right."""
        if role in WORDS:
            return shown_words(self.table.rows[index.row()][index.column()])
        if role == Qt.ItemDataRole.ToolTipRole:
            return told_of(self.table, index.row(), index.column())
        return self.aligned(index.column()) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def aligned(self, place: int) -> int:
        """Figures stand right, words left."""
        side = Qt.AlignmentFlag.AlignRight if self.table.columns[place].figure else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.table.columns[section].name
        return self.aligned(section) if role == Qt.ItemDataRole.TextAlignmentRole else None


class FiguresTable(Table):
    """`pressed_at(table, line, place)` when Enter is pressed on a cell; `looked(words)` says what the cell means."""

    looked = Signal(str)
    pressed_at = Signal(object, int, int)

    def __init__(self, table: Tabled, look: Look) -> None:
        """Each cell can be looked at."""
        self.figures = Figures(table)
        super().__init__(self.figures, table.title, look=look)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.empty = say("statistics.nothing")
        self.needed = [self.room_for(place) for place in range(len(table.columns))]
        self.opened.connect(lambda line: self.pressed_at.emit(table, line, max(self.currentIndex().column(), 0)))
        self.selectionModel().currentChanged.connect(lambda index, _before: self.tell(index))

    def room_for(self, place: int) -> int:
        """Pixels that the widest words of a column take, among the first lines."""
        metrics, face = self.fontMetrics(), QFont(self.font())
        face.setBold(True)
        table = self.figures.table
        words = (shown_words(row[place]) for row in table.rows[:LOOKED_AT])
        head = QFontMetrics(face).horizontalAdvance(table.columns[place].name)
        return max([head, *map(metrics.horizontalAdvance, words)]) + GAP

    def share_room(self, room: int) -> None:
        """Figures and short words are never cut, long ones give way; room that is left is shared by all."""
        least = LEAST * self.fontMetrics().horizontalAdvance("国")
        heads = self.figures.table.columns
        long = [0 if head.figure else max(each - least, 0) for head, each in zip(heads, self.needed, strict=True)]
        over, soft = sum(self.needed) - room, sum(long)
        give = min(over / soft, 1.0) if over > 0 and soft else 0.0
        share = max(-over, 0) // len(heads)
        for place, each in enumerate(self.needed):
            self.setColumnWidth(place, int(each - give * long[place]) + share)

    def tell(self, index: Index) -> None:
        """Say what a cell means."""
        words = told_of(self.figures.table, index.row(), index.column()) if index.isValid() else ""
        self.looked.emit(words)

    def start(self, line: int = 0, place: int = -1) -> None:
        """Look at a cell; where none is named, at the first figure, unless one is looked at already."""
        if self.figures.rowCount() and (place >= 0 or not self.currentIndex().isValid()):
            heads = self.figures.table.columns
            first = 1 if is_ledger(self.figures.table) else next((n for n, each in enumerate(heads) if each.figure), 0)
            last = self.figures.rowCount() - 1
            self.setCurrentIndex(self.figures.index(min(line, last), place if 0 <= place < len(heads) else first))
        self.tell(self.currentIndex())
