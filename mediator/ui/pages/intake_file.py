"""A case file from elsewhere, taken in from the registration page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from mediator.casework import importing
from mediator.casework.importing import Imported
from mediator.errors import MediatorError
from mediator.ui.pieces.buttons import Button
from mediator.ui.pieces.labels import Note
from mediator.ui.seat import Seat
from mediator.ui.words import say


class CaseFile(Button):
    """The press that asks for the file; what came of it is said in the page's note."""

    def __init__(self, seat: Seat, told: Note, refused: Callable[[MediatorError], None]) -> None:
        """`refused` says on the page what is wrong with a file."""
        super().__init__(say("intake.import"))
        self.setAutoDefault(False)
        self.setAccessibleName(say("intake.import"))
        self.seat, self.told, self.refused = seat, told, refused
        self.clicked.connect(lambda _checked=False: self.choose())

    def choose(self) -> None:
        """Which file."""
        chosen, _ = QFileDialog.getOpenFileName(self, say("intake.import"), "", say("intake.files"))
        if chosen:
            self.take_in(Path(chosen))

    def take_in(self, path: Path) -> None:
        """Take a case file in, whole or not at all."""
        self.seat.once("import", lambda: importing.import_file(self.seat.desk, path), self.taken_in, self.refused)

    def taken_in(self, done: Imported) -> None:
        """Say how many and what was cleaned; a single case is shown."""
        cleaned = "".join(f"\n{each.message}" for each in done.findings)
        self.told.tell(say("intake.imported", count=len(done.cases)) + cleaned)
        if len(done.cases) == 1 and not done.findings:
            self.seat.went.emit("case_page", done.cases[0].id)
