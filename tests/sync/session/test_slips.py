"""A slip counts as the receipt it is, and as nothing when it is not our center's word on our own chain."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mediator.errors import MediatorError, NoAccess, RefusedByRule, Unacceptable
from sync.session.slips import NoRoad, count_slip
from sync.wire.receipt import Receipt
from sync.wire.slip import slip_bytes, slip_text, typed_groups
from tests.sync.fakes import FakeSealer, MemoryShelf
from tests.sync.session.county import CENTER, HOME, Laptop, SmallCounty, a_laptop
from tests.sync.world import SealedWriter


class Stick:
    """Takes a bundle and brings nothing back."""

    name = "stick"

    def __init__(self) -> None:
        self.taken: list[object] = []
        self.fetch = NoRoad().fetch
        self.absorbed = NoRoad().absorbed

    def offer(self, outgoing: object) -> object:
        self.taken.append(outgoing)
        return NoRoad().fetch()


@pytest.fixture
def laptop() -> Laptop:
    """With four entries on a stick that never comes back."""
    made = a_laptop()
    made.tell(4)
    made.exchange(Stick())
    return made


def slip_of(laptop: Laptop, upto: int, **changes: object) -> bytes:
    """The center's slip for so many entries, or what it is made to say."""
    own = Receipt(center=CENTER, ce=1, desk=laptop.id, no=1, n=upto, h=laptop.point(upto)[1], w=1)
    return slip_bytes(replace(own, **changes), HOME)  # type: ignore[arg-type]


def count(laptop: Laptop, text: str) -> Receipt:
    """Read it in."""
    return count_slip(laptop.writer.journal, laptop.shelf, laptop.sealer, desk=laptop.id, text=text)


@pytest.mark.parametrize("form", [slip_text, lambda data: " ".join(typed_groups(data))], ids=["scanned", "typed"])
def test_what_a_slip_covers_is_dropped_and_sent_no_more(laptop: Laptop, form: object) -> None:
    assert laptop.shelf.outgoing() is not None
    assert count(laptop, form(slip_of(laptop, 4))).n == 4  # type: ignore[operator]
    assert laptop.shelf.outgoing() is None
    laptop.tell(2)
    county = SmallCounty(laptop, head=4)
    assert laptop.exchange(county).sent == 2
    assert county.ups[0].hello.base == 4


def test_a_slip_for_a_part_drops_nothing_and_the_rest_still_goes(laptop: Laptop) -> None:
    count(laptop, slip_text(slip_of(laptop, 2)))
    assert laptop.shelf.outgoing() is not None
    assert laptop.exchange(SmallCounty(laptop, head=2)).sent == 2


def test_the_same_slip_again_or_an_older_one_changes_nothing(laptop: Laptop) -> None:
    count(laptop, slip_text(slip_of(laptop, 4)))
    for n in (4, 3, 0):
        with pytest.raises(RefusedByRule, match=r"slip\.known"):
            count(laptop, slip_text(slip_of(laptop, n)))
    assert laptop.shelf.receipted() == 4


@pytest.mark.threat("T44")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"center": "e" * 32}, "receipt.foreign"),
        ({"desk": "e" * 32}, "receipt.foreign"),
        ({"h": "e" * 64}, "receipt.chain"),
        ({"n": 5, "h": "e" * 64}, "receipt.chain"),
    ],
    ids=["another center", "another desk", "another history", "more than we wrote"],
)
def test_a_slip_that_is_not_about_this_vault_counts_for_nothing(
    laptop: Laptop, changes: dict[str, object], code: str
) -> None:
    before = laptop.shelf.outgoing()
    with pytest.raises(Unacceptable, match=code.replace(".", r"\.")):
        count(laptop, slip_text(slip_of(laptop, 4, **changes)))
    assert (laptop.shelf.outgoing(), laptop.shelf.receipt()) == (before, None)


@pytest.mark.threat("T42")
def test_a_slip_of_somebody_elses_key_counts_for_nothing(laptop: Laptop) -> None:
    own = Receipt(center=CENTER, ce=1, desk=laptop.id, no=1, n=4, h=laptop.point(4)[1], w=1)
    with pytest.raises(Unacceptable, match=r"slip\.signature"):
        count(laptop, slip_text(slip_bytes(own, FakeSealer("thief"))))


def test_after_a_slip_an_exchange_brings_the_receipt_again_without_harm(laptop: Laptop) -> None:
    count(laptop, slip_text(slip_of(laptop, 4)))
    county = SmallCounty(laptop, head=4)
    assert laptop.exchange(county).code == ""
    laptop.tell(1)
    done = laptop.exchange(county)
    assert (done.sent, done.receipts, done.pending) == (1, 1, 0)


def test_a_restored_county_is_believed_by_its_slip_too(laptop: Laptop) -> None:
    count(laptop, slip_text(slip_of(laptop, 4)))
    assert count(laptop, slip_text(slip_of(laptop, 2, ce=2))).n == 2
    assert laptop.exchange(SmallCounty(laptop, epoch=2, head=2)).sent == 2


def test_before_enrollment_no_slip_counts() -> None:
    writer = SealedWriter("alone")
    with pytest.raises(NoAccess, match=r"sync\.not_enrolled"):
        count_slip(writer.journal, MemoryShelf(writer.journal), FakeSealer("alone"), desk=writer.desk, text="R1")


def test_anything_else_that_is_scanned_is_told_as_no_slip(laptop: Laptop) -> None:
    for text in ("", "R1", "M1:AQAB", "https://example.org", "9787101003048"):
        with pytest.raises(MediatorError) as caught:
            count(laptop, text)
        assert caught.value.code == "slip.form"
