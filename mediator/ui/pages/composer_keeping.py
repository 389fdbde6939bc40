"""Keeping a change of an agreement and reading it again, in an order in which nothing typed is undone."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from mediator.errors import MediatorError
from mediator.ui.seat import Seat

Read = Callable[[], Any]


class Keep(Protocol):
    """Keep a change; with `once` a second press before the answer is none."""

    def __call__(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[MediatorError], None] | None = None,
        *,
        once: str = "",
    ) -> None:
        """`done` hears the result, `failed` the error; without it the error is shown above."""


class Keeping:
    """Readings and changes of one page. A reading older than the newest change is thrown away: another follows it."""

    def __init__(self, seat: Seat, read: Read, show: Callable[[Any], None]) -> None:
        """`read` runs beside the screen, `show` gets what it read."""
        self.seat, self.read, self.show = seat, read, show
        self.changes = 0

    def ask(self) -> None:
        """Read."""
        self.seat.deed(self.read, partial(self._came, self.changes))

    def _came(self, changes: int, found: object) -> None:
        """Show it, unless something was changed since it was asked for."""
        if changes == self.changes:
            self.show(found)

    def keep(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        failed: Callable[[MediatorError], None] | None = None,
        *,
        once: str = "",
    ) -> None:
        """Keep a change, then read; what could not be kept is read anew as well."""
        self.changes += 1
        kept = partial(self._kept, done)
        lost = partial(self._kept, failed or self.seat.troubled.emit)
        if once:
            self.seat.once(once, work, kept, lost)
        else:
            self.seat.deed(work, kept, lost)

    def _kept(self, then: Callable[[Any], None] | None, answer: object) -> None:
        """First whoever asked, then the reading."""
        if then is not None:
            then(answer)
        self.ask()
