"""The Journal port: all that the rest of the world sees of a vault or a center."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from mediator.journal.entry import DeskId, Entry, StreamId


@dataclass(frozen=True, slots=True)
class Absorbed:
    """What taking in entries did: new and known ones, entries still waiting, set-aside ones, streams touched."""

    new: int
    known: int
    waiting: int
    set_aside: tuple[tuple[DeskId, int, str], ...] = ()
    streams: frozenset[StreamId] = frozenset()


@dataclass(frozen=True, slots=True)
class Outgoing:
    """The one frozen upward bundle: sent again byte for byte until a receipt covers it."""

    bundle: str
    no: int
    base: int
    top: int
    top_hash: str
    data: bytes


class Journal(Protocol):
    """A durable set of entries; one test suite runs on every implementation."""

    def top(self, desk: DeskId) -> tuple[int, str]:
        """Highest counter held without a hole and its hash; (0, 64 zeros) for an unknown desk."""

    def since(self, desk: DeskId, after: int, limit: int) -> Sequence[Entry]:
        """Up to `limit` entries of a desk with counters above `after`, ascending."""

    def stream(self, stream: StreamId) -> Sequence[Entry]:
        """All entries of a stream, in any order."""

    def absorb(self, entries: Sequence[Entry]) -> Absorbed:
        """Take entries in, all or nothing; a known one is a no-op, another hash for one identity is refused.

        One that a lawful erasure held here names is kept as its twin without salt and body (T68). Raises
        Unacceptable `entry.fork`.
        """
