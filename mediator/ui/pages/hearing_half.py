"""The turn that is being typed: the id it will bear, where it is heard, and what a kill leaves of it (T22)."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from mediator.casework import half_said
from mediator.casework.half_said import Half
from mediator.core.recordings import Position
from mediator.core.records import Hearing, HearingId, TurnId
from mediator.errors import MediatorError
from mediator.ui.pages.hearing_input import TurnInput
from mediator.ui.pages.hearing_speakers import SpeakerStrip
from mediator.ui.seat import Seat

# With the disk's own time this stays below two seconds.
EVERY_MS: Final = 1500
# A turn is heard from where its speaker was chosen, if somebody began to type no later than this many ms afterwards.
MOMENT_MS: Final = 10_000
NOBODY: Final = TurnId("")


class HalfTurn(QWidget):
    """Follows the field and the strip. What stands there is written at most once in `EVERY_MS`, if it changed.

    `came_back(half)` when words of a sitting that broke off stand in the field again.
    """

    came_back = Signal(object)

    def __init__(self, seat: Seat, field: TurnInput, strip: SpeakerStrip) -> None:
        """No sitting yet."""
        super().__init__()
        self.hide()
        self.seat, self.field, self.strip = seat, field, strip
        self.sitting = HearingId("")
        self.turn = self.correcting = NOBODY
        self.sound: Position | None = None
        self.kept: Half | None = None
        self.ended: set[TurnId] = set()
        self.clock = QTimer(self)
        self.clock.setSingleShot(True)
        self.clock.setInterval(EVERY_MS)
        self.clock.timeout.connect(self.keep)
        field.textChanged.connect(self.typed)
        field.composed.connect(self.typed)
        strip.chosen.connect(self.speaker_chosen)

    def show_sitting(self, sitting: Hearing) -> None:
        """A sitting is on the screen: what was being typed in it when it broke off is looked for."""
        self.sitting = sitting.id
        if not self.field.whole:
            self.seat.deed(partial(half_said.left, self.seat.desk, sitting), self.show_half)

    def speaker_chosen(self) -> None:
        """Somebody begins to speak."""
        if not self.field.whole:
            self.sound = self.seat.on_air.position(self.sitting)

    def typed(self) -> None:
        """The first letter of a turn gives it its id and its place; every letter starts the clock if it stands."""
        if not self.field.whole:
            self.turn, self.sound = NOBODY, None
        elif not self.turn:
            self.turn = self.correcting or TurnId(self.seat.desk.fresh_id())
            here = self.seat.on_air.position(self.sitting)
            if here is None or self.sound is None or here.ms - self.sound.ms > MOMENT_MS:
                self.sound = here
        if not self.clock.isActive():
            self.clock.start()

    def correct(self, turn: TurnId) -> None:
        """What is typed, and what stands there already, corrects this turn; with none, a new turn is typed."""
        self.correcting = turn
        if turn and self.field.whole:
            self.turn = turn

    def now(self) -> Half | None:
        """What stands in the field."""
        text = self.field.whole
        if not text.strip() or not self.sitting or not self.turn:
            return None
        name, party = self.strip.speaker
        return Half(self.sitting, self.turn, text, name, party, self.sound, bool(self.correcting))

    def keep(self) -> None:
        """Write it down, if it is not what was written last."""
        half = self.now()
        if half != self.kept:
            before, self.kept = self.kept, half
            self.seat.deed(partial(half_said.keep, self.seat.desk, half), failed=partial(self.not_kept, before))

    def not_kept(self, before: Half | None, error: MediatorError) -> None:
        """It is tried again with the next letter."""
        self.kept = before
        self.seat.troubled.emit(error)

    def end(self) -> TurnId:
        """It becomes a turn of this id: what was kept of it is worth nothing any more and need not be wiped."""
        turn, self.kept = self.turn, None
        self.ended.add(turn)
        return turn

    def show_half(self, half: Half | None) -> None:
        """Its words stand in the field again, with whoever said them."""
        if half is None or half.hearing != self.sitting or half.turn in self.ended or self.field.whole:
            return
        if half.corrects:
            self.correcting = half.turn
        else:
            self.strip.choose_name(half.speaker)
        self.turn, self.sound, self.kept = half.turn, half.sound, half
        self.field.write(half.text)
        self.came_back.emit(half)
