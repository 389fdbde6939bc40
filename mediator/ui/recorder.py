"""The recorder's own process: a microphone, an order, sealed chunks. It holds no vault and no key that opens anything.

It says `ready` or that there is no microphone, waits for one line with the order, and records until it is told to
stop or whoever started it is gone: nobody is recorded whom nobody could stop. A lock of the vault does not concern it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from threading import Thread
from typing import TextIO

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from mediator.casework.taping import STOP, Taping
from mediator.core.recordings import Ending
from mediator.ui.microphone import Microphone, SystemMicrophone

if sys.platform != "win32":
    import resource


class Recorder:
    """Lines in, sound in, lines out; `leave` ends the process."""

    def __init__(self, microphone: Microphone, tell: Callable[[str], None], leave: Callable[[], None]) -> None:
        """Say at once whether anything can be recorded."""
        self._microphone, self._tell, self._leave = microphone, tell, leave
        self.taping = Taping(tell, self._finish)
        if microphone.ready():
            tell(json.dumps({"ready": True}))
        else:
            self._refuse()

    def _refuse(self) -> None:
        """No microphone."""
        self._tell(json.dumps({"ready": False}))
        self._leave()

    def line(self, line: str) -> None:
        """The order first, then `stop` with the reason; an empty line is the end of whoever started us."""
        if self.taping.recording:
            self._stop(ending_of(line))
        elif not line:
            self.taping.stop(Ending.BROKEN_OFF)
        elif self.taping.order(line):
            self._microphone.start(self.taping.hear, self._lost)

    def _stop(self, ending: Ending) -> None:
        """What the microphone still holds comes first."""
        self._microphone.stop()
        self.taping.stop(ending)

    def _lost(self) -> None:
        """The microphone is gone; what it heard is kept."""
        self.taping.stop(Ending.MICROPHONE)

    def _finish(self) -> None:
        """Everything is on disk."""
        self._microphone.stop()
        self._leave()


def ending_of(line: str) -> Ending:
    """`stop withdrawn` and the like; a line that says nothing else is the end of whoever started us."""
    word, _, reason = line.partition(" ")
    return next((each for each in Ending if word == STOP and each.value == reason), Ending.BROKEN_OFF)


class Lines(QObject):
    """Lines of a stream, read beside the event loop; the last one is empty."""

    came = Signal(str)

    def read(self, stream: TextIO) -> None:
        """Until it ends."""
        for line in stream:
            self.came.emit(line.rstrip("\n"))
        self.came.emit("")


def confine() -> None:
    """No core file: it would hold two seconds of somebody's voice (T14)."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def say(line: str) -> None:
    """To whoever started us; if he is gone, the end of our input says so too."""
    try:
        print(line, flush=True)
    except (BrokenPipeError, ValueError):
        sys.stdout = None  # nothing more is written, not even by the interpreter's end


def main() -> None:
    """The process."""
    confine()
    application, lines = QCoreApplication(sys.argv[:1]), Lines()
    over: list[bool] = []

    def leave() -> None:
        over.append(True)
        application.quit()

    recorder = Recorder(SystemMicrophone(), say, leave)
    if over:
        return
    lines.came.connect(recorder.line, Qt.ConnectionType.QueuedConnection)
    Thread(target=lines.read, args=(sys.stdin,), daemon=True).start()
    application.exec()
