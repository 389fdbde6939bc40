"""Issuing what is due and binding the dossier, beside the screen, with how far it is and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFileDialog, QFrame, QHBoxLayout, QLineEdit, QProgressBar, QVBoxLayout

from mediator.casework.watching import Watch
from mediator.errors import MediatorError
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.fields import labelled
from mediator.ui.pieces.labels import label
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

T = TypeVar("T")


class BindingCard(QFrame):
    """The folder and the two deeds; below them, while one is under way, how far it is."""

    went_on = Signal(int, int)

    def __init__(self, seat: Seat, due: Callable[[], None], bind: Callable[[], None]) -> None:
        """`due` and `bind` are the pane's deeds; they come back through `start`."""
        super().__init__()
        self.setProperty("kind", "card")
        self.seat, self.stopped = seat, Event()
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
        inside.addWidget(self._progress())
        self.went_on.connect(self.show_progress)

    def _progress(self) -> QFrame:
        """How far it is, and 取消."""
        self.running = QFrame()
        row = QHBoxLayout(self.running)
        row.setContentsMargins(0, 0, 0, 0)
        self.state = label(say("dossier.working"), "aside")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(say("dossier.working"))
        self.stop = button(say("dossier.stop"), self.cancel, kind="small")
        row.addWidget(self.state)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self.running.hide()
        return self.running

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
        if self.running.isVisibleTo(self):
            return
        self.stopped = Event()
        watch = Watch(self.went_on.emit, self.stopped.is_set)
        self.state.setText(say("dossier.working"))
        self.bar.setRange(0, 0)
        self.running.show()
        if self.due.hasFocus() or self.bind.hasFocus():
            self.stop.setFocus()
        self.due.setEnabled(False)
        self.bind.setEnabled(False)
        self.seat.once(
            "dossier", partial(work, watch), partial(self.over, done), partial(self.over, failed), heavy=True
        )

    def show_progress(self, done: int, total: int) -> None:
        """So many of so many."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def cancel(self) -> None:
        """Stop at the next piece; nothing half made is left."""
        self.stopped.set()
        self.state.setText(say("dossier.stopping"))

    def over(self, then: Callable[[T], None], answer: T) -> None:
        """It ended one way or the other; the keyboard goes back to the deeds."""
        held = self.stop.hasFocus()
        self.due.setEnabled(True)
        self.bind.setEnabled(True)
        if held:
            self.bind.setFocus()
        self.running.hide()
        then(answer)
