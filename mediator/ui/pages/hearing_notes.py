"""私记: what a mediator keeps for himself. Behind a key, gone from the screen as soon as the sheet is left."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from mediator.casework import notes
from mediator.casework.notes import PrivateNote
from mediator.core.records import CaseId
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.seat import Seat
from mediator.ui.words import say


class NotesView(Card):
    """One's own notes of the case, and a line for the next. `left()` leads back to the record."""

    left = Signal()

    def __init__(self, seat: Seat) -> None:
        """Nothing is shown yet."""
        super().__init__(say("hearing.notes"), say("hearing.notes_about"), padded=True)
        self.seat, self.case = seat, CaseId("")
        self.head.addWidget(button(say("hearing.back"), self.left.emit, kind="small"))
        QShortcut(QKeySequence("Esc"), self, self.left.emit)
        self.kept = QPlainTextEdit()
        self.kept.setReadOnly(True)
        self.kept.setTabChangesFocus(True)
        self.kept.setAccessibleName(say("hearing.notes"))
        self.line = QLineEdit()
        self.line.setAccessibleName(say("hearing.note_line"))
        self.line.setPlaceholderText(say("hearing.note_line"))
        self.line.returnPressed.connect(self.keep)
        self.put(self.kept, 1)
        self.put(self.line)

    def show_notes(self, case: CaseId) -> None:
        """Ask for this user's own notes."""
        self.case = case
        self.line.setFocus()
        self.seat.deed(partial(notes.notes_of, self.seat.desk, case), self.show_kept)

    def show_kept(self, found: tuple[PrivateNote, ...]) -> None:
        """All of them, the newest at the end; an answer that comes after the sheet was left shows nothing."""
        if self.isVisible():
            self.kept.setPlainText("\n".join(f"{each.at:%m-%d %H:%M}　{each.text}" for each in found))
            self.kept.verticalScrollBar().setValue(self.kept.verticalScrollBar().maximum())

    def keep(self) -> None:
        """Keep the line; it stays until it is on disk."""
        words, case = self.line.text(), self.case
        if words.strip():
            self.seat.once("note", partial(notes.add_note, self.seat.desk, case, words), lambda _: self.is_kept(words))

    def is_kept(self, words: str) -> None:
        """Ready for the next; what was typed since stays."""
        if self.line.text() == words:
            self.line.clear()
        if self.isVisible():
            self.show_notes(self.case)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody reads it over a shoulder later."""
        self.kept.clear()
        super().hideEvent(event)
