"""The recording that goes on, as the program sees it: a process of its own that outlives every page and every lock."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QProcess, Signal

from mediator.casework.recording import Order
from mediator.casework.taping import STOP
from mediator.core.recordings import Ending, Position, ms_of
from mediator.errors import MediatorError, RefusedByRule, WorldFailed

BOOT: Final = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from mediator.ui.recorder import main; main()"
LEVELS: Final = 40


def program() -> list[str]:
    """The command of the recorder; a test puts one of its own in its place."""
    return [sys.executable, "-I", "-B", "-c", BOOT, json.dumps([each or str(Path.cwd()) for each in sys.path])]


def trouble_of(ending: Ending) -> MediatorError | None:
    """The error to show for an ending that nobody wished."""
    found: dict[Ending, MediatorError] = {
        Ending.MICROPHONE: WorldFailed("recording.microphone"), Ending.DISK: WorldFailed("recording.disk_low"),
        Ending.NEWCOMER: RefusedByRule("recording.newcomer"), Ending.BROKEN_OFF: WorldFailed("recording.broken_off"),
    }  # fmt: skip
    return found.get(ending)


class OnAir(QObject):
    """`ready()` once a microphone is found and an order is wanted, `missing()` when there is none; `heard()` ten times
    a second while it records; `ended()` once the process is gone and `ending` says why."""

    ready = Signal()
    missing = Signal()
    heard = Signal()
    ended = Signal()

    def __init__(self, command: list[str] | None = None) -> None:
        """Nothing is recorded."""
        super().__init__()
        self.command = command or program()
        self.order: Order | None = None
        self.ending = Ending.BROKEN_OFF
        self.samples = self.kept = 0
        self.levels: list[int] = []
        self._process: QProcess | None = None
        self._refused = False

    @property
    def running(self) -> bool:
        """Whether a recorder's process is there, with an order or without."""
        return self._process is not None

    @property
    def on(self) -> bool:
        """Whether somebody is being recorded."""
        return self.running and self.order is not None

    def is_for(self, hearing: str) -> bool:
        """Whether this sitting is being recorded."""
        return self.order is not None and self.running and self.order.label.hearing == hearing

    def position(self, hearing: str) -> Position | None:
        """Where the recording of a sitting is now, to a tenth of a second; None while it is not recorded."""
        if self.order is None or not self.is_for(hearing):
            return None
        return Position(self.order.label.recording, ms_of(self.samples))

    def imagine(self, order: Order | None, *, samples: int = 0, levels: Sequence[int] = ()) -> None:
        """For a picture: as if this were being recorded, without a process and without sound; or no longer."""
        self.order, self.samples, self.levels = order, samples, list(levels)
        self._process = QProcess(self) if order else None
        self.heard.emit()

    def look_for_microphone(self) -> None:
        """Start the process; one that is there already stays."""
        if self._process is not None:
            return
        self.order, self.ending, self.samples, self.kept, self.levels = None, Ending.BROKEN_OFF, 0, 0, []
        self._refused = False
        process = self._process = QProcess(self)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._failed)
        process.start(self.command[0], self.command[1:])

    def start(self, order: Order) -> None:
        """Record from now on."""
        self.order = order
        self._write(order.packed())

    def dismiss(self) -> None:
        """There will be no order: the process may go."""
        if self._process is not None:
            self._process.closeWriteChannel()

    def stop(self, ending: Ending = Ending.STOPPED) -> None:
        """Stop at once; what was heard is kept, then `ended` comes. Without an order the process goes as it came."""
        if self.on:
            self._write(f"{STOP} {ending.value}")
        else:
            self.dismiss()

    def withdraw(self, hearing: str) -> None:
        """Somebody of this sitting does not agree any more."""
        if self.is_for(hearing):
            self.stop(Ending.WITHDRAWN)

    def wait(self, ms: int = 5000) -> bool:
        """Stand still until the process is gone, at the end of the program; False when it did not go in time."""
        return self._process is None or self._process.waitForFinished(ms)

    def _write(self, line: str) -> None:
        """One line to the process; one that never started, as for a picture, hears nothing."""
        if self._process is not None and self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.write(f"{line}\n".encode())

    def _read(self) -> None:
        """Every whole line that has come."""
        process = self._process
        while process is not None and process.canReadLine():
            self._take(json.loads(bytes(process.readLine().data())))

    def _take(self, told: dict[str, int | str | bool]) -> None:
        """One line."""
        if "ready" in told:
            self._refused = not told["ready"]
            (self.ready if told["ready"] else self.missing).emit()
        if "kept" in told:
            self.kept = int(told["kept"])
        if "ended" in told:
            self.ending = Ending[str(told["ended"]).upper()]
        if "at" in told:
            self.samples = int(told["at"])
            self.levels = [*self.levels[1 - LEVELS :], int(told["level"])]
            self.heard.emit()

    def _failed(self, error: QProcess.ProcessError) -> None:
        """A program that cannot be started never finishes."""
        if error is QProcess.ProcessError.FailedToStart:
            self._process = None
            self.missing.emit()

    def _finished(self) -> None:
        """Every line first, then the end; a process that never had an order ends unnoticed."""
        self._read()
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        if self.order is not None:
            self.ended.emit()
