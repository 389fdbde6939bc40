"""Buttons: named in words, with their key shown and set; a key that is held down presses once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton

ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Button(QPushButton):
    """Enter presses it as Space does, on every platform; a deed is done once a press, however long the key is held."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The repeats of a held key are nobody's wish."""
        if event.isAutoRepeat():
            return
        if event.key() in ENTER:
            self.click()
        else:
            super().keyPressEvent(event)


def button(text: str, pressed: Callable[[], None], *, kind: str = "", key: str = "") -> Button:
    """A button of a kind (primary small link nav); `key` such as `Ctrl+N` is shown in the words and set."""
    made = Button(f"{text}  {key.replace('Return', '回车')}" if key else text)
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    if kind:
        made.setProperty("kind", kind)
    if key:
        # a button's own shortcut would take the focus and wait a tenth of a second
        QShortcut(QKeySequence(key), made, made.click).setAutoRepeat(False)
        made.setToolTip(key)
    made.clicked.connect(lambda _checked=False: pressed())
    return made
