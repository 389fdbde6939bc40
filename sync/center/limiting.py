"""How often somebody may ask: token buckets in memory, bounded in number."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from mediator.errors import RefusedByRule

MAX_KEYS: Final = 10_000


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

    def check(self, key: str) -> None:
        """Raise RefusedByRule `request.rate` when nothing is left, without taking anything."""
        bucket = self._refilled(key)
        if bucket.tokens < 1:
            raise RefusedByRule("request.rate", retry_after=int((1 - bucket.tokens) / self._rate / 1000) + 1)

    def take(self, key: str) -> None:
        """Take one; raise RefusedByRule `request.rate` when nothing is left."""
        self.check(key)
        self._buckets[key].tokens -= 1

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
