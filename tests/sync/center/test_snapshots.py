"""A new laptop's cases in parts: over a network with any cut, on a stick, over both, killed anywhere; all proved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from mediator.errors import MediatorError, RefusedByRule, WorldFailed
from mediator.journal.entry import Entry
from mediator.journal.port import Outgoing
from sync.carriers.http import HttpCarrier
from sync.carriers.stick import StickCarrier
from sync.center import api, snapshots, stick
from sync.center.api import answer
from sync.center.application import application
from sync.center.county import Center
from sync.center.snapshots import LIFE, PIECE, cut, length_of, planned, read_piece
from sync.center.tables import DOWNLOAD, DOWNLOAD_PIECE
from sync.session.exchange import Exchange
from sync.session.outcome import Exchanged
from sync.session.ports import Answer, Carrier
from sync.session.snapshot import cursor_name
from sync.wire.cards import read_membership
from tests.sync.center.people import quick
from tests.sync.center.serving import client_of
from tests.sync.center.test_exchange import by_network, tell
from tests.sync.fakes import Clock, a_center
from tests.sync.roads import Crash, FragileDatabase, FragileShelf
from tests.sync.world import NEIGHBOR, Desk, a_laptop

CASES = 12


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dozen cases are many, and three of them fill a part."""
    monkeypatch.setattr(snapshots, "SMALLEST", 1000)
    monkeypatch.setattr(snapshots, "PART", 6600)


@dataclass
class Line:
    """A network; `fate` may cut it before a ticket is served, the county's `down` notes who fetched what."""

    center: Center
    fate: Callable[[str], None] = lambda _ticket: None
    name: str = "network"
    fetched: list[str] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    bend: Callable[[bytes], bytes] = lambda data: data

    def fetch(self) -> Answer:
        return Answer()

    def offer(self, outgoing: Outgoing) -> Answer:
        try:
            self.answers.append(answer(self.center, outgoing.data).down)
        except MediatorError as error:
            return Answer(code=error.code)
        return Answer(down=(self.answers[-1],), bring=self.bring)

    def bring(self, ticket: str) -> bytes:
        self.fate(ticket)
        length = length_of(self.center, ticket)
        self.fetched.append(ticket)
        return self.bend(read_piece(self.center, ticket, 0, length))

    def absorbed(self, down: bytes, *, covered: int) -> None:
        return


@pytest.fixture
def old(center: Center) -> Desk:
    """A laptop whose dozen cases are at the county."""
    desk = a_laptop(Random(1), center, "old")
    for number in range(CASES):
        tell(desk, 3, case=f"{number + 1:032x}")
    by_network(center, desk)
    return desk


def newcomer(center: Center, name: str = "new", **more: str) -> Desk:
    """A laptop that has just joined."""
    return a_laptop(Random(2), center, name, **more)


def run(center: Center, desk: Desk, road: Carrier) -> Exchanged:
    """One exchange, however it ends."""
    card = desk.shelf.card()
    assert card
    return Exchange(desk.journal, desk.shelf, desk.sealer, road, desk.id, center.now, read_membership(card)).run()


def holds_all(desk: Desk, of: Desk) -> bool:
    """True when each entry that another desk wrote is there, byte for byte, and folds without waiting."""
    mine = {entry.id: entry.raw for entry in desk.journal.held.values()}
    waiting = sum(desk.journal.log(entry.stream).waiting for entry in written_by(of))
    return waiting == 0 and all(mine.get(entry.id) == entry.raw for entry in written_by(of))


def written_by(desk: Desk) -> list[Entry]:
    """What a desk wrote itself."""
    return [entry for entry in desk.journal.held.values() if entry.desk == desk.id]


def parts_of(center: Center, desk: Desk) -> Sequence[object]:
    """What waits for a desk."""
    with center.database.reading() as scope:
        return planned(scope, desk.id)


def test_a_new_laptop_fetches_whole_cases_in_parts_and_then_goes_on_by_the_feed(center: Center, old: Desk) -> None:
    new, line = newcomer(center), Line(center)
    done = run(center, new, line)
    assert (done.code, len(line.fetched)) == ("", 4)
    assert holds_all(new, old)
    assert new.shelf.cursors()["t:331122101"] == (1, len(written_by(old)))
    assert parts_of(center, new) == [], "what it has is kept no longer"
    tell(old, 1, case=f"{1:032x}")
    by_network(center, old)
    again = Line(center)
    assert run(center, new, again).received == 1
    assert again.fetched == []


