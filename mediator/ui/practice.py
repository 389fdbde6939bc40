"""What tells the practice room from a real one: a strip of its own colour above everything, with its two deeds."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout

from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.labels import label
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say


class PracticeStrip(QFrame):
    """Leave, or begin again; the second press begins again, so that nothing is lost by a slip."""

    def __init__(self, seat: Seat) -> None:
        """Over the whole width."""
        super().__init__()
        self.seat, self.sure = seat, False
        self.setObjectName("practice")
        row = QHBoxLayout(self)
        row.setContentsMargins(space("l"), space("xs"), space("m"), space("xs"))
        row.setSpacing(space("m"))
        row.addWidget(label(say("practice.name"), "strong"))
        self.about = label(say("practice.about"), "aside", wrap=True)
        row.addWidget(self.about, 1)
        self.again = button(say("practice.again"), self.begin_again, kind="small")
        row.addWidget(self.again)
        row.addWidget(button(say("practice.leave"), seat.lock_asked.emit, kind="small"))

    def begin_again(self) -> None:
        """Say what it means, then do it."""
        if self.sure:
            self.seat.again_asked.emit()
            return
        self.sure = True
        self.about.setText(say("practice.sure"))
        self.again.setText(say("practice.again_now"))
        self.again.setAccessibleName(self.again.text())
