"""The county's database came back from yesterday's copy: laptops send the rest again, no number is given twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from sqlalchemy import delete, select

from mediator.journal.entry import StreamId
from mediator.journal.fold import StreamLog
from mediator.journal.streams import desk_stream
from sync.center import reading
from sync.center.chain import say
from sync.center.checking import check
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.feeds import township_feed
from sync.center.keeping import Keeper
from sync.center.opening import meta_of
from sync.center.restoring import BLOCKS_PASSED_OVER, SEATS_PASSED_OVER, begin_anew
from sync.center.tables import METADATA, SESSION, UPLOAD
from sync.center.uploads import open_upload
from sync.session.exchange import Exchange
from sync.wire.bundle import PREFIX
from sync.wire.cards import read_membership
from tests.sync.center.bundles import bundle_of
from tests.sync.center.test_exchange import Line, by_network, tell
from tests.sync.world import Desk, a_laptop


def copied(center: Center) -> Callable[[], None]:
    """A copy of the whole database; called, it puts everything back."""
    tables = METADATA.sorted_tables
    with center.database.reading() as scope:
        held = [[dict(row._mapping) for row in scope.rows(select(table))] for table in tables]

    def put_back(scope: Scope) -> None:
        for table, rows in zip(tables, held, strict=True):
            scope.change(delete(table))
            scope.add(table, rows)

    return lambda: center.database.write(put_back)


def code_of(center: Center, desk: Desk) -> str:
    """How an exchange ends."""
    card = desk.shelf.card()
    assert card
    road = Line(center)
    return Exchange(desk.journal, desk.shelf, desk.sealer, road, desk.id, center.now, read_membership(card)).run().code


@pytest.fixture
def desk(center: Center) -> Desk:
    """In the county since before the copy."""
    made = a_laptop(Random(1), center, "desk-one")
    tell(made, 3)
    by_network(center, made)
    return made


def given(*desks: Desk) -> list[tuple[object, object, object]]:
    """Every block of numbers that laptops hold: word, first, last."""
    told = [
        (e.desk, e.n, e.content()) for desk in desks for e in desk.journal.held.values() if e.kind == "numbers.granted"
    ]
    once = {(by, n): body for by, n, body in told}
    return sorted(((b["kind"], b["from"], b["to"]) for b in once.values()), key=str)


def test_what_the_copy_lacks_comes_back_from_the_laptops(center: Center, desk: Desk) -> None:
    put_back = copied(center)
    tell(desk, 4, case="cd" * 16)
    by_network(center, desk)
    before = reading.entry_count(center)
    put_back()
    assert reading.entry_count(center) < before
    assert code_of(center, desk) == "center.rollback", "without a new life no laptop goes back"
    anew = begin_anew(center, who="沈")
    for _ in range(2):
        assert code_of(anew, desk) == ""
    mine = {entry.id for entry in desk.journal.held.values() if entry.desk == desk.id}
    assert mine <= {entry.id for entry in Keeper(anew).since(desk.id, 0, 1000)}
    assert reading.case_count(anew) == 2
    assert check(anew).findings == ()


def test_the_centers_own_word_comes_back_too_so_that_what_was_written_since_does_not_wait_for_it(
    center: Center, desk: Desk
) -> None:
    by_network(center, desk)
    put_back, case = copied(center), StreamId("cd" * 16)
    tell(desk, 1, case=case)
    by_network(center, desk)
    feeds = [township_feed(desk.township)]
    center.database.write(lambda scope: say(center, scope, case, "order.issued", {"text": "请说明进展。"}, feeds=feeds))
    by_network(center, desk)
    tell(desk, 1, case=case)
    put_back()
    anew = begin_anew(center, who="沈")
    for _ in range(2):
        assert code_of(anew, desk) == ""
    log = StreamLog()
    log.add(Keeper(anew).stream(case))
    assert (log.waiting, [dict(each) for each in log.state.orders]) == (0, [{"text": "请说明进展。"}])
    other = a_laptop(Random(4), anew, "desk-other")
    by_network(anew, other)
    assert [each["text"] for each in other.journal.log(case).state.orders] == ["请说明进展。"]


def test_the_center_writes_no_second_history_of_its_own(center: Center, desk: Desk) -> None:
    put_back = copied(center)
    late = a_laptop(Random(2), center, "desk-late")
    tell(late, 1, case="cd" * 16)
    by_network(center, late)
    by_network(center, desk)
    put_back()
    anew = begin_anew(center, who="沈")
    assert anew.desk != center.desk
    fresh = a_laptop(Random(3), anew, "desk-fresh")
    for each in (desk, fresh):
        tell(each, 1, case=each.id)
        assert code_of(anew, each) == ""
    assert code_of(anew, late) == "bundle.sender", "who joined after the copy joins again"
    noted = {e.kind: e.content() for e in Keeper(anew).stream(desk_stream(anew.desk))}
    assert noted["audit.center_restored"] == {"login": "沈", "epoch": 2, "before": center.desk}


def test_no_number_and_no_seat_is_given_twice(center: Center, desk: Desk) -> None:
    by_network(center, desk)
    put_back = copied(center)
    late = a_laptop(Random(2), center, "desk-late")
    for _ in range(2):
        tell(late, 1, case="cd" * 16)
        by_network(center, late)
    put_back()
    anew = begin_anew(center, who="沈")
    fresh = a_laptop(Random(3), anew, "desk-fresh")
    for _ in range(2):
        tell(fresh, 1, case="ef" * 16)
        by_network(anew, fresh)
    spans = given(desk, late, fresh)
    assert len(spans) == len({(word, first) for word, first, _ in spans}) == 12
    assert ("民调", 1 + 200 * (1 + BLOCKS_PASSED_OVER), 200 * (2 + BLOCKS_PASSED_OVER)) in spans
    seats = {row.desk: row.seat for row in reading.devices(anew)}
    assert seats[desk.id] == "00"
    assert seats[fresh.id] not in {"00", "01"}, "seat 01 was given after the copy"
    assert SEATS_PASSED_OVER > 1


def test_a_laptop_that_knows_more_of_a_feed_than_the_copy_asks_anew(center: Center, desk: Desk) -> None:
    put_back = copied(center)
    other = a_laptop(Random(2), center, "desk-two")
    for _ in range(3):
        tell(other, 2, case="cd" * 16)
        by_network(center, other)
        by_network(center, desk)
    put_back()
    anew = begin_anew(center, who="沈")
    third = a_laptop(Random(3), anew, "desk-three")
    tell(third, 12, case="ef" * 16)
    by_network(anew, third)
    by_network(anew, desk)
    assert len(desk.journal.stream("ef" * 16)) == 13  # type: ignore[arg-type]  # a stream's id


def test_what_was_half_done_before_is_gone_and_the_next_opening_finds_the_new_life(center: Center, desk: Desk) -> None:
    data = bundle_of(center, desk)
    open_upload(center, "a" * 32, length=len(data), start=data[:PREFIX])
    row = {"id": "x", "login": "a", "csrf": "b", "made": 1, "seen": 1}
    center.database.write(lambda scope: scope.add(SESSION, [row]))
    anew = begin_anew(begin_anew(center, who="a"), who="a")
    with anew.database.reading() as scope:
        assert scope.rows(select(UPLOAD.c.ticket)) == []
        assert scope.rows(select(SESSION.c.id)) == []
    meta = meta_of(anew.database)
    assert (meta["epoch"], meta["desk"], meta["sign"]) == ("3", anew.desk, center.card.sign)
    assert anew.card == replace(center.card, epoch=3)
    assert [each.desk for each in reading.devices(anew)] == [desk.id], "the center's old chains are no devices"