def test_each_part_holds_whole_cases_the_newest_first(center: Center, old: Desk) -> None:
    new, seen = newcomer(center), list[frozenset[str]]()
    settle = new.shelf.settle

    def noting(**given: object) -> object:
        seen.append(frozenset(entry.stream for entry in given["entries"]))  # type: ignore[attr-defined]
        return settle(**given)  # type: ignore[arg-type]

    new.shelf.settle = noting  # type: ignore[method-assign,assignment]
    run(center, new, Line(center))
    cases = [part & {entry.stream for entry in written_by(old)} for part in seen]
    told = [part for part in cases if part]
    assert sum(map(len, told)) == CASES == len(frozenset().union(*told)), "no case stands in two parts"
    assert f"{CASES:032x}" in told[0]
    assert f"{1:032x}" in told[-1]


def test_a_line_that_breaks_before_each_part_costs_no_part_twice(center: Center, old: Desk) -> None:
    new, fetched, tries = newcomer(center), list[str](), 0
    while not holds_all(new, old):
        line = Line(center)

        def once(ticket: str, line: Line = line) -> None:
            if line.fetched:
                raise WorldFailed("network.cut")

        line.fate = once
        run(center, new, line)
        fetched += line.fetched
        tries += 1
        assert tries < 9
    assert len(fetched) == len(set(fetched)) == 4


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", range(1, 6))
def test_a_laptop_killed_at_any_commit_ends_with_every_case(center: Center, old: Desk, when: str, step: int) -> None:
    new = newcomer(center)
    fates = iter(["", *[""] * (step - 1), when, *[""] * 99])
    shelf = FragileShelf(new.writer.journal, fate=lambda: next(fates))
    shelf.copy_from(new.shelf)
    new.shelf = shelf
    try:
        run(center, new, Line(center))
    except Crash:
        for name in [name for name in shelf.cursors() if name.startswith("t:")]:
            assert holds_all(new, old), f"{name} moved although a part is missing"
    run(center, new, Line(center))
    assert holds_all(new, old)


@pytest.mark.full
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", range(1, 12))
def test_a_county_killed_at_any_commit_gives_every_case_the_next_time(
    center: Center, old: Desk, when: str, step: int
) -> None:
    new, fates = newcomer(center), iter([*[""] * (step - 1), when, *[""] * 99])
    database = FragileDatabase(center.database.engine, center.county)
    database.fate = lambda: next(fates)
    with suppress(Crash):
        run(replace(center, database=database), new, Line(replace(center, database=database)))
    assert run(center, new, Line(center)).code == ""
    assert holds_all(new, old)
    assert new.shelf.cursors()["t:331122101"] == (1, len(written_by(old)))


def test_a_stick_carries_all_parts_in_one_visit_and_once_more_changes_nothing(
    center: Center, old: Desk, tmp_path: Path
) -> None:
    new = newcomer(center)
    run(center, new, StickCarrier(tmp_path, center.card.center, new.id))
    assert stick.handle(center, tmp_path).written == 5
    copies = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert run(center, new, StickCarrier(tmp_path, center.card.center, new.id)).code == ""
    assert holds_all(new, old)
    for name, data in copies.items():
        (tmp_path / name).write_bytes(data)
    before = dict(new.shelf.cursors())
    assert run(center, new, StickCarrier(tmp_path, center.card.center, new.id)).received == 0
    assert new.shelf.cursors() == before


def test_a_part_that_the_stick_lost_comes_by_network(center: Center, old: Desk, tmp_path: Path) -> None:
    new, line = newcomer(center), Line(center)
    run(center, new, StickCarrier(tmp_path, center.card.center, new.id))
    stick.handle(center, tmp_path)
    files = sorted(path for path in tmp_path.iterdir() if "-d-" in path.name)
    files[2].write_bytes(files[2].read_bytes()[:-1])
    assert run(center, new, StickCarrier(tmp_path, center.card.center, new.id)).faults[0].file == files[2].name
    assert not holds_all(new, old)
    run(center, new, line)
    assert len(line.fetched) == 1
    assert holds_all(new, old)


def test_another_township_is_in_no_part(center: Center, old: Desk) -> None:
    new, line = newcomer(center, "far", township=NEIGHBOR), Line(center)
    run(center, new, line)
    assert line.fetched == []
    assert not {entry.desk for entry in new.journal.held.values()} & {old.id}


@pytest.mark.threat("T42")
def test_a_part_that_was_bent_on_the_way_is_named_and_asked_for_again(center: Center, old: Desk) -> None:
    new, line = newcomer(center), Line(center)
    line.bend = lambda data: data[:-1] + bytes((data[-1] ^ 1,)) if len(line.fetched) == 2 else data
    done = run(center, new, line)
    assert [fault.code for fault in done.faults] == ["bundle.signature"]
    assert not any(name.startswith("t:") for name in new.shelf.cursors())
    again = Line(center)
    assert run(center, new, again).code == ""
    assert len(again.fetched) == 1
    assert holds_all(new, old)


