"""Fields for passwords: hidden, with a warning while capitals are locked or an input method could change the word."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from mediator.ui.pieces.labels import label


class SecretField(QLineEdit):
    """A hidden line; `label` leads to it by its Alt key."""

    def __init__(self, name: str) -> None:
        """An empty one."""
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        self.setAccessibleName(name.replace("&", ""))
        self.label = label(name, "label")
        self.label.setBuddy(self)
