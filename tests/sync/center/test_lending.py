"""转办: a case lent to a room of another township while its entries are coming in, and taken back (rows 52, 53)."""

from __future__ import annotations

from random import Random
from threading import Event, Thread

import pytest
from sqlalchemy import delete, select

from mediator.errors import MediatorError
from mediator.journal.custody import Reader
from mediator.journal.entry import StreamId
from mediator.journal.fold import state_bytes
from sync.center import lending, reading, supervising
from sync.center.answering import exchange as answer
from sync.center.backlog import catch_up, keep_readers, lent_in, told_of
from sync.center.checking import check
from sync.center.county import Center
from sync.center.custody import custodies
from sync.center.database import Scope
from sync.center.feeds import room_feed, township_feed
from sync.center.restoring import begin_anew
from sync.center.tables import DESK, ENTRY, FEED, STREAM_READER
from tests.sync.center.bundles import bundle_of
from tests.sync.center.test_exchange import CASE, by_network, tell
from tests.sync.world import NEIGHBOR, TOWNSHIP, Desk, a_laptop

STREAM = StreamId(CASE)


def room_of(center: Center, desk: Desk) -> str:
    """The short name of its room."""
    with center.database.reading() as scope:
        return str(scope.value(select(DESK.c.room).where(DESK.c.desk == desk.id)))


@pytest.fixture
def home(center: Center) -> Desk:
    """Whose case it is."""
    made = a_laptop(Random(1), center, "desk-home")
    tell(made, 3)
    by_network(center, made)
    return made


@pytest.fixture
def away(center: Center) -> Desk:
    """A laptop of another township."""
    return a_laptop(Random(2), center, "desk-away", township=NEIGHBOR)


def lend(center: Center, desk: Desk) -> None:
    """To its room."""
    lending.grant(center, CASE, room_of(center, desk), reason="三调联动", who="沈")


def set_facts(desk: Desk, text: str) -> None:
    """Work in the case."""
    desk.writer.write(STREAM, "case.set", {"fields": {"facts": text}})


def same(*desks: Desk) -> bool:
    """True when all hold the same case, and none waits for anything."""
    logs = [each.journal.log(STREAM) for each in desks]
    return len({state_bytes(log.state) for log in logs}) == 1 and not any(log.waiting for log in logs)


def in_the_feed(center: Center, feed: str) -> list[tuple[str, int]]:
    """A feed in its order."""
    with center.database.reading() as scope:
        rows = scope.rows(select(FEED.c.no, FEED.c.desk, FEED.c.n).where(FEED.c.feed == feed).order_by(FEED.c.no))
    assert [row.no for row in rows] == list(range(1, len(rows) + 1))
    return [(row.desk, row.n) for row in rows]


def test_a_lent_case_comes_whole_and_both_rooms_go_on_with_it(center: Center, home: Desk, away: Desk) -> None:
    by_network(center, away)
    assert not away.journal.stream(STREAM), "before the county says so it is nobody's business"
    lend(center, away)
    by_network(center, away)
    by_network(center, home)
    assert same(home, away)
    set_facts(away, "已约谈")
    by_network(center, away)
    supervising.comment(center, CASE, "月底办结", who="沈")
    by_network(center, home)
    tell(home, 1)
    by_network(center, home)
    by_network(center, away)
    by_network(center, home)
    assert same(home, away)
    assert reading.show(center, CASE, who="沈").case.facts == "已约谈"
    assert check(center).findings == ()
    feed = in_the_feed(center, room_feed(room_of(center, away)))
    assert len(feed) == len(set(feed)) == len(in_the_feed(center, township_feed(TOWNSHIP))), "each once, and all of it"
    held = {(each.desk, each.n): each for each in away.journal.stream(STREAM)}
    for place, each in enumerate(feed):
        assert set(held[each].marks.items()) <= set(feed[:place]), "causes come first"  # type: ignore[index]


def test_another_laptop_of_the_room_finds_the_case_and_another_room_does_not(
    center: Center, home: Desk, away: Desk
) -> None:
    lend(center, away)
    beside = a_laptop(Random(3), center, "desk-beside", township=NEIGHBOR)
    third = a_laptop(Random(4), center, "desk-third", township="331122103")
    for each in (away, beside, third, home):
        by_network(center, each)
    assert same(home, away, beside)
    assert not third.journal.stream(STREAM)


