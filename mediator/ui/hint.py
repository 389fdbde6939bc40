"""Help in place: two sentences above a page, for whoever is new here; 知道了 takes them away for good."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout

from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.labels import label
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say


class Hint(QFrame):
    """Shown in a practice room and to a newcomer; the settings bring it back."""

    def __init__(self, seat: Seat) -> None:
        """Hidden until a page is shown."""
        super().__init__()
        self.seat, self.known = seat, False
        self.setProperty("kind", "note")
        row = QHBoxLayout(self)
        row.setContentsMargins(space("l"), 6, space("l"), 6)
        row.setSpacing(space("m"))
        self.words = label("", wrap=True)
        row.addWidget(self.words, 1)
        row.addWidget(button(say("help.got_it"), self.get_it, kind="small"))
        self.hide()

    @property
    def wanted(self) -> bool:
        """Whether pages are explained."""
        return not self.known and (self.seat.desk.practice or self.seat.preferences.hints)

    def show_for(self, page: str) -> None:
        """The two sentences of a page; the sheet of help has them in its own body."""
        self.words.setText(say(f"help.{page}"))
        self.setVisible(self.wanted and page not in {"keys", "manual"})

    def get_it(self) -> None:
        """No page is explained any more; in a practice room until it is entered again."""
        self.known = True
        self.hide()
        self.seat.page_wanted.emit()
        if self.seat.preferences.hints:
            self.seat.preferences.hints = False
            self.seat.deed(self.seat.preferences.keep)
