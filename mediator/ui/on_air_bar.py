"""正在录音: the sign that nobody overlooks, on every page and before the door; what has ended is settled here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFrame, QHBoxLayout

from mediator.casework import recording
from mediator.casework.recording import Consents
from mediator.core.recordings import RATE, Ending, clock_of
from mediator.core.records import CaseId, HearingId
from mediator.ui.on_air import OnAir, trouble_of
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.labels import label
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say


class OnAirBar(QFrame):
    """Shown while somebody is recorded, but for the page that shows it anyway: `elsewhere` tells whether one is away.

    It says no name, for it stands before the door too.
    """

    def __init__(self, on_air: OnAir, elsewhere: Callable[[], bool]) -> None:
        """Nobody sits at the desk yet."""
        super().__init__()
        self.on_air, self.elsewhere = on_air, elsewhere
        self.seat: Seat | None = None
        self.waiting: Ending | None = None
        self.setProperty("kind", "note")
        self.setProperty("tone", "late")
        row = QHBoxLayout(self)
        row.setContentsMargins(space("m"), space("xs"), space("m"), space("xs"))
        self.words = label("", "strong")
        row.addWidget(self.words)
        row.addStretch(1)
        row.addWidget(button(say("hearing.on_air_stop"), on_air.stop, kind="small"))
        self.hide()
        on_air.heard.connect(self.show_time)
        on_air.ended.connect(self.settle)

    def sit_down(self, seat: Seat) -> None:
        """A vault is open: what ended while it was locked, or was left by a kill, is pinned now."""
        self.seat = seat
        seat.changed.connect(self.look_again)
        if not self.on_air.on:
            seat.deed(partial(recording.settle, seat.desk, self.waiting or Ending.BROKEN_OFF))
            self.waiting = None

    def stand_up(self) -> None:
        """The vault is being locked; what is recorded goes on."""
        self.seat = None

    def show_time(self) -> None:
        """The sign, and how long."""
        self.words.setText(say("hearing.on_air", time=clock_of(self.on_air.samples // RATE)))
        self.setVisible(self.on_air.on and self.elsewhere())

    def settle(self) -> None:
        """It has ended: pin what was recorded, now or after the next unlocking, and say what nobody wished."""
        self.hide()
        if self.seat is None:
            self.waiting = self.on_air.ending
            return
        self.seat.deed(partial(recording.settle, self.seat.desk, self.on_air.ending))
        trouble = trouble_of(self.on_air.ending)
        if trouble is not None:
            self.seat.troubled.emit(trouble)

    def look_again(self, cases: frozenset[CaseId]) -> None:
        """The case that is recorded changed: perhaps somebody has come in who was not asked.

        The page of the sitting looks itself; asked here too, every turn would read the whole record again.
        """
        order = self.on_air.order
        if self.seat is None or order is None or not (self.on_air.on and self.elsewhere()):
            return
        if order.label.case in cases:
            case, sitting = CaseId(order.label.case), HearingId(order.label.hearing)
            self.seat.deed(partial(recording.consents, self.seat.desk, case, sitting), self.show_consents)

    def show_consents(self, consents: Consents) -> None:
        """Somebody is there who did not agree: stop at once."""
        if consents.missing and self.on_air.on:
            self.on_air.stop(Ending.NEWCOMER)
