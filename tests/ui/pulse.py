"""A beat of the screen's thread: the longest stretch of its own work between two of them."""

from __future__ import annotations

from time import thread_time

from PySide6.QtCore import QObject, QTimer


class Pulse(QObject):
    """Beats whenever the screen's thread is free; keeps the longest stretch of work between two beats."""

    def __init__(self) -> None:
        super().__init__()
        self.longest, self.last = 0.0, thread_time()
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.beat)
        self.timer.start(0)

    def beat(self) -> None:
        now = thread_time()
        self.longest, self.last = max(self.longest, now - self.last), now

    def rest(self) -> None:
        """Nobody waits for the screen now; the next stretch begins with `wake`."""
        self.beat()
        self.timer.stop()

    def wake(self) -> None:
        """From now on."""
        self.last = thread_time()
        self.timer.start(0)
