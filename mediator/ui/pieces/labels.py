"""Words on a page: titles, asides, tags, notes."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QStyle, QWidget

LEAST = 4
LETTER = re.compile(r"\(&.\)")


def restyle(widget: QWidget, **properties: object) -> None:
    """Set properties that the style sheet looks at, and let it look again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    style: QStyle = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def label(text: str = "", kind: str = "", *, wrap: bool = False) -> QLabel:
    """Words of a kind: title section strong aside small fault label hearing. Never read as markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if kind:
        made.setProperty("kind", kind)
    return made


class Whole(QLabel):
    """Words over as many lines as they need, in a sheet that scrolls: such a sheet asks no label for its height."""

    def __init__(self) -> None:
        """Nothing to say yet."""
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)

    def setText(self, text: str) -> None:
        """Other words need other room."""
        super().setText(text)
        self.make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        self.make_room()

    def make_room(self) -> None:
        """As high as the words are at this width."""
        self.setMinimumHeight(max(self.heightForWidth(self.width()), 0))


def spoken(words: str) -> str:
    """A label's words for the ear: `密码(&P)` is read as 密码, its letter is no part of the name."""
    return LETTER.sub("", words).replace("&", "")


class Elided(QLabel):
    """One line that gives way: what has no room is left off with an ellipsis, all of it stands in the tip."""

    def __init__(self, text: str = "", kind: str = "") -> None:
        """Words of a kind, as `label` takes them."""
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """A few characters; never wider than all of them."""
        whole, least = self.sizeHint(), self.fontMetrics().horizontalAdvance("国" * LEAST)
        return QSize(min(whole.width(), least), whole.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """As much as there is room for."""
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip(self.text() if shown != self.text() else "")
        painter = QPainter(self)
        painter.drawText(room, int(self.alignment()) | int(Qt.TextFlag.TextSingleLine), shown)


def tag(text: str, tone: str = "calm") -> QLabel:
    """A small framed word: late, soon, done or calm."""
    made = label(text, "tag")
    made.setProperty("tone", tone)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


def key_mark(text: str) -> QLabel:
    """A key's name in a small frame."""
    made = label(text, "key")
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
    return made


class Note(QFrame):
    """A sentence with a coloured edge: late, soon or calm."""

    def __init__(self, text: str, tone: str = "calm") -> None:
        """Show a sentence."""
        super().__init__()
        self.setProperty("kind", "note")
        self.setProperty("tone", tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 6, 10, 6)
        self.words = label(text, "aside", wrap=True)
        row.addWidget(self.words)

    def tell(self, text: str, tone: str = "calm") -> None:
        """Another sentence; an empty one hides the note."""
        self.words.setText(text)
        restyle(self, tone=tone)
        self.setVisible(bool(text))
