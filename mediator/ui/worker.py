"""Work beside the screen: deeds in the order they were asked for, heavy work in a second lane, the road in a third."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from mediator.errors import Bug, MediatorError

T = TypeVar("T")
LOG: Final = logging.getLogger("mediator.ui")


class _Reply(QObject):
    """Carries one result from the worker's thread to the screen's."""

    came = Signal(object, object)


class _Job(QRunnable):
    """One piece of work; its reply is heard on the screen's thread."""

    def __init__(self, work: Callable[[], object], reply: _Reply) -> None:
        super().__init__()
        self.work, self.reply = work, reply
        self.setAutoDelete(True)

    def run(self) -> None:
        """Do the work; every error becomes one of ours, for this is one of the four doors that catch all."""
        try:
            result, error = self.work(), None
        except MediatorError as known:
            result, error = None, known
        except Exception as unknown:  # noqa: BLE001 — the worker's door: a defect must reach the screen, not end the thread
            LOG.error("work failed: %s", type(unknown).__name__)
            result, error = None, Bug("ui.work", where=type(unknown).__name__)
        self.reply.came.emit(result, error)


class Worker(QObject):
    """Three lanes. `deed` keeps order, so what was typed first is saved first; `heavy` never delays a deed, and a slow
    `road` to the county delays neither a deed nor a page that is to be printed.
    """

    idle = Signal()
    busy = Signal()

    def __init__(self) -> None:
        """Each lane has one thread."""
        super().__init__()
        self._deeds, self._heavy, self._road = QThreadPool(), QThreadPool(), QThreadPool()
        for lane in (self._deeds, self._heavy, self._road):
            lane.setMaxThreadCount(1)
        self._open: dict[int, _Reply] = {}
        self._after: list[Callable[[], object]] = []
        self._next = 0

    @property
    def waiting(self) -> int:
        """Pieces of work that have not replied yet."""
        return len(self._open)

    def deed(
        self, work: Callable[[], T], done: Callable[[T], None], *, failed: Callable[[MediatorError], None]
    ) -> None:
        """Do `work` after all deeds asked for before; one of `done`, `failed` is called on the screen's thread."""
        self._start(self._deeds, work, done, failed)

    def heavy(
        self, work: Callable[[], T], done: Callable[[T], None], *, failed: Callable[[MediatorError], None]
    ) -> None:
        """Previews, papers, backups: work that may take long and changes no order of deeds."""
        self._start(self._heavy, work, done, failed)

    def road(
        self, work: Callable[[], T], done: Callable[[T], None], *, failed: Callable[[MediatorError], None]
    ) -> None:
        """Exchanges with the county, one after the other."""
        self._start(self._road, work, done, failed)

    def _start(
        self,
        lane: QThreadPool,
        work: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[MediatorError], None],
    ) -> None:
        """Hand the work to a lane and remember its reply."""
        reply, number = _Reply(), self._next
        self._next += 1
        self._open[number] = reply

        @Slot(object, object)
        def heard(result: T, error: MediatorError | None) -> None:
            del self._open[number]
            try:
                done(result) if error is None else failed(error)
            finally:
                self._rest()

        reply.came.connect(heard, Qt.ConnectionType.QueuedConnection)
        if len(self._open) == 1:
            self.busy.emit()
        lane.start(_Job(work, reply))

    def _rest(self) -> None:
        """Nothing waits: tell so, then do what was to come after; what that asks for comes first again."""
        if not self._open:
            self.idle.emit()
        while self._after and not self._open:
            self._after.pop(0)()

    def then(self, after: Callable[[], object]) -> None:
        """Call `after` once every answer was heard, also of deeds that an answer asks for; at once if nothing waits."""
        self._after.append(after)
        if not self._open:
            self._after.pop()()
