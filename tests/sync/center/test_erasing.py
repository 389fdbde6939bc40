"""A lawful erasure reaches the county and every bundle under way; nothing of what it took can be carved out (T68)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from mediator.errors import RefusedByRule, Unacceptable
from mediator.journal.entry import Entry, StreamId
from mediator.journal.erasures import CASE_ERASED, DONE, ERASED, targets_of
from mediator.journal.framing import erased_twin
from sync.center import doomed, erasing, reading
from sync.center.answering import exchange as answer
from sync.center.checking import check
from sync.center.county import Center
from sync.center.folding import fold_dirty
from sync.center.keeping import Keeper
from sync.center.lending import grant
from sync.center.reading import Query
from sync.center.revocation import revoke
from sync.center.tables import DESK, ENTRY
from sync.session.ports import Answer
from tests.sync.center.bundles import bundle_of
from tests.sync.center.test_exchange import Line, by_network, run, tell
from tests.sync.world import NEIGHBOR, Desk, SwiftJournal, a_laptop

CASE = StreamId("ab" * 16)
TURN, PARTY = "22" * 16, "33" * 16
WORDS, NAME = "我替他垫了三车青石的脚钱", "司徒问渠"
GROUND = "pipl47.3"


def files_of(center: Center) -> bytes:
    """What lies on the disk of this county's database: SQLite's file and log, or the files of PostgreSQL's tables."""
    engine = center.database.engine
    if center.database.one_writer:
        place = Path(str(engine.url.database))
        return b"".join(path.read_bytes() for path in place.parent.glob(f"{place.name}*"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CHECKPOINT")
        home = Path(str(connection.exec_driver_sql("SHOW data_directory").scalar()))
        asked = (
            "SELECT pg_relation_filepath(oid) FROM pg_class WHERE relkind IN ('r', 't')"
            " AND relnamespace IN (current_schema()::regnamespace, 'pg_toast'::regnamespace)"
        )
        paths = [str(row[0]) for row in connection.exec_driver_sql(asked) if row[0]]
    return b"".join((home / path).read_bytes() for path in paths if (home / path).is_file())


def told(desk: Desk) -> Desk:
    """A case with a party, some turns and one that must go."""
    tell(desk, 3, case=CASE)
    party: dict[str, object] = {"id": PARTY, "fields": {"name": NAME, "side": "applicant", "kind": "person"}}
    desk.writer.write(CASE, "party.added", party)
    body: dict[str, object] = {"id": TURN, "hearing": "0" * 32, "speaker": NAME, "text": WORDS, "at": 1}
    desk.writer.write(CASE, "hearing.sentence", body)
    return desk


def of_them(entry: Entry) -> bool:
    """The party and the turn."""
    return entry.content().get("id") in (TURN, PARTY)


def erase(desk: Desk, wanted: Callable[[Entry], bool] = of_them) -> Entry:
    """Two persons of a room decide; the room's own copy goes at once."""
    gone = [entry for entry in desk.journal.stream(CASE) if wanted(entry)]
    body: dict[str, object] = {
        "targets": targets_of(entry.id for entry in gone), "ground": GROUND, "decided_by": ["li", "wang"],
    }  # fmt: skip
    decision = desk.writer.write(CASE, ERASED, body)
    desk.journal.held.update((entry.id, erased_twin(entry)) for entry in gone)
    desk.writer.journal = desk.shelf.journal = SwiftJournal(desk.journal.held, desk.journal.decisions)
    return decision


def held(center: Center, kind: str) -> list[Entry]:
    """What the county holds of a kind in the case."""
    return [entry for entry in Keeper(center).stream(CASE) if entry.kind == kind]


@pytest.fixture
def desk(center: Center) -> Desk:
    """An enrolled desk that told the county its case."""
    made = told(a_laptop(Random(1), center, "desk-one"))
    by_network(center, made)
    fold_dirty(center)
    return made


@pytest.mark.threat("T68")
def test_what_a_room_erased_is_gone_at_the_county_and_in_its_files(center: Center, desk: Desk) -> None:
    assert WORDS.encode() in files_of(center), "the scan must see what is there"
    hashes = {entry.id: entry.hash for entry in Keeper(center).stream(CASE)}
    erase(desk)
    by_network(center, desk)
    fold_dirty(center)
    doomed.wash(center, whole=True)
    lying = files_of(center)
    assert [word for word in (WORDS, NAME) if word.encode() in lying] == []
    assert {entry.id: entry.hash for entry in Keeper(center).stream(CASE) if entry.id in hashes} == hashes
    assert check(center).findings == ()
    shown = reading.show(center, CASE, who="shen")
    assert (shown.damaged, shown.case.parties, shown.case.title) == (0, (), "相邻通行")
    assert all(each.sound for each in shown.told)


@pytest.mark.threat("T68")
def test_a_stick_with_the_body_that_comes_after_the_erasure_brings_its_twin_alone(center: Center) -> None:
    desk = told(a_laptop(Random(1), center, "desk-one"))
    on_the_stick = bundle_of(center, desk)
    erase(desk)
    by_network(center, desk)
    answer(center, on_the_stick)
    fold_dirty(center)
    doomed.wash(center, whole=True)
    assert [entry.erased for entry in held(center, "party.added")] == [True]
    assert [word for word in (WORDS, NAME) if word.encode() in files_of(center)] == []
    assert check(center).findings == ()


@pytest.mark.threat("T68")
def test_a_county_that_lost_the_body_and_kept_the_erasure_never_takes_the_body_again(center: Center) -> None:
    desk, other = told(a_laptop(Random(1), center, "desk-one")), a_laptop(Random(2), center, "desk-two")
    other.journal.absorb(desk.journal.stream(CASE))
    erase(other)
    by_network(center, other)
    by_network(center, desk)
    assert [entry.erased for entry in held(center, "party.added")] == [True]
    assert [entry.erased for entry in held(center, "case.opened")] == [False]


class FromLastMonth(Line):
    """A road on which an older answer lies as well."""

    def __init__(self, center: Center, late: bytes) -> None:
        super().__init__(center)
        self.late = late

    def fetch(self) -> Answer:
        return Answer(down=(self.late,))


@pytest.mark.threat("T68")
def test_an_answer_with_the_body_that_comes_down_late_leaves_a_laptop_its_twin(center: Center, desk: Desk) -> None:
    other = a_laptop(Random(2), center, "desk-two")
    late = answer(center, bundle_of(center, other)).down
    erase(desk)
    by_network(center, desk)
    by_network(center, other)
    run(center, other, FromLastMonth(center, late))
    assert [entry.erased for entry in other.journal.stream(CASE) if entry.kind == "party.added"] == [True]


@pytest.mark.threat("T57")
@pytest.mark.threat("T68")
def test_of_a_case_its_own_township_decides_alone(center: Center, desk: Desk) -> None:
    stranger = a_laptop(Random(3), center, "far", township=NEIGHBOR)
    stranger.journal.absorb(desk.journal.stream(CASE))
    room = center.database.write(lambda scope: scope.value(select(DESK.c.room).where(DESK.c.desk == stranger.id)))
    grant(center, CASE, str(room), reason="请协助", who="shen")
    erase(stranger)
    by_network(center, stranger)
    assert [entry.erased for entry in held(center, "party.added")] == [False]
    with center.database.reading() as scope:
        codes = {row.kind: row.code for row in scope.rows(select(ENTRY).where(ENTRY.c.desk == stranger.id))}
    assert codes[ERASED] == "entry.scope"


@pytest.mark.threat("T65")
def test_a_room_does_not_reach_a_paper_and_the_county_does(center: Center, desk: Desk) -> None:
    paper: dict[str, object] = {"id": "44" * 16, "kind": "receipt", "number": "1", "title": "收条", "pages": 1}
    desk.writer.write(CASE, "document.issued", {**paper, "files": []})
    by_network(center, desk)
    erase(desk, lambda entry: entry.kind == "document.issued")
    by_network(center, desk)
    assert [entry.erased for entry in held(center, "document.issued")] == [False]
    erasing.ask(center, CASE, "pipl47.2", who="shen")
    erasing.decide(center, CASE, who="he")
    assert [entry.erased for entry in held(center, "document.issued")] == [True]


@pytest.mark.threat("T68")
def test_two_persons_of_the_county_erase_a_whole_case_and_nothing_of_it_is_left(center: Center, desk: Desk) -> None:
    erasing.ask(center, CASE, "pipl47.2", who="shen")
    assert [(each.case, each.by) for each in erasing.asked_for(center)] == [(CASE, "shen")]
    with pytest.raises(RefusedByRule, match=r"erasure\.second_person"):
        erasing.decide(center, CASE, who="shen")
    with pytest.raises(RefusedByRule, match=r"erasure\.asked"):
        erasing.ask(center, CASE, "pipl47.2", who="he")
    erasing.decide(center, CASE, who="he")
    doomed.wash(center, whole=True)
    lying = files_of(center)
    assert [word for word in (WORDS, NAME, "相邻通行") if word.encode() in lying] == []
    assert (reading.cases(center, Query())[1], reading.case_count(center)) == (0, 0)
    assert check(center).findings == ()
    decision = held(center, CASE_ERASED)[0]
    assert decision.content()["decided_by"] == ["shen", "he"]
    with pytest.raises(RefusedByRule, match=r"erasure\.gone"):
        erasing.ask(center, CASE, "pipl47.2", who="shen")
    by_network(center, desk)
    assert decision.id in desk.journal.held, "every room of the case hears of it"


def test_a_request_may_be_dropped_and_wrong_ones_are_refused(center: Center, desk: Desk) -> None:
    with pytest.raises(Unacceptable, match=r"erasure\.ground"):
        erasing.ask(center, CASE, "so", who="shen")
    with pytest.raises(Unacceptable, match=r"case\.unknown"):
        erasing.ask(center, "cd" * 16, "pipl47.2", who="shen")
    with pytest.raises(RefusedByRule, match=r"erasure\.none"):
        erasing.decide(center, CASE, who="he")
    erasing.ask(center, CASE, "pipl47.2", who="shen")
    erasing.drop(center, CASE, who="he")
    assert erasing.asked_for(center) == ()
    assert [entry.erased for entry in held(center, "party.added")] == [False]


@pytest.mark.threat("T68")
def test_the_list_names_each_computer_until_it_answers_and_those_that_never_will(center: Center, desk: Desk) -> None:
    other, gone = (a_laptop(Random(n), center, f"desk-{n}") for n in (2, 3))
    a_laptop(Random(4), center, "far", township=NEIGHBOR)
    revoke(center, gone.id, who="shen")
    decision = erase(desk)
    by_network(center, desk)
    labels = {row.desk: f"{row.seat}　{row.label}" for row in reading.devices(center)}
    line = erasing.listed(center)[0]
    assert (line.case, line.whole, line.ground, list(line.decided_by), line.named) == (
        CASE, False, GROUND, ["li", "wang"], 2
    )  # fmt: skip
    assert set(line.waiting) == {labels[desk.id], labels[other.id]}
    assert list(line.off) == [labels[gone.id]]
    for each in (desk, other):
        by_network(center, each)
        each.writer.write(CASE, DONE, {"desk": decision.desk, "n": decision.n})
        by_network(center, each)
    assert (erasing.listed(center)[0].waiting, list(erasing.listed(center)[0].off)) == ([], [labels[gone.id]])


@pytest.mark.threat("T64")
def test_an_emptied_body_that_no_decision_names_is_still_found(center: Center, desk: Desk) -> None:
    erase(desk, lambda entry: entry.content().get("id") == TURN)
    by_network(center, desk)
    center.database.write(
        lambda scope: scope.change(ENTRY.update().where(ENTRY.c.kind == "party.added").values(sealed=None))
    )
    party = next(entry for entry in desk.journal.stream(CASE) if entry.kind == "party.added")
    assert f"entry.erased {party.desk}:{party.n}" in check(center).findings
