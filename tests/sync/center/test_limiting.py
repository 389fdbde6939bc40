"""How often somebody may ask, and how many are served at once."""

from __future__ import annotations

import asyncio

import pytest

from mediator.errors import RefusedByRule, WorldFailed
from sync.center import limiting
from sync.center.limiting import LATEST, SOONEST, Gate, Limiter
from tests.sync.fakes import Clock


def waits(limiter: Limiter, key: str, amount: int = 1) -> int:
    """Seconds one is told to wait."""
    with pytest.raises(RefusedByRule, match=r"request\.rate") as caught:
        limiter.take(key, amount)
    return int(str(caught.value.facts["retry_after"]))


def test_a_burst_is_free_and_then_one_waits_for_the_refill() -> None:
    clock = Clock(step=0)
    limiter = Limiter(burst=3, per_minute=6, now=clock)
    for _ in range(3):
        limiter.take("a")
    assert waits(limiter, "a") == 11, "one token takes ten seconds, told in whole seconds and never too short"
    clock.ms += 9_999
    assert waits(limiter, "a") == 1
    clock.ms += 1
    limiter.take("a")
    clock.ms += 3_600_000
    for _ in range(3):
        limiter.take("a")
    assert waits(limiter, "a") == 11, "never more than the burst is saved up"


def test_everybody_has_a_bucket_and_a_clock_that_goes_back_takes_nothing() -> None:
    clock = Clock(step=0)
    limiter = Limiter(burst=1, per_minute=60, now=clock)
    limiter.take("a")
    limiter.take("b")
    clock.ms -= 100_000
    assert waits(limiter, "a") == 2


def test_large_things_are_counted_by_their_size() -> None:
    clock = Clock(step=0)
    limiter = Limiter(burst=100, per_minute=600, now=clock)
    limiter.take("a", 80)
    assert waits(limiter, "a", 50) == 4
    limiter.take("a", 20)


def test_a_fault_is_counted_after_the_fact_and_a_look_costs_nothing() -> None:
    limiter = Limiter(burst=2, per_minute=1, now=Clock(step=0))
    for _ in range(5):
        limiter.check("a")
    for _ in range(5):
        limiter.spend("a")
    with pytest.raises(RefusedByRule):
        limiter.check("a")


@pytest.mark.threat("T61")
def test_a_flood_of_addresses_takes_no_more_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limiting, "MAX_KEYS", 10)
    limiter = Limiter(burst=1, per_minute=1, now=Clock(step=0))
    limiter.take("old")
    for number in range(10):
        limiter.take(str(number))
    assert waits(limiter, "9") > 0
    limiter.take("old")
    assert len(limiter._buckets) == 10


@pytest.mark.threat("T61")
def test_a_full_house_sends_away_and_takes_in_again_when_somebody_left() -> None:
    async def play() -> list[int]:
        gate, leave, inside = Gate(at_once=1, queue=1), asyncio.Event(), list[str]()

        async def visit(name: str) -> None:
            async with gate.passed():
                inside.append(name)
                await leave.wait()

        first, second = asyncio.create_task(visit("a")), asyncio.create_task(visit("b"))
        await asyncio.sleep(0)
        assert inside == ["a"], "the second waits"
        told = []
        for _ in range(30):
            with pytest.raises(WorldFailed, match=r"center\.busy") as caught:
                await visit("c")
            told.append(int(str(caught.value.facts["retry_after"])))
        leave.set()
        await asyncio.gather(first, second)
        await visit("c")
        assert inside == ["a", "b", "c"]
        return told

    told = asyncio.run(play())
    assert SOONEST <= min(told) < max(told) <= LATEST, "they do not all come back at once"


def test_who_fails_inside_leaves_his_place() -> None:
    async def play() -> None:
        gate = Gate(at_once=1, queue=0)
        for _ in range(3):
            with pytest.raises(ZeroDivisionError):
                async with gate.passed():
                    raise ZeroDivisionError

    asyncio.run(play())
