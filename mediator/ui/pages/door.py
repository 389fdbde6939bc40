"""What the two pages before the house share: a narrow column in the middle, and deeds without a seat."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mediator.casework.complaints import sentence
from mediator.casework.desk import Workshop
from mediator.errors import MediatorError
from mediator.ui.pieces.labels import Note, label
from mediator.ui.tokens import space
from mediator.ui.words import say
from mediator.ui.worker import Worker

T = TypeVar("T")
WIDE: Final = 620


class DoorPage(QWidget):
    """A page before the house; `opened(desk)` once a desk sits at an open vault."""

    opened = Signal(object)

    def __init__(self, workshop: Workshop, place: Path, worker: Worker) -> None:
        """A column with brand and a place for what went wrong."""
        super().__init__()
        self.setObjectName("page")
        self.workshop, self.place, self.worker = workshop, place, worker
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        middle = QWidget()
        middle.setMaximumWidth(WIDE)
        middle.setMinimumWidth(WIDE)
        outer.addWidget(middle)
        outer.addStretch(1)
        self.column = QVBoxLayout(middle)
        self.column.setSpacing(space("m"))
        self.column.addStretch(1)
        self.title = label(say("frame.brand"), "title")
        self.column.addWidget(self.title)
        self.told = Note("", "late")
        self.told.hide()
        self.column.addWidget(self.told)

    def deed(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Do work beside the screen; an error is told in words and the page is free again."""
        self.setEnabled(False)

        def well(result: T) -> None:
            self.setEnabled(True)
            self.told.tell("")
            done(result)

        self.worker.deed(work, well, failed=self.failed)

    def failed(self, error: MediatorError) -> None:
        """What happened, what is safe, what to do next."""
        self.setEnabled(True)
        self.told.tell(sentence(error), "late")
        self.take_focus()

    def take_focus(self) -> None:
        """The focus for typing."""