def test_tickets_of_nobody_and_expired_ones_look_the_same(center: Center, old: Desk) -> None:
    new, line = newcomer(center), Line(center)
    line.fate = lambda _ticket: (_ for _ in ()).throw(WorldFailed("network.cut"))
    run(center, new, line)
    with center.database.reading() as scope:
        ticket = planned(scope, new.id)[0].ticket
    assert length_of(center, ticket) > 0
    assert isinstance(center.now, Clock)
    center.now.ms += LIFE + 1
    for unknown in ("0" * 32, ticket):
        with pytest.raises(RefusedByRule, match=r"down\.unknown"):
            length_of(center, unknown)
    assert run(center, new, Line(center)).code == ""
    assert holds_all(new, old), "what expired is planned anew"


def test_two_requests_for_one_part_get_the_same_bytes_and_any_range_of_them(center: Center, old: Desk) -> None:
    new, line = newcomer(center), Line(center)
    line.fate = lambda _ticket: (_ for _ in ()).throw(WorldFailed("network.cut"))
    run(center, new, line)
    with center.database.reading() as scope:
        row = planned(scope, new.id)[0]
    first = length_of(center, row.ticket)
    assert snapshots.freeze(center, row) == first, "the quicker request has frozen it"
    whole = read_piece(center, row.ticket, 0, first)
    assert len(whole) == first
    for start in (0, 1, first // 2, first - 1):
        assert read_piece(center, row.ticket, start, first) == whole[start:]
    assert cut(center, row, no=9) != whole


def test_a_range_may_begin_and_end_within_any_piece(center: Center, old: Desk) -> None:
    data = Random(3).randbytes(3 * PIECE + 7)
    pieces = [{"ticket": "t" * 32, "start": at, "bytes": data[at : at + PIECE]} for at in range(0, len(data), PIECE)]
    center.database.write(lambda scope: scope.add(DOWNLOAD_PIECE, pieces))
    for start, end in ((0, 5), (PIECE - 1, PIECE + 1), (PIECE, 2 * PIECE), (2 * PIECE + 3, len(data)), (5, len(data))):
        assert read_piece(center, "t" * 32, start, end) == data[start:end]


def test_a_case_too_large_for_a_part_is_split_and_whole_again_at_the_laptop(
    center: Center, old: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "PART", 600)
    new, line = newcomer(center), Line(center)
    assert run(center, new, line).code == ""
    assert len(line.fetched) > CASES
    assert holds_all(new, old)


def test_a_laptop_that_lost_its_marks_is_given_everything_again(center: Center, old: Desk) -> None:
    new = newcomer(center)
    run(center, new, Line(center))
    new.shelf._cursors.clear()
    assert run(center, new, Line(center)).received == 0
    assert "t:331122101" in new.shelf.cursors()


def test_what_waits_for_a_laptop_that_never_comes_is_swept(center: Center, old: Desk) -> None:
    gone, line = newcomer(center, "gone"), Line(center)
    line.fate = lambda _ticket: (_ for _ in ()).throw(WorldFailed("network.cut"))
    run(center, gone, line)
    assert isinstance(center.now, Clock)
    center.now.ms += LIFE + 1
    run(center, newcomer(center, "other"), Line(center))
    with center.database.reading() as scope:
        rows = scope.value(select(func.count(DOWNLOAD.c.ticket)).where(DOWNLOAD.c.desk == gone.id))
    assert rows == 0


def test_a_laptop_remembers_a_bit_for_each_part(center: Center, old: Desk) -> None:
    new, line = newcomer(center), Line(center)
    run(center, new, line)
    (name,) = [each for each in new.shelf.cursors() if each.startswith("s:")]
    parts, mask = new.shelf.cursors()[name]
    assert name == cursor_name(name[2:])
    assert (parts, mask) == (4, 0b1111)


def test_over_a_real_line_a_new_laptop_gets_everything_in_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "MAX_DOWN", 500)
    center = a_center(Random(5), url=f"sqlite:///{tmp_path / 'center.db'}")
    old, new = a_laptop(Random(1), center, "old"), a_laptop(Random(2), center, "new")
    for number in range(CASES):
        tell(old, 3, case=f"{number + 1:032x}")
    by_network(center, old)
    with client_of(application(center, quick)) as http:
        road = HttpCarrier(http)
        assert run(center, new, road).code == ""
        assert road.requests > 8, "runs, not whole parts"
        assert http.get("/sync/v1/down/" + "0" * 32).json()["code"] == "down.unknown"
        with center.database.reading() as scope:
            assert planned(scope, new.id) == []
    assert holds_all(new, old)
    center.database.close()
