"""One sitting being recorded: script, turns, speakers, phrases; every turn is durable before it gets its time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QWidget

from mediator.casework import hearing
from mediator.casework.hearing import PHRASES, SCRIPT, Saved
from mediator.core.codes import Side
from mediator.core.records import Case, CaseId, Hearing, HearingId, PartyId, TurnId
from mediator.errors import MediatorError
from mediator.ui.pages.hearing_input import TurnInput
from mediator.ui.pages.hearing_turns import Line, TurnList, Turns
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import Note, label, restyle
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

SPEAKERS: Final = 8
SIDES: Final = (
    Side.APPLICANT,
    Side.RESPONDENT,
    Side.THIRD_PARTY,
    Side.AGENT,
    Side.GUARDIAN,
    Side.INVITED,
    Side.WITNESS,
)
MINUTE: Final = 60_000
SCRIPT_CHARS, PHRASES_CHARS = 11, 18
Speaker = tuple[str, str, PartyId | None]


def speakers_of(case: Case, sitting: Hearing, host: str) -> list[Speaker]:
    """Role, name and party of those who speak, at most seven and a line for the scene: F1 is the host."""
    first = sitting.mediators[0] if sitting.mediators else host
    people = [
        (party.role_as_given or party.side.term, party.name, party.id) for side in SIDES for party in case.on_side(side)
    ]
    return [
        (say("hearing.host"), first, None),
        *people[: SPEAKERS - 3],
        (say("hearing.scene"), say("hearing.scene"), None),
    ]


class RecordView(QWidget):
    """The three columns. `own` counts our deeds whose echo from the vault need not be read again."""

    closed = Signal()

    def __init__(self, seat: Seat) -> None:
        """Empty columns; `show_record` fills them."""
        super().__init__()
        self.seat, self.own = seat, 0
        self.case, self.sitting = CaseId(""), HearingId("")
        self.speakers: list[Speaker] = []
        self.speaking, self.correcting = 0, TurnId("")
        self.begun: datetime | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space("m"))
        row.addWidget(self._script())
        row.addWidget(self._record(), 1)
        row.addWidget(self._phrases())
        self._clock = QTimer(self)
        self._clock.setInterval(MINUTE)
        self._clock.timeout.connect(self.show_elapsed)

    def _script(self) -> Card:
        """程序."""
        self.script = Card(say("hearing.script"), padded=True)
        self.script.setFixedWidth(self.seat.preferences.look.wide(SCRIPT_CHARS))
        self.ticks: list[QCheckBox] = []
        for step in SCRIPT:
            tick = QCheckBox(step.title)
            tick.setToolTip(step.words)
            tick.clicked.connect(lambda _checked=False: self.tick())
            self.ticks.append(tick)
            self.script.put(tick)
        self.reading_out = label("", "aside", wrap=True)
        self.script.body.addStretch(1)
        self.script.put(self.reading_out)
        return self.script

    def _record(self) -> Card:
        """笔录: turns, speakers, the field, the keys."""
        card = Card(say("hearing.record"))
        self.count = card.aside
        self.elapsed = label("", "aside")
        card.head.addWidget(self.elapsed)
        self.turns = Turns()
        self.list = TurnList(self.turns, self.seat.preferences.look)
        self.list.activated.connect(self.begin_correction)
        card.put(self.list, 1)
        self.note = Note("")
        self.note.hide()
        card.put(self.note)
        self.row = QHBoxLayout()
        self.row.setSpacing(0)
        card.body.addLayout(self.row)
        self.other = QLineEdit()
        self.other.setAccessibleName(say("hearing.other_name"))
        self.other.setPlaceholderText(say("hearing.other_name"))
        self.other.returnPressed.connect(self.take_focus)
        self.other.hide()
        card.put(self.other)
        self.input = TurnInput()
        self.input.ended.connect(self.end_turn)
        self.input.earlier.connect(self.correct_last)
        self.input.given_up.connect(self.give_up)
        card.put(self.input)
        hint = label(say("hearing.keys"), "small", wrap=True)
        hint.setContentsMargins(space("m"), space("xs"), space("m"), space("xs"))
        card.put(hint)
        return card

    def _phrases(self) -> QWidget:
        """常用语."""
        card = Card(say("hearing.phrases"), padded=True)
        for number, phrase in enumerate(PHRASES, start=1):
            press = button(f"{number}  {phrase}", partial(self.put_phrase, phrase), kind="small")
            press.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            restyle(press, left=True)
            press.setToolTip(f"Ctrl+{number}")
            card.put(press)
            QShortcut(QKeySequence(f"Ctrl+{number}"), self, partial(self.put_phrase, phrase))
        card.body.addStretch(1)
        card.setFixedWidth(self.seat.preferences.look.wide(PHRASES_CHARS))
        return card

    def show_record(self, case: Case, sitting: Hearing) -> None:
        """A sitting with everything said so far."""
        self.case, self.sitting, self.begun = case.id, sitting.id, sitting.held_at
        self.turns.show_all(sitting.turns)
        for tick, step in zip(self.ticks, SCRIPT, strict=True):
            tick.setChecked(step.id in sitting.script_done)
        self.show_script()
        self.show_speakers(speakers_of(case, sitting, self.seat.desk.vault.user.name))
        self.show_count()
        self.show_elapsed()
        self._clock.start()
        self.take_focus()

    def show_speakers(self, speakers: Sequence[Speaker]) -> None:
        """F1 to F8; the last is anybody else."""
        self.speakers = [*speakers, (say("hearing.other"), "", None)]
        while (item := self.row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.buttons: list[QPushButton] = []
        for place, (role, name, _) in enumerate(self.speakers):
            key = f"F{place + 1}"
            press = QPushButton(f"{key}\n{role}\n{name or '＋'}")
            press.setProperty("kind", "speaker")
            press.setCheckable(True)
            press.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            QShortcut(QKeySequence(key), press, partial(self.choose, place))
            press.setAccessibleName(f"{role} {name}")
            press.clicked.connect(partial(self.choose, place))
            press.setMinimumHeight(self.fontMetrics().lineSpacing() * 3 + space("s"))
            self.buttons.append(press)
            self.row.addWidget(press, 1)
        self.choose(min(self.speaking, len(self.speakers) - 1))

    def choose(self, place: int, _checked: bool = False) -> None:
        """Who speaks now."""
        self.speaking = place
        for each, press in enumerate(self.buttons):
            press.setChecked(each == place)
        other = place == len(self.speakers) - 1
        self.other.setVisible(other)
        (self.other if other and not self.other.text() else self.input).setFocus()

    def take_focus(self) -> None:
        """Ready to type."""
        self.input.setFocus()

    def speaker(self) -> tuple[str, PartyId | None]:
        """Name and party of who speaks; a name typed for another is linked when a party bears it."""
        role, name, party = self.speakers[self.speaking]
        if name:
            return name, party
        typed = self.other.text().strip() or role
        return typed, next((link for _, known, link in self.speakers if known == typed), None)

    def put_phrase(self, phrase: str) -> None:
        """A stock phrase where the cursor is."""
        self.input.insertPlainText(phrase)
        self.input.setFocus()

    def end_turn(self) -> None:
        """Keep the words: shown at once, dated once they are on disk."""
        words = self.input.words
        if not words or not self.sitting:
            return
        if self.correcting:
            self.end_correction(words)
            return
        name, party = self.speaker()
        row = self.turns.add(Line(name, words))
        self.input.clear()
        self.own += 1
        work = partial(
            hearing.record_turn, self.seat.desk, self.case, self.sitting, speaker=name, text=words, party=party
        )
        self.seat.deed(work, partial(self.is_saved, row), partial(self.not_saved, row))

    def is_saved(self, row: int, saved: Saved) -> None:
        """On disk."""
        self.turns.change(row, time=f"{saved.at:%H:%M:%S}", id=saved.turn_id)
        self.show_count()

    def not_saved(self, row: int, error: MediatorError) -> None:
        """Nothing is lost: the words go back where they were typed."""
        self.own -= 1
        self.input.put_back(self.turns.remove(row).text)
        self.seat.troubled.emit(error)

    def begin_correction(self, index: QModelIndex) -> None:
        """Take a saved turn into the field."""
        line = self.turns.lines[index.row()]
        if not line.id or self.input.words:
            return
        self.correcting = TurnId(line.id)
        self.input.setPlainText(line.text)
        self.note.tell(say("hearing.correcting", time=line.time, speaker=line.speaker), "soon")
        self.take_focus()

    def correct_last(self) -> None:
        """Up in an empty field: the newest turn."""
        if self.turns.lines:
            self.begin_correction(self.turns.index(len(self.turns.lines) - 1))

    def end_correction(self, words: str) -> None:
        """The new wording; the old one stays in the case's course."""
        turn, row = self.correcting, self.turns.row_of(self.correcting)
        self.own += 1
        work = partial(hearing.correct_turn, self.seat.desk, self.case, self.sitting, turn=turn, text=words)
        self.seat.deed(work, partial(self.is_corrected, row, words), self.not_corrected)

    def is_corrected(self, row: int, words: str, _saved: Saved) -> None:
        """Show the new wording."""
        if row >= 0:
            self.turns.change(row, text=words, corrected=self.turns.lines[row].corrected + 1)
        self.give_up()

    def not_corrected(self, error: MediatorError) -> None:
        """The words stay in the field."""
        self.own -= 1
        self.seat.troubled.emit(error)

    def give_up(self) -> None:
        """Leave a correction; words of a new turn stay."""
        if self.correcting:
            self.correcting = TurnId("")
            self.input.clear()
            self.note.tell("")

    def tick(self) -> None:
        """Steps that were read out."""
        done = [step.id for tick, step in zip(self.ticks, SCRIPT, strict=True) if tick.isChecked()]
        self.show_script()
        self.own += 1
        self.seat.deed(partial(hearing.tick_script, self.seat.desk, self.case, self.sitting, done=done))
        self.take_focus()

    def show_script(self) -> None:
        """How far, and the words of the next step to read out."""
        done = sum(tick.isChecked() for tick in self.ticks)
        self.script.aside.setText(f"{done} / {len(SCRIPT)}")
        step = next((step for tick, step in zip(self.ticks, SCRIPT, strict=True) if not tick.isChecked()), None)
        self.reading_out.setText(say("hearing.to_read", words=step.words) if step else say("hearing.all_read"))

    def show_count(self) -> None:
        """Turns and characters."""
        facts = {"turns": len(self.turns.lines), "characters": f"{self.turns.characters:,}"}
        self.count.setText(say("hearing.count", **facts))

    def show_elapsed(self) -> None:
        """Hours and minutes since it began."""
        if self.begun is None:
            return
        minutes = max(int((self.seat.desk.workshop.clock.now() - self.begun).total_seconds() // 60), 0)
        self.elapsed.setText(
            say("hearing.elapsed", hours=minutes // 60, minutes=minutes % 60) if minutes < 1440 else ""
        )

    def save_typed(self) -> None:
        """Another page comes: what stands in the field is kept as a turn."""
        if self.input.words and not self.correcting:
            self.end_turn()

    def close_record(self) -> None:
        """Close the record after everything typed is kept."""
        self.save_typed()
        self.seat.deed(
            partial(hearing.close_hearing, self.seat.desk, self.case, self.sitting), lambda _: self.closed.emit()
        )


def whole_text(turns: Sequence[Line]) -> str:
    """The record to be read out."""
    return "\n\n".join(f"{line.speaker}：{line.text}" for line in turns)


def sitting_label(case: Case, sitting: Hearing) -> QLabel:
    """`第二次调解`."""
    place = [each.id for each in case.hearings].index(sitting.id) + 1
    return label(say("hearing.nth", number=place), "section")
