"""Fields: a label with its Alt key, an input, and the findings that belong to it just below."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from math import ceil

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from mediator.ui.pieces.labels import label, restyle, spoken

PAUSE_MS = 800
NOTHING = "\0"
YEARS = range(1890, 2200)
MOST_ROWS, EDGES = 12, 22
DAY = re.compile(r"([0-9]{4})\s*[-./年]\s*([0-9]{1,2})\s*[-./月]\s*([0-9]{1,2})\s*日?")
PLAIN_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")


def read_day(text: str) -> date | None:
    """A day as people type it: 2026-3-5, 2026.3.5, 2026年3月5日, 20260305; None for anything else.

    A year of no living memory is a slip of the hand (0202 for 2026) and no day.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    found = DAY.fullmatch(plain) or PLAIN_DAY.fullmatch(plain)
    try:
        day = date(*map(int, found.groups())) if found else None
        return day if day and day.year in YEARS else None
    except ValueError:
        return None


def looks_like_day(text: str) -> bool:
    """Whether somebody meant a day in figures, `2026-13-5` or `0202-3-5`; `2026年底前` is words."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return bool(DAY.fullmatch(plain)) or (plain[:4].isdigit() and "-" in plain)


def clearable(line: QLineEdit, name: str) -> None:
    """A field that one press empties; the press has a name for who does not see it."""
    line.setClearButtonEnabled(True)
    for press in line.findChildren(QToolButton):
        press.setAccessibleName(name)


class Lines(QPlainTextEdit):
    """Text over several lines; Tab leaves it. It grows with its words, so that all of them are seen."""

    def __init__(self, rows: int) -> None:
        """At least as high as `rows` lines, at most as twelve; then it scrolls."""
        super().__init__()
        self.setTabChangesFocus(True)
        self.left: Callable[[], None] | None = None
        self.rows = rows
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self.grow())

    def event(self, event: QEvent) -> bool:
        """Dressed for the first time: only now is known how high a line is."""
        handled = bool(super().event(event))
        if event.type() == QEvent.Type.Polish:
            self.grow()
        return handled

    def grow(self) -> None:
        """As high as the words need."""
        if not self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            return  # asked for earlier, the style would be worked out again at every step into the page
        needed = int(self.document().size().height())
        line = ceil(QFontMetricsF(self.font()).lineSpacing())  # as lines are set; the whole number is one too small
        self.setFixedHeight(line * max(self.rows, min(needed, MOST_ROWS)) + EDGES)
        more = needed > MOST_ROWS
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if more else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other lines."""
        super().resizeEvent(event)
        self.grow()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the field was left."""
        super().focusOutEvent(event)
        if self.left is not None:
            self.left()


class Field(QWidget):
    """An input that tells its new value after a pause in typing and whenever it is left, never half a word at once.

    `changed(text)` is called only when the value differs from the last one told or shown.
    """

    def __init__(
        self, name: str, changed: Callable[[str], None], *, rows: int = 1, folds: bool = False, hint: str = ""
    ) -> None:
        """`rows` > 1 makes a field of several lines; one that `folds` begins with `rows` and grows."""
        super().__init__()
        self._changed, self._told = changed, ""
        self.input: QLineEdit | Lines = Lines(rows) if folds or rows > 1 else QLineEdit()
        self.input.setAccessibleName(spoken(name))
        self.input.setPlaceholderText(hint)
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
        """Show a value that came from the vault; words not yet kept are never overwritten."""
        if self.dirty:
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

    @property
    def dirty(self) -> bool:
        """Whether something stands in the field that was not told yet."""
        return self.text != self._told

    def not_kept(self) -> None:
        """What was told could not be kept: it stays in the field and is told again when the field is left."""
        self._told = NOTHING

    def empty(self) -> None:
        """Nothing in it, whatever stood there."""
        self._told = self.text
        self.show_text("")

    def show_masked(self, text: str, *, masked: bool) -> None:
        """Show a value that may be read only in part; a masked one cannot be typed over."""
        self.input.setReadOnly(masked)
        self._told = self.text
        self.show_text(text)

    def show_fault(self, text: str) -> None:
        """Show what is wrong just below; an empty text takes it away."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))
        restyle(self.input, fault=bool(text))


class Sent:
    """Lines whose words were handed over: once they are kept, those that nobody changed meanwhile are emptied."""

    def __init__(self, *lines: QLineEdit) -> None:
        """As they stand now."""
        self.lines = [(line, line.text()) for line in lines]

    def clear(self) -> None:
        """Free for the next; what was typed since stays."""
        for line, words in self.lines:
            if line.text() == words:
                line.clear()


class Choice(QComboBox):
    """One of a list of (value, words); tells the value when the user picks another."""

    def __init__(self, name: str, options: list[tuple[str, str]], changed: Callable[[str], None]) -> None:
        """The first option is shown until another is."""
        super().__init__()
        self.setAccessibleName(spoken(name))
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
