"""Unlock: who, password; the recovery code as the other way in; what to do when the vault is damaged."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QWidget

from mediator.casework import opening, unheard
from mediator.casework.complaints import sentence
from mediator.casework.desk import Desk, Workshop
from mediator.casework.unheard import Way
from mediator.errors import MediatorError, NoAccess
from mediator.ui.pages.door import DoorPage
from mediator.ui.pages.door_code import CodeSheet
from mediator.ui.pages.unlock_unheard import UnheardCard
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import label
from mediator.ui.pieces.secrets import SecretField
from mediator.ui.words import say
from mediator.ui.worker import Worker

SECOND_MS = 1000
# the folder of whoever never chose one: its name tells him nothing
USUAL = "vault"


class UnlockPage(DoorPage):
    """Three actions to the first word of a hearing: user, password, Enter."""

    def __init__(self, workshop: Workshop, place: Path, worker: Worker) -> None:
        """Users are read from the key file, which holds their logins in clear."""
        super().__init__(workshop, place, worker)
        self.chosen = ""
        self.clock = QTimer(self)
        self.clock.setInterval(SECOND_MS)
        self.clock.timeout.connect(self.show_wait)
        self.card = self._password()
        self.recovery = self._recovery()
        self.renewed = self._renewed()
        self.unheard = UnheardCard(self.line, self.hear)
        for card in (self.card, self.recovery, self.renewed, self.unheard):
            self.column.addWidget(card)
        for card in (self.recovery, self.renewed, self.unheard):
            card.hide()
        row = QHBoxLayout()
        usual = place.name == USUAL
        row.addWidget(label("" if usual else say("unlock.place", place=place.name), "small"))
        row.addStretch(1)
        row.addWidget(button(say("unlock.elsewhere"), self.choose_elsewhere, kind="link"))
        row.addWidget(button(say("unlock.restore"), self.restoring.emit, kind="link"))
        self.column.addLayout(row)
        self.column.addWidget(self.practise_link())
        self.column.addStretch(2)
        try:
            self.show_users(opening.logins(workshop, place))
        except MediatorError as error:
            self.told.tell(sentence(error) + say("unlock.damaged"), "late")

    def _password(self) -> Card:
        """Who and the password."""
        card = Card(say("unlock.title"), say("unlock.about"), padded=True)
        self.who = label(say("unlock.who"), "label")
        card.put(self.who)
        self.users = QWidget()
        self.user_row = QHBoxLayout(self.users)
        self.user_row.setContentsMargins(0, 0, 0, 0)
        card.put(self.users)
        self.password = SecretField(say("unlock.password"))
        self.password.returnPressed.connect(self.unlock)
        self.switch = self.secrets(card, self.password)
        self.warning = label("", "fault", wrap=True)
        self.warning.hide()
        card.put(self.warning)
        self.enter = button(say("unlock.open"), self.unlock, kind="primary")
        card.put(self.enter)
        row = QHBoxLayout()
        row.addWidget(button(say("unlock.forgotten"), self.show_recovery, kind="link"))
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _recovery(self) -> Card:
        """The way in with the code on paper: a new password, and then a new code."""
        card = Card(say("unlock.recovery"), padded=True)
        card.put(label(say("unlock.recovery_about"), "aside", wrap=True))
        self.code: QLineEdit = self.line(card, say("unlock.code"))
        self.new = SecretField(say("unlock.new"))
        self.again = SecretField(say("unlock.again"))
        for field in (self.new, self.again):
            field.returnPressed.connect(self.recover)
        self.secrets(card, self.new, self.again)
        row = QHBoxLayout()
        row.addWidget(button(say("unlock.not_now"), self.hide_recovery))
        row.addStretch(1)
        row.addWidget(button(say("unlock.recover"), self.recover, kind="primary"))
        card.body.addLayout(row)
        return card

    def _renewed(self) -> Card:
        """The new code, which must be typed back before the password is asked for."""
        card = Card(say("unlock.renewed"), padded=True)
        card.put(label(say("unlock.renewed_about"), "aside", wrap=True))
        self.sheet = CodeSheet(self.type_back)
        card.put(self.sheet)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(say("unlock.copied"), self.type_back, kind="primary"))
        card.body.addLayout(row)
        return card

    def show_users(self, logins: tuple[str, ...]) -> None:
        """One big choice a user; the first is chosen."""
        self.group = QButtonGroup(self)
        for login in logins:
            choice = button(login, self.password.setFocus, kind="choice")
            choice.toggled.connect(partial(self.choose, login))
            choice.setAccessibleName(say("unlock.user", login=login))
            choice.setCheckable(True)
            self.group.addButton(choice)
            self.user_row.addWidget(choice)
        several = len(logins) > 1
        self.users.setVisible(several)
        self.who.setVisible(several)
        if logins:
            self.group.buttons()[0].setChecked(True)

    def choose(self, login: str, chosen: bool) -> None:
        """Who wants in, by mouse or by the arrows; what was tried in vain before is told."""
        if not chosen:
            return
        self.chosen = login
        tries = opening.wrong_tries(self.place, login)
        self.warn(say("unlock.tried", count=tries) if tries else "")
        self.show_wait()

    def warn(self, words: str) -> None:
        """A sentence below the password; an empty one takes it away."""
        self.warning.setText(words)
        self.warning.setVisible(bool(words))

    def show_wait(self) -> None:
        """Count the seconds down; the button waits with them."""
        left = opening.wait_left(self.workshop, self.place, self.chosen)
        if left:
            self.warn(say("unlock.wait", seconds=left))
            self.clock.start()
        elif self.clock.isActive():
            self.clock.stop()
            self.warn(say("unlock.wait_over"))
        self.enter.setEnabled(not left)

    def take_focus(self) -> None:
        """The password, ready to type over."""
        self.password.selectAll()
        self.password.setFocus()

    def unlock(self) -> None:
        """Try the password; the slow hash runs beside the screen."""
        typed = self.password.text()
        if typed and self.enter.isEnabled():
            self.warn("")
            self.deed(partial(opening.unlock, self.workshop, self.place, self.chosen, typed), self.well)

    def well(self, desk: Desk) -> None:
        """In."""
        self.password.clear()
        self.switch.hide()
        self.opened.emit(desk)

    def failed(self, error: MediatorError) -> None:
        """A wrong password is said beside the field, everything else above."""
        super().failed(error)
        if isinstance(error, NoAccess) and error.code in {"vault.wrong_password", "vault.wait"}:
            self.told.tell("")
            self.warn(say("unlock.wrong"))
            self.show_wait()
        elif self.recovery.isVisible():
            self.code.setFocus()
        elif error.code == "vault.erasure_list" or self.unheard.isVisible():
            self.card.hide()
            self.unheard.show()
            self.unheard.first().setFocus()

    def hear(self, way: Way) -> None:
        """A backup that came back goes one of its ways in, with the password that was typed."""
        typed = self.password.text()
        self.deed(partial(unheard.enter, self.workshop, self.place, self.chosen, typed, way=way), self.well)

    def show_recovery(self) -> None:
        """The other way takes the place of the password."""
        self.card.hide()
        self.recovery.show()
        self.code.setFocus()

    def hide_recovery(self) -> None:
        """Back to the password."""
        self.told.tell("")
        for field in (self.code, self.new, self.again):
            field.clear()
        self.recovery.hide()
        self.card.show()
        self.password.setFocus()

    def recover(self) -> None:
        """Set a new password by the code."""
        if self.new.text() != self.again.text():
            self.told.tell(say("unlock.differ"), "late")
            self.again.setFocus()
            return
        code, new, login = self.code.text(), self.new.text(), self.chosen
        self.deed(lambda: opening.recover(self.workshop, self.place, code, new, login=login), self.recovered)

    def recovered(self, code: str) -> None:
        """The old code is worthless now; the new one is shown once and copied onto paper."""
        self.hide_recovery()
        self.card.hide()
        self.renewed.show()
        self.sheet.show_code(code, self.place.name)
        self.sheet.typed.setFocus()

    def type_back(self) -> None:
        """Only who has it on paper can type it back; then the new password opens."""
        if not self.sheet.is_typed_back():
            self.told.tell(say("first_run.code_wrong"), "late")
            self.sheet.typed.setFocus()
            return
        self.sheet.forget()
        self.renewed.hide()
        self.card.show()
        self.told.tell(say("unlock.ready"))
        self.password.setFocus()
