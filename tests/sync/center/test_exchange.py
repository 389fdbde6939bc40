"""What the county promises a laptop, on SQLite and on PostgreSQL alike."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from mediator.errors import MediatorError, NoAccess, RefusedByRule, Unacceptable
from mediator.journal.port import Outgoing
from sync.carriers.stick import StickCarrier
from sync.center import reading, stick
from sync.center.answering import exchange as answer
from sync.center.checking import check
from sync.center.county import Center
from sync.center.enrollment import LIFE, MAX_TRIES, decide, join, make_code, requests
from sync.center.folding import fold_dirty
from sync.center.keeping import Keeper
from sync.center.numbers import BLOCK
from sync.center.reading import Query
from sync.session.exchange import Exchange
from sync.session.joining import JoinRequest, proof_of
from sync.session.ports import Answer
from sync.wire.cards import read_membership
from tests.sync.fakes import Clock, FakeSealer
from tests.sync.world import TOWNSHIP, Desk, SealedWriter, a_laptop

CASE = "ab" * 16


class Line:
    """A network that works and counts."""

    name = "network"

    def __init__(self, center: Center) -> None:
        self.center, self.requests, self.sent = center, 0, list[bytes]()

    def fetch(self) -> Answer:
        return Answer()

    def offer(self, outgoing: Outgoing) -> Answer:
        self.requests += 1
        self.sent.append(outgoing.data)
        try:
            return Answer(down=(answer(self.center, outgoing.data).down,))
        except MediatorError as error:
            return Answer(code=error.code)

    def absorbed(self, down: bytes, *, covered: int) -> None:
        return


def by_network(center: Center, desk: Desk) -> tuple[int, Line]:
    """One exchange; how many entries were sent."""
    line = Line(center)
    return run(center, desk, line), line


def run(center: Center, desk: Desk, road: Line | StickCarrier) -> int:
    """Drive one exchange."""
    card = desk.shelf.card()
    assert card
    done = Exchange(desk.journal, desk.shelf, desk.sealer, road, desk.id, center.now, read_membership(card)).run()
    assert done.code == "", done.code
    return done.sent


def tell(desk: Desk, count: int, *, case: str = CASE) -> None:
    """A case with so many sentences."""
    from mediator.journal.entry import StreamId

    stream = StreamId(case)
    if not desk.journal.stream(stream):
        desk.writer.write(stream, "case.opened", {"fields": {"title": "相邻通行", "kind": "people_mediation"}})
    for number in range(count):
        body: dict[str, object] = {
            "id": f"{number:032x}",
            "hearing": "0" * 32,
            "speaker": "王某",
            "text": f"第{number}句",
            "at": 1,
        }
        desk.writer.write(stream, "hearing.sentence", body)


@pytest.fixture
def desk(center: Center) -> Desk:
    """An enrolled desk."""
    return a_laptop(Random(1), center, "desk-one")


def test_what_was_sent_is_receipted_and_sent_no_more(center: Center, desk: Desk) -> None:
    tell(desk, 20)
    sent, _ = by_network(center, desk)
    assert sent == 21
    assert desk.shelf.outgoing() is None
    again, line = by_network(center, desk)
    assert (again, line.requests) == (0, 1)


def test_the_same_bundle_ten_times_changes_nothing(center: Center, desk: Desk) -> None:
    tell(desk, 5)
    _, line = by_network(center, desk)
    before = reading.entry_count(center)
    receipts = {answer(center, line.sent[0]).taken.receipt for _ in range(10)}
    assert len(receipts) == 1
    assert reading.entry_count(center) == before
    assert check(center).findings == ()


def test_stick_and_network_may_alternate(center: Center, desk: Desk, tmp_path: Path) -> None:
    for step in range(4):
        tell(desk, 3, case=f"{step:032x}")
        if step % 2:
            by_network(center, desk)
            continue
        road = StickCarrier(tmp_path, center.card.center, desk.id)
        run(center, desk, road)
        assert stick.handle(center, tmp_path).rejected == ()
        run(center, desk, StickCarrier(tmp_path, center.card.center, desk.id))
    by_network(center, desk)
    fold_dirty(center)
    assert reading.cases(center, Query())[1] == 4
    assert {entry.id for entry in desk.journal.held.values() if entry.desk == desk.id} <= {
        entry.id for entry in Keeper(center).since(desk.id, 0, 1000)
    }


def test_the_same_stick_read_ten_times_changes_nothing(center: Center, desk: Desk, tmp_path: Path) -> None:
    tell(desk, 5)
    run(center, desk, StickCarrier(tmp_path, center.card.center, desk.id))
    absorbed = [stick.handle(center, tmp_path).absorbed for _ in range(10)]
    assert absorbed == [6, *[0] * 9]


def test_a_damaged_bundle_is_named_and_the_others_are_read(center: Center, tmp_path: Path) -> None:
    desks = [a_laptop(Random(n), center, f"desk-{n}") for n in (1, 2)]
    for each in desks:
        tell(each, 2, case=each.id)
        run(center, each, StickCarrier(tmp_path, center.card.center, each.id))
    files = sorted(tmp_path.glob("med-*-u-*.medb"))
    data = bytearray(files[0].read_bytes())
    data[len(data) // 2] ^= 1
    files[0].write_bytes(data)
    done = stick.handle(center, tmp_path)
    assert [each.file for each in done.rejected] == [files[0].name]
    assert done.absorbed == 3


@pytest.mark.threat("T48")
def test_files_that_are_not_ours_are_neither_read_nor_touched(center: Center, tmp_path: Path) -> None:
    (tmp_path / "照片.jpg").write_bytes(b"x")
    (tmp_path / "med-aaaaaa-u-bbbbbbbbbb-00000001.medb").symlink_to(tmp_path / "照片.jpg")
    done = stick.handle(center, tmp_path)
    assert (done.absorbed, done.rejected) == (0, ())
    assert (tmp_path / "照片.jpg").read_bytes() == b"x"


def test_desks_of_a_township_see_each_others_cases_and_others_do_not(center: Center) -> None:
    first, second = (a_laptop(Random(n), center, f"desk-{n}") for n in (1, 2))
    tell(first, 3)
    by_network(center, first)
    by_network(center, second)
    assert len(second.journal.stream(CASE)) == 4  # type: ignore[arg-type]  # a stream's id


@pytest.mark.threat("T44")
def test_two_histories_of_one_desk_are_put_aside_for_a_person(center: Center, desk: Desk) -> None:
    import copy

    tell(desk, 2)
    by_network(center, desk)
    twin = copy.deepcopy(desk)
    tell(desk, 1, case="cd" * 16)
    tell(twin, 2, case="ef" * 16)
    by_network(center, desk)
    line = Line(center)
    card = twin.shelf.card()
    assert card
    done = Exchange(twin.journal, twin.shelf, twin.sealer, line, twin.id, center.now, read_membership(card)).run()
    assert done.code == "entry.fork"
    assert len(reading.put_aside(center)) == 1
    assert check(center).findings == ()


@pytest.mark.threat("T42")
def test_a_stranger_and_a_forger_are_refused(center: Center, desk: Desk) -> None:
    tell(desk, 1)
    _, line = by_network(center, desk)
    forged = bytearray(line.sent[0])
    forged[-1] ^= 1
    with pytest.raises(Unacceptable):
        answer(center, bytes(forged))
    stranger = SealedWriter("stranger")
    from sync.session.packing import upward
    from sync.wire.bundle import Address, pack

    sealer = FakeSealer("stranger")
    stranger.write(CASE, "case.opened", {"fields": {"title": "x"}})  # type: ignore[arg-type]  # a stream's id
    packed = upward(stranger.journal, stranger.desk, base=(0, "0" * 64), cursors={}, wall=1)
    address = Address(center=center.card.center, county=center.county, dir="up", desk=stranger.desk,
                      to=(bytes.fromhex(center.card.seal),), no=1, made=1)  # fmt: skip
    with pytest.raises(Unacceptable, match=r"bundle\.sender"):
        answer(center, pack(address, packed.payload, sealer))


def test_a_private_word_never_leaves_the_laptop(center: Center, desk: Desk) -> None:
    tell(desk, 1)
    desk.writer.write(CASE, "note.private", {"text": "只给自己看"})  # type: ignore[arg-type]  # a stream's id
    _, line = by_network(center, desk)
    assert "只给自己看".encode() not in line.sent[0]
    assert all(entry.kind != "note.private" for entry in Keeper(center).stream(CASE))  # type: ignore[arg-type]


def test_number_blocks_of_two_desks_never_overlap(center: Center) -> None:
    granted: list[tuple[str, str, int, int]] = []
    for name in ("a", "b", "c"):
        each = a_laptop(Random(3), center, f"desk-{name}")
        tell(each, 1, case=each.id)
        by_network(center, each)
        by_network(center, each)
        for entry in each.journal.held.values():
            if entry.kind == "numbers.granted":
                body = entry.content()
                granted.append((str(body["kind"]), str(body["room"]), int(str(body["from"])), int(str(body["to"]))))
    blocks = sorted(set(granted))
    assert len(blocks) >= 3
    for left, right in pairwise(blocks):
        assert left[:2] != right[:2] or left[3] < right[2]
    assert all(last - first + 1 == BLOCK for _, _, first, last in blocks)


def a_request(name: str, *, proof: str = "") -> JoinRequest:
    """What a laptop asks."""
    sealer = FakeSealer(name)
    return JoinRequest(
        SealedWriter(name).desk, sealer.sign_public.hex(), sealer.seal_public.hex(), "壶镇镇", TOWNSHIP, name, proof
    )


def proved(name: str, code: str) -> JoinRequest:
    """A request with the proof of a code."""
    sealer = FakeSealer(name)
    desk = SealedWriter(name).desk
    return a_request(name, proof=proof_of(code, desk=desk, sign=sealer.sign_public, seal=sealer.seal_public))


@pytest.mark.threat("T52")
def test_a_code_works_once_and_repeating_it_gives_the_same_certificate(center: Center) -> None:
    code = make_code(center, TOWNSHIP).text
    assert join(center, proved("one", code)).answer
    assert join(center, proved("one", code)).answer
    with pytest.raises(NoAccess, match=r"enroll\.code"):
        join(center, proved("two", code))


def test_five_wrong_tries_burn_a_code(center: Center) -> None:
    code = make_code(center, TOWNSHIP).text
    for number in range(MAX_TRIES):
        with pytest.raises(NoAccess, match=r"enroll\.code"):
            join(center, proved(f"wrong-{number}", "0000000000"))
    with pytest.raises(NoAccess, match=r"enroll\.code"):
        join(center, proved("right", code))


def test_a_code_dies_after_a_day(center: Center) -> None:
    code = make_code(center, TOWNSHIP).text
    assert isinstance(center.now, Clock)
    center.now.ms += LIFE + 1
    with pytest.raises(NoAccess, match=r"enroll\.expired"):
        join(center, proved("late", code))


def test_without_a_code_a_person_compares_six_digits_first(center: Center) -> None:
    asked = join(center, a_request("by-file"))
    assert (asked.answer, len(asked.digits)) == (b"", 6)
    assert [row.digits for row in requests(center)] == [asked.digits]
    decide(center, asked.digits)
    assert join(center, a_request("by-file")).answer
    with pytest.raises(RefusedByRule, match=r"enroll\.no_request"):
        decide(center, "000000")


def test_a_refused_request_stays_refused(center: Center) -> None:
    asked = join(center, a_request("unknown"))
    decide(center, asked.digits, good=False)
    with pytest.raises(RefusedByRule, match=r"enroll\.denied"):
        join(center, a_request("unknown"))


def test_a_changed_row_of_the_database_is_found_by_the_check(center: Center, desk: Desk) -> None:
    from sqlalchemy import update

    from sync.center.tables import ENTRY

    tell(desk, 2)
    by_network(center, desk)
    assert check(center).findings == ()
    spoil = update(ENTRY).where(ENTRY.c.desk == desk.id, ENTRY.c.n == 2).values(sig=b"\0" * 64)
    center.database.write(lambda scope: scope.change(spoil))
    assert any("entry.signature" in each for each in check(center).findings)
    shown = reading.show(center, CASE, who="admin")
    assert shown.sound == len(shown.told) - 1
