"""The road without a road: a center in the same process; for the demo's checks and the tests."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mediator.journal.port import Outgoing
from sync.session.ports import Answer


@dataclass
class LoopbackCarrier:
    """Hands a bundle to a function and brings its answer back."""

    answer: Callable[[bytes], Answer]
    name: str = "loopback"

    def fetch(self) -> Answer:
        """Nothing waits."""
        return Answer()

    def offer(self, outgoing: Outgoing) -> Answer:
        """Call the other side."""
        return self.answer(outgoing.data)

    def absorbed(self, down: bytes, *, covered: int) -> None:
        """Nothing to tidy up."""
