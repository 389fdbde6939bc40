"""A backup that came back: the county's list of what was erased since, or a head's reason to go on without it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QWidget

from mediator.casework import unheard
from mediator.casework.unheard import Way
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import label
from mediator.ui.words import say


class UnheardCard(Card):
    """Three ways in; `go(way)` is told which was chosen, `line` makes a labelled line."""

    def __init__(self, line: Callable[[Card, str], QLineEdit], go: Callable[[Way], None]) -> None:
        """By network, by stick, without."""
        super().__init__(say("unlock.unheard"), padded=True)
        self.go = go
        self.put(label(say("unlock.unheard_about"), "aside", wrap=True))
        self.url, self.code = line(self, say("unlock.center")), line(self, say("unlock.join_code"))
        row = QHBoxLayout()
        row.addWidget(button(say("unlock.hear_stick"), self.by_stick))
        row.addStretch(1)
        row.addWidget(button(say("unlock.hear_network"), self.by_network, kind="primary"))
        self.body.addLayout(row)
        self.reason = line(self, say("unlock.without_reason"))
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(button(say("unlock.without"), self.without))
        self.body.addLayout(last)

    def by_network(self) -> None:
        """Join with the code and take the list."""
        self.go(unheard.by_network(self.url.text().strip(), self.code.text().strip()))

    def by_stick(self) -> None:
        """The same by files, over one or two visits."""
        chosen = QFileDialog.getExistingDirectory(self, say("unlock.which_stick"))
        if chosen:
            self.go(unheard.by_stick(Path(chosen)))

    def without(self) -> None:
        """Go on without the list."""
        self.go(unheard.without(self.reason.text()))

    def first(self) -> QWidget:
        """Where typing begins."""
        return self.url
