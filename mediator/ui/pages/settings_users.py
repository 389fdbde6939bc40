"""The users of a vault: who may open it, letting one more in, taking a key away."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit

from mediator.casework import opening
from mediator.casework.complaints import sentence
from mediator.errors import MediatorError
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.fields import labelled
from mediator.ui.pieces.labels import Note, label, spoken
from mediator.ui.pieces.secrets import SecretField
from mediator.ui.seat import Seat
from mediator.ui.words import say


class UsersCard(Card):
    """Names with logins; whoever lets another in types his own password again."""

    def __init__(self, seat: Seat) -> None:
        """An empty list until it is asked for."""
        super().__init__(say("settings.users"), padded=True)
        self.seat = seat
        self.sure = ""
        self.known = label("", wrap=True)
        self.put(self.known)
        self.login, self.named = QLineEdit(), QLineEdit()
        self.password, self.own = SecretField(say("settings.user_password")), SecretField(say("settings.own_password"))
        rows = (
            labelled(say("settings.user_name"), self.named),
            labelled(say("settings.user_login"), self.login),
            (self.password.label, self.password),
            (self.own.label, self.own),
        )
        grid = QGridLayout()
        for place, (words, field) in enumerate(rows):
            field.setAccessibleName(spoken(words.text()))
            grid.addWidget(words, place * 2, 0)
            grid.addWidget(field, place * 2, 1)
            if isinstance(field, SecretField):
                grid.addWidget(field.warning, place * 2 + 1, 1)
        self.body.addLayout(grid)
        row = QHBoxLayout()
        row.addWidget(button(say("settings.add_user"), self.add))
        row.addStretch(1)
        self.chosen = QComboBox()
        self.chosen.setAccessibleName(say("settings.remove_whom"))
        self.chosen.activated.connect(lambda _: self.think_again())
        self.press = button(say("settings.remove_user"), self.remove)
        row.addWidget(self.chosen)
        row.addWidget(self.press)
        self.body.addLayout(row)
        self.told = Note("")
        self.told.hide()
        self.put(self.told)

    def ask(self) -> None:
        """Read the users again."""
        self.seat.deed(lambda: opening.users(self.seat.desk), self.show_users)

    def show_users(self, users: tuple[opening.VaultUser, ...]) -> None:
        """Names with their logins; nobody takes away his own key."""
        self.known.setText("、".join(say("settings.user", name=each.name, login=each.login) for each in users))
        self.chosen.clear()
        for each in users:
            if each.login != self.seat.desk.vault.user.login:
                self.chosen.addItem(each.name, each.login)
        for widget in (self.chosen, self.press):
            widget.setVisible(self.chosen.count() > 0)
        self.think_again()

    def think_again(self) -> None:
        """Nobody's key is about to be taken."""
        self.sure = ""
        self.press.setText(say("settings.remove_user"))

    def add(self) -> None:
        """Let one more in."""
        login, name, password, own = (field.text() for field in (self.login, self.named, self.password, self.own))
        work = partial(opening.add_user, self.seat.desk, login=login, name=name, password=password, own_password=own)
        self.seat.once("add_user", work, self.added, self.failed)

    def added(self, user: opening.VaultUser) -> None:
        """Say who may open the vault from now on."""
        for field in (self.login, self.named, self.password, self.own):
            field.clear()
        self.told.tell(say("settings.user_added", name=user.name))
        self.ask()

    def remove(self) -> None:
        """Take away the chosen user's key; the first press says what will be, the second does it."""
        login, name = self.chosen.currentData(), self.chosen.currentText()
        if not login:
            return
        if self.sure != login:
            self.sure = login
            self.press.setText(say("settings.remove_now", name=name))
            self.told.tell(say("settings.remove_sure", name=name), "soon")
            return
        self.seat.deed(lambda: opening.remove_user(self.seat.desk, login), partial(self.removed, name), self.failed)

    def removed(self, name: str, _done: None) -> None:
        """Say so."""
        self.told.tell(say("settings.user_removed", name=name))
        self.ask()

    def failed(self, error: MediatorError) -> None:
        """What happened, beside the buttons."""
        self.told.tell(sentence(error), "late")
