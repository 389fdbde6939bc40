"""Adding a template: its kind, version and first day; everything that is wrong with the file is listed by place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLineEdit

from mediator.casework import printing, templates
from mediator.casework.complaints import sentence
from mediator.core.lint import Finding
from mediator.errors import MediatorError
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import Choice, Sent, labelled
from mediator.ui.pieces.findings import FindingList
from mediator.ui.pieces.moments import iso_day
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

Added = tuple[str, tuple[Finding, ...]]


class AddingCard(Card):
    """`told(words, tone)` says how it went, `added()` asks for the list again."""

    def __init__(self, seat: Seat, told: Callable[[str, str], None], added: Callable[[], None]) -> None:
        """Every kind can have one; four come with a template to begin with."""
        super().__init__(say("templates.add"))
        self.seat, self.told, self.added = seat, told, added
        kinds = [(each.id, each.title) for each in printing.kinds()]
        self.kind = Choice(say("templates.kind"), kinds, lambda _: None)
        self.version, self.valid_from = QLineEdit(), QLineEdit()
        grid = QGridLayout()
        grid.setContentsMargins(space("m"), space("s"), space("m"), space("s"))
        grid.setSpacing(space("s"))
        rows = (("kind", self.kind, ""), ("version", self.version, "version_hint"),
                ("valid_from", self.valid_from, "valid_hint"))  # fmt: skip
        for row, (name, widget, hint) in enumerate(rows):
            words, _ = labelled(say(f"templates.{name}"), widget)
            widget.setAccessibleName(say(f"templates.{name}"))
            if isinstance(widget, QLineEdit):
                widget.setPlaceholderText(say(f"templates.{hint}"))
            grid.addWidget(words, row, 0)
            grid.addWidget(widget, row, 1)
        grid.setColumnStretch(1, 1)
        self.body.addLayout(grid)
        line = QHBoxLayout()
        line.setContentsMargins(space("m"), 0, space("m"), space("s"))
        line.addWidget(button(say("templates.start"), self.choose_folder, kind="small"))
        line.addStretch(1)
        line.addWidget(button(say("templates.choose"), self.choose_file, kind="primary"))
        self.body.addLayout(line)
        self.faults = FindingList(say("templates.faults"), seat.preferences.look)
        self.put(self.faults, 1)

    @property
    def unkept(self) -> bool:
        """A version that was typed for a file nobody chose yet."""
        return bool(self.version.text().strip())

    def choose_folder(self) -> None:
        """Where the template to begin with goes."""
        chosen = QFileDialog.getExistingDirectory(self, say("templates.start_where"))
        if chosen:
            self.start(Path(chosen))

    def start(self, folder: Path) -> None:
        """Write the program's own, to be edited in Word or WPS."""
        path = folder / f"{self.kind.currentText()}.docx"
        work = partial(templates.write_shipped, self.kind.value, path)
        self.seat.once("template.start", work, partial(self.started, path), self.failed)

    def started(self, path: Path, _done: None) -> None:
        """Where it lies."""
        self.told(say("templates.started", file=path), "calm")

    def choose_file(self) -> None:
        """The edited file."""
        chosen, _ = QFileDialog.getOpenFileName(self, say("templates.choose"), "", say("templates.files"))
        if chosen:
            self.propose(Path(chosen))

    def propose(self, file: Path) -> None:
        """Check it and keep it; what is typed stays until it is kept."""
        day = iso_day(self.valid_from.text())
        if day is None:
            self.told(say("templates.wrong_day"), "late")
            self.valid_from.setFocus()
            return
        sent = Sent(self.version, self.valid_from)
        work = partial(
            templates.propose, self.seat.desk, file, kind=self.kind.value, version=self.version.text().strip(),
            valid_from=day,
        )  # fmt: skip
        self.seat.once("template.add", work, partial(self.proposed, sent), self.failed, heavy=True)

    def proposed(self, sent: Sent, answer: Added) -> None:
        """Kept; what was only told beside is listed."""
        sent.clear()
        found = answer[1]
        self.faults.show_findings(found)
        self.told(say("templates.added_with", count=len(found)) if found else say("templates.added"), "calm")
        self.added()

    def failed(self, error: MediatorError) -> None:
        """Why not, with every fault and its place."""
        self.told(sentence(error), "late")
        self.faults.show_findings(error.findings if isinstance(error, templates.Faulty) else ())
