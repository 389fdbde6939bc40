"""Seeded histories: nothing lost, nothing leaked, everybody agrees; the same eyes find every planted defect."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from mediator.journal.entry import NO_HASH
from sync.center.tables import FEED, FEED_HEAD
from sync.session.exchange import Exchange
from tests.sync.world import Violated, World, a_world, live

USUAL = 60
ALL = 500
STEPS = 50
TRIES = 120
OVERLAP = 3


@pytest.mark.parametrize("block", range(6))
def test_seeded_histories_keep_every_promise(block: int) -> None:
    for seed in range(block * USUAL // 6, (block + 1) * USUAL // 6):
        live(a_world(seed), STEPS)


@pytest.mark.full
@pytest.mark.parametrize("block", range(20))
def test_five_hundred_seeded_histories_keep_every_promise(block: int) -> None:
    for seed in range(block * ALL // 20, (block + 1) * ALL // 20):
        live(a_world(seed), STEPS)


def found_by(plant: object, *, tries: int = TRIES) -> str:
    """The invariant that finds a planted defect, empty when none does."""
    assert callable(plant)
    for seed in range(tries):
        world = a_world(seed)
        plant(world)
        try:
            live(world, STEPS)
        except Violated as violated:
            return str(violated).split()[0]
    return ""


def test_marks_taken_at_saving_are_found() -> None:
    def plant(world: World) -> None:
        world.marks_at_saving = True

    assert found_by(plant) == "I5"


def test_an_outbox_dropped_before_the_receipt_is_found() -> None:
    class Eager(Exchange):
        """Believes that what was frozen has arrived."""

        def _base(self) -> tuple[int, str]:
            waiting = self.shelf.outgoing()
            return max(super()._base(), (waiting.top, waiting.top_hash) if waiting else (0, NO_HASH))

    def plant(world: World) -> None:
        world.exchange_kind = Eager

    assert found_by(plant) in {"I1", "I2", "I3"}


def test_a_receipt_before_the_commit_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    class Lost(Exception):
        """The transaction never commits."""

    def plant(world: World) -> None:
        deliver = world.deliver

        def too_early(data: bytes) -> object:
            if world.random.random() > 0.2:
                return deliver(data)
            kept: list[object] = []
            database = world.center.database
            write = database.write

            def undone(work: object) -> object:
                assert callable(work)

                def then_lost(scope: object) -> object:
                    kept.append(work(scope))
                    raise Lost

                try:
                    return write(then_lost)
                except Lost:
                    return kept[-1]

            with monkeypatch.context() as patch:
                patch.setattr(type(database), "write", lambda _self, work: undone(work))
                return deliver(data)

        world.deliver = too_early  # type: ignore[method-assign, assignment]  # the defect

    assert found_by(plant) in {"I2", "I3"}


def test_feed_numbers_handed_out_before_they_are_seen_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    held_back: list[tuple[int, dict[str, object]]] = []
    calls: list[int] = []

    def from_a_sequence(scope: object, epoch: int, additions: object) -> None:
        """Numbers at once, half of the rows three writers later: what a sequence does when writers overlap."""
        calls.append(0)
        due = [row for at, row in held_back if at <= len(calls)]
        held_back[:] = [(at, row) for at, row in held_back if at > len(calls)]
        scope.add(FEED, due)  # type: ignore[attr-defined]  # a Scope
        for feed, ids in additions.items():  # type: ignore[attr-defined]  # a mapping
            rows = list(ids)
            if not rows:
                continue
            scope.add_if_absent(FEED_HEAD, [{"feed": feed, "no": 0, "epoch": epoch}])  # type: ignore[attr-defined]
            moved = update(FEED_HEAD).where(FEED_HEAD.c.feed == feed).values(no=FEED_HEAD.c.no + len(rows))
            head = scope.changed(moved.returning(FEED_HEAD.c.no))  # type: ignore[attr-defined]
            start = head.no - len(rows)
            made = [{"feed": feed, "no": start + k, "desk": d, "n": n} for k, (d, n) in enumerate(rows, start=1)]
            late = len(made) // 2
            held_back.extend((len(calls) + OVERLAP, row) for row in made[:late])
            scope.add(FEED, made[late:])  # type: ignore[attr-defined]

    def plant(_world: World) -> None:
        held_back.clear()

    monkeypatch.setattr("sync.center.absorb.number_in", from_a_sequence)
    assert found_by(plant) == "I1"


def test_a_world_without_defects_is_never_accused() -> None:
    assert found_by(lambda _world: None, tries=10) == ""
