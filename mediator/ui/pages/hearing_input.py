"""Where words are typed during a hearing: Enter ends a turn, an input method's own Enter does not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from mediator.ui.words import say

ROWS: Final = 3


class TurnInput(QPlainTextEdit):
    """`ended` on Enter, `earlier` on Up in an empty field, `given_up` on Esc; Shift+Enter is a line of the turn.

    `composed` whenever an input method changed what it is composing.
    """

    ended = Signal()
    earlier = Signal()
    given_up = Signal()
    composed = Signal()

    def __init__(self) -> None:
        """An empty field."""
        super().__init__()
        self.composed_now = ""
        self.returned: tuple[Words, ...] = ()
        self.standing = ""
        self.setProperty("kind", "hearing")
        self.setAccessibleName(say("hearing.words"))
        self.setPlaceholderText(say("hearing.words_hint"))
        self.setTabChangesFocus(True)
        self.ensurePolished()
        self.setFixedHeight(self.fontMetrics().lineSpacing() * (ROWS + 1))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember what is being composed."""
        self.composed_now = event.preeditString()
        super().inputMethodEvent(event)
        self.composed.emit()

    @property
    def composing(self) -> bool:
        """Whether a word is being composed."""
        return bool(self.composed_now)

    @property
    def whole(self) -> str:
        """What stands there with what an input method has not handed over yet."""
        text, at = self.toPlainText(), self.textCursor().position()
        return text[:at] + self.composed_now + text[at:]

    def take_composed(self) -> None:
        """The page is left: what is being composed counts as typed."""
        if self.composed_now:
            words, self.composed_now = self.composed_now, ""
            QGuiApplication.inputMethod().reset()
            self.insertPlainText(words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, Up, Esc; everything else is typing."""
        shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not shifted and not self.composing:
            self.ended.emit()
        elif event.key() == Qt.Key.Key_Up and not self.toPlainText():
            self.earlier.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    @property
    def words(self) -> str:
        """What stands there, without blanks around it."""
        return self.toPlainText().strip()

    def put_back(self, speaker: str, words: str) -> bool:
        """Words that could not be saved come before what was typed since, after those that came back before them.

        True when they stand there alone; otherwise each is written with its speaker, so that nobody's words become
        another's.
        """
        typed = self.toPlainText()
        again = self.returned and typed.startswith(self.standing)
        since = typed[len(self.standing) :].lstrip("\n") if again else typed
        self.returned = (*(self.returned if again else ()), Words(speaker, words))
        alone = len(self.returned) == 1 and not since
        self.standing = words if alone else "\n".join(each.whole for each in self.returned)
        self.write("\n".join([self.standing, *([since] if since else [])]))
        return alone

    def write(self, words: str) -> None:
        """Words in the field, the cursor behind them."""
        self.setPlainText(words)
        self.moveCursor(self.textCursor().MoveOperation.End)


@dataclass(frozen=True, slots=True)
class Words:
    """What came back, and whose it is."""

    speaker: str
    text: str

    @property
    def whole(self) -> str:
        """As it is written where several came back."""
        return f"{self.speaker}：{self.text}" if self.speaker else self.text
