"""One sitting being recorded: script, turns, speakers, phrases; every turn is durable before it gets its time."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from mediator.casework import hearing, hearing_course
from mediator.casework.hearing import SCRIPT, Saved
from mediator.core.case_words import words_of
from mediator.core.dates import BEIJING
from mediator.core.records import Case, CaseId, Hearing, HearingId, TurnId
from mediator.errors import MediatorError
from mediator.ui.pages.hearing_aside import AsideColumn
from mediator.ui.pages.hearing_half import NOBODY, HalfTurn
from mediator.ui.pages.hearing_input import TurnInput
from mediator.ui.pages.hearing_speakers import SpeakerStrip, people_of, speakers_of
from mediator.ui.pages.hearing_turns import Line, TurnList, Turns
from mediator.ui.pieces.cards import Card
from mediator.ui.pieces.labels import Note, label, restyle
from mediator.ui.player import Player
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

MINUTE: Final = 60_000
SCRIPT_CHARS = 11


class RecordView(QWidget):
    """The three columns. `own` counts our deeds whose echo from the vault need not be read again."""

    closed = Signal()
    asked_again = Signal()

    def __init__(self, seat: Seat) -> None:
        """Empty columns; `show_record` fills them."""
        super().__init__()
        self.seat, self.own = seat, 0
        self.case, self.sitting = CaseId(""), HearingId("")
        self.begun: datetime | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space("m"))
        row.addWidget(self._script())
        row.addWidget(self._record(), 1)
        row.addWidget(self._aside())
        QShortcut(QKeySequence("Ctrl+B"), self, self.mark)
        self.player = Player(seat, self)
        self.player.changed.connect(self.show_playing)
        QShortcut(QKeySequence("Ctrl+T"), self, self.hear_again)
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
        self.strip = SpeakerStrip()
        self.strip.other.returnPressed.connect(self.take_focus)
        self.strip.chosen.connect(self.begin_typing)
        card.put(self.strip)
        self.input = TurnInput()
        self.input.ended.connect(self.end_turn)
        self.input.earlier.connect(self.correct_last)
        self.input.given_up.connect(self.give_up)
        self.half = HalfTurn(self.seat, self.input, self.strip)
        self.half.came_back.connect(lambda _: self.note.tell(say("hearing.half_said"), "soon"))
        card.put(self.half)
        card.put(self.input)
        hint = label(say("hearing.keys"), "small", wrap=True)
        hint.setContentsMargins(space("m"), space("xs"), space("m"), space("xs"))
        card.put(hint)
        return card

    def _aside(self) -> AsideColumn:
        """常用语, 本案用词, 本场."""
        self.aside = AsideColumn(self.seat, self.put_phrase)
        self.aside.rested.connect(self.rest_or_go_on)
        return self.aside

    def show_record(self, case: Case, sitting: Hearing) -> None:
        """A sitting with everything said so far."""
        self.case, self.sitting, self.begun = case.id, sitting.id, sitting.held_at
        self.turns.show_all(sitting.turns)
        for tick, step in zip(self.ticks, SCRIPT, strict=True):
            tick.setChecked(step.id in sitting.script_done)
            at = sitting.script_at.get(step.id)
            tick.setToolTip(f"{at:%H:%M}　{step.words}" if at else step.words)
            tick.setText(f"{step.title}　{at:%H:%M}" if at else step.title)
        self.show_script()
        self.aside.show_words(words_of(case))
        self.aside.sound.show_sitting(sitting.id, sum(turn.marked for turn in sitting.turns))
        self.aside.drafts.setVisible(any(turn.sound for turn in sitting.turns))
        self.show_rest(paused=sitting.paused)
        self.strip.show_speakers(speakers_of(case, sitting, self.seat.desk.vault.user.name), people_of(case))
        self.show_count()
        self.show_elapsed()
        self._clock.start()
        self.half.show_sitting(sitting)
        self.take_focus()

    def begin_typing(self) -> None:
        """Somebody else speaks: his words come next, or his name where it must be typed."""
        asked = self.strip.asks and not self.strip.other.text()
        (self.strip.other if asked else self.input).setFocus()

    @property
    def correcting(self) -> TurnId:
        """The turn that is being corrected, empty while a new one is typed."""
        return self.half.correcting

    @correcting.setter
    def correcting(self, turn: TurnId) -> None:
        """Take a turn into the field, or none."""
        self.half.correct(turn)

    def take_focus(self) -> None:
        """Ready to type."""
        self.input.setFocus()

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
        name, party = self.strip.speaker
        line = self.turns.add(name, words, party=party is not None, sound=self.half.sound)
        turn = self.half.end()
        self.input.clear()
        self.note.tell("")
        self.own += 1
        work = partial(
            hearing.record_turn, self.seat.desk, self.case, self.sitting, speaker=name, text=words, party=party,
            sound=line.sound, turn=turn or None,
        )  # fmt: skip
        self.seat.deed(work, partial(self.is_saved, line), partial(self.not_saved, line))

    def is_saved(self, line: Line, saved: Saved) -> None:
        """On disk."""
        self.turns.change(line, time=f"{saved.at:%H:%M:%S}", id=saved.turn_id)
        self.show_count()

    def not_saved(self, line: Line, error: MediatorError) -> None:
        """Nothing is lost: the words go back where they were typed, and whoever said them speaks again."""
        self.own -= 1
        self.turns.remove(line)
        if self.input.put_back(line.speaker, line.text):
            self.strip.choose_name(line.speaker)
        self.seat.troubled.emit(error)

    def begin_correction(self, index: QModelIndex) -> None:
        """Take a saved turn into the field."""
        line = self.turns.lines[index.row()]
        if not line.id or self.input.words:
            return
        self.correcting = TurnId(line.id)
        self.input.setPlainText(line.text)
        self.tell_correction()
        self.take_focus()

    def correct_last(self) -> None:
        """Up in an empty field: the newest turn."""
        if self.turns.lines:
            self.begin_correction(self.turns.index(len(self.turns.lines) - 1))

    def end_correction(self, words: str) -> None:
        """The new wording; the old one stays in the case's course. The field is free for the next turn at once."""
        turn = self.correcting
        self.half.end()
        self.give_up()
        self.own += 1
        work = partial(hearing.correct_turn, self.seat.desk, self.case, self.sitting, turn=turn, text=words)
        self.seat.deed(work, partial(self.is_corrected, turn, words), partial(self.not_corrected, turn, words))

    def is_corrected(self, turn: TurnId, words: str, _saved: Saved) -> None:
        """Show the new wording."""
        line = self.turns.line_of(turn)
        if line is not None:
            self.turns.change(line, text=words, corrected=line.corrected + 1)

    def not_corrected(self, turn: TurnId, words: str, error: MediatorError) -> None:
        """The words stand in the field again, still as a correction of that turn."""
        self.own -= 1
        self.input.put_back("", words)
        self.correcting = turn
        self.tell_correction()
        self.seat.troubled.emit(error)

    def tell_correction(self) -> None:
        """Which turn is being corrected."""
        line = self.turns.line_of(self.correcting)
        if line is not None:
            self.note.tell(say("hearing.correcting", time=line.time, speaker=line.speaker), "soon")

    def give_up(self) -> None:
        """Leave a correction; words of a new turn stay."""
        if self.correcting:
            self.correcting = NOBODY
            self.input.clear()
            self.note.tell("")

    def mark(self) -> None:
        """Ctrl+B: a mark beside the chosen turn, beside the newest while one is typing; once more takes it away."""
        line = self.chosen()
        if line is None or not line.id:
            return
        self.own += 1
        turn, marked = TurnId(line.id), not line.marked
        self.turns.change(line, marked=marked)
        self.aside.sound.show_sitting(self.sitting, sum(each.marked for each in self.turns.lines))
        work = partial(hearing_course.mark_turn, self.seat.desk, self.case, self.sitting, turn=turn, marked=marked)
        self.seat.deed(work, None, partial(self.not_marked, turn))

    def chosen(self) -> Line | None:
        """The line on which the list stands, the newest while one is typing."""
        row = self.list.currentIndex().row() if self.list.hasFocus() else len(self.turns.lines) - 1
        return self.turns.lines[row] if row >= 0 else None

    def hear_again(self) -> None:
        """Ctrl+T: the chosen turn is heard from where it begins; once more, and it is silent."""
        line = self.chosen()
        self.player.press(self.case, line.sound if line else None)

    def show_playing(self) -> None:
        """While a turn is heard the record says so."""
        if not self.correcting:
            self.note.tell(say("hearing.hearing_again") if self.player.on else "", "soon")

    def not_marked(self, turn: TurnId, error: MediatorError) -> None:
        """The mark is as it was."""
        self.own -= 1
        line = self.turns.line_of(turn)
        if line is not None:
            self.turns.change(line, marked=not line.marked)
        self.seat.troubled.emit(error)

    def rest_or_go_on(self) -> None:
        """A break, or its end; the record says so. What was being typed is kept first."""
        self.save_typed()
        work = partial(hearing_course.rest_or_go_on, self.seat.desk, self.case, self.sitting)
        self.seat.once("rest", work, lambda _: self.asked_again.emit())

    def show_rest(self, *, paused: bool) -> None:
        """Whether a break goes on, in words where one types."""
        self.aside.show_rest(paused=paused)
        if not self.correcting:
            self.note.tell(say("hearing.resting") if paused else "", "soon")

    def tick(self) -> None:
        """Steps that were read out."""
        done = [step.id for tick, step in zip(self.ticks, SCRIPT, strict=True) if tick.isChecked()]
        self.show_script()
        self.own += 1
        self.show_stamps()
        self.seat.deed(partial(hearing.tick_script, self.seat.desk, self.case, self.sitting, done=done))
        self.take_focus()

    def show_stamps(self) -> None:
        """A step ticked now shows the time at once; one that is no longer ticked shows none."""
        now = self.seat.desk.workshop.clock.now().astimezone(BEIJING)
        for tick, step in zip(self.ticks, SCRIPT, strict=True):
            if not tick.isChecked():
                tick.setText(step.title)
            elif tick.text() == step.title:
                tick.setText(f"{step.title}　{now:%H:%M}")

    def show_script(self) -> None:
        """How far; the next step stands out and its words are there to be read out."""
        done = sum(tick.isChecked() for tick in self.ticks)
        self.script.aside.setText(f"{done} / {len(SCRIPT)}")
        place = next((at for at, tick in enumerate(self.ticks) if not tick.isChecked()), None)
        for at, tick in enumerate(self.ticks):
            if bool(tick.property("next")) != (at == place):
                restyle(tick, next=at == place)
        words = say("hearing.all_read") if place is None else say("hearing.to_read", words=SCRIPT[place].words)
        self.reading_out.setText(words)

    def show_count(self) -> None:
        """Turns and characters."""
        facts = {"turns": len(self.turns.lines), "characters": f"{self.turns.said:,}"}
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
        """Another page comes: silence, and what stands in the field is kept, as a turn or as the correction it is."""
        self.player.stop()
        self.input.take_composed()
        line = self.turns.line_of(self.correcting) if self.correcting else None
        if line is not None and self.input.words == line.text:
            self.give_up()
        elif self.input.words:
            self.end_turn()

    def close_record(self) -> None:
        """Close the record after everything typed is kept."""
        self.save_typed()
        work = partial(hearing.close_hearing, self.seat.desk, self.case, self.sitting)
        self.seat.once("close", work, lambda _: self.closed.emit())
