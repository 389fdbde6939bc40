"""A restored laptop brings what its former life never sent (sync-design 3.3): asked for, taken once, shown to all."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from sqlalchemy import delete, select, update

from mediator.errors import Unacceptable
from mediator.journal.entry import DeskId, Entry, StreamId
from mediator.journal.framing import verify_entry
from mediator.journal.reach import Reach
from mediator.journal.streams import desk_stream
from sync.carriers.stick import StickCarrier
from sync.center import reading, stick
from sync.center.answering import exchange as answer
from sync.center.answering import read
from sync.center.checking import check
from sync.center.county import Center
from sync.center.keeping import Keeper
from sync.center.restoring import begin_anew
from sync.center.revocation import revoke
from sync.center.tables import DESK, ENTRY, FEED
from sync.session.packing import NOTHING, Point, upward
from sync.session.rescue import rescue_frames
from sync.wire.bundle import Address, pack
from tests.sync.center.test_exchange import CASE, by_network, run, tell
from tests.sync.fakes import FakeSealer, MemoryShelf
from tests.sync.world import NEIGHBOR, Desk, SealedWriter, SwiftJournal, a_laptop, enroll


def heir_of(old: Desk, name: str, *, last: int = 0) -> Desk:
    """A laptop restored from a backup of another that was made now, or when that had so many entries."""
    journal = SwiftJournal()
    last = last or old.journal.top(old.id)[0]
    journal.absorb([each for each in old.journal.held.values() if each.desk != old.id or each.n <= last])
    heir = Desk(name, SealedWriter(name, journal), MemoryShelf(journal), FakeSealer(name), old.township)
    keys = {"sign": old.sealer.sign_public.hex(), "seal": old.sealer.seal_public.hex()}
    heir.writer.write(desk_stream(heir.id), "desk.succeeds", {"old": old.id, "last": last} | keys)
    return heir


def note(desk: Desk) -> None:
    """Words that stay."""
    desk.writer.write(StreamId(CASE), "note.private", {"text": "只给自己"})


def of(center: Center, desk: Desk) -> list[int]:
    """Counters of a desk's entries that the county holds."""
    return [entry.n for entry in Keeper(center).since(desk.id, 0, 999)]


@pytest.fixture
def lost(center: Center) -> Desk:
    """It sent three entries, wrote three more and a note between them, and was lost."""
    made = a_laptop(Random(1), center, "desk-lost")
    tell(made, 2)
    by_network(center, made)
    tell(made, 1)
    note(made)
    tell(made, 1)
    return made


def test_what_only_the_backup_held_comes_to_the_county_and_to_the_neighbor(center: Center, lost: Desk) -> None:
    heir, neighbor = heir_of(lost, "desk-heir"), a_laptop(Random(2), center, "desk-neighbor")
    before, top = of(center, lost), lost.journal.top(lost.id)
    tell(heir, 1)
    enroll(heir, center)
    _, line = by_network(center, heir)
    assert len(line.sent) == 2, "once to be asked, once to bring it"
    county = [entry for entry in lost.journal.since(lost.id, 0, 99) if entry.reach is Reach.COUNTY]
    assert before != of(center, lost) == [entry.n for entry in county]
    assert Keeper(center).top(lost.id) == top, "the note is pinned as withheld, so there is no hole"
    by_network(center, neighbor)
    assert {entry.id for entry in county} <= set(neighbor.journal.held)
    assert neighbor.journal.log(StreamId(CASE)).waiting == 0
    assert check(center).findings == ()
    sent, line = by_network(center, heir)
    assert (sent, len(line.sent)) == (0, 1), "it is asked once"


