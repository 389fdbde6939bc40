"""Issuing what is due and binding the dossier, beside the screen, with how far it is and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from mediator.casework.watching import Watch
from mediator.errors import MediatorError
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.fields import labelled
from mediator.ui.pieces.running import RunningStrip
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

T = TypeVar("T")


class BindingCard(QFrame):
    """The folder and the two deeds; below them, while one is under way, how far it is."""

    def __init__(self, seat: Seat, due: Callable[[], None], bind: Callable[[], None]) -> None:
        """`due` and `bind` are the pane's deeds; they come back through `start`."""
        super().__init__()
        self.setProperty("kind", "card")
        self.folder = QLineEdit(str(Path.home() / say("dossier.folder")))
        words, _ = labelled(say("dossier.where"), self.folder)
        self.folder.setAccessibleName(say("dossier.where"))
        self.simple = QCheckBox(say("dossier.simple"))
        self.simple.setAccessibleName(say("dossier.simple"))
        self.due = button(say("dossier.due"), due)
        self.bind = button(say("dossier.bind"), bind, kind="primary")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(space("m"), space("s"), space("m"), space("s"))
        row = QHBoxLayout()
        row.setSpacing(space("s"))
        row.addWidget(words)
        row.addWidget(self.folder, 1)
        for each in (button(say("dossier.browse"), self.browse, kind="small"), self.simple, self.due, self.bind):
            row.addWidget(each)
        inside.addLayout(row)
        self.running = RunningStrip(seat, "dossier")
        inside.addWidget(self.running)

    @property
    def out(self) -> Path:
        """The folder as it is typed."""
        return Path(self.folder.text()).expanduser()

    def browse(self) -> None:
        """Another folder."""
        chosen = QFileDialog.getExistingDirectory(self, say("dossier.where"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def start(
        self, work: Callable[[Watch], T], done: Callable[[T], None], failed: Callable[[MediatorError], None]
    ) -> None:
        """Do it in the heavy lane; one at a time, and the keyboard goes to 取消 from the button that began it."""
        held = self.due.hasFocus() or self.bind.hasFocus()
        if not self.running.start(work, partial(self.over, done), partial(self.over, failed)):
            return
        if held:
            self.running.stop.setFocus()
        self.due.setEnabled(False)
        self.bind.setEnabled(False)

    def over(self, then: Callable[[T], None], answer: T) -> None:
        """It ended one way or the other; the keyboard goes back to the deeds."""
        held = self.running.stop.hasFocus()
        self.due.setEnabled(True)
        self.bind.setEnabled(True)
        if held:
            self.bind.setFocus()
        then(answer)
