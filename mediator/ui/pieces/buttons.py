"""Buttons: named in words, with their key shown and set."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton


def button(text: str, pressed: Callable[[], None], *, kind: str = "", key: str = "") -> QPushButton:
    """A button of a kind (primary small link nav); `key` such as `Ctrl+N` is shown in the words and set."""
    made = QPushButton(f"{text}  {key.replace('Return', '回车')}" if key else text)
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    if kind:
        made.setProperty("kind", kind)
    if key:
        # a button's own shortcut would take the focus and wait a tenth of a second
        QShortcut(QKeySequence(key), made, made.click)
        made.setToolTip(key)
    made.clicked.connect(lambda _checked=False: pressed())
    return made
