"""Fields for passwords: hidden, with a warning while capitals are locked or an input method could change the word."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.labels import label, spoken, tag
from mediator.ui.words import say


class SecretField(QLineEdit):
    """A hidden line; `label` leads to it by its Alt key, `warning` is put below it by the page."""

    def __init__(self, name: str) -> None:
        """An empty one."""
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.setAccessibleName(spoken(name))
        self.label = label(name, "label")
        self.label.setBuddy(self)
        self.warning = tag("", "soon")
        self.warning.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter tells whether capitals are locked: it came large without Shift, or small with it."""
        text, shifted = event.text(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_CapsLock:
            self.warn("")
        elif len(text) == 1 and text.isascii() and text.isalpha():
            self.warn(say("secrets.capitals") if text.isupper() != shifted else "")
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Letters and figures of full width are no slip of the user's but of the input method."""
        super().inputMethodEvent(event)
        wide = any(unicodedata.east_asian_width(char) == "F" for char in event.commitString())
        if wide:
            self.warn(say("secrets.wide"))

    def warn(self, words: str) -> None:
        """Show a warning; empty words take it away."""
        self.warning.setText(words)
        self.warning.setVisible(bool(words))


class ShowSwitch:
    """A button that shows the words of secret fields and hides them again."""

    def __init__(self, *fields: SecretField) -> None:
        """Hidden at first; nothing is shown longer than the page stands."""
        self.fields = fields
        self.button = button(say("secrets.show"), self.turn)

    def turn(self) -> None:
        """The other way."""
        hidden = self.fields[0].echoMode() == QLineEdit.EchoMode.Password
        for field in self.fields:
            field.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self.button.setText(say("secrets.hide") if hidden else say("secrets.show"))
        self.button.setAccessibleName(self.button.text())

    def hide(self) -> None:
        """Hidden again."""
        if self.fields[0].echoMode() == QLineEdit.EchoMode.Normal:
            self.turn()
