"""How often somebody may ask, and how many are served at once: both bounded in memory."""

from __future__ import annotations

import asyncio
import random
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from mediator.errors import RefusedByRule, WorldFailed

MAX_KEYS: Final = 10_000
SOONEST, LATEST = 5, 15


@dataclass(slots=True)
class Bucket:
    """Tokens left and when they were last counted (ms)."""

    tokens: float
    at: int


class Limiter:
    """`burst` requests at once, refilled at `per_minute`; one bucket a key, the least used ones are forgotten."""

    __slots__ = ("_buckets", "_burst", "_now", "_rate")

    def __init__(self, *, burst: int, per_minute: int, now: Callable[[], int]) -> None:
        """`now` gives ms."""
        self._burst, self._rate, self._now = burst, per_minute / 60_000, now
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def check(self, key: str, amount: int = 1) -> None:
        """Raise RefusedByRule `request.rate` when less is left, without taking anything."""
        missing = amount - self._refilled(key).tokens
        if missing > 0:
            raise RefusedByRule("request.rate", retry_after=int(missing / self._rate / 1000) + 1)

    def take(self, key: str, amount: int = 1) -> None:
        """Take so much; raise RefusedByRule `request.rate` when less is left."""
        self.check(key, amount)
        self._buckets[key].tokens -= amount

    def spend(self, key: str) -> None:
        """Take one if there is one: a fault counted after the fact."""
        bucket = self._refilled(key)
        bucket.tokens = max(bucket.tokens - 1, 0)

    def _refilled(self, key: str) -> Bucket:
        now = self._now()
        bucket = self._buckets.setdefault(key, Bucket(self._burst, now))
        bucket.tokens = min(self._burst, bucket.tokens + max(now - bucket.at, 0) * self._rate)
        bucket.at = now
        self._buckets.move_to_end(key)
        while len(self._buckets) > MAX_KEYS:
            self._buckets.popitem(last=False)
        return bucket


class Gate:
    """At most `at_once` work, at most `queue` more wait; whoever comes then is sent away for a while (row 59)."""

    __slots__ = ("_free", "_here", "_room")

    def __init__(self, *, at_once: int, queue: int) -> None:
        """Empty."""
        self._free, self._room, self._here = asyncio.Semaphore(at_once), at_once + queue, 0

    @asynccontextmanager
    async def passed(self) -> AsyncIterator[None]:
        """One place inside; raises WorldFailed `center.busy` with seconds that differ, lest all return at once."""
        if self._here >= self._room:
            raise WorldFailed("center.busy", retry_after=random.randint(SOONEST, LATEST))
        self._here += 1
        try:
            async with self._free:
                yield
        finally:
            self._here -= 1