def test_what_comes_in_while_a_case_is_lent_is_in_the_backlog_or_behind_it(
    center: Center, home: Desk, away: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Row 52 at its narrowest: the bundle is taken in between the county's decision and its commit, or just before."""
    if center.database.one_writer:
        pytest.skip("SQLite lets one write at a time")
    tell(home, 0)
    set_facts(home, "同时送来")
    data, deciding, done = bundle_of(center, home, after=4), Event(), Event()

    def slow(here: Center, scope: Scope, case: StreamId) -> None:
        catch_up(here, scope, case)
        deciding.set()
        done.wait(1)

    monkeypatch.setattr(lending, "catch_up", slow)
    lender, sender = Thread(target=lend, args=(center, away)), Thread(target=answer, args=(center, data))
    lender.start()
    deciding.wait(5)
    sender.start()
    sender.join(0.3)
    assert sender.is_alive(), "it waits for the row of the case"
    done.set()
    lender.join()
    sender.join()
    by_network(center, away)
    by_network(center, home)
    assert same(home, away)


@pytest.mark.parametrize("seed", range(4))
def test_lending_in_the_middle_of_bundles_loses_and_doubles_nothing(center: Center, home: Desk, seed: int) -> None:
    random, away = Random(seed), a_laptop(Random(2), center, "desk-away", township=NEIGHBOR)
    deeds = ["lend", "back", *random.choices(("home", "away", "home sends", "away sends"), k=24)]
    random.shuffle(deeds)
    for deed in deeds:
        step(center, home, away, deed)
    if lending.places(center, CASE):
        lend(center, away)
    for _ in range(2):
        for each in (home, away):
            by_network(center, each)
    assert same(home, away)
    feed = in_the_feed(center, room_feed(room_of(center, away)))
    assert len(feed) == len(set(feed))
    assert check(center).findings == ()


def step(center: Center, home: Desk, away: Desk, deed: str) -> None:
    """One deed of a history."""
    desk = home if deed.startswith("home") else away
    if deed == "lend":
        lend(center, away)
    elif deed == "back" and not lending.places(center, CASE):
        lending.release(center, CASE, room_of(center, away), who="沈")
    elif deed.endswith("sends"):
        by_network(center, desk)
    elif deed != "back" and desk.journal.stream(STREAM):
        set_facts(desk, f"{deed}{len(desk.journal.held)}")


def test_a_case_that_was_taken_back_flows_no_more_and_is_not_erased(center: Center, home: Desk, away: Desk) -> None:
    lend(center, away)
    by_network(center, away)
    lending.release(center, CASE, room_of(center, away), who="沈")
    set_facts(home, "只给本室")
    by_network(center, home)
    by_network(center, away)
    here = away.journal.log(STREAM)
    assert (len(here), here.waiting) == (6, 0), "what it had, and that it has it no more"
    assert [each.until is None for each in here.state.lent.values()] == [False]
    assert not any(entry.desk == home.id and entry.n > 4 for entry in away.journal.held.values())


def test_what_the_former_room_wrote_unawares_is_taken_told_apart_and_shown_to_both(
    center: Center, home: Desk, away: Desk
) -> None:
    beside = a_laptop(Random(3), center, "desk-beside", township=NEIGHBOR)
    lend(center, away)
    for each in (away, beside):
        by_network(center, each)
    lending.release(center, CASE, room_of(center, away), who="沈")
    set_facts(away, "还在办")
    by_network(center, away)
    by_network(center, beside)
    by_network(center, home)
    shown = reading.show(center, CASE, who="沈")
    [late] = [each.entry for each in shown.told if each.entry.id in shown.afterwards]
    assert (late.desk, late.content()["fields"]) == (away.id, {"facts": "还在办"})
    assert shown.case.facts == "还在办"
    assert late.id in home.journal.held
    assert late.id in beside.journal.held
    assert beside.journal.log(STREAM).waiting == 0
    assert check(center).findings == ()


def test_a_room_that_never_had_it_writes_into_nothing(center: Center, home: Desk, away: Desk) -> None:
    other = a_laptop(Random(5), center, "desk-other", township=NEIGHBOR)
    set_facts(other, "外人写的")
    by_network(center, other)
    assert [each.entry.desk for each in reading.show(center, CASE, who="沈").told] == [home.id] * 4
    lend(center, away)
    by_network(center, away)
    by_network(center, home)
    assert same(home, away), "what was never taken in goes to nobody, whatever was lent since"


def twice(center: Center, desk: Desk) -> None:
    """Somebody else was quicker."""
    lend(center, desk)
    lend(center, desk)


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        (lambda c, a: lending.grant(c, CASE, "没有的室", reason="联动", who="沈"), "lend.room"),
        (lambda c, a: lending.grant(c, CASE, room_of(c, a), reason="  ", who="沈"), "lend.reason"),
        (lambda c, a: lending.grant(c, "0" * 32, room_of(c, a), reason="联动", who="沈"), "case.unknown"),
        (twice, "lend.room"),
        (lambda c, a: lending.release(c, CASE, room_of(c, a), who="沈"), "lend.none"),
        (lambda c, a: lending.grant(c, CASE, "缙壶", reason="自己", who="沈"), "lend.room"),
    ],
)  # fmt: skip
def test_what_cannot_be_lent_is_refused_with_its_reason(
    center: Center, home: Desk, away: Desk, deed: object, code: str
) -> None:
    with pytest.raises(MediatorError) as refused:
        deed(center, away)  # type: ignore[operator]
    assert refused.value.code == code


