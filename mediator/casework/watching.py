"""Whoever watches a long deed: told how far it is, and asked whether it should stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from mediator.errors import RefusedByRule


def nobody(_done: int, _total: int) -> None:
    """Nobody is told."""


def never() -> bool:
    """It goes on."""
    return False


@dataclass(frozen=True, slots=True)
class Watch:
    """Two plain callables; they are called on the deed's own thread, between two pieces of it."""

    told: Callable[[int, int], None] = nobody
    cancelled: Callable[[], bool] = never

    def pass_by(self, done: int, total: int, *, stopped: str) -> None:
        """Tell, then ask; raises RefusedByRule `stopped` when it shall stop."""
        self.told(done, total)
        if self.cancelled():
            raise RefusedByRule(stopped)


UNWATCHED: Final = Watch()
