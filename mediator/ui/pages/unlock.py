"""Unlock: who, password; the recovery code as the other way in; what to do when the vault is damaged."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QRadioButton, QWidget

from mediator.casework import opening
from mediator.casework.complaints import sentence
from mediator.casework.desk import Desk, Workshop
from mediator.errors import MediatorError, NoAccess
from mediator.ui.pages.door import DoorPage
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import label
from mediator.ui.pieces.secrets import SecretField
from mediator.ui.words import say
from mediator.ui.worker import Worker


class UnlockPage(DoorPage):
    """Three actions to the first word of a hearing: user, password, Enter."""

    def __init__(self, workshop: Workshop, place: Path, worker: Worker) -> None:
        """Users are read from the key file, which holds their logins in clear."""
        super().__init__(workshop, place, worker)
        self.logins: tuple[str, ...] = ()
        self.chosen = ""
        self.column.addWidget(self._password())
        self.recovery = self._recovery()
        self.recovery.hide()
        self.column.addWidget(self.recovery)
        self.column.addWidget(label(say("unlock.place", place=place.name), "small"))
        self.column.addStretch(2)
        try:
            self.show_users(opening.logins(workshop, place))
        except MediatorError as error:
            self.told.tell(sentence(error) + say("unlock.damaged"), "late")

    def _password(self) -> Card:
        """Who and the password."""
        card = Card(say("unlock.title"), say("unlock.about"), padded=True)
        self.users = QWidget()
        self.user_row = QHBoxLayout(self.users)
        self.user_row.setContentsMargins(0, 0, 0, 0)
        card.put(self.users)
        self.password = SecretField(say("unlock.password"))
        self.password.returnPressed.connect(self.unlock)
        card.put(self.password.label)
        card.put(self.password)
        self.warning = label("", "fault", wrap=True)
        self.warning.hide()
        card.put(self.warning)
        row = QHBoxLayout()
        row.addWidget(button(say("unlock.forgotten"), self.show_recovery, kind="link"))
        row.addStretch(1)
        row.addWidget(button(say("unlock.open"), self.unlock, kind="primary"))
        card.body.addLayout(row)
        return card

    def _recovery(self) -> Card:
        """The way in with the code on paper: a new password, and then a new code."""
        card = Card(say("unlock.recovery"), say("unlock.recovery_about"), padded=True)
        self.code = QLineEdit()
        self.code.setAccessibleName(say("unlock.code"))
        self.code.setPlaceholderText(say("unlock.code"))
        self.new = SecretField(say("unlock.new"))
        self.again = SecretField(say("unlock.again"))
        card.put(self.code)
        for field in (self.new, self.again):
            card.put(field.label)
            card.put(field)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(say("unlock.recover"), self.recover, kind="primary"))
        card.body.addLayout(row)
        self.new_code = label("", "section", wrap=True)
        self.new_code.hide()
        card.put(self.new_code)
        return card

    def show_users(self, logins: tuple[str, ...]) -> None:
        """One choice a user; the first is chosen."""
        self.logins = logins
        self.group = QButtonGroup(self)
        for login in logins:
            choice = QRadioButton(login)
            choice.setAccessibleName(say("unlock.user", login=login))
            choice.clicked.connect(lambda _checked=False, login=login: self.choose(login))
            self.group.addButton(choice)
            self.user_row.addWidget(choice)
        self.user_row.addStretch(1)
        self.users.setVisible(len(logins) > 1)
        if logins:
            self.choose(logins[0])
            self.group.buttons()[0].setChecked(True)

    def choose(self, login: str) -> None:
        """Who wants in."""
        self.chosen = login
        self.password.setFocus()

    def take_focus(self) -> None:
        """The password, ready to type over."""
        self.password.selectAll()
        self.password.setFocus()

    def unlock(self) -> None:
        """Try the password; the slow hash runs beside the screen."""
        typed = self.password.text()
        if typed:
            self.warning.hide()
            self.deed(lambda: opening.unlock(self.workshop, self.place, self.chosen, typed), self.well)

    def well(self, desk: Desk) -> None:
        """In."""
        self.password.clear()
        self.opened.emit(desk)

    def failed(self, error: MediatorError) -> None:
        """A wrong password is said beside the field, everything else above."""
        super().failed(error)
        if isinstance(error, NoAccess) and error.code == "vault.wrong_password":
            self.told.tell("")
            self.warning.setText(say("unlock.wrong"))
            self.warning.show()

    def show_recovery(self) -> None:
        """Open the other way."""
        self.recovery.show()
        self.code.setFocus()

    def recover(self) -> None:
        """Set a new password by the code."""
        if self.new.text() != self.again.text():
            self.told.tell(say("unlock.differ"), "late")
            return
        code, new, login = self.code.text(), self.new.text(), self.chosen
        self.deed(lambda: opening.recover(self.workshop, self.place, code, new, login=login), self.recovered)

    def recovered(self, code: str) -> None:
        """The old code is worthless now; the new one is shown once and copied onto paper."""
        for field in (self.code, self.new, self.again):
            field.clear()
        self.new_code.setText(say("unlock.new_code", code=code))
        self.new_code.show()
        self.password.setFocus()
