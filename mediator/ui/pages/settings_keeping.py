"""保管期满的录音: which there are, and the two persons who destroy them; nothing goes by itself."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QLineEdit

from mediator.casework import keeping
from mediator.casework.complaints import sentence
from mediator.casework.keeping import Due
from mediator.errors import MediatorError
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import labelled
from mediator.ui.pieces.labels import Note, label, spoken
from mediator.ui.pieces.secrets import SecretField
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.seat import Seat
from mediator.ui.words import say

LEAST_ROWS = 3


class KeepingCard(Card):
    """The list first; all that is listed goes by the word of a second user of this computer, never by one alone."""

    def __init__(self, seat: Seat) -> None:
        """Nothing due until it is asked for."""
        super().__init__(say("settings.keeping"), padded=True)
        self.seat = seat
        self.about = label("", "aside", wrap=True)
        self.put(self.about)
        columns: tuple[Column[Due], ...] = (
            Column(say("settings.keeping_case"), lambda each: each.number),
            Column(say("settings.keeping_begun"), lambda each: each.begun, 10),
            Column(say("settings.keeping_until"), lambda each: each.kept_until.isoformat(), 7),
        )
        self.rows: Rows[Due] = Rows(columns)
        self.table = Table(self.rows, say("settings.keeping"), look=seat.preferences.look)
        self.table.fit(columns)
        self.table.show_at_least(LEAST_ROWS)
        self.table.opened.connect(lambda row: seat.went.emit("case_page", self.rows.rows[row].case))
        self.put(self.table)
        self.second, self.password = QLineEdit(), SecretField(say("settings.keeping_password"))
        grid = QGridLayout()
        rows = (labelled(say("settings.keeping_second"), self.second), (self.password.label, self.password))
        for place, (words, field) in enumerate(rows):
            field.setAccessibleName(spoken(words.text()))
            grid.addWidget(words, place * 2, 0)
            grid.addWidget(field, place * 2, 1)
            if isinstance(field, SecretField):
                grid.addWidget(field.warning, place * 2 + 1, 1)
        self.body.addLayout(grid)
        self.press = button(say("settings.keeping_destroy"), self.destroy_due)
        self.put(self.press)
        self.told = Note("")
        self.told.hide()
        self.put(self.told)
        self.deciding = (*(each for row in rows for each in row), self.press, self.table)
        self.show_due(())

    @property
    def out(self) -> Path:
        """Where the list for the archive goes."""
        return Path.home() / say("documents.folder")

    def ask(self) -> None:
        """What is due today."""
        self.seat.deed(partial(keeping.due, self.seat.desk), self.show_due)

    def show_due(self, found: tuple[Due, ...]) -> None:
        """Rows and what deciding needs; without any, one sentence."""
        self.rows.show_rows(found)
        words = say("settings.keeping_due", count=len(found)) if found else say("settings.keeping_none")
        self.about.setText(words)
        for each in self.deciding:
            each.setVisible(bool(found))

    def destroy_due(self) -> None:
        """All that is listed, by two persons."""
        chosen = [each.recording.id for each in self.rows.rows]
        second = (self.second.text().strip(), self.password.text())
        work = partial(keeping.destroy, self.seat.desk, chosen, second=second, out=self.out)
        self.seat.once("destroy", work, partial(self.is_destroyed, len(chosen)), self.failed)

    def is_destroyed(self, count: int, file: Path) -> None:
        """How many, and where the list lies."""
        for field in (self.second, self.password):
            field.clear()
        self.told.tell(say("settings.keeping_done", count=count, file=file))
        self.ask()

    def failed(self, error: MediatorError) -> None:
        """Why not; nothing went."""
        self.password.clear()
        self.told.tell(sentence(error), "late")