def test_the_case_counts_where_it_is_registered(center: Center, home: Desk, away: Desk) -> None:
    lend(center, away)
    set_facts(away, "已约谈")
    by_network(center, away)
    lines = {line.code: line for line in reading.townships(center)}
    with center.database.reading() as scope:
        assert custodies(scope, [STREAM])[STREAM].township == TOWNSHIP
        kept = {row.stream for row in scope.rows(select(STREAM_READER))}
    assert kept == {CASE}
    assert lines[NEIGHBOR].accepted == 0


def test_the_table_can_be_made_again_from_the_entries(center: Center, home: Desk, away: Desk) -> None:
    lend(center, away)
    lending.release(center, CASE, room_of(center, away), who="沈")
    with center.database.reading() as scope:
        before = scope.rows(select(STREAM_READER))

    def work(scope: Scope) -> None:
        scope.change(delete(STREAM_READER))
        keep_readers(scope, STREAM, lent_in(*told_of(center, scope, STREAM)))

    center.database.write(work)
    with center.database.reading() as scope:
        assert scope.rows(select(STREAM_READER)) == before


@pytest.mark.parametrize("first", ["home", "away"])
def test_a_county_that_lost_the_grant_with_its_backup_learns_of_it_again(
    center: Center, home: Desk, away: Desk, first: str
) -> None:
    lend(center, away)
    for each in (away, home):
        by_network(center, each)
    forget_the_grant(center)
    set_facts(away, "恢复以前")
    anew = begin_anew(center, who="沈")
    desks = (home, away) if first == "home" else (away, home)
    for _ in range(3):
        for each in desks:
            by_network(anew, each)
    with anew.database.reading() as scope:
        assert Reader(NEIGHBOR, room_of(anew, away)) in custodies(scope, [STREAM])[STREAM].rooms
    set_facts(home, "恢复以后")
    by_network(anew, home)
    by_network(anew, away)
    by_network(anew, home)
    assert same(home, away)
    assert away.journal.log(STREAM).state.items["case"].fields["facts"][0].value == "恢复以后"


def forget_the_grant(center: Center) -> None:
    """The backup is older than the county's word."""

    def work(scope: Scope) -> None:
        own = [row.n for row in scope.rows(select(ENTRY.c.n).where(ENTRY.c.kind == "case.granted"))]
        for table in (FEED, ENTRY):
            scope.change(delete(table).where(table.c.desk == center.desk, table.c.n >= min(own)))
        scope.change(delete(STREAM_READER))
        scope.change(delete(FEED).where(FEED.c.feed.like("r:%")))
        last = scope.one(select(ENTRY.c.n, ENTRY.c.hash).where(ENTRY.c.desk == center.desk).order_by(ENTRY.c.n.desc()))
        assert last is not None
        scope.change(DESK.update().where(DESK.c.desk == center.desk).values(head_n=last.n, head_hash=last.hash))

    center.database.write(work)