def test_a_lost_stick_costs_a_rescue_nothing(center: Center, lost: Desk, tmp_path: Path) -> None:
    heir = heir_of(lost, "desk-heir")
    enroll(heir, center)

    def at_the_stick(folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        run(center, heir, StickCarrier(folder, center.card.center, heir.id))

    at_the_stick(tmp_path / "one")
    stick.handle(center, tmp_path / "one")
    at_the_stick(tmp_path / "one")  # asked; what is wanted is written now, and this stick is lost
    tell(heir, 1)
    at_the_stick(tmp_path / "two")
    stick.handle(center, tmp_path / "two")
    assert Keeper(center).top(lost.id) == lost.journal.top(lost.id)
    at_the_stick(tmp_path / "two")
    tell(heir, 1)
    at_the_stick(tmp_path / "two")
    [up] = (tmp_path / "two").glob("med-*-u-*")
    assert read(center, up.read_bytes()).rescued == (), "what was taken goes no more"


def test_a_life_that_never_joined_is_known_by_its_successor_s_word(center: Center) -> None:
    first = Desk("alone", SealedWriter("alone", SwiftJournal()), MemoryShelf(SwiftJournal()), FakeSealer("alone"))
    tell(first, 2)
    second = heir_of(first, "second")
    tell(second, 1)
    third = heir_of(second, "third")
    tell(third, 1)
    enroll(third, center)
    neighbor = a_laptop(Random(2), center, "desk-neighbor")
    by_network(center, third)
    for each in (first, second, third):
        assert Keeper(center).top(each.id) == each.journal.top(each.id), each.name
    by_network(center, neighbor)
    assert neighbor.journal.log(StreamId(CASE)).waiting == 0
    told = [e.content() for e in neighbor.journal.held.values() if e.kind == "desk.enrolled"]
    keys = {str(row["desk"]): bytes.fromhex(str(row["sign"])) for row in told}
    for entry in neighbor.journal.stream(StreamId(CASE)):
        verify_entry(entry, lambda text, mark, key=keys[entry.desk]: neighbor.sealer.verify(key, text, mark))  # type: ignore[misc]
    assert check(center).findings == ()


def test_a_county_that_lost_its_newest_days_asks_every_laptop_what_it_holds_of_a_lost_one(center: Center) -> None:
    lost, neighbor = (a_laptop(Random(n), center, f"desk-{n}") for n in range(2))
    tell(lost, 4)
    by_network(center, lost)
    by_network(center, neighbor)
    heir = heir_of(lost, "desk-heir", last=2)
    enroll(heir, center)
    by_network(center, heir)
    forget(center, lost.id, after=1)
    anew = begin_anew(center, who="沈")
    by_network(anew, heir)
    assert of(anew, lost)[:2] == [1, 2]
    by_network(anew, neighbor)
    assert of(anew, lost) == [1, 2, 3, 4, 5]


def forget(center: Center, desk: DeskId, *, after: int) -> None:
    """The county's database is as it was when it held so much of a desk."""
    [last] = Keeper(center).since(desk, after - 1, 1)
    row = {"head_n": last.n, "head_hash": last.hash}

    def work(scope: object) -> None:
        for table in (FEED, ENTRY):
            scope.change(delete(table).where(table.c.desk == desk, table.c.n > after))  # type: ignore[attr-defined]
        scope.change(update(DESK).where(DESK.c.desk == desk).values(**row))  # type: ignore[attr-defined]

    center.database.write(work)


def bringing(center: Center, desk: Desk, entries: list[Entry], *, base: Point = NOTHING) -> bytes:
    """A bundle of everything of a desk and of these entries of another."""
    packed = upward(desk.journal, desk.id, base=base, cursors={}, wall=1, others=list(rescue_frames(entries)))
    address = Address(
        center=center.card.center, county=center.county, dir="up", desk=desk.id,
        to=(bytes.fromhex(center.card.seal),), no=9, made=1, bundle="ab" * 16,
    )  # fmt: skip
    return pack(address, packed.payload, desk.sealer)


@pytest.mark.threat("T53")
@pytest.mark.parametrize("state", ["enrolled", "revoked", "elsewhere", "unknown"])
def test_what_nobody_asked_for_is_passed_over(center: Center, lost: Desk, state: str) -> None:
    other = a_laptop(Random(3), center, "desk-other")
    tell(other, 1)
    brought = list(lost.journal.since(lost.id, 3, 9))
    if state == "revoked":
        revoke(center, lost.id, who="沈")
    if state == "elsewhere":
        moved = update(DESK).where(DESK.c.desk == lost.id).values(state="retired", township=NEIGHBOR)
        center.database.write(lambda scope: scope.change(moved))
    if state == "unknown":
        brought = list(heir_of(lost, "nobody").journal.since(SealedWriter("nobody").desk, 0, 9))
    held = of(center, lost)
    done = answer(center, bringing(center, other, brought))
    assert of(center, lost) == held
    assert done.taken.told == ()
    with center.database.reading() as scope:
        assert scope.value(select(DESK.c.desk).where(DESK.c.desk == brought[0].desk)) in (lost.id, None)


class Forger(SealedWriter):
    """Writes in another's name with its own key."""

    def sign(self, text: bytes) -> bytes:
        return FakeSealer("forger").sign(text)


@pytest.mark.threat("T42")
def test_what_its_author_did_not_sign_refuses_the_whole_bundle(center: Center, lost: Desk) -> None:
    heir = heir_of(lost, "desk-heir")
    enroll(heir, center)
    false = Forger("desk-lost", SwiftJournal())
    for n in range(4):
        false.write(StreamId(CASE), "case.set", {"fields": {"facts": f"伪造{n}"}})
    forged = list(false.journal.since(lost.id, 0, 9))
    with pytest.raises(Unacceptable, match=r"entry\.signature"):
        read(center, bringing(center, heir, forged))
    twice = list(lost.journal.since(lost.id, 0, 2))
    with pytest.raises(Unacceptable, match=r"bundle\.segment"):
        read(center, bringing(center, heir, [*twice, *twice]))


def test_another_history_of_a_former_life_is_kept_aside_for_a_person(center: Center, lost: Desk) -> None:
    heir = heir_of(lost, "desk-heir")
    enroll(heir, center)
    by_network(center, heir)
    other = SealedWriter("desk-lost", SwiftJournal())
    other.write(StreamId(CASE), "case.set", {"fields": {"facts": "另一份"}})
    with pytest.raises(Unacceptable, match=r"entry\.fork"):
        answer(center, bringing(center, heir, list(other.journal.since(lost.id, 0, 9))))
    assert [row.code for row in reading.put_aside(center)] == ["entry.fork"]
