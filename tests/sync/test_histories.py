"""Seeded histories: nothing lost, nothing leaked, everybody agrees; the same eyes find every planted defect."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import update

from mediator.errors import Unacceptable
from mediator.journal.entry import NO_HASH
from sync.center.tables import FEED, FEED_HEAD
from sync.session.exchange import Exchange
from sync.session.packing import FeedRange
from sync.wire.receipt import Receipt
from tests.sync.histories import World, a_world, plan
from tests.sync.invariants import Violated, live, name_of, play
from tests.sync.roads import FragileDatabase

USUAL = 36
ALL = 500
STEPS = 40
TRIES = 120
OVERLAP = 3
SAMPLE = 15


@pytest.mark.parametrize("block", range(6))
def test_seeded_histories_keep_every_promise(block: int) -> None:
    for seed in range(block * USUAL // 6, (block + 1) * USUAL // 6):
        live(seed, STEPS)


@pytest.mark.full
@pytest.mark.parametrize("block", range(20))
def test_five_hundred_seeded_histories_keep_every_promise(block: int) -> None:
    for seed in range(block * ALL // 20, (block + 1) * ALL // 20):
        live(seed, STEPS)


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


def found_by(plant: Callable[[World], None]) -> str:
    """The invariant that finds a planted defect, empty when none does."""
    for seed in range(TRIES):
        world = a_world(seed)
        plant(world)
        try:
            play(world, plan(seed, STEPS))
        except Violated as violated:
            return name_of(violated)
    return ""


def late(world: World) -> None:
    """Marks are taken when a form is saved, not when it was opened."""
    world.marks_at_saving = True


def test_marks_taken_at_saving_are_found() -> None:
    assert found_by(late) == "I5"


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


def test_an_outbox_dropped_before_the_receipt_is_found() -> None:
    class Eager(Exchange):
        """Believes that what was frozen has arrived."""

        def _base(self) -> tuple[int, str]:
            waiting = self.shelf.outgoing()
            return max(super()._base(), (waiting.top, waiting.top_hash) if waiting else (0, NO_HASH))

    def plant(world: World) -> None:
        world.exchange_kind = Eager

    assert found_by(plant) in {"I1", "I2", "I3"}


def test_cursors_that_follow_an_older_life_of_the_county_are_found() -> None:
    class Backward(Exchange):
        """Takes any bundle's word for where it is."""

        def _forward(self, feeds: tuple[FeedRange, ...]) -> dict[str, tuple[int, int]]:
            return {each.feed: (each.epoch, each.upto) for each in feeds}

    def plant(world: World) -> None:
        world.exchange_kind = Backward

    assert found_by(plant) in {"I1", "I12"}


def test_receipts_that_go_back_are_found() -> None:
    class Forgetful(Exchange):
        """Believes the last receipt that came, not the newest, and no longer minds another history."""

        def _newer(self, data: bytes) -> Receipt | None:
            receipt = self._believed(data)
            self.shelf._receipts.clear()  # type: ignore[attr-defined]  # the defect
            return receipt

    def plant(world: World) -> None:
        world.exchange_kind = Forgetful

    assert found_by(plant) == "I12"


def test_a_fork_that_nobody_reports_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def blind(scope: object, up: object, *, head: object) -> tuple[list[object], int]:
        """Takes whatever number is not there yet."""
        known = numbers_of(scope, up)
        fresh = [entry for entry in up.entries if entry.n not in known]  # type: ignore[attr-defined]  # an UpBundle
        return fresh, 0

    def numbers_of(scope: object, up: object) -> set[int]:
        from sqlalchemy import select

        from sync.center.tables import ENTRY

        rows = scope.rows(select(ENTRY.c.n).where(ENTRY.c.desk == up.desk))  # type: ignore[attr-defined]  # a Scope
        return {row.n for row in rows}

    class Trusting(Exchange):
        """Believes a receipt for a chain that is not its own."""

        def _believed(self, data: bytes) -> Receipt:
            try:
                return super()._believed(data)
            except Unacceptable:
                newest = self._newest()
                if newest is None:
                    raise
                return newest

    def plant(world: World) -> None:
        world.exchange_kind = Trusting

    monkeypatch.setattr("sync.center.absorb.sort_out", blind)
    assert found_by(plant) in {"I1", "I2", "I3", "I11"}


def test_a_receipt_before_the_commit_is_found() -> None:
    class Lost(Exception):
        """The transaction never commits."""

    def plant(world: World) -> None:
        database = world.center.database
        assert isinstance(database, FragileDatabase)
        sound = FragileDatabase.write

        def too_early(work: Callable[[object], object]) -> object:
            if world.chance(0.9):
                return sound(database, work)
            kept: list[object] = []

            def then_lost(scope: object) -> object:
                kept.append(work(scope))
                raise Lost

            try:
                return sound(database, then_lost)
            except Lost:
                return kept[-1]

        database.write = too_early  # type: ignore[method-assign, assignment]  # the defect

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
