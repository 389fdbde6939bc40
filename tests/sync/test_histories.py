"""Seeded histories: nothing lost, nothing leaked, everybody agrees."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from tests.sync.histories import World, a_world, plan
from tests.sync.invariants import Violated, live, play

USUAL = 36
ALL = 10_000
BLOCKS = 40
STEPS = 40
SAMPLE = 15
REPLAYS = sorted((Path(__file__).parent / "replays").glob("*.json"))


@pytest.mark.parametrize("block", range(6))
def test_seeded_histories_keep_every_promise(block: int) -> None:
    for seed in range(block * USUAL // 6, (block + 1) * USUAL // 6):
        live(seed, STEPS)


@pytest.mark.full
@pytest.mark.parametrize("block", range(BLOCKS))
def test_ten_thousand_seeded_histories_keep_every_promise(block: int) -> None:
    """Forty parts of 250, so that they can be run one by one or on several cores (`-k 'ten_thousand and 17'`)."""
    for seed in range(block * ALL // BLOCKS, (block + 1) * ALL // BLOCKS):
        live(seed, STEPS)


@pytest.mark.parametrize("kept", REPLAYS, ids=[each.stem for each in REPLAYS])
def test_a_history_that_once_broke_a_promise_keeps_it_now(kept: Path) -> None:
    told = json.loads(kept.read_text(encoding="utf-8"))
    play(a_world(told["seed"]), [(name, own) for name, own in told["steps"]])


@pytest.mark.full
@pytest.mark.parametrize("block", range(4))
def test_long_histories_keep_every_promise(block: int) -> None:
    for seed in range(1000 + block * 5, 1005 + block * 5):
        live(seed, 300)


def test_the_histories_hold_what_they_promise_to_hold() -> None:
    """Forks, laptops restored with what was never sent, restored counties: the usual seeds must really come to them."""
    wanted = ("fork", "held", "restored laptop", "restored county", "two townships", "clock off", "rescued")
    seen: Counter[str] = Counter()
    for seed in range(SAMPLE):
        if all(seen[each] for each in wanted):
            break
        world = a_world(seed)
        for name, own in plan(seed, STEPS):
            world.random.seed(own)
            world.act(name)
        seen["fork"] += bool(world.copies)
        seen["held"] += any(desk.held for desk in world.desks)
        seen["restored laptop"] += bool(world.dead)
        seen["restored county"] += world.center.card.epoch > 1
        seen["two townships"] += len({desk.township for desk in world.desks}) > 1
        seen["clock off"] += any(desk.skew for desk in world.desks)
        seen["rescued"] += any(name.startswith("x:") for desk in world.desks for name in desk.shelf.cursors())
    assert all(seen[each] for each in wanted), seen


def test_a_history_that_breaks_a_promise_is_shortened_until_nothing_can_be_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def leak(world: World, _desk: object) -> None:
        world.leaked = True  # type: ignore[attr-defined]  # the defect

    def seen(world: World, _desk: object) -> None:
        if hasattr(world, "leaked"):
            raise Violated("I4 a private word left")

    monkeypatch.setattr(World, "private_note", leak)
    monkeypatch.setattr(World, "lose_stick", seen)
    history = [*plan(0, 10), ("private_note", 1), *plan(1, 10), ("lose_stick", 2)]
    monkeypatch.setattr("tests.sync.invariants.plan", lambda _seed, _steps: history)
    with pytest.raises(Violated) as told:
        live(3, 22)
    text = str(told.value).splitlines()
    assert text[1] == "  replay: play(a_world(3), ["
    assert [line.split("'")[1] for line in text[2:-1]] == ["private_note", "lose_stick"]
