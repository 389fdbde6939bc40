"""Findings: blocking ones first, each with its source; Enter goes to the place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from mediator.core.lint import Finding, Severity
from mediator.ui.words import say


class FindingList(QListWidget):
    """`chosen(place)` for the finding that was opened."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        """Empty."""
        super().__init__()
        self.setAccessibleName(name)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(lambda item: self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole))))

    def show_findings(self, found: Sequence[Finding]) -> None:
        """What is wrong and where the rule stands."""
        self.clear()
        for each in sorted(found, key=lambda one: list(Severity).index(one.severity)):
            words = say(f"findings.{each.severity.value}")
            item = QListWidgetItem(say("findings.line", severity=words, message=each.message, source=each.source))
            item.setData(Qt.ItemDataRole.UserRole, each.place)
            self.addItem(item)
