"""A county that was taken over, with its true key: nothing it can say takes anything from a laptop (T75, row 58)."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediator.errors import MediatorError
from mediator.journal.canonical import encode
from mediator.journal.entry import Entry
from sync.session.packing import FeedRange, downward
from sync.wire.bundle import pack
from tests.sync.session.county import CASE, HOME, Laptop, Lying, SmallCounty, a_laptop
from tests.sync.world import SealedWriter

OWN_WORDS = "给自己".encode()
CODES = (
    "feed.more", "rescue.wanted", "rescue.taken", "desk.revoked", "entry.fork", "bundle.gap", "wipe", "case.erase",
    "update.run",
)  # fmt: skip
KINDS = ("case.set", "hearing.sentence", "case.moved", "desk.revoked", "numbers.closed", "table.published")


class Forger(SealedWriter):
    """Writes under the laptop's name."""


def entries_of(random: Random, laptop: Laptop) -> list[Entry]:
    """Words of another desk, or another history of the laptop's own."""
    writer = SealedWriter(f"desk{random.randrange(3)}") if random.random() < 0.7 else Forger(laptop.writer.name)
    for _ in range(random.randrange(1, 4)):
        writer.write(CASE, random.choice(KINDS), {"fields": {"facts": f"{random.random()}"}, "to": "closed"})
    return list(writer.journal.held.values())


def said(random: Random, laptop: Laptop) -> bytes:
    """One answer, signed and sealed as a true one."""
    county = SmallCounty(laptop, epoch=random.randrange(1, 4))
    n = random.randrange(9)
    sound = random.random() < 0.5 and (laptop.id, n) in laptop.writer.journal.held
    point = {"n": n, "h": laptop.point(n)[1] if sound else random.randbytes(32).hex()}
    desk = laptop.id if random.random() < 0.8 else random.randbytes(16).hex()
    receipt = county.receipt(**point, desk=desk, no=random.randrange(1, 99))
    feeds = [
        FeedRange(
            random.choice(("c", "t:331122101", "x:evil", f"d:{laptop.id}")), random.randrange(1, 4), after, after + 5
        )
        for after in random.sample(range(20), random.randrange(3))
    ]
    notices = [
        encode({"code": random.choice(CODES), "desk": random.choice((laptop.id, "ab" * 16)), **point,
                "epoch": random.randrange(1, 4)})
        for _ in range(random.randrange(3))
    ]  # fmt: skip
    payload = downward(
        entries=entries_of(random, laptop) if random.random() < 0.6 else (), feeds=feeds,
        receipt=receipt if random.random() < 0.7 else None, notices=notices,
    )  # fmt: skip
    return pack(county.address(), payload, HOME)


@pytest.mark.threat("T75")
@settings(max_examples=150)
@given(st.integers(0, 2**32))
def test_no_sequence_of_answers_takes_an_entry_moves_a_cursor_back_or_fetches_a_private_word(seed: int) -> None:
    random, laptop = Random(seed), a_laptop()
    laptop.tell(4)
    laptop.tell(1, kind="note.private")
    laptop.tell(1)
    before = dict(laptop.writer.journal.held)
    rank, cursors = 0, laptop.shelf.cursors()
    for _ in range(4):
        road = Lying([said(random, laptop) for _ in range(random.randrange(1, 4))])
        laptop.exchange(road)
        held = laptop.writer.journal.held
        assert {each: held[each].raw for each in before} == {each: entry.raw for each, entry in before.items()}
        assert laptop.writer.journal.top(laptop.id)[0] == 6, "nobody else writes under its name"
        now = laptop.shelf.cursors()
        assert all(now[feed] >= cursor for feed, cursor in cursors.items())
        newest = max(laptop.shelf._receipts, default=(0, b""))[0]
        assert newest >= rank
        rank, cursors = newest, now
        assert not any(OWN_WORDS in opened(data.data) for data in road.written)


def opened(data: bytes) -> bytes:
    """What a bundle of the laptop says to whoever has the county's key."""
    from sync.wire.bundle import open_bundle

    try:
        return open_bundle(data, sender=lambda _header: a_laptop().sealer.sign_public, sealer=HOME)[1]
    except MediatorError:
        return data


def test_the_hostile_county_can_also_be_believed() -> None:
    laptop = a_laptop()
    laptop.tell(3)
    sound = SmallCounty(laptop)
    assert laptop.exchange(sound).code == ""
    assert sound.head == 3
    assert OWN_WORDS not in opened(sound.done[0])
