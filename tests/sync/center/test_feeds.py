"""Numbered feeds: visible in order, bounded in bytes, each cursor of its own life, nobody's foreign cases."""

from __future__ import annotations

from random import Random
from threading import Event, Thread

import pytest
from sqlalchemy import select, update

from mediator.journal.entry import DeskId
from sync.center import feeds
from sync.center.answering import exchange as answer
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.feeds import feeds_of, number_in, ready_for, township_feed
from sync.center.reading import devices
from sync.center.tables import DESK, FEED, FEED_HEAD
from tests.sync.center.bundles import bundle_of
from tests.sync.center.test_exchange import by_network, tell
from tests.sync.world import TOWNSHIP, Desk, a_laptop

TOWN = township_feed(TOWNSHIP)


@pytest.fixture
def reader(center: Center) -> Desk:
    """A desk beside one that has told ten things."""
    writer = a_laptop(Random(1), center, "desk-writer")
    tell(writer, 9)
    answer(center, bundle_of(center, writer))
    return a_laptop(Random(2), center, "desk-reader")


def ready(center: Center, desk: DeskId, have: dict[str, tuple[int, int]]) -> feeds.Waiting:
    """What lies ready in the township's feed."""
    with center.database.reading() as scope:
        return ready_for(center, scope, desk, [TOWN], have)


def numbers(scope: Scope) -> list[int]:
    """The feed's numbers."""
    return [row.no for row in scope.rows(select(FEED.c.no).where(FEED.c.feed == TOWN).order_by(FEED.c.no))]


def test_a_feed_is_numbered_from_one_without_a_hole(center: Center, reader: Desk) -> None:
    with center.database.reading() as scope:
        assert numbers(scope) == list(range(1, 11))
    told = ready(center, reader.id, {})
    assert [(r.feed, r.epoch, r.after, r.upto) for r in told.ranges] == [(TOWN, 1, 0, 10)]
    assert (len(told.entries), told.more) == (10, False)
    assert ready(center, reader.id, {TOWN: (1, 10)}).ranges == ()


@pytest.mark.parametrize(
    ("cursor", "after"), [((1, 4), 4), ((1, 99), 0), ((0, 4), 0), ((2, 4), 0)], ids=["ours", "beyond", "old", "new"]
)
def test_a_cursor_counts_in_its_own_life_alone(
    center: Center, reader: Desk, cursor: tuple[int, int], after: int
) -> None:
    told = ready(center, reader.id, {TOWN: cursor})
    assert [(r.after, r.upto) for r in told.ranges] == [(after, 10)]
    assert len(told.entries) == 10 - after


def test_a_desk_is_not_sent_what_it_wrote(center: Center, reader: Desk) -> None:
    writer = next(row.desk for row in devices(center) if row.desk != reader.id)
    told = ready(center, writer, {})
    assert told.entries == ()
    assert [r.upto for r in told.ranges] == [10], "its cursor moves all the same"


@pytest.mark.parametrize("step", [1, 3, 2000])
def test_an_answer_is_bounded_in_bytes_and_says_that_more_waits(
    center: Center, reader: Desk, monkeypatch: pytest.MonkeyPatch, step: int
) -> None:
    monkeypatch.setattr(feeds, "MAX_RAW_DOWN", 1500)
    monkeypatch.setattr(feeds, "STEP", step)
    seen, cursor = [], 0
    for _ in range(20):
        told = ready(center, reader.id, {TOWN: (1, cursor)})
        seen += [entry.n for entry in told.entries]
        assert sum(len(entry.raw) for entry in told.entries) < 1500 + 1200
        cursor = told.ranges[-1].upto
        if not told.more:
            break
    assert seen == list(range(1, 11))
    assert cursor == 10


def test_a_feed_for_which_no_room_is_left_is_told_as_more(
    center: Center, reader: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "MAX_RAW_DOWN", 1)
    with center.database.reading() as scope:
        told = ready_for(center, scope, reader.id, feeds_of(TOWNSHIP, "", reader.id), {})
    assert (len(told.entries), len(told.ranges), told.more) == (1, 1, True)


def test_a_large_feed_comes_whole_over_several_answers(
    center: Center, reader: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "MAX_RAW_DOWN", 2000)
    for _ in range(12):
        by_network(center, reader)
    assert sum(entry.kind == "hearing.sentence" for entry in reader.journal.held.values()) == 9


def test_numbers_become_visible_in_order_while_two_write(center: Center, reader: Desk) -> None:
    """The second writer waits for the first: a reader never sees a later number while an earlier one is missing."""
    if center.database.one_writer:
        pytest.skip("SQLite lets one write at a time")
    locked, go = Event(), Event()

    def slow(scope: Scope) -> None:
        number_in(scope, 1, {TOWN: [(reader.id, 901)]})
        locked.set()
        go.wait(5)

    def second() -> None:
        center.database.write(lambda scope: number_in(scope, 1, {TOWN: [(reader.id, 902)]}))

    threads = [Thread(target=center.database.write, args=(slow,)), Thread(target=second)]
    threads[0].start()
    locked.wait(5)
    threads[1].start()
    with center.database.reading() as scope:
        assert numbers(scope) == list(range(1, 11))
    go.set()
    for thread in threads:
        thread.join()
    with center.database.reading() as scope:
        last = scope.rows(select(FEED.c.no, FEED.c.n).where(FEED.c.no > 10, FEED.c.feed == TOWN).order_by(FEED.c.no))
    assert [(row.no, row.n) for row in last] == [(11, 901), (12, 902)]


@pytest.mark.threat("T57")
def test_a_desk_of_another_township_gets_none_of_it(center: Center, reader: Desk) -> None:
    elsewhere = update(DESK).where(DESK.c.desk == reader.id).values(township="331122102", room="缙方")
    center.database.write(lambda scope: scope.change(elsewhere))
    by_network(center, reader)
    assert not any(entry.kind.startswith(("case.", "hearing.")) for entry in reader.journal.held.values())


def test_nothing_to_number_moves_nothing(center: Center) -> None:
    center.database.write(lambda scope: number_in(scope, 1, {TOWN: []}))
    with center.database.reading() as scope:
        assert scope.rows(select(FEED_HEAD.c.no)) == []
