"""The recovery sheet on the screen: eight groups in big figures, printed, then typed back from the paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtGui import QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.labels import label, spoken
from mediator.ui.pieces.printers import named
from mediator.ui.words import say

LINES: Final = 3


def digits_of(text: str) -> str:
    """The figures alone, full-width ones made plain; blanks and hyphens are free."""
    return "".join(str(int(char)) for char in text if char.isdecimal())


class CodeSheet(QWidget):
    """`code` shows it this once, `typed` is the line into which it is typed back."""

    def __init__(self, typed_back: Callable[[], None]) -> None:
        """No code yet; Enter in the line calls `typed_back`."""
        super().__init__()
        self.organization = ""
        self.code = QPlainTextEdit()
        self.code.setReadOnly(True)
        self.code.setProperty("kind", "code")
        self.code.setAccessibleName(say("first_run.code"))
        self.code.setTabChangesFocus(True)
        self.typed = QLineEdit()
        self.typed.setAccessibleName(spoken(say("first_run.typed")))
        self.typed.returnPressed.connect(typed_back)
        self.typed.textChanged.connect(self.count)
        self.counted = label("", "aside")
        words = label(say("first_run.typed"), "label")
        words.setBuddy(self.typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.code)
        row = QHBoxLayout()
        row.addWidget(button(say("first_run.print"), self.print_code))
        row.addStretch(1)
        column.addLayout(row)
        for part in (words, self.typed, self.counted):
            column.addWidget(part)
        self.count("")

    def show_code(self, code: str, organization: str) -> None:
        """Two lines of four groups, in figures that an old hand copies without glasses."""
        groups = code.replace("-", " ").split()
        half = len(groups) // 2
        self.organization = organization
        self.code.setPlainText("　".join(groups[:half]) + "\n" + "　".join(groups[half:]))
        self.code.ensurePolished()
        self.code.setFixedHeight(self.code.fontMetrics().lineSpacing() * LINES)

    def count(self, typed: str) -> None:
        """How many of the 48 figures stand there."""
        self.counted.setText(say("first_run.counted", count=len(digits_of(typed))))

    def is_typed_back(self) -> bool:
        """Whether the line holds what the sheet shows."""
        return bool(self.code.toPlainText()) and digits_of(self.typed.text()) == digits_of(self.code.toPlainText())

    def forget(self) -> None:
        """Nothing of the code stays on the screen."""
        self.code.clear()
        self.typed.clear()

    def print_code(self) -> None:
        """The sheet for the cupboard."""
        printer = named(QPrinter())
        if QPrintDialog(printer, self).exec():
            sheet = QTextDocument()
            sheet.setPlainText(say("first_run.sheet", organization=self.organization, code=self.code.toPlainText()))
            sheet.print_(printer)
