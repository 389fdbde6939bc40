"""The ring around a table or list that has the keyboard, drawn over its headings and rows alike."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame

WATCHED: Final = frozenset({QEvent.Type.FocusIn, QEvent.Type.FocusOut, QEvent.Type.Resize, QEvent.Type.Show})


class Ring(QFrame):
    """Follows one view: as large as it, shown while it has the focus, no obstacle for the mouse."""

    def __init__(self, view: QAbstractItemView) -> None:
        """Hidden until the view has the focus; its colour stands in the style sheet."""
        super().__init__(view)
        self.view = view
        self.setProperty("kind", "ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the view."""
        if watched is self.view and event.type() in WATCHED:
            self.setGeometry(self.view.rect())
            self.setVisible(event.type() != QEvent.Type.FocusOut and self.view.hasFocus())
            self.raise_()
        return False


def ring(view: QAbstractItemView) -> Ring:
    """Put a ring around a view; it lives as long as the view."""
    return Ring(view)
