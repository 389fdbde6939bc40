"""Where the files go and in which formats; blank forms for a power cut come from here as well."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QHBoxLayout, QLineEdit

from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.fields import labelled
from mediator.ui.tokens import space
from mediator.ui.words import say

FORMATS: Final = ("docx", "pdf")


class TargetCard(QFrame):
    """One line below the papers."""

    def __init__(self, print_paper: Callable[[], None], print_blank: Callable[[], None]) -> None:
        """Both formats at first."""
        super().__init__()
        self.setProperty("kind", "card")
        self.folder = QLineEdit(str(Path.home() / say("documents.folder")))
        words, _ = labelled(say("documents.where"), self.folder)
        self.folder.setAccessibleName(say("documents.where"))
        self.formats = {each: QCheckBox(each.upper()) for each in FORMATS}
        row = QHBoxLayout(self)
        row.setContentsMargins(space("m"), space("s"), space("m"), space("s"))
        row.setSpacing(space("s"))
        row.addWidget(words)
        row.addWidget(self.folder, 1)
        row.addWidget(button(say("documents.browse"), self.browse, kind="small"))
        for tick in self.formats.values():
            tick.setChecked(True)
            row.addWidget(tick)
        row.addWidget(button(say("documents.blank"), print_blank, kind="small"))
        row.addWidget(button(say("documents.print"), print_paper, kind="small"))

    @property
    def out(self) -> Path:
        """The folder as it is typed."""
        return Path(self.folder.text()).expanduser()

    @property
    def chosen(self) -> list[str]:
        """The formats that are ticked."""
        return [each for each, tick in self.formats.items() if tick.isChecked()]

    def browse(self) -> None:
        """Another folder."""
        chosen = QFileDialog.getExistingDirectory(self, say("documents.where"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)
