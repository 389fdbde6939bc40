"""A vault from a backup: onto a new machine, or beside a vault that is damaged. Nothing old is written over."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit

from mediator.casework import opening, unheard
from mediator.casework.complaints import sentence
from mediator.casework.desk import Workshop
from mediator.errors import MediatorError
from mediator.ui.pages.door import DoorPage
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import Choice
from mediator.ui.pieces.labels import label
from mediator.ui.pieces.secrets import SecretField
from mediator.ui.words import say
from mediator.ui.worker import Worker


class RestorePage(DoorPage):
    """Which backup, who, password; `back()` when somebody thinks better of it."""

    back = Signal()

    def __init__(self, workshop: Workshop, place: Path, worker: Worker) -> None:
        """No backup chosen yet."""
        super().__init__(workshop, place, worker)
        card = Card(say("unlock.restore_title"), padded=True)
        card.put(label(say("unlock.restore_about"), "aside", wrap=True))
        self.folder: QLineEdit = self.line(card, say("unlock.backup"))
        self.folder.editingFinished.connect(self.look)
        row = QHBoxLayout()
        row.addWidget(button(say("unlock.choose_backup"), self.choose))
        row.addStretch(1)
        card.body.addLayout(row)
        self.went = place
        self.user = Choice(say("unlock.who"), [], lambda _: None)
        card.put(label(say("unlock.who"), "label"))
        card.put(self.user)
        self.password = SecretField(say("unlock.password"))
        self.password.returnPressed.connect(self.restore)
        self.secrets(card, self.password)
        row = QHBoxLayout()
        row.addWidget(button(say("unlock.not_now"), self.back.emit))
        row.addStretch(1)
        row.addWidget(button(say("unlock.do_restore"), self.restore, kind="primary"))
        card.body.addLayout(row)
        self.column.addWidget(card)
        self.column.addStretch(2)

    def take_focus(self) -> None:
        """The folder first, then the password."""
        (self.password if self.user.count() else self.folder).setFocus()

    @property
    def source(self) -> Path:
        """The backup's folder."""
        return Path(self.folder.text().strip())

    def choose(self) -> None:
        """Where the backup lies."""
        chosen = QFileDialog.getExistingDirectory(self, say("unlock.choose_backup"))
        if chosen:
            self.folder.setText(chosen)
            self.look()

    def look(self) -> None:
        """Who may open this backup."""
        self.user.clear()
        if not self.folder.text().strip():
            return
        try:
            for login in opening.logins(self.workshop, self.source):
                self.user.addItem(login, login)
        except MediatorError as error:
            self.told.tell(sentence(error), "late")
            return
        self.told.tell("")

    def target(self) -> Path:
        """The usual place when nothing lies there, else a folder beside it."""
        if not opening.vault_exists(self.place):
            return self.place
        stamp = self.workshop.clock.now().strftime("%Y%m%d-%H%M%S")
        return self.place.with_name(f"{self.place.name}-{stamp}")

    def restore(self) -> None:
        """Make the vault and sit down at it."""
        if not self.user.count():
            self.look()
        source, login, password = self.source, self.user.value, self.password.text()
        if not login:
            self.told.tell(say("unlock.no_backup"), "late")
            return
        place = self.target()
        self.went = place
        self.deed(
            lambda: unheard.restored(opening.restore(self.workshop, source, place, login=login, password=password)),
            self.opened.emit,
        )

    def failed(self, error: MediatorError) -> None:
        """A backup that must first hear the county is there all the same: its own door tells what to do."""
        super().failed(error)
        if error.code == "vault.erasure_list":
            self.elsewhere.emit(self.went)
