"""The door before the house: first run, unlock, recovery."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from mediator.casework import opening
from mediator.casework.desk import Desk, Workshop
from mediator.ui.pages.door import DoorPage
from mediator.ui.pages.first_run import FirstRunPage
from mediator.ui.pages.unlock import UnlockPage
from mediator.ui.pages.unlock_restore import RestorePage
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
        self._show((UnlockPage if known else FirstRunPage)(self.workshop, self.place, self.worker))

    def show_restore(self) -> None:
        """The page that makes a vault from a backup."""
        page = RestorePage(self.workshop, self.place, self.worker)
        page.back.connect(self.show_door)
        self._show(page)

    def go_elsewhere(self, place: Path) -> None:
        """The door of another vault; an empty folder leads to the first run there."""
        self.leave_door()
        self.place = place
        self.show_door()

    def leave_door(self) -> None:
        """Before the window closes: a vault that was made and not yet entered is locked."""
        page = self.currentWidget()
        desk = page.open_desk() if isinstance(page, DoorPage) else None
        if desk is not None:
            opening.lock(desk)

    def _show(self, page: DoorPage) -> None:
        """One page at a time."""
        page.opened.connect(self._is_open)
        page.elsewhere.connect(self.go_elsewhere)
        page.restoring.connect(self.show_restore)
        old = self.currentWidget()
        if old is not None:
            self.removeWidget(old)
            old.deleteLater()
        self.addWidget(page)
        page.take_focus()

    def _is_open(self, desk: Desk) -> None:
        """Remember where, for locking leads back to the same vault; from the practice room to the real one's door."""
        if not desk.practice:
            self.place = desk.vault.folder
        self.opened.emit(desk)
