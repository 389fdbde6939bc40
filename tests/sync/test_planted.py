"""Planted defects: each must be found by the eyes that watch the seeded histories, within a thousand of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest
from sqlalchemy import select, update

from mediator.errors import Unacceptable
from mediator.journal.entry import NO_HASH, Entry, EntryId
from mediator.journal.fold import StreamLog
from mediator.journal.port import Absorbed
from sync.center.tables import ENTRY, FEED, FEED_HEAD
from sync.session.exchange import Exchange
from sync.session.packing import FeedRange
from sync.wire.frames import Frame, FrameType, read_frames
from sync.wire.receipt import Receipt
from tests.sync.fakes import FakeSealer, MemoryShelf
from tests.sync.histories import World, a_world, plan
from tests.sync.invariants import Violated, name_of, play
from tests.sync.roads import Crash, FragileDatabase, FragileShelf
from tests.sync.world import Desk, SealedWriter, SwiftJournal

STEPS = 40
TRIES = 1000
OVERLAP = 3


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


def test_an_outbox_dropped_before_the_receipt_is_found() -> None:
    class Eager(Exchange):
        """Believes that what was frozen has arrived."""

        def base(self) -> tuple[int, str]:
            waiting = self.shelf.outgoing()
            return max(super().base(), (waiting.top, waiting.top_hash) if waiting else (0, NO_HASH))

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
    assert found_by(plant) in {"I1", "I2"}


def test_feed_numbers_taken_without_the_lock_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    heads: dict[str, int] = {}

    def from_an_old_look(scope: object, epoch: int, additions: Mapping[str, Sequence[EntryId]]) -> None:
        """Every other writer goes on from where the feed was before the last one; whose row is there already, loses."""
        for feed, ids in additions.items():
            scope.add_if_absent(FEED_HEAD, [{"feed": feed, "no": 0, "epoch": epoch}])  # type: ignore[attr-defined]
            now = scope.value(select(FEED_HEAD.c.no).where(FEED_HEAD.c.feed == feed))  # type: ignore[attr-defined]
            start = heads.pop(feed, now)
            heads[feed] = start
            made = [{"feed": feed, "no": start + k, "desk": d, "n": n} for k, (d, n) in enumerate(ids, start=1)]
            scope.add_if_absent(FEED, made)  # type: ignore[attr-defined]
            top = max(now, start + len(made))
            scope.change(update(FEED_HEAD).where(FEED_HEAD.c.feed == feed).values(no=top))  # type: ignore[attr-defined]

    def plant(_world: World) -> None:
        heads.clear()

    monkeypatch.setattr("sync.center.absorb.number_in", from_an_old_look)
    assert found_by(plant) in {"I1", "I2"}


def test_an_order_by_clocks_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = StreamLog._depth_of

    def by_clock(log: StreamLog, entry: Entry) -> int:
        return sound(log, entry) and entry.wall + 1

    monkeypatch.setattr(StreamLog, "_depth_of", by_clock)
    assert found_by(lambda _world: None) == "I7"


def test_a_bundle_taken_as_far_as_it_goes_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    worlds: list[World] = []

    def as_far_as_it_goes(payload: bytes) -> list[Frame]:
        """END is not minded: the last segment may be missing."""
        frames = read_frames(payload)
        last = max((at for at, (kind, _) in enumerate(frames) if kind == FrameType.SEGMENT), default=None)
        if last is not None and worlds[-1].chance(0.3):
            del frames[last]
        return frames

    monkeypatch.setattr("sync.session.taking.read_frames", as_far_as_it_goes)
    assert found_by(worlds.append) == "I1"


@pytest.mark.full
def test_a_restored_vault_that_goes_on_under_its_old_name_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def under_the_old_name(world: World, desk: Desk) -> None:
        backup, name = world.backups.get(desk.name, ()), f"{desk.name}~"
        if backup:
            journal = SwiftJournal()
            journal.absorb(backup)
            shelf = FragileShelf(journal, fate=lambda: world.fate(name))
            shelf.keep_card(desk.shelf.card() or b"")
            writer = SealedWriter(desk.writer.name, journal)
            world.desks[world.desks.index(desk)] = Desk(name, writer, shelf, FakeSealer(writer.name), desk.township)

    monkeypatch.setattr(World, "restore", under_the_old_name)
    assert found_by(lambda _world: None) == "I11"


def test_private_words_in_a_bundle_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    for place in ("sync.session.packing.may_leave", "sync.session.county.may_leave"):
        monkeypatch.setattr(place, lambda _reach, **_: True)
    assert found_by(lambda _world: None) == "I4"


@pytest.mark.full
def test_cursors_that_move_before_their_entries_are_kept_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = MemoryShelf.settle

    def in_two_steps(shelf: FragileShelf, *, cursors: Mapping[str, tuple[int, int]], **rest: object) -> Absorbed:
        shelf._cursors |= cursors
        if shelf.fate():
            raise Crash
        return sound(shelf, cursors=cursors, **rest)  # type: ignore[arg-type]  # handed on as it came

    monkeypatch.setattr(FragileShelf, "settle", in_two_steps)
    assert found_by(lambda _world: None) == "I1"
