"""Where a report's files go, and the printer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLineEdit

from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.fields import labelled
from mediator.ui.tokens import space
from mediator.ui.words import say

PRINT_KEY: Final = "Ctrl+P"


class ReportTarget(QFrame):
    """One line below the figures; `write(format)` and `to_printer()` are deeds of the page."""

    def __init__(self, write: Callable[[str], None], to_printer: Callable[[], None]) -> None:
        """The same folder as for papers at first."""
        super().__init__()
        self.setProperty("kind", "card")
        self.folder = QLineEdit(str(Path.home() / say("documents.folder")))
        words, _ = labelled(say("documents.where"), self.folder)
        self.folder.setAccessibleName(say("documents.where"))
        row = QHBoxLayout(self)
        row.setContentsMargins(space("m"), space("s"), space("m"), space("s"))
        row.setSpacing(space("s"))
        row.addWidget(words)
        row.addWidget(self.folder, 1)
        row.addWidget(button(say("documents.browse"), self.browse, kind="small"))
        self.presses = [
            button(say("statistics.sheet"), partial(write, "xlsx"), kind="small"),
            button(say("statistics.pdf"), partial(write, "pdf"), kind="small"),
            button(say("statistics.print"), to_printer, kind="small"),
        ]
        self.presses[-1].setToolTip(PRINT_KEY)
        QShortcut(QKeySequence(PRINT_KEY), self, to_printer)
        for press in self.presses:
            row.addWidget(press)

    @property
    def out(self) -> Path:
        """The folder as it is typed."""
        return Path(self.folder.text()).expanduser()

    def browse(self) -> None:
        """Another folder."""
        chosen = QFileDialog.getExistingDirectory(self, say("documents.where"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)
