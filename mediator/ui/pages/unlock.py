"""打开保险库."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediator.casework.desk import Workshop
from mediator.ui.worker import Worker


class UnlockPage(QWidget):
    """打开保险库."""

    opened = Signal(object)

    def __init__(self, workshop: Workshop, place: Path, worker: Worker) -> None:
        """An empty page."""
        super().__init__()
        self.setObjectName("page")
        self.workshop, self.place, self.worker = workshop, place, worker

    def take_focus(self) -> None:
        """The focus for typing."""
