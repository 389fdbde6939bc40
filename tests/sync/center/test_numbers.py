"""Blocks of numbers and seats: none given twice, the next in time, a gap explained."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from sqlalchemy import select, update

from sync.center.answering import exchange as answer
from sync.center.county import Center
from sync.center.numbers import BLOCK, LOW, OFFICIAL, WORDS, count_used, keep_supplied, seat_of, words_due
from sync.center.tables import DESK, NUMBER_BLOCK
from tests.sync.center.bundles import bundle_of
from tests.sync.center.joining import at_once
from tests.sync.center.test_exchange import CASE, by_network, tell
from tests.sync.fakes import Clock
from tests.sync.world import Desk, a_laptop

DAY = 86_400_000


@pytest.fixture
def desk(center: Center) -> Desk:
    """A desk with its first blocks."""
    made = a_laptop(Random(1), center, "desk-one")
    tell(made, 1)
    by_network(center, made)
    return made


def blocks(center: Center, kind: str = "民调") -> list[tuple[int, int, str, str, int]]:
    """Blocks of a word: first, last, desk, state, year."""
    wanted = select(NUMBER_BLOCK).where(NUMBER_BLOCK.c.kind == kind).order_by(NUMBER_BLOCK.c.year, NUMBER_BLOCK.c.first)
    with center.database.reading() as scope:
        return [(row.first, row.last, row.desk, row.state, row.year) for row in scope.rows(wanted)]


def number(desk: Desk, serial: int, *, case: str = CASE, year: int = 2026, word: str = "民调") -> None:
    """The desk prints a number on a case."""
    desk.writer.write(case, "case.numbered", {"number": f"（{year}）缙新建{word}字第{serial:04d}号"})  # type: ignore[arg-type]  # a stream's id


@pytest.mark.parametrize(
    ("place", "seat"),
    [(0, "00"), (1, "01"), (31, "0Z"), (32, "10"), (1023, "ZZ"), (1024, "000"), (1025, "001"), (1024 + 32767, "ZZZ")],
)
def test_seats_are_two_characters_and_then_three(place: int, seat: str) -> None:
    assert seat_of(place) == seat


def test_no_two_seats_are_alike() -> None:
    assert len({seat_of(place) for place in range(5000)}) == 5000


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("（2026）缙壶民调字第0001号", ("2026", "缙壶", "民调", "0001")),
        ("（2026）缙壶和解字第12345号", ("2026", "缙壶", "和解", "12345")),
        ("（2026）缙壶民调字第7K-0031号", None), ("（2026）缙壶民调字第001号", None),
        ("(2026)缙壶民调字第0001号", None),
        ("（2026）缙壶民调字第0001号附", None), ("临4F030-0001", None), ("", None),
    ],
)  # fmt: skip
def test_an_official_number_is_told_from_any_other(text: str, read: tuple[str, ...] | None) -> None:
    found = OFFICIAL.fullmatch(text)
    assert (found.groups() if found else None) == read


def test_a_new_desk_gets_a_block_of_every_word(center: Center, desk: Desk) -> None:
    for word in WORDS:
        assert blocks(center, word) == [(1, BLOCK, desk.id, "open", 2026)]
    granted = [e.content() for e in desk.journal.held.values() if e.kind == "numbers.granted"]
    assert {(row["kind"], row["from"], row["to"], row["seat"]) for row in granted} == {(w, 1, 200, "00") for w in WORDS}


def test_the_next_block_comes_when_fifty_are_left_and_not_before(center: Center, desk: Desk) -> None:
    number(desk, BLOCK - LOW - 1)
    by_network(center, desk)
    assert len(blocks(center)) == 1
    number(desk, BLOCK - LOW, case="cd" * 16)
    by_network(center, desk)
    assert [row[:2] for row in blocks(center)] == [(1, 200), (201, 400)]
    by_network(center, desk)
    assert len(blocks(center)) == 2
    assert len(blocks(center, "和解")) == 1


def test_a_lower_number_that_comes_late_gives_nothing_back(center: Center, desk: Desk) -> None:
    number(desk, 180)
    number(desk, 20, case="cd" * 16)
    by_network(center, desk)
    with center.database.reading() as scope:
        assert scope.value(select(NUMBER_BLOCK.c.used).where(NUMBER_BLOCK.c.kind == "民调")) == 180


@pytest.mark.parametrize("serial", [0, 201, 999_999])
def test_a_number_of_nobodys_block_counts_for_none(center: Center, desk: Desk, serial: int) -> None:
    number(desk, serial)
    by_network(center, desk)
    with center.database.reading() as scope:
        assert scope.value(select(NUMBER_BLOCK.c.used).where(NUMBER_BLOCK.c.kind == "民调")) == 0
    center.database.write(lambda scope: count_used(scope, desk.id, "no number at all"))


def test_a_new_year_begins_at_one(center: Center, desk: Desk) -> None:
    assert isinstance(center.now, Clock)
    center.now.ms += 366 * DAY
    by_network(center, desk)
    assert [(row[0], row[4]) for row in blocks(center)] == [(1, 2026), (1, 2027)]


def test_blocks_of_desks_that_ask_at_once_never_overlap(center: Center) -> None:
    desks = [a_laptop(Random(n), center, f"desk-{n}") for n in range(4)]
    at_once([lambda each=each: keep_supplied(center, each.id) for each in desks])  # type: ignore[misc]  # bound in the loop
    for word in WORDS:
        given = blocks(center, word)
        assert {row[2] for row in given} == {each.id for each in desks}
        assert [row[:2] for row in given] == [(1 + BLOCK * k, BLOCK + BLOCK * k) for k in range(4)]
        assert all(left[1] < right[0] for left, right in pairwise(given))


def test_a_desk_that_succeeds_another_closes_what_that_left(center: Center, desk: Desk) -> None:
    number(desk, 7)
    number(desk, BLOCK, case="cd" * 16, word="和解")
    by_network(center, desk)
    heir = a_laptop(Random(2), center, "desk-heir")
    heir.writer.write(CASE, "desk.succeeds", {"old": desk.id, "n": 5})  # type: ignore[arg-type]  # a stream's id
    by_network(center, heir)
    by_network(center, heir)
    closed = [e.content() for e in heir.journal.held.values() if e.kind == "numbers.closed"]
    assert sorted((str(row["kind"]), row["from"], row["to"]) for row in closed) == [
        ("信", 1, 200), ("单", 1, 200), ("和解", 201, 400), ("民调", 8, 200),
    ]  # fmt: skip
    assert {row[3] for row in blocks(center) if row[2] == desk.id} == {"closed"}
    assert (201, 400, heir.id, "open", 2026) in blocks(center)


@pytest.mark.threat("T53")
@pytest.mark.parametrize("state", ["revoked", "enrolled"])
def test_succession_reaches_the_own_room_alone_and_hides_no_revocation(center: Center, desk: Desk, state: str) -> None:
    known = update(DESK).where(DESK.c.desk == desk.id)
    center.database.write(lambda scope: scope.change(known.values(state=state)))
    heir = a_laptop(Random(2), center, "desk-heir")
    if state == "enrolled":
        elsewhere = update(DESK).where(DESK.c.desk == heir.id).values(room="缙壶", township="331122100")
        center.database.write(lambda scope: scope.change(elsewhere))
    for old in (desk.id, heir.id, "", "f" * 32):
        heir.writer.write(CASE, "desk.succeeds", {"old": old, "n": 5})  # type: ignore[arg-type]  # a stream's id
    answer(center, bundle_of(center, heir))
    with center.database.reading() as scope:
        assert scope.value(select(DESK.c.state).where(DESK.c.desk == desk.id)) == state
        assert words_due(scope, heir.id, 2026) == []


def test_a_desk_nobody_knows_gets_nothing(center: Center) -> None:
    keep_supplied(center, "f" * 32)  # type: ignore[arg-type]  # nobody's id
    assert blocks(center) == []
