"""What the day brings by itself: orders that are due are raised when a desk is opened and when its day changes."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer

from mediator.casework import supervising
from mediator.ui.seat import Seat

LOOK_MS: Final = 60_000


class DayWatch(QObject):
    """Looks at the day once a minute; the work is done beside the screen and stops where the desk is being left."""

    def __init__(self, seat: Seat) -> None:
        """Raise what is due today at once."""
        super().__init__()
        self.seat, self.going = seat, True
        self.day = seat.desk.today()
        self.timer = QTimer(self)
        self.timer.setInterval(LOOK_MS)
        self.timer.timeout.connect(self.look)
        self.timer.start()
        self.tend()

    def look(self) -> None:
        """A new day has its own orders, and every page that counts days counts them anew."""
        today = self.seat.desk.today()
        if self.going and today != self.day:
            self.day = today
            self.tend()
            self.seat.changed.emit(frozenset())

    def tend(self) -> None:
        """Raise them; a page that shows a case hears of it as of any change."""
        self.seat.heavy(partial(supervising.raise_due, self.seat.desk, going=lambda: self.going))

    def stop(self) -> None:
        """The desk is left: what is not raised yet is raised when it is opened again."""
        self.going = False
        self.timer.stop()
