"""A desk nobody touches is locked: after the minutes that were chosen, never without a warning (T03).

A computer that slept is locked at once when it wakes: the lid was closed, whoever opens it is somebody else. No
platform tells that in the same way, but on each the clock on the wall goes on while the timers of a sleeper stand.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

WARNING_S: Final = 30
LOOK_MS: Final = 5_000
SLEPT_S: Final = 45.0
TOUCHES: Final = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.Wheel,
    QEvent.Type.InputMethod, QEvent.Type.TouchBegin,
})  # fmt: skip


class IdleWatch(QObject):
    """`warned` half a minute before, `touched` when somebody comes back after that, `expired` when the time is over."""

    warned = Signal()
    touched = Signal()
    expired = Signal()

    def __init__(self, wall: Callable[[], float] = time.time) -> None:
        """Watches nothing until `watch`; `wall` tells seconds and goes on while the computer sleeps."""
        super().__init__()
        self.wall, self.seen = wall, 0.0
        self.pulse = QTimer(self)
        self.pulse.setInterval(LOOK_MS)
        self.pulse.timeout.connect(self.beat)
        self.minutes, self.watching, self.told = 0, False, False
        self._first, self._last = QTimer(self), QTimer(self)
        for timer, then in ((self._first, self.nearly), (self._last, self.over)):
            timer.setSingleShot(True)
            timer.timeout.connect(then)

    def listen(self, screen: QWindow | None) -> None:
        """Hear keys and hand where they come in, at the window of the platform: a filter of the whole program would
        be asked about every event of every widget. An input method takes keys before that; the cursor tells of it."""
        if screen is not None:
            screen.removeEventFilter(self)
            screen.installEventFilter(self)
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self.touch, Qt.ConnectionType.UniqueConnection)

    def watch(self, minutes: int) -> None:
        """From now on, so many minutes."""
        self.minutes, self.watching = minutes, True
        self.seen = self.wall()
        self.pulse.start()
        self.begin()

    def beat(self) -> None:
        """Every five seconds; when much more went by, everything stood still in between."""
        slept, self.seen = self.wall() - self.seen, self.wall()
        if slept > SLEPT_S:
            self.over()

    def stop(self) -> None:
        """The vault is closed: there is nothing to guard."""
        self.watching = False
        self.pulse.stop()
        self._first.stop()
        self._last.stop()

    def begin(self) -> None:
        """Count from now."""
        self.told = False
        self._last.stop()
        self._first.start(self.minutes * 60_000 - WARNING_S * 1000)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Any key or move of the hand begins the time anew; nothing is swallowed."""
        if event.type() in TOUCHES:
            self.touch()
        return False

    def touch(self) -> None:
        """Somebody is there."""
        told = self.told
        if self.watching:
            self.begin()
        if told:
            self.touched.emit()

    def nearly(self) -> None:
        """Say that it will be locked."""
        self.told = True
        self._last.start(WARNING_S * 1000)
        self.warned.emit()

    def over(self) -> None:
        """Lock."""
        if self.watching:
            self.expired.emit()
