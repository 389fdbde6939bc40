"""The door before the house: first run, unlock, recovery."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from mediator.casework import opening
from mediator.casework.desk import Workshop
from mediator.ui.pages.first_run import FirstRunPage
from mediator.ui.pages.unlock import UnlockPage
from mediator.ui.worker import Worker


class Gate(QStackedWidget):
    """Shows first run where there is no vault, else unlock; `opened(desk)` once a desk sits at an open vault."""

    opened = Signal(object)

    def __init__(self, workshop: Workshop, place: Path, worker: Worker) -> None:
        """Look whether there is a vault at `place`."""
        super().__init__()
        self.setObjectName("window")
        self.workshop, self.place, self.worker = workshop, place, worker
        self.show_door()

    def show_door(self) -> None:
        """The page for what lies at the place; called again after locking."""
        known = opening.vault_exists(self.place)
        page = (UnlockPage if known else FirstRunPage)(self.workshop, self.place, self.worker)
        page.opened.connect(self.opened.emit)
        old = self.currentWidget()
        if old is not None:
            self.removeWidget(old)
            old.deleteLater()
        self.addWidget(page)
        page.take_focus()
