"""核对: files, or pictures of their QR, held against what was issued: one of four answers and its reason for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog

from mediator.casework import printing
from mediator.casework.printing import Verified
from mediator.errors import MediatorError
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import label
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

TONES: Final = {"genuine": "done", "altered": "late", "superseded": "soon"}


class VerdictsCard(Card):
    """Hidden until something was verified; `folded(bool)` tells the page when to give the room back."""

    folded = Signal(bool)

    def __init__(self, seat: Seat, failed: Callable[[MediatorError], None]) -> None:
        """`failed` tells of a file that cannot be read."""
        super().__init__(say("documents.verdicts"))
        self.seat, self.failed = seat, failed
        columns: tuple[Column[Verified], ...] = (
            Column(say("documents.verdict"), answer, 6, tone=lambda each: TONES.get(each.state, "calm")),
            Column(say("documents.file"), lambda each: each.file.name, 20),
            Column(say("documents.meaning"), in_words),
        )
        self.rows: Rows[Verified] = Rows(columns, hint=in_words)
        self.table = Table(self.rows, say("documents.verdicts"), look=seat.preferences.look)
        self.table.fit(columns)
        self.table.selectionModel().currentRowChanged.connect(lambda index, _: self.explain(index.row()))
        self.put(self.table, 1)
        self.words = label("", wrap=True)
        self.words.setContentsMargins(space("m"), space("s"), space("m"), space("m"))
        self.put(self.words)
        self.head.addWidget(button(say("documents.more"), self.choose, kind="small"))
        self.head.addWidget(button(say("documents.fold"), self.fold, kind="small", key="Esc"))
        self.hide()

    def choose(self) -> None:
        """Which files."""
        chosen, _ = QFileDialog.getOpenFileNames(self, say("documents.verify"), "", say("documents.files"))
        if chosen:
            self.verify([Path(each) for each in chosen])

    def verify(self, files: Sequence[Path]) -> None:
        """Are these the papers that were issued? Beside the screen: a long scan takes seconds."""
        work = partial(printing.verify, self.seat.desk, files)
        self.seat.once("verify", work, self.show_verdicts, self.failed, heavy=True)

    def show_verdicts(self, found: tuple[Verified, ...]) -> None:
        """Each file in a row; the first is chosen."""
        self.rows.show_rows(found)
        self.show()
        self.folded.emit(False)
        self.table.selectRow(0)
        self.table.setFocus()

    def explain(self, place: int) -> None:
        """The whole sentence of a row below the table: nothing of it is cut off."""
        if 0 <= place < len(self.rows.rows):
            each = self.rows.rows[place]
            self.words.setText(say("documents.explained", file=each.file.name, words=in_words(each)))

    def fold(self) -> None:
        """Back to the papers."""
        self.hide()
        self.folded.emit(True)


def answer(found: Verified) -> str:
    """相符, 已更改, 未知, 已被替代."""
    return say(f"documents.answer_{found.state}")


def in_words(found: Verified) -> str:
    """Whose number a file bears, what it is, and why."""
    key = found.state if found.document or found.state == "unknown" else f"{found.state}_unnumbered"
    note = say("documents.note", note=found.note) if found.note else ""
    return say(f"documents.state_{key}", number=found.document) + note
