"""The head of a sitting: where, which kind of meeting, who leads, writes, listens, is missing. All may stay."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mediator.casework.hearing import HearingForm
from mediator.core.records import Hearing
from mediator.core.sittings import Meeting
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import Note, label, spoken
from mediator.ui.words import say

LINES = ("place", "mediators", "recorder", "observers", "absent", "interpreter")


class BeginSheet(QWidget):
    """`asked()` on Enter or the button, `left()` on Esc; what stands in the fields is `form`."""

    asked = Signal()
    left = Signal()

    def __init__(self) -> None:
        """Empty fields."""
        super().__init__()
        self.held_at: datetime | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.card = Card(say("hearing.begin"), say("hearing.begin_about"), padded=True)
        self.fields = {name: QLineEdit() for name in LINES}
        self.meeting = QComboBox()
        for each in Meeting:
            self.meeting.addItem(each.term, each)
        self.card.body.addLayout(self._grid())
        last = QHBoxLayout()
        last.addStretch(1)
        self.press = button(say("hearing.begin_now"), self.asked.emit, kind="primary")
        last.addWidget(self.press)
        self.card.body.addLayout(last)
        column.addWidget(self.card)
        self.earlier = Note("")
        column.addWidget(self.earlier)
        column.addStretch(1)
        QShortcut(QKeySequence("Esc"), self, self.left.emit)

    def _grid(self) -> QGridLayout:
        """Label and field, one below the other."""
        grid = QGridLayout()
        rows: list[tuple[str, QWidget]] = list(self.fields.items())
        rows.insert(3, ("meeting", self.meeting))
        for row, (name, field) in enumerate(rows):
            words = label(say(f"hearing.{name}"), "label")
            words.setBuddy(field)
            field.setAccessibleName(spoken(words.text()))
            grid.addWidget(words, row, 0)
            grid.addWidget(field, row, 1)
        for field in self.fields.values():
            field.returnPressed.connect(self.asked)
        return grid

    def show_next(self, user: str, earlier: int) -> None:
        """For a sitting that begins; names of the last one stay."""
        for name in ("mediators", "recorder"):
            self.fields[name].setText(self.fields[name].text() or user)
        for name in ("observers", "absent", "interpreter"):
            self.fields[name].clear()
        self.meeting.setCurrentIndex(0)
        self.held_at = None
        self.card.title.setText(say("hearing.begin"))
        self.card.aside.setText(say("hearing.begin_about"))
        self.press.setText(say("hearing.begin_now"))
        self.press.setAccessibleName(say("hearing.begin_now"))
        self.earlier.tell(say("hearing.earlier", count=earlier) if earlier else "")
        self.fields["place"].setFocus()

    def show_head(self, sitting: Hearing) -> None:
        """For a sitting that goes on."""
        texts = {
            "place": sitting.place, "recorder": sitting.recorder, "interpreter": sitting.interpreter,
            "mediators": "、".join(sitting.mediators), "observers": "、".join(sitting.observers),
            "absent": "、".join(sitting.absent),
        }  # fmt: skip
        for name, text in texts.items():
            self.fields[name].setText(text)
        self.meeting.setCurrentIndex(list(Meeting).index(sitting.meeting))
        self.held_at = sitting.held_at
        self.card.title.setText(say("hearing.head"))
        self.card.aside.setText(say("hearing.head_about"))
        self.press.setText(say("hearing.head_keep"))
        self.press.setAccessibleName(say("hearing.head_keep"))
        self.earlier.tell("")
        self.fields["observers"].setFocus()

    def form(self, now: datetime) -> HearingForm:
        """What stands there; names are parted by 、 or a comma or a blank."""
        text = {name: field.text().strip() for name, field in self.fields.items()}
        chosen = list(Meeting)[self.meeting.currentIndex()]
        return HearingForm(
            held_at=self.held_at or now,
            place=text["place"],
            mediators=names_in(text["mediators"]),
            recorder=text["recorder"],
            meeting=chosen if self.held_at or chosen is not Meeting.MEDIATION else None,
            observers=names_in(text["observers"]),
            absent=names_in(text["absent"]),
            interpreter=text["interpreter"],
        )


def names_in(text: str) -> tuple[str, ...]:
    """Names of a line as people part them."""
    return tuple(name for name in text.replace("，", "、").replace(" ", "、").replace("　", "、").split("、") if name)
