"""录音 beside the record: how loud it is, how long it runs, and the one key that begins and ends it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from mediator.core.recordings import RATE, clock_of
from mediator.ui.on_air import LEVELS, OnAir
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import label
from mediator.ui.tokens import Look, space
from mediator.ui.words import say

HIGH: Final = 24
# Thousandths of full scale: below the first nothing but the sound card's own noise, below the second hard to follow.
SILENT, FAINT, LOUD = 4, 40, 990
SECOND: Final = 10


class Levels(QWidget):
    """The last four seconds as bars, the newest on the right; for the eye alone, the words beside it say the same."""

    def __init__(self, look: Look) -> None:
        """Silence."""
        super().__init__()
        self.look = look
        self.levels: list[int] = []
        self.setFixedHeight(HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_levels(self, levels: list[int]) -> None:
        """Other levels, in thousandths of full scale."""
        self.levels = levels
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One bar a tenth of a second; quiet speech is stretched, for the ear hears ratios."""
        painter, wide = QPainter(self), self.width() / LEVELS
        colour = QColor(self.look.colour("accent"))
        for place, level in enumerate(reversed(self.levels)):
            high = max((level / 1000) ** 0.5 * HIGH, 2)
            left = self.width() - (place + 1) * wide
            painter.fillRect(QRectF(left, HIGH - high, max(wide - 2, 1), high), colour)


def heard_as(levels: list[int]) -> str:
    """What a clerk must know of the last second: nothing, faint, too loud, or all is well."""
    loudest = max(levels[-SECOND:], default=0)
    if loudest >= LOUD:
        return say("hearing.sound_loud")
    if loudest < SILENT:
        return say("hearing.sound_none")
    return say("hearing.sound_faint" if loudest < FAINT else "hearing.sound_well")


class SoundCard(Card):
    """`asked()` when somebody wants to begin or to end, `consents()` for who agreed; it shows its own sitting."""

    asked = Signal()
    consents = Signal()

    def __init__(self, on_air: OnAir, look: Look) -> None:
        """No sitting yet."""
        super().__init__(say("hearing.sound"), padded=True)
        self.on_air, self.hearing, self.marks = on_air, "", 0
        self.press = button(say("hearing.sound_begin"), self.asked.emit, kind="small", key="Ctrl+R")
        self.who = button(say("hearing.sound_who"), self.consents.emit, kind="small")
        self.head.addWidget(self.who)
        self.head.addWidget(self.press)
        self.levels = Levels(look)
        self.put(self.levels)
        self.state, self.time, self.marked = label("", "aside"), label("", "strong"), label("", "aside")
        row = QHBoxLayout()
        row.setSpacing(space("m"))
        row.addWidget(self.state)
        row.addStretch(1)
        row.addWidget(self.time)
        row.addWidget(self.marked)
        self.body.addLayout(row)
        self.off = label(say("hearing.sound_off"), "aside", wrap=True)
        self.put(self.off)
        on_air.heard.connect(self.show_sound)
        on_air.ended.connect(self.show_sound)

    def show_sitting(self, hearing: str, marks: int) -> None:
        """The sitting on the screen, and how many of its turns are marked."""
        self.hearing, self.marks = hearing, marks
        self.show_sound()

    def show_sound(self) -> None:
        """As it is now."""
        on = self.on_air.is_for(self.hearing)
        words = say("hearing.sound_end" if on else "hearing.sound_begin")
        self.press.setText(f"{words}  Ctrl+R")
        self.press.setAccessibleName(words)
        for widget in (self.levels, self.state, self.time, self.marked, self.who):
            widget.setVisible(on)
        self.off.setVisible(not on)
        if on:
            self.levels.show_levels(self.on_air.levels)
            self.state.setText(heard_as(self.on_air.levels))
            self.time.setText(clock_of(self.on_air.samples // RATE))
            self.marked.setText(say("hearing.sound_marks", count=self.marks))
