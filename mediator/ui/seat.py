"""What every page is handed: the desk, the worker, and the four things a page may tell the house."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mediator.casework.desk import Desk
from mediator.casework.searching import Hit
from mediator.core.records import CaseId
from mediator.errors import MediatorError
from mediator.ui.on_air import OnAir
from mediator.ui.preferences import Preferences
from mediator.ui.worker import Worker

T = TypeVar("T")


class Seat(QObject):
    """One mediator at an open vault.

    `went(page, case)` asks for another page ("" keeps no case); `saved(moment)` tells that something is durable;
    `troubled(error)` shows an error in words; `changed(cases)` says that cases changed, by us or by an exchange.
    `came(cases)` follows `changed` for what an exchange brought; `road_changed`: the county was met or missed.
    `sought` is the place at which the page of a case shall open, `words` what the page of hits shall look for; whoever
    takes them empties them. `floor` is what pages stand on: built there from the start, their parts are dressed once.
    """

    went = Signal(str, str)
    saved = Signal(object)
    troubled = Signal(object)
    changed = Signal(object)
    came = Signal(object)
    look_changed = Signal()
    idle_changed = Signal()
    road_changed = Signal()
    lock_asked = Signal()
    blank_asked = Signal()
    keys_asked = Signal()
    again_asked = Signal()
    page_wanted = Signal()

    def __init__(self, desk: Desk, worker: Worker, preferences: Preferences, on_air: OnAir) -> None:
        """Sit down; listens to the vault until the seat is left."""
        super().__init__()
        self.desk, self.worker, self.preferences, self.on_air = desk, worker, preferences, on_air
        self.floor: QWidget | None = None
        self.sought: Hit | None = None
        self.words = ""
        self.under_way: set[str] = set()
        self.left = False
        desk.listen(self._heard)

    def leave(self) -> None:
        """The vault is about to be closed: what a page's clock still asks for is not asked any more."""
        self.left = True

    def _heard(self, saved: datetime | None, cases: frozenset[CaseId]) -> None:
        """From the vault's thread: signals cross to the screen's by themselves."""
        if saved is not None:
            self.saved.emit(saved)
        self.changed.emit(cases)
        if saved is None:
            self.came.emit(cases)

    def deed(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[MediatorError], None] | None = None,
    ) -> None:
        """Do a deed in order beside the screen; errors are shown in words unless `failed` takes them."""
        if not self.left:
            self.worker.deed(work, done or (lambda _: None), failed=failed or self.troubled.emit)

    def once(
        self,
        name: str,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[MediatorError], None] | None = None,
        *,
        heavy: bool = False,
        road: bool = False,
    ) -> None:
        """A deed that must not be done twice by one wish: asked again before it was answered, it is a second press.

        `heavy` and `road` put it into the other lanes.
        """
        if self.left or name in self.under_way:
            return
        self.under_way.add(name)
        lane = self.worker.road if road else self.worker.heavy if heavy else self.worker.deed
        lane(
            work,
            partial(self._answered, name, done),
            failed=partial(self._answered, name, failed or self.troubled.emit),
        )

    def _answered(self, name: str, then: Callable[[Any], None] | None, answer: object) -> None:
        """It may be asked for again from now on."""
        self.under_way.discard(name)
        if then is not None:
            then(answer)

    def heavy(
        self,
        work: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[MediatorError], None] | None = None,
    ) -> None:
        """Do long work beside the screen and beside the deeds."""
        if not self.left:
            self.worker.heavy(work, done or (lambda _: None), failed=failed or self.troubled.emit)
