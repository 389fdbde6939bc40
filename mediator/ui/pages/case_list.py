"""案件: every case in a table that asks only for the rows it shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from mediator.casework import list_out, reading
from mediator.casework.complaints import sentence
from mediator.casework.reading import CaseRow, RowQuery
from mediator.core.codes import CaseStatus
from mediator.errors import MediatorError
from mediator.ui.page import Page
from mediator.ui.pages.case_list_filters import FilterBar
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import Note
from mediator.ui.pieces.tables import TONE, Column, Table
from mediator.ui.seat import Seat
from mediator.ui.words import say

Index = QModelIndex | QPersistentModelIndex
WINDOW: Final = 200
KEPT: Final = 20
FAR: Final = 60
SOON: Final = 3
IN_FORCE: Final = frozenset({CaseStatus.SIGNED, CaseStatus.PERFORMING, CaseStatus.PERFORMED, CaseStatus.FOLLOWED_UP})


class CaseWindow(QAbstractTableModel):
    """Rows by windows of 200; the last 20 windows are kept, others are asked for again when they come into view."""

    def __init__(self, columns: tuple[Column[CaseRow], ...], ask: Callable[[int], None]) -> None:
        """`ask(start)` fetches a window beside the screen and hands it to `put`."""
        super().__init__()
        self.columns, self.ask = columns, ask
        self.total = 0
        self.windows: dict[int, tuple[CaseRow, ...]] = {}
        self.asked: set[int] = set()

    def begin(self, total: int) -> None:
        """A new list of so many rows; nothing of it is there yet."""
        self.beginResetModel()
        self.total = total
        self.windows.clear()
        self.asked.clear()
        self.endResetModel()

    def put(self, start: int, rows: tuple[CaseRow, ...]) -> None:
        """A window came."""
        self.asked.discard(start)
        self.windows[start] = rows
        while len(self.windows) > KEPT:
            self.windows.pop(next(iter(self.windows)))
        self.dataChanged.emit(
            self.index(start, 0), self.index(min(start + WINDOW, self.total) - 1, len(self.columns) - 1)
        )

    def row_at(self, number: int) -> CaseRow | None:
        """A row, or None while its window is on its way."""
        start = number - number % WINDOW
        window = self.windows.get(start)
        if window is None:
            if start not in self.asked:
                self.asked.add(start)
                self.ask(start)
            return None
        return window[number - start] if number - start < len(window) else None

    def rowCount(self, parent: Index | None = None) -> int:
        """All rows, seen or not."""
        return 0 if parent is not None and parent.isValid() else self.total

    def columnCount(self, _parent: Index | None = None) -> int:
        """How many columns."""
        return len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words of a cell; dots while it is on its way."""
        column = self.columns[index.column()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            row = self.row_at(index.row())
            return column.words(row) if row else "……"
        if role == TONE and column.tone is not None:
            row = self.row_at(index.row())
            return column.tone(row) if row else None
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Headings."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class CaseListPage(Page):
    """The conditions above, the rows below; Enter opens, the list goes out as a spreadsheet."""

    name = "case_list"

    def __init__(self, seat: Seat) -> None:
        """An empty list."""
        super().__init__(seat, say("case_list.title"))
        self.generation = 0
        self.head.addStretch(1)
        self.head.addWidget(button(say("case_list.export"), self.choose_file))
        self.head.addWidget(button(say("case_list.import"), lambda: seat.went.emit("imports", "")))
        self.head.addWidget(button(say("case_list.register"), lambda: seat.went.emit("intake", "")))
        columns: tuple[Column[CaseRow], ...] = (
            Column(say("case_list.number"), lambda each: each.number, 14),
            Column(say("case_list.matter"), lambda each: each.title),
            Column(say("case_list.parties"), lambda each: each.parties, 13),
            Column(say("case_list.type"), lambda each: each.dispute_type, 9),
            Column(say("case_list.status"), self.state, 7, tone=self.state_tone),
            Column(say("case_list.due"), self.due, 9, tone=self.tone),
            Column(say("case_list.mediator"), lambda each: each.mediator, 6),
        )
        self.model = CaseWindow(columns, self.fetch)
        card = Card(say("case_list.all"))
        self.count = card.aside
        self.filters = FilterBar(self.ask)
        card.put(self.filters)
        self.table = Table(self.model, say("case_list.all"), look=seat.preferences.look)
        self.table.fit(columns)
        self.table.opened.connect(self.open)
        card.put(self.table)
        self.told = Note("")
        self.told.hide()
        self.body.addWidget(self.told)
        self.body.addWidget(card, 1)

    def search(self) -> QLineEdit:
        """By the type of the dispute, the likeliest word."""
        return self.filters.lines["dispute_type"]

    def home(self) -> QWidget:
        """The list."""
        return self.table

    def choose_file(self) -> None:
        """Where the spreadsheet goes."""
        chosen, _ = QFileDialog.getSaveFileName(
            self, say("case_list.export"), say("case_list.export_name"), say("case_list.export_files")
        )
        if chosen:
            self.export(Path(chosen))

    def export(self, file: Path) -> None:
        """Every case that is listed now, in its order."""
        self.told.tell(say("case_list.exporting"))
        work = partial(
            list_out.write_list, self.seat.desk, self.query(), file, conditions=self.filters.conditions()
        )  # fmt: skip
        self.seat.once("export", work, partial(self.exported, file), self.failed, heavy=True)

    def exported(self, file: Path, count: int) -> None:
        """How many, and where."""
        self.told.tell(say("case_list.exported", count=f"{count:,}", file=file))

    def failed(self, error: MediatorError) -> None:
        """Why not."""
        self.told.tell(sentence(error), "late")

    def state(self, each: CaseRow) -> str:
        """The state; a case that waits for a person's choice says so instead."""
        return say("case_list.conflict", count=each.conflicts) if each.conflicts else each.status.term

    def state_tone(self, each: CaseRow) -> str:
        """Something to choose is late, an agreement in force is done."""
        return "late" if each.conflicts else "done" if each.status in IN_FORCE else "calm"

    def days_left(self, each: CaseRow) -> int:
        """Days until the next deadline."""
        return (date.fromisoformat(each.next_due) - self.seat.desk.today()).days

    def due(self, each: CaseRow) -> str:
        """`逾期 3 天`, `今天`, `剩 9 天`; the day itself when it is far."""
        if not each.next_due:
            return ""
        days = self.days_left(each)
        if days == 0:
            return say("workbench.today")
        if abs(days) > FAR:
            return each.next_due
        return say("workbench.late", days=-days) if days < 0 else say("workbench.left", days=days)

    def tone(self, each: CaseRow) -> str:
        """Late, soon, or as it is."""
        if not each.next_due:
            return ""
        days = self.days_left(each)
        return "late" if days < 0 else "soon" if days < SOON else "calm"

    def query(self, offset: int = 0) -> RowQuery:
        """What the filter asks for."""
        return self.filters.query(offset, WINDOW)

    def enter(self, case: str = "") -> None:
        """Count anew; the rows in view are asked for as they are painted."""
        self.table.setFocus()
        self.ask()

    def ask(self) -> None:
        """Ask how many there are; the list stands where it stood."""
        query = self.query()
        self.seat.deed(lambda: reading.count(self.seat.desk, query), self.begin)

    def begin(self, total: int) -> None:
        """Start a new list; rows that were asked for an older one are thrown away when they come."""
        chosen, place = self.table.currentIndex().row(), self.table.verticalScrollBar().value()
        self.generation += 1
        self.count.setText(say("case_list.count", count=f"{total:,}"))
        self.table.empty = say("case_list.none") if self.filters.empty else say("case_list.none_such")
        self.model.begin(total)
        self.table.selectRow(min(max(chosen, 0), total - 1))
        self.table.verticalScrollBar().setValue(place)

    def fetch(self, start: int) -> None:
        """One window, beside the screen."""
        query, asked = self.query(start), self.generation
        self.seat.deed(
            lambda: reading.rows(self.seat.desk, query),
            lambda rows: self.model.put(start, rows) if asked == self.generation else None,
        )

    def open(self, number: int) -> None:
        """Go to a case."""
        row = self.model.row_at(number)
        if row is not None:
            self.seat.went.emit("case_page", row.id)

    def refresh(self, cases: frozenset[str]) -> None:
        """Cases changed: count anew; whoever types elsewhere keeps the focus."""
        self.ask()
