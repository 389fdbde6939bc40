"""Laptops of the version before ours, of ours and of the one after meet this county over both roads (row 46)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from mediator.errors import Unacceptable
from sync.center import stick
from sync.center.answering import exchange
from sync.center.county import Center
from sync.wire.limits import SCHEMA
from sync.wire.names import stick_name
from tests.sync.center.real import Laptop, joined, real_center
from tests.sync.wire.older import Machine, Read, TooNew, Version, downward, upward

BEFORE, OURS = Version(SCHEMA - 1, SCHEMA - 1, columns=False), Version(SCHEMA, SCHEMA, columns=True)
AFTER = Version(SCHEMA + 1, SCHEMA, columns=True, more=True)
BROKEN_WITH_US = Version(SCHEMA + 1, SCHEMA + 1, columns=True, more=True)
SPOKEN = {"before": BEFORE, "ours": OURS, "after": AFTER}


@pytest.fixture
def center(tmp_path: Path) -> Iterator[Center]:
    made = real_center(f"sqlite:///{tmp_path / 'center.db'}")
    yield made
    made.database.close()


def machine_of(center: Center, laptop: Laptop) -> Machine:
    """The raw keys of a laptop of this county."""
    keys = laptop.writer.keys.to_secret()
    card = center.card
    return Machine(
        keys[:32], keys[32:64], laptop.id, card.center, card.county, bytes.fromhex(card.sign), bytes.fromhex(card.seal)
    )


class Road:
    """One bundle there, one answer back."""

    def __init__(self, center: Center, name: str, folder: Path) -> None:
        self.center, self.name, self.folder, self.no = center, name, folder, 0

    def __call__(self, laptop: Laptop, data: bytes) -> bytes:
        if self.name == "network":
            return exchange(self.center, data).down
        self.no += 1
        (self.folder / str(stick_name(self.center.card.center, "up", laptop.id, self.no))).write_bytes(data)
        done = stick.handle(self.center, self.folder)
        if done.rejected:
            raise Unacceptable(done.rejected[0].code)
        return max(self.folder.glob("med-*-d-*")).read_bytes()


@pytest.fixture(params=["network", "stick"])
def road(request: pytest.FixtureRequest, center: Center, tmp_path: Path) -> Road:
    folder = tmp_path / "stick"
    folder.mkdir()
    return Road(center, request.param, folder)


def met(road: Road, version: Version, laptop: Laptop, have: object = ()) -> Read:
    """One exchange of a laptop of a version, from its first entry on."""
    machine = machine_of(road.center, laptop)
    entries = sorted(laptop.journal.since(laptop.id, 0, 1_000), key=lambda each: each.n)
    top = entries[-1].hash if entries else "0" * 64
    data = upward(version, machine, [each.raw for each in entries], top=top, have=have)
    return downward(version, machine, road(laptop, data))


@pytest.mark.parametrize("reader", SPOKEN)
@pytest.mark.parametrize("writer", SPOKEN)
def test_what_one_version_wrote_another_reads_by_either_road(
    center: Center, road: Road, writer: str, reader: str
) -> None:
    author, other = joined(center, "author"), joined(center, "reader")
    author.tell(5)
    assert met(road, SPOKEN[writer], author).receipt == 6
    for each in road.folder.iterdir():
        each.unlink()
    found = met(road, SPOKEN[reader], other)
    theirs = {each.raw for each in author.journal.since(author.id, 0, 100)}
    assert theirs <= set(found.entries), "signatures and bytes are those of the author"


def test_only_ours_and_later_ones_are_answered_by_columns(center: Center, road: Road) -> None:
    author = joined(center, "author")
    author.tell(5)
    met(road, OURS, author)
    for version, lowest in ((BEFORE, SCHEMA - 1), (OURS, SCHEMA), (AFTER, SCHEMA)):
        laptop = joined(center, f"reader {version.number}")
        data = road(laptop, upward(version, machine_of(center, laptop), [], top="0" * 64))
        size = int.from_bytes(data[12:16], "big")
        assert json.loads(data[24 : 24 + size])["schema"] == [lowest, SCHEMA]
        for each in road.folder.iterdir():
            each.unlink()


def test_a_version_that_broke_with_ours_is_refused_by_name_and_its_file_is_kept(center: Center, road: Road) -> None:
    laptop = joined(center, "later")
    laptop.tell(2)
    with pytest.raises(Unacceptable, match=r"schema\.newer"):
        met(road, BROKEN_WITH_US, laptop)
    assert road.name == "network" or len(list(road.folder.glob("med-*-u-*"))) == 1


def test_the_frozen_laptop_of_the_version_before_would_notice_an_answer_it_cannot_read(center: Center) -> None:
    author, other = joined(center, "author"), joined(center, "reader")
    author.tell(3)
    machine = machine_of(center, author)
    exchange(center, author.bundle(center.card))
    data = exchange(center, upward(OURS, machine_of(center, other), [], top="0" * 64)).down
    with pytest.raises(TooNew):
        downward(BEFORE, machine_of(center, other), data)
    assert machine.desk != other.id
