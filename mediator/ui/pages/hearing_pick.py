"""Before a sitting and at its end: which case is heard, and the word that closes the record."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from mediator.casework import reading
from mediator.casework.reading import MEETING, CaseRow, RowQuery
from mediator.core.codes import CaseStatus
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import label
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.words import say

TO_PICK: Final = (CaseStatus.REGISTERED, *MEETING)
MOST: Final = 200


class PickSheet(Card):
    """Cases that can be mediated, the newest first; `picked(case)` on Enter."""

    picked = Signal(str)

    def __init__(self, seat: Seat) -> None:
        """Nothing asked yet."""
        super().__init__(say("hearing.pick"), say("hearing.pick_about"))
        self.seat = seat
        columns: tuple[Column[CaseRow], ...] = (
            Column(say("hearing.case"), lambda each: each.number, 14),
            Column(say("hearing.matter"), lambda each: each.title),
            Column(say("hearing.parties"), lambda each: each.parties, 14),
            Column(say("hearing.status"), lambda each: each.status.term, 6),
        )
        self.rows: Rows[CaseRow] = Rows(columns)
        self.head.addWidget(button(say("hearing.register"), lambda: seat.went.emit("intake", ""), kind="small"))
        self.picker = Table(self.rows, say("hearing.pick"), look=seat.preferences.look)
        self.picker.fit(columns)
        self.picker.empty = say("hearing.none_to_pick")
        self.picker.opened.connect(lambda row: self.picked.emit(self.rows.rows[row].id))
        self.put(self.picker)

    def ask(self) -> None:
        """Read which there are."""
        self.seat.deed(lambda: reading.rows(self.seat.desk, RowQuery(TO_PICK, limit=MOST)), self.show_rows)

    def show_rows(self, rows: tuple[CaseRow, ...]) -> None:
        """The first of them chosen, and the keyboard there."""
        self.rows.show_rows(rows)
        if rows:
            self.picker.selectRow(0)
        self.picker.setFocus()


class CloseCard(Card):
    """What closing means; `closed` once the word stands there, `signed_first` and `left` for the other two roads."""

    closed = Signal()
    signed_first = Signal()
    left = Signal()

    def __init__(self) -> None:
        """Hidden until somebody wants to close."""
        super().__init__(say("hearing.close_title"), padded=True)
        self.put(label(say("hearing.close_about"), "aside", wrap=True))
        self.word = QLineEdit()
        self.word.setAccessibleName(say("hearing.close_word"))
        self.word.setPlaceholderText(say("hearing.close_word"))
        self.word.returnPressed.connect(self.close_typed)
        row = QHBoxLayout()
        row.addWidget(self.word, 1)
        row.addWidget(button(say("hearing.sign_first"), self.signed_first.emit))
        row.addWidget(button(say("hearing.not_yet"), self.left.emit))
        row.addWidget(button(say("hearing.close_now"), self.close_typed, kind="primary"))
        self.body.addLayout(row)
        self.hide()

    def ask(self) -> None:
        """An empty line and the keyboard in it."""
        self.show()
        self.word.clear()
        self.word.setFocus()

    def close_typed(self) -> None:
        """Close if the word stands there, else point at it."""
        if self.word.text().strip() == say("hearing.close_typed"):
            self.closed.emit()
        else:
            self.word.setFocus()
            self.word.selectAll()
