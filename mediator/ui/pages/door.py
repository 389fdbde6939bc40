"""What the pages before the house share: a narrow column in the middle, and deeds without a seat."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from mediator.casework import practising
from mediator.casework.complaints import sentence
from mediator.casework.desk import Desk, Workshop
from mediator.errors import MediatorError
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import Note, label, spoken
from mediator.ui.pieces.secrets import SecretField, ShowSwitch
from mediator.ui.tokens import space
from mediator.ui.words import say
from mediator.ui.worker import Worker

T = TypeVar("T")
WIDE: Final = 660


class DoorPage(QWidget):
    """A page before the house; `opened(desk)` once a desk sits at an open vault.

    `elsewhere(folder)` asks for the door of another vault, `restoring()` for the page that takes a backup in.
    """

    opened = Signal(object)
    elsewhere = Signal(object)
    restoring = Signal()

    def __init__(self, workshop: Workshop, place: Path, worker: Worker) -> None:
        """A column with brand and a place for what went wrong; it scrolls where the screen is low."""
        super().__init__()
        self.setObjectName("page")
        self.workshop, self.place, self.worker = workshop, place, worker
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer.addWidget(area)
        ground = QWidget()
        area.setWidget(ground)
        row = QHBoxLayout(ground)
        row.addStretch(1)
        middle = QWidget()
        middle.setFixedWidth(WIDE)
        row.addWidget(middle)
        row.addStretch(1)
        self.column = QVBoxLayout(middle)
        self.column.setSpacing(space("m"))
        self.column.addStretch(1)
        self.title = label(say("frame.brand"), "brand")
        self.column.addWidget(self.title)
        self.told = Note("", "late")
        self.told.hide()
        self.column.addWidget(self.told)

    def line(self, card: Card, name: str) -> QLineEdit:
        """A labelled line on a card."""
        field = QLineEdit()
        field.setAccessibleName(spoken(name))
        words = label(name, "label")
        words.setBuddy(field)
        card.put(words)
        card.put(field)
        return field

    def secrets(self, card: Card, *fields: SecretField) -> ShowSwitch:
        """Labelled passwords with their warnings, and one switch after the last of them."""
        switch = ShowSwitch(*fields)
        for field in fields:
            card.put(field.label)
            row = QHBoxLayout()
            row.addWidget(field, 1)
            if field is fields[-1]:
                row.addWidget(switch.button)
            card.body.addLayout(row)
            card.put(field.warning)
        return switch

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

    def practise_link(self) -> QWidget:
        """The way into the practice room, which asks for nothing."""
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(button(say("practice.enter"), self.practise))
        row.addWidget(label(say("practice.enter_about"), "aside", wrap=True), 1)
        made = QWidget()
        made.setLayout(row)
        return made

    def practise(self) -> None:
        """Sit down among made-up cases; the first time they are made, which takes a few seconds."""
        self.told.tell(say("practice.entering"))
        self.deed(partial(practising.enter, self.workshop, practising.place_of(self.place)), self.opened.emit)

    def choose_elsewhere(self) -> None:
        """Which folder holds the other vault."""
        chosen = QFileDialog.getExistingDirectory(self, say("unlock.which_vault"))
        if chosen:
            self.elsewhere.emit(Path(chosen))

    def open_desk(self) -> Desk | None:
        """A desk that this page holds open without having handed it on."""
        return None
