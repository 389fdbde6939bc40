"""回执: a receipt that came on paper, scanned into a line, typed in groups, or photographed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit

from mediator.casework import slips
from mediator.casework.complaints import sentence
from mediator.casework.county import Counted
from mediator.errors import MediatorError
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import labelled
from mediator.ui.pieces.labels import Note, label, spoken
from mediator.ui.seat import Seat
from mediator.ui.words import say


class ReceiptCard(Card):
    """For sticks that never come back; a scanner ends its line with Enter, and that is all there is to press."""

    def __init__(self, seat: Seat) -> None:
        """An empty line."""
        super().__init__(say("sync.slip"), padded=True)
        self.seat = seat
        self.put(label(say("sync.slip_about"), "aside", wrap=True))
        self.line = QLineEdit()
        self.line.returnPressed.connect(self.count)
        words, _ = labelled(say("sync.slip_line"), self.line)
        self.line.setAccessibleName(spoken(words.text()))
        row = QHBoxLayout()
        row.addWidget(words)
        row.addWidget(self.line, 1)
        self.body.addLayout(row)
        below = QHBoxLayout()
        below.addWidget(button(say("sync.slip_count"), self.count))
        below.addWidget(button(say("sync.slip_picture"), self.choose))
        below.addStretch(1)
        self.body.addLayout(below)
        self.told = Note("")
        self.told.hide()
        self.put(self.told)

    def count(self) -> None:
        """What stands in the line."""
        text = self.line.text().strip()
        if text:
            self.ask(partial(slips.count, self.seat.desk, text))

    def choose(self) -> None:
        """Which picture."""
        chosen, _ = QFileDialog.getOpenFileName(self, say("sync.slip_which"), "", say("sync.slip_files"))
        if chosen:
            self.ask(partial(slips.count_picture, self.seat.desk, Path(chosen)))

    def ask(self, work: Callable[[], Counted]) -> None:
        """In the lane of the road, for an exchange may be on its way."""
        self.told.tell(say("sync.slip_reading"))
        self.seat.once("slip", work, self.counted, self.failed, road=True)

    def counted(self, done: Counted) -> None:
        """Up to where, and what still waits."""
        self.line.clear()
        self.told.tell(say("sync.slip_counted", n=f"{done.n:,}", pending=f"{done.pending:,}"))
        self.seat.road_changed.emit()

    def failed(self, error: MediatorError) -> None:
        """What is wrong; what was typed stays, so that one group can be mended."""
        self.told.tell(sentence(error), "late")
