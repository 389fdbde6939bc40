"""The road that is tried by itself: when its time came or a network is there again; nothing takes the focus."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer

from mediator.casework import background
from mediator.casework.county import Exchanged
from mediator.errors import MediatorError
from mediator.ui.seat import Seat

LOOK_MS: Final = 60_000


class RoadWatch(QObject):
    """Asks once a minute, in the lane of the road, so that neither typing nor printing waits for a slow line.

    What an exchange brought is told like any change: pages read again, what is typed stays and asks when it is saved.
    """

    def __init__(self, seat: Seat) -> None:
        """The first look comes with the first minute: a desk that is just being opened has other things to do."""
        super().__init__()
        self.seat, self.going = seat, True
        self.timer = QTimer(self)
        self.timer.setInterval(LOOK_MS)
        self.timer.timeout.connect(self.look)
        self.timer.start()

    def look(self) -> None:
        """One exchange if there is something to do and a road to do it by."""
        if self.going:
            work = partial(background.by_itself, self.seat.desk, lambda: self.going)
            self.seat.once("by_itself", work, self.met, self.missed, road=True)

    def met(self, _done: Exchanged | None) -> None:
        """The lower bar and the page of the exchange say so."""
        self.seat.road_changed.emit()

    def missed(self, _error: MediatorError) -> None:
        """Nobody asked for it, so nobody is told in the middle of other work: the lower bar says when it is next."""
        self.seat.road_changed.emit()

    def stop(self) -> None:
        """The desk is left: what is on its way ends before its next request and goes on another time."""
        self.going = False
        self.timer.stop()
