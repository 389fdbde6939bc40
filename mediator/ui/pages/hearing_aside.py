"""Beside the record: the sound, stock phrases, words of the case, and what is done with a sitting while it goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mediator.casework.hearing import PHRASES
from mediator.ui.pages.hearing_sound import SoundCard
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card, scrolled
from mediator.ui.pieces.labels import Elided, key_mark
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

WIDE = 18


class AsideColumn(QWidget):
    """`put(words)` writes where the cursor is.

    `rested`, `noted`, `headed`, `drafted` ask for a break, the notes, the head, drafts of what was recorded.
    """

    rested = Signal()
    noted = Signal()
    headed = Signal()
    drafted = Signal()

    def __init__(self, seat: Seat, put: Callable[[str], None]) -> None:
        """Phrases at once, words of a case with `show_words`."""
        super().__init__()
        self.insert = put
        self.words: tuple[str, ...] = ()
        self.setFixedWidth(seat.preferences.look.wide(WIDE))
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space("s"))
        self.sound = SoundCard(seat.on_air, seat.preferences.look)
        outside.addWidget(self.sound)
        outside.addSpacing(space("s"))
        self.case_words = Card(say("hearing.case_words"), say("hearing.case_words_about"))
        for card in (self._phrases(), self.case_words):
            column.addWidget(card)
        column.addStretch(1)
        outside.addWidget(scrolled(inside), 1)
        outside.addWidget(self._deeds())
        for place in range(9):
            QShortcut(QKeySequence(f"Alt+{place + 1}"), self, partial(self.put_word, place))

    def _phrases(self) -> Card:
        """常用语."""
        card = Card(say("hearing.phrases"), say("hearing.phrases_about"))
        for number, phrase in enumerate(PHRASES, start=1):
            card.put(PhraseButton(str(number), phrase, self.insert))
            QShortcut(QKeySequence(f"Ctrl+{number}"), self, partial(self.insert, phrase))
        return card

    def _deeds(self) -> Card:
        """本场: rest, private notes, the head."""
        card = Card(say("hearing.this_sitting"), padded=True)
        self.rest = button(say("hearing.rest"), self.rested.emit, key="Ctrl+E")
        card.put(self.rest)
        card.put(button(say("hearing.head"), self.headed.emit, key="Ctrl+I"))
        card.put(button(say("hearing.notes"), self.noted.emit, key="Ctrl+J"))
        self.drafts = button(say("hearing.drafts"), self.drafted.emit, key="Ctrl+M")
        self.drafts.hide()
        card.put(self.drafts)
        return card

    def show_words(self, words: Sequence[str]) -> None:
        """Words of the case; the same ones again change nothing."""
        if tuple(words) == self.words:
            return
        self.words = tuple(words)
        for old in self.case_words.findChildren(PhraseButton):
            self.case_words.body.removeWidget(old)
            old.deleteLater()
        for number, word in enumerate(self.words, start=1):
            self.case_words.put(PhraseButton(str(number), word, self.insert))

    def put_word(self, place: int) -> None:
        """The word of this key, if there is one."""
        if place < len(self.words):
            self.insert(self.words[place])

    def show_rest(self, *, paused: bool) -> None:
        """What the key does next."""
        words = say("hearing.go_on" if paused else "hearing.rest")
        self.rest.setText(f"{words}  Ctrl+E")
        self.rest.setAccessibleName(words)


class PhraseButton(QPushButton):
    """A stock phrase with its key before it; the mouse presses it, the keyboard uses the key."""

    def __init__(self, key: str, phrase: str, put: Callable[[str], None]) -> None:
        """`put(phrase)` is called by the mouse."""
        super().__init__()
        self.setProperty("kind", "phrase")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(phrase)
        self.setToolTip(phrase)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(space("m"), 0, space("s"), 0)
        inside.addWidget(key_mark(key))
        inside.addWidget(Elided(phrase, "phrase"))
        inside.addStretch(1)
        self.clicked.connect(lambda _checked=False: put(phrase))
