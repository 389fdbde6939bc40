"""Fields: a label with its Alt key, an input, and the findings that belong to it just below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from mediator.ui.pieces.labels import label, restyle

PAUSE_MS = 800


class Lines(QPlainTextEdit):
    """Text over several lines; Tab leaves it."""

    def __init__(self, rows: int) -> None:
        """As high as `rows` lines."""
        super().__init__()
        self.setTabChangesFocus(True)
        self.ensurePolished()
        self.left: Callable[[], None] | None = None
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * rows + 14)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left."""
        super().focusOutEvent(event)
        if self.left is not None:
            self.left()


class Field(QWidget):
    """An input that tells its new value after a pause in typing and whenever it is left, never half a word at once.

    `changed(text)` is called only when the value differs from the last one told or shown.
    """

    def __init__(self, name: str, changed: Callable[[str], None], *, rows: int = 1, hint: str = "") -> None:
        """`rows` > 1 makes a field of several lines."""
        super().__init__()
        self._changed, self._told = changed, ""
        self.input: QLineEdit | Lines = QLineEdit() if rows == 1 else Lines(rows)
        self.input.setAccessibleName(name.replace("&", ""))
        self.input.setPlaceholderText(hint)
        self.name = label(name, "label")
        self.name.setBuddy(self.input)
        self.fault = label("", "fault", wrap=True)
        self.fault.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.input)
        column.addWidget(self.fault)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self.input.textChanged.connect(lambda *_: self._pause.start())
        if isinstance(self.input, QLineEdit):
            self.input.editingFinished.connect(self.flush)
        else:
            self.input.left = self.flush
        self.setFocusProxy(self.input)

    @property
    def text(self) -> str:
        """What stands in the field."""
        return self.input.text() if isinstance(self.input, QLineEdit) else self.input.toPlainText()

    def show_text(self, text: str) -> None:
        """Show a value that came from the vault; what is being typed is never overwritten."""
        if self.text != self._told and self.input.hasFocus():
            return
        self._told = text
        if self.text == text:
            return
        self.input.setText(text) if isinstance(self.input, QLineEdit) else self.input.setPlainText(text)
        self._pause.stop()

    def flush(self) -> None:
        """Tell the value now, if it is new."""
        self._pause.stop()
        if self.text != self._told:
            self._told = self.text
            self._changed(self.text)

    def show_fault(self, text: str) -> None:
        """Show what is wrong just below; an empty text takes it away."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))
        restyle(self.input, fault=bool(text))


class Choice(QComboBox):
    """One of a list of (value, words); tells the value when the user picks another."""

    def __init__(self, name: str, options: list[tuple[str, str]], changed: Callable[[str], None]) -> None:
        """The first option is shown until another is."""
        super().__init__()
        self.setAccessibleName(name.replace("&", ""))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for value, words in options:
            self.addItem(words, value)
        self.activated.connect(lambda _index: changed(self.value))

    @property
    def value(self) -> str:
        """The picked value."""
        return str(self.currentData() or "")

    def show_value(self, value: str) -> None:
        """Show a value that came from the vault."""
        index = self.findData(value)
        self.setCurrentIndex(max(index, 0))


def labelled(name: str, widget: QWidget) -> tuple[QLabel, QWidget]:
    """A label that leads to a widget by its Alt key."""
    words = label(name, "label")
    words.setBuddy(widget)
    return words, widget
