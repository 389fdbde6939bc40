"""The list behind a figure: one line for each matter that was counted, Enter opens it, Esc leads back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediator.casework.reading import CaseRow
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.words import say


class ListBehind(QWidget):
    """`back()` shows the figures again."""

    def __init__(self, seat: Seat, back: Callable[[], None]) -> None:
        """An empty list."""
        super().__init__()
        self.seat = seat
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.card = Card("")
        press = button(say("statistics.back"), back)
        press.setToolTip("Esc")
        self.card.head.addWidget(press)
        columns: tuple[Column[CaseRow], ...] = (
            Column(say("statistics.number"), lambda each: each.number, 14),
            Column(say("statistics.matter"), lambda each: each.title),
            Column(say("statistics.parties"), lambda each: each.parties, 12),
            Column(say("statistics.type"), lambda each: each.dispute_type, 8),
            Column(say("statistics.status"), lambda each: each.status.term, 6),
            Column(say("statistics.mediator"), lambda each: each.mediator, 6),
        )
        self.rows: Rows[CaseRow] = Rows(columns)
        self.table = Table(self.rows, say("statistics.list"), look=seat.preferences.look)
        self.table.fit(columns)
        self.table.opened.connect(lambda line: seat.went.emit("case_page", self.rows.rows[line].id))
        self.card.put(self.table, 1)
        column.addWidget(self.card)
        QShortcut(QKeySequence("Esc"), self, back)

    def show_rows(self, name: str, rows: tuple[CaseRow, ...]) -> None:
        """The matters behind a figure, as many lines as it counted."""
        self.card.title.setText(name)
        self.card.aside.setText(say("statistics.list_count", count=f"{len(rows):,}"))
        self.rows.show_rows(rows)
        self.table.selectRow(0)
        self.table.setFocus()
