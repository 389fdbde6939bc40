"""Another's case: nothing of it is shown before somebody says why, and the reason stays in 谁看过."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import label
from mediator.ui.words import say


class WhyCard(Card):
    """One line and a button; `answered(reason)` once something stands there."""

    def __init__(self, answered: Callable[[str], None]) -> None:
        """Hidden until a case asks."""
        super().__init__(say("case_page.others"), padded=True)
        self.answered = answered
        self.put(label(say("case_page.others_about"), "aside", wrap=True))
        self.reason = QLineEdit()
        self.reason.setAccessibleName(say("case_page.others_why"))
        self.reason.setPlaceholderText(say("case_page.others_why"))
        self.reason.returnPressed.connect(self.answer)
        row = QHBoxLayout()
        row.addWidget(self.reason, 1)
        row.addWidget(button(say("case_page.others_open"), self.answer, kind="primary"))
        self.body.addLayout(row)
        self.hide()

    def ask(self) -> None:
        """Of a case nobody has said anything about."""
        self.reason.clear()
        self.show()
        self.reason.setFocus()

    def answer(self) -> None:
        """What stands there, if anything does."""
        if self.reason.text().strip():
            self.answered(self.reason.text())
