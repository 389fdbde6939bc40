"""One exchange from the laptop's side: what is sent, what is believed, what is dropped and when."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mediator.errors import NoAccess, WorldFailed
from mediator.journal.entry import Entry
from mediator.journal.port import Outgoing
from sync.session import exchange as room
from sync.session import packing
from sync.session.exchange import exchange
from sync.session.packing import FeedRange
from sync.session.ports import Answer
from sync.wire.bundle import pack, read_cover, signature_hash
from sync.wire.receipt import read_receipt
from tests.sync.fakes import Clock, FakeSealer, MemoryShelf
from tests.sync.session.county import CASE, HOME, Laptop, Lying, SmallCounty, a_laptop
from tests.sync.world import SealedWriter


def others(count: int) -> list[Entry]:
    """What a neighbor wrote."""
    writer = SealedWriter("neighbor")
    for number in range(count):
        said: dict[str, object] = {"id": f"{number:032x}", "hearing": "0" * 32, "speaker": "乙", "text": "话", "at": 1}
        writer.write(CASE, "hearing.sentence", said)
    return list(writer.journal.since(writer.desk, 0, count))


@pytest.fixture
def laptop() -> Laptop:
    """With three sentences and a note for itself."""
    made = a_laptop()
    made.tell(2)
    made.tell(1, kind="note.private")
    made.tell(1)
    return made


def test_before_enrollment_there_is_nobody_to_exchange_with() -> None:
    writer = SealedWriter("alone")
    with pytest.raises(NoAccess, match=r"sync\.not_enrolled"):
        exchange(
            writer.journal, MemoryShelf(writer.journal), FakeSealer("alone"), Lying(()), desk=writer.desk, now=Clock()
        )


def test_what_was_sent_is_receipted_dropped_and_sent_no_more(laptop: Laptop) -> None:
    county = SmallCounty(laptop)
    first = laptop.exchange(county)
    assert (first.sent, first.receipts, first.pending, first.code) == (3, 1, 0, "")
    assert laptop.shelf.outgoing() is None
    for _ in range(3):
        again = laptop.exchange(county)
        assert (again.sent, again.receipts, again.received, again.code) == (0, 0, 0, "")
    assert len(county.ups) == 4, "nothing new is one request"


@pytest.mark.threat("T49")
@pytest.mark.parametrize("road", ["cut", "answer lost"])
def test_a_bundle_is_the_same_bytes_until_its_receipt(laptop: Laptop, road: str) -> None:
    sent: list[Outgoing] = []

    class Broken(SmallCounty):
        """Breaks before or after the county has it."""

        def offer(self, outgoing: Outgoing) -> Answer:
            sent.append(outgoing)
            if road == "answer lost":
                super().offer(outgoing)
            raise WorldFailed("network.cut")

    done = laptop.exchange(Broken(laptop))
    assert (done.code, done.sent) == ("network.cut", 0)
    laptop.tell(1)
    laptop.exchange(Broken(laptop))
    assert sent[0] == sent[1] == laptop.shelf.outgoing()
    county = SmallCounty(laptop)
    last = laptop.exchange(county)
    assert (last.sent, last.pending) == (4, 0), "the frozen one, and then what was written since"
    assert [len(up.entries) for up in county.ups] == [3, 1]


def test_a_stick_takes_everything_each_time_and_the_network_goes_on_from_there(laptop: Laptop) -> None:
    stick = Lying(())
    laptop.exchange(stick)
    laptop.tell(1)
    laptop.exchange(stick)
    assert [(each.base, each.top) for each in stick.written] == [(0, 4), (0, 5)]
    first, second = (read_cover(each.data).header for each in stick.written)
    assert (first.no, second.no) == (1, 2)
    assert second.prev == signature_hash(stick.written[0].data)
    county = SmallCounty(laptop)
    assert laptop.exchange(county).sent == 4
    laptop.tell(1)
    laptop.exchange(stick)
    assert (stick.written[2].base, stick.written[2].top) == (5, 6)


def test_the_same_files_read_ten_times_change_nothing_after_the_first(laptop: Laptop) -> None:
    stick = Lying(())
    laptop.exchange(stick)
    county = SmallCounty(laptop, feed=others(2))
    answer = county.offer(stick.written[0])
    back = Lying(tuple(answer.down))
    assert (laptop.exchange(back).received, laptop.shelf.outgoing()) == (2, None)
    held, cursors, receipt = dict(laptop.writer.journal.held), laptop.shelf.cursors(), laptop.shelf.receipt()
    for _ in range(10):
        done = laptop.exchange(back)
        assert (done.received, done.receipts, done.code) == (0, 0, "")
    assert (laptop.writer.journal.held, laptop.shelf.cursors(), laptop.shelf.receipt()) == (held, cursors, receipt)


def test_a_long_run_goes_in_several_bundles_within_one_exchange(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "MAX_RAW_UP", 2_000)
    laptop.tell(20)
    county = SmallCounty(laptop)
    done = laptop.exchange(county)
    assert (done.sent, done.pending, done.code) == (23, 0, "")
    assert len(county.ups) > 5
    assert laptop.shelf.outgoing() is None


def test_a_long_feed_comes_in_several_answers_within_one_exchange(laptop: Laptop) -> None:
    county = SmallCounty(laptop, feed=others(9))
    done = laptop.exchange(county)
    assert (done.received, done.code) == (9, "")
    assert laptop.shelf.cursors() == {"c": (1, 9)}
    assert len(county.ups) == 5


def test_a_county_that_always_has_more_and_never_gives_it_is_left(laptop: Laptop) -> None:
    county = SmallCounty(laptop)
    stuck = Lying([county.bundle(more=True)])
    assert laptop.exchange(stuck).code == ""

    class Endless(SmallCounty):
        """Says `more` and moves nothing."""

        def down(self, up: object) -> bytes:
            return self.bundle(more=True)

    endless = Endless(laptop)
    laptop.exchange(endless)
    assert len(endless.ups) == 1


def test_a_restored_county_gets_again_what_it_lost(laptop: Laptop) -> None:
    county = SmallCounty(laptop)
    laptop.exchange(county)
    county.head, county.epoch = 1, 2
    laptop.tell(1)
    done = laptop.exchange(county)
    assert (done.code, done.pending, county.head) == ("", 0, 5)
    assert [(up.hello.base, up.hello.top) for up in county.ups[1:]] == [(4, 5), (0, 0), (1, 5)]
    newest = laptop.shelf.receipt()
    assert newest
    assert read_receipt(newest, HOME.sign_public, HOME).ce == 2


def test_a_restored_county_that_answers_at_once_is_sent_the_rest_in_the_same_exchange(laptop: Laptop) -> None:
    class Kind(SmallCounty):
        """Answers a gap with its receipt, as the real one does in a new life."""

        def offer(self, outgoing: Outgoing) -> Answer:
            answer = super().offer(outgoing)
            return Answer(down=(self.bundle(),)) if answer.code == "bundle.gap" else answer

    county = Kind(laptop)
    laptop.exchange(county)
    county.head, county.epoch = 2, 2
    done = laptop.exchange(county)
    assert (done.code, county.head, done.pending) == ("", 4, 0)


def test_a_county_that_lost_entries_without_saying_so_lowers_nothing(laptop: Laptop) -> None:
    county = SmallCounty(laptop)
    laptop.exchange(county)
    before = laptop.shelf.receipt()
    county.head = 1
    laptop.tell(1)
    assert laptop.exchange(county).code == "center.rollback"
    assert laptop.shelf.receipt() == before
    waiting = laptop.shelf.outgoing()
    assert waiting
    assert (waiting.base, waiting.top) == (4, 5), "what waits still waits"


@pytest.mark.threat("T17")
@pytest.mark.parametrize("wrong", [{"n": 9, "h": "a" * 64}, {"n": 4, "h": "a" * 64}])
def test_a_receipt_for_a_history_that_is_not_ours_stops_the_sending(laptop: Laptop, wrong: dict[str, object]) -> None:
    """The vault was put back, or lives twice: the county has entries of ours that we never wrote."""
    county = SmallCounty(laptop)
    down = county.bundle(others(1), receipt=county.receipt(**wrong))
    road = Lying([down])
    assert laptop.exchange(road).code == "receipt.chain"
    assert road.written == []
    assert laptop.shelf.receipt() is None
    assert not any(entry.desk != laptop.id for entry in laptop.writer.journal.held.values())


@pytest.mark.threat("T17")
def test_entries_of_ours_that_we_do_not_have_stop_the_sending(laptop: Laptop) -> None:
    twin = a_laptop()
    twin.tell(6)
    foreign = list(twin.writer.journal.since(twin.id, 0, 9))
    for part in (foreign[4:], foreign[:4]):
        road = Lying([SmallCounty(laptop).bundle(part)])
        assert laptop.exchange(road).code == "entry.fork"
        assert road.written == []


@pytest.mark.threat("T53")
@pytest.mark.parametrize("code", ["desk.revoked", "entry.fork", "schema.old", "center.full"])
def test_a_refusal_ends_the_exchange_with_its_code_and_drops_nothing(laptop: Laptop, code: str) -> None:
    done = laptop.exchange(SmallCounty(laptop, refuse=lambda _up: code))
    assert (done.code, done.sent, done.pending) == (code, 0, 4)
    assert laptop.shelf.outgoing() is not None


def foreign_bundles(laptop: Laptop) -> dict[str, bytes]:
    """Down bundles that are not for us, or not from our county, by the code that refuses them."""
    county, stranger = SmallCounty(laptop), FakeSealer("stranger")
    payload = packing.downward(entries=(), feeds=(), receipt=county.receipt(n=0, h="0" * 64))
    return {
        "another center": pack(county.address(center="e" * 32), payload, HOME),
        "another desk": pack(county.address(desk="e" * 32), payload, HOME),
        "upward": pack(county.address(dir="up"), payload, HOME),
        "another signer": pack(county.address(), payload, stranger),
        "sealed to another": pack(replace(county.address(), to=(stranger.seal_public,)), payload, HOME),
        "another's receipt": county.bundle(receipt=county.receipt(desk="e" * 32)),
        "torn": county.bundle()[:-9],
        "empty": b"",
    }


@pytest.mark.threat("T43")
@pytest.mark.threat("T50")
def test_bad_files_are_named_and_the_others_are_read(laptop: Laptop) -> None:
    bad = foreign_bundles(laptop)
    good = SmallCounty(laptop).bundle(others(2), [FeedRange("c", 1, 0, 2)])
    road = Lying([*bad.values(), good])
    done = laptop.exchange(road)
    assert tuple(each.code for each in done.faults) == (
        "bundle.foreign", "bundle.foreign", "bundle.foreign", "bundle.sender", "bundle.recipient", "receipt.foreign",
        "bundle.size", "bundle.magic",
    )  # fmt: skip
    assert (done.received, done.code) == (2, "bundle.foreign")
    assert road.tidied == [good], "only what was taken in may be taken away"
    assert len(road.written) == 1


def test_cursors_never_go_back_not_even_to_an_older_life_of_the_county(laptop: Laptop) -> None:
    county, rows = SmallCounty(laptop), others(9)

    def at(*feeds: FeedRange) -> tuple[int, int]:
        laptop.exchange(Lying([county.bundle(rows[:1], feeds)]))
        return laptop.shelf.cursors()["c"]

    assert at(FeedRange("c", 1, 0, 5)) == (1, 5)
    assert at(FeedRange("c", 1, 0, 3)) == (1, 5), "an older bundle"
    assert at(FeedRange("c", 1, 7, 9)) == (1, 5), "one that starts beyond ours"
    assert at(FeedRange("c", 1, 3, 8)) == (1, 8), "one that joins"
    assert at(FeedRange("c", 2, 4, 6)) == (1, 8), "a new life from its middle"
    assert at(FeedRange("c", 2, 0, 2)) == (2, 2)
    assert at(FeedRange("c", 1, 0, 9)) == (2, 2), "last year's stick"


def test_receipts_never_go_back(laptop: Laptop) -> None:
    county = SmallCounty(laptop)
    for n, receipts in ((3, 1), (2, 0), (3, 0), (4, 1)):
        county.head = n
        assert laptop.exchange(Lying([county.bundle()])).receipts == receipts
    newest = laptop.shelf.receipt()
    assert newest
    assert read_receipt(newest, HOME.sign_public, HOME).n == 4


def test_a_receipt_for_a_part_drops_nothing_and_the_rest_is_cut_anew(laptop: Laptop) -> None:
    laptop.exchange(Lying(()))
    county = SmallCounty(laptop, head=2)
    road = Lying([county.bundle()])
    laptop.exchange(road)
    assert (road.written[0].base, road.written[0].top) == (2, 4)
    waiting = laptop.shelf.outgoing()
    assert waiting
    assert waiting.base == 2


def test_a_vault_that_locks_in_the_middle_ends_the_exchange_by_name(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(_journal: object, *_: object, **__: object) -> object:
        raise NoAccess("vault.locked")

    monkeypatch.setattr(room, "upward", locked)
    done = laptop.exchange(SmallCounty(laptop))
    assert (done.code, done.sent) == ("vault.locked", 0)
