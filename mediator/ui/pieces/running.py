"""How far a long deed is, with 取消 beside it; the deed itself runs in the heavy lane and is watched from here."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Event
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from mediator.casework.watching import Watch
from mediator.errors import MediatorError
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.labels import label
from mediator.ui.seat import Seat
from mediator.ui.tokens import space
from mediator.ui.words import say

T = TypeVar("T")


class RunningStrip(QFrame):
    """Hidden until a deed is under way; one at a time."""

    went_on = Signal(int, int)

    def __init__(self, seat: Seat, name: str) -> None:
        """`name` is the wish of `Seat.once`: the same one twice is one."""
        super().__init__()
        self.seat, self.name, self.stopped = seat, name, Event()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(space("s"))
        self.state = label(say("frame.working"), "aside")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(say("frame.working"))
        self.stop = button(say("frame.stop"), self.cancel, kind="small")
        row.addWidget(self.state)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self.hide()
        self.went_on.connect(self.show_progress)

    @property
    def busy(self) -> bool:
        """Whether a deed is under way."""
        return not self.isHidden()

    def start(
        self, work: Callable[[Watch], T], done: Callable[[T], None], failed: Callable[[MediatorError], None]
    ) -> bool:
        """Begin; False, and nothing happens, while another is under way."""
        if self.busy:
            return False
        self.stopped = Event()
        watch = Watch(self.went_on.emit, self.stopped.is_set)
        self.state.setText(say("frame.working"))
        self.bar.setRange(0, 0)
        self.show()
        over = partial(self.over, done), partial(self.over, failed)
        self.seat.once(self.name, partial(work, watch), *over, heavy=True)
        return True

    def show_progress(self, done: int, total: int) -> None:
        """So many of so many."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def cancel(self) -> None:
        """Stop at the next piece; nothing half made is left."""
        self.stopped.set()
        self.state.setText(say("frame.stopping"))

    def over(self, then: Callable[[T], None], answer: T) -> None:
        """It ended one way or the other; whoever stands on 取消 is led away before it goes."""
        try:
            then(answer)
        finally:
            self.hide()
