"""按键: every key of the desktop on one sheet, page by page; F1 or Esc leads back."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mediator.ui.page import Page
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card, scrolled
from mediator.ui.pieces.labels import key_mark, label
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say, sheet

GROUPS: Final = (("everywhere", "lists"), ("hearing", "composer", "papers"))
BAR: Final = "｜"


def keys_of(group: str) -> list[tuple[str, str]]:
    """Key and what it does, in the order of the catalogue: `Ctrl+K｜查案件`."""
    lines = (words for name, words in sheet("keys").items() if name.startswith(f"{group}_"))
    return [(key, what) for key, _, what in (line.partition(BAR) for line in lines)]


class KeysPage(Page):
    """Nothing to do here but read; what was being typed elsewhere stands where it stood."""

    name = "keys"

    def __init__(self, seat: Seat) -> None:
        """Two columns of cards."""
        super().__init__(seat, say("keys.title"))
        self.head.addWidget(label(say("keys.about"), "aside"))
        self.head.addStretch(1)
        self.back = button(say("keys.back"), seat.keys_asked.emit)
        self.head.addWidget(self.back)
        QShortcut(QKeySequence("Esc"), self, self.back.click)
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, space("s"), 0)
        columns.setSpacing(space("m"))
        for groups in GROUPS:
            column = QVBoxLayout()
            column.setSpacing(space("m"))
            for group in groups:
                column.addWidget(self._card(group))
            column.addStretch(1)
            columns.addLayout(column, 1)
        self.body.addWidget(scrolled(inside), 1)

    def _card(self, group: str) -> Card:
        """The keys of one place."""
        card = Card(say(f"keys.{group}"), padded=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(space("m"))
        grid.setColumnMinimumWidth(0, self.seat.preferences.look.wide(6))
        grid.setColumnStretch(1, 1)
        for row, (key, what) in enumerate(keys_of(group)):
            grid.addWidget(key_mark(key), row, 0)
            grid.addWidget(label(what, wrap=True), row, 1)
        card.body.addLayout(grid)
        return card

    def home(self) -> QWidget:
        """The way back."""
        return self.back
