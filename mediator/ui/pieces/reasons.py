"""Findings with one line for a reason: a warning that is left as it is says why, without another window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mediator.core.lint import Finding
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.findings import FindingList, asks_reason
from mediator.ui.pieces.labels import label
from mediator.ui.tokens import Look, space
from mediator.ui.words import say


class ReasonLine(QWidget):
    """`given(words)` for a reason, never an empty one; `left()` when Escape is pressed in the line."""

    given = Signal(str)
    left = Signal()

    def __init__(self, words: str, hint: str, done: str, *, kind: str = "small") -> None:
        """Empty and hidden; the words before the line, in it, and on its button of a kind."""
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(space("m"), space("s"), space("m"), space("s"))
        row.setSpacing(space("s"))
        self.words = label(words, "label")
        self.typed = QLineEdit()
        self.typed.setPlaceholderText(hint)
        self.typed.setMaxLength(500)
        self.typed.returnPressed.connect(self.give)
        self.words.setBuddy(self.typed)
        row.addWidget(self.words)
        row.addWidget(self.typed, 1)
        row.addWidget(button(done, self.give, kind=kind))
        self.hide()

    def ask(self, name: str) -> None:
        """Show it for what is named; what is being typed stays."""
        self.typed.setAccessibleName(name)
        self.show()

    def give(self) -> None:
        """Hand the reason on; it stays in the line until somebody empties it."""
        if words := self.typed.text().strip():
            self.given.emit(words)
        else:
            self.typed.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ReasonedFindings(QWidget):
    """A list of findings; below it a line while an open warning is chosen. `passing(finding, words)` when one is given.

    `may_pass` is False where nothing is asked any more, as in a signed agreement.
    """

    chosen = Signal(str)
    passing = Signal(object, str)

    def __init__(self, name: str, look: Look) -> None:
        """Empty."""
        super().__init__()
        self.may_pass = True
        self.about: Finding | None = None
        self.list = FindingList(name, look)
        self.line = ReasonLine(say("findings.why"), say("findings.why_hint"), say("findings.keep"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addWidget(self.line)
        self.setFocusProxy(self.list)
        self.list.chosen.connect(self.chosen)
        self.list.doubted.connect(lambda _: self.line.typed.setFocus() if self.line.isVisible() else None)
        self.list.currentRowChanged.connect(lambda _: self.ask())
        self.line.left.connect(self.list.setFocus)
        self.line.given.connect(self.give)

    def show_findings(self, found: Sequence[Finding], *, may_pass: bool = True) -> None:
        """What is wrong; a reason may be given for warnings unless there is nothing to decide any more."""
        self.may_pass = may_pass
        self.list.show_findings(found)
        self.ask()

    def ask(self) -> None:
        """The line follows the chosen finding; words typed about another one do not."""
        found = self.list.current
        if found is None or found != self.about:
            self.line.typed.clear()
        self.about = found
        if found is not None and self.may_pass and asks_reason(found):
            self.line.ask(say("findings.why_of", what=found.message))
        else:
            self.line.hide()

    def give(self, words: str) -> None:
        """A reason for the chosen finding; the keyboard goes on in the list."""
        if self.about is not None:
            self.passing.emit(self.about, words)
            self.list.setFocus()
