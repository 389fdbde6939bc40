"""Whether the recovery code on paper was ever typed back, and a line to do it now."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from mediator.casework import opening
from mediator.casework.complaints import sentence
from mediator.errors import MediatorError
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import Note, label
from mediator.ui.seat import Seat
from mediator.ui.words import say


class RecoveryCard(Card):
    """The line stands there only while the code was not typed back."""

    def __init__(self, seat: Seat) -> None:
        """Unknown until the vault was asked."""
        super().__init__(say("settings.recovery"), padded=True)
        self.seat = seat
        self.state = label("", wrap=True)
        self.put(self.state)
        row = QHBoxLayout()
        self.typed = QLineEdit()
        self.typed.setAccessibleName(say("settings.recovery_typed"))
        self.typed.setPlaceholderText(say("settings.recovery_typed"))
        self.typed.returnPressed.connect(self.confirm)
        self.press = button(say("settings.recovery_check"), self.confirm)
        row.addWidget(self.typed, 1)
        row.addWidget(self.press)
        self.body.addLayout(row)
        self.told = Note("", "late")
        self.told.hide()
        self.put(self.told)
        self.put(label(say("settings.recovery_hint"), "small", wrap=True))
        self.show_state(True)

    def ask(self) -> None:
        """Read the state again."""
        self.seat.deed(lambda: opening.recovery_confirmed(self.seat.desk), self.show_state)

    def show_state(self, confirmed: bool) -> None:
        """Typed back, or not yet."""
        self.state.setText(say("settings.recovery_confirmed") if confirmed else say("settings.recovery_open"))
        self.typed.setVisible(not confirmed)
        self.press.setVisible(not confirmed)

    def confirm(self) -> None:
        """Compare what was typed."""
        typed = self.typed.text()
        self.seat.deed(lambda: opening.confirm_recovery_code(self.seat.desk, typed), self.compared, self.failed)

    def compared(self, right: bool) -> None:
        """Right: done; wrong: again."""
        self.told.tell("" if right else say("settings.recovery_wrong"), "late")
        if right:
            self.typed.clear()
            self.show_state(True)

    def failed(self, error: MediatorError) -> None:
        """What happened."""
        self.told.tell(sentence(error), "late")
