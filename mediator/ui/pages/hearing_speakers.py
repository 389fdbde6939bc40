"""Who speaks: a strip of eight keys; whoever has no key of his own is typed by name and found among the parties."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mediator.core.codes import Side
from mediator.core.records import Case, Hearing, PartyId
from mediator.ui.tokens import space
from mediator.ui.words import say

SPEAKERS: Final = 8
SIDES: Final = (
    Side.APPLICANT, Side.RESPONDENT, Side.THIRD_PARTY, Side.AGENT, Side.GUARDIAN, Side.INVITED, Side.WITNESS,
)  # fmt: skip
EDGES: Final = 18
Speaker = tuple[str, str, PartyId | None]


def people_of(case: Case) -> list[Speaker]:
    """Role, name and party of everybody in the case, side by side."""
    return [(each.role_as_given or each.side.term, each.name, each.id) for side in SIDES for each in case.on_side(side)]


def speakers_of(case: Case, sitting: Hearing, host: str) -> list[Speaker]:
    """Those who have a key: F1 is the host, then at most five parties, both sides among them, then the scene."""
    first = sitting.mediators[0] if sitting.mediators else host
    return [(say("hearing.host"), first, None), *with_keys(case), (say("hearing.scene"), say("hearing.scene"), None)]


def with_keys(case: Case) -> list[Speaker]:
    """The first five of everybody; where one side alone fills them, the last key is the other side's."""
    people, keys = people_of(case), SPEAKERS - 3
    others = [each for each in people if each[2] in {party.id for party in case.on_side(Side.RESPONDENT)}]
    chosen = people[:keys]
    return chosen if not others or others[0] in chosen else [*chosen[:-1], others[0]]


class SpeakerButton(QPushButton):
    """Key, role and name below each other; what has no room gives way, all of it stands in the tip."""

    def __init__(self, key: str, role: str, name: str) -> None:
        """All buttons of a strip share its width."""
        super().__init__()
        self.lines = (key, role, name)
        self.setProperty("kind", "speaker")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * 3 + space("s"))
        self.setAccessibleName(f"{role} {name}")
        self.setToolTip("　".join(self.lines))
        self.write()

    def write(self) -> None:
        """As much of each line as there is room for."""
        room = self.width() - EDGES
        shown = (self.fontMetrics().elidedText(each, Qt.TextElideMode.ElideRight, room) for each in self.lines)
        self.setText("\n".join(shown))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other words."""
        super().resizeEvent(event)
        self.write()


class SpeakerStrip(QWidget):
    """`chosen()` once somebody else speaks; the last key asks for a name."""

    chosen = Signal()

    def __init__(self) -> None:
        """Nobody yet."""
        super().__init__()
        self.speakers: list[Speaker] = []
        self.people: list[Speaker] = []
        self.buttons: list[SpeakerButton] = []
        self.speaking = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.row = QHBoxLayout()
        self.row.setSpacing(0)
        self.other = QLineEdit()
        self.other.setAccessibleName(say("hearing.other_name"))
        self.other.setPlaceholderText(say("hearing.other_name"))
        self.other.hide()
        column.addLayout(self.row)
        column.addWidget(self.other)

    def show_speakers(self, speakers: Sequence[Speaker], people: Sequence[Speaker]) -> None:
        """Those with a key, and everybody a typed name may mean; the same ones again change nothing."""
        wanted = [*speakers, (say("hearing.other"), "", None)]
        self.people = [*speakers, *people]
        if wanted == self.speakers:
            return
        self.speakers = wanted
        for press in self.buttons:
            self.row.removeWidget(press)
            press.deleteLater()
        self.buttons = [self._button(place, *each) for place, each in enumerate(wanted)]
        for press in self.buttons:
            self.row.addWidget(press, 1)
        self.choose(min(self.speaking, len(wanted) - 1))

    def _button(self, place: int, role: str, name: str, _party: PartyId | None) -> SpeakerButton:
        """One key."""
        shown = say("hearing.scene_about") if role == name else name or "＋"
        press = SpeakerButton(f"F{place + 1}", role, shown)
        press.clicked.connect(partial(self.choose, place))
        QShortcut(QKeySequence(f"F{place + 1}"), press, partial(self.choose, place))
        return press

    def choose(self, place: int, _checked: bool = False) -> None:
        """Who speaks now."""
        self.speaking = place
        for each, press in enumerate(self.buttons):
            press.setChecked(each == place)
        self.other.setVisible(self.asks)
        self.chosen.emit()

    def choose_name(self, name: str) -> None:
        """Whoever said something before speaks again."""
        place = next((at for at, (_, known, _) in enumerate(self.speakers) if known == name), len(self.speakers) - 1)
        if place == len(self.speakers) - 1:
            self.other.setText(name)
        self.choose(place)

    @property
    def asks(self) -> bool:
        """Whether the name must be typed."""
        return self.speaking == len(self.speakers) - 1

    @property
    def speaker(self) -> tuple[str, PartyId | None]:
        """Name and party of who speaks; a typed name is linked when a party bears it."""
        role, name, party = self.speakers[self.speaking]
        if name:
            return name, party
        typed = self.other.text().strip() or role
        return typed, next((link for _, known, link in self.people if known == typed and link), None)
