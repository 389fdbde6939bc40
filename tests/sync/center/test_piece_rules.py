"""Row 56 on both databases: a piece that is damaged, missing or somebody else's is refused by name and asked again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import delete, select, update

from mediator.errors import WorldFailed
from mediator.journal.blobs import PIECE, BlobClass, BlobId, Manifest
from mediator.journal.port import Outgoing
from sync.center import pieces as center_pieces
from sync.center.county import Center
from sync.center.piece_checks import check_pieces
from sync.center.piece_files import PieceFiles
from sync.center.tables import BLOB, BLOB_PIECE, RECEIPT
from sync.session.packing import hello_alone
from sync.session.ports import Answer
from sync.wire.blobs import Carried, Piece, frames_of
from sync.wire.bundle import Address, pack
from sync.wire.frames import write_frames
from tests.sync.blobs import MemoryBlobs, noise, speak_of, travel
from tests.sync.center.test_exchange import Line
from tests.sync.world import NEIGHBOR, Desk, a_laptop

SMALL = 3 * PIECE + 77


@pytest.fixture
def county(center: Center, tmp_path: Path) -> Center:
    """A county with room for pieces."""
    return replace(center, pieces=PieceFiles(tmp_path / "pieces"))


def whole_at(county: Center, blob: BlobId) -> bytes:
    """What the county holds of a blob, nothing for one that is not whole there."""
    assert county.pieces is not None
    with county.database.reading() as scope:
        complete = scope.value(select(BLOB.c.complete).where(BLOB.c.blob == blob))
        rows = scope.rows(select(BLOB_PIECE.c.stored_as).where(BLOB_PIECE.c.blob == blob).order_by(BLOB_PIECE.c.idx))
    return b"".join(county.pieces.read(row.stored_as) or b"" for row in rows) if complete else b""


def piece_bundle(county: Center, desk: Desk, carried: Carried) -> bytes:
    """A bundle of pieces, truly signed, whatever is in it."""
    address = Address(
        center=county.card.center, county=county.county, dir="up", desk=desk.id,
        to=(bytes.fromhex(county.card.seal),), no=9, made=1,
    )  # fmt: skip
    return pack(address, write_frames([hello_alone(cursors={}, wall=1), *frames_of(carried)]), desk.sealer)


def notices(desk: Desk, blobs: MemoryBlobs, county: Center, carried: Carried) -> list[str]:
    """What the county says to such a bundle: the codes of what it refused."""

    @dataclass
    class Once:
        """Brings this one bundle."""

        name: str = "network"

        def fetch(self) -> Answer:
            return Answer()

        def offer(self, _outgoing: Outgoing) -> Answer:
            return Line(county).offer(replace(_outgoing, data=piece_bundle(county, desk, carried)))

        def absorbed(self, down: bytes, *, covered: int) -> None:
            return

    done = travel(desk, blobs, Once())
    return [each.code for each in done.faults] or [done.code]


def test_what_is_whole_is_in_the_receipt_and_a_second_time_nothing_is_sent(county: Center) -> None:
    desk, blobs, line = a_laptop(Random(1), county, "one"), MemoryBlobs(), Line(county)
    blob = speak_of(desk, blobs, noise(SMALL))
    done = travel(desk, blobs, line)
    assert (done.code, done.pieces_sent, done.faults) == ("", 4, ())
    assert whole_at(county, blob) == noise(SMALL)
    assert blob in blobs.safe
    asked = line.requests
    assert travel(desk, blobs, line).pieces_sent == 0
    assert line.requests == asked + 1, "nothing new is one request"


def test_text_goes_first_then_the_lower_class_then_the_smaller_and_the_budget_ends_it(county: Center) -> None:
    desk, blobs, line = a_laptop(Random(1), county, "one"), MemoryBlobs(), Line(county)
    long = speak_of(desk, blobs, noise(20 * PIECE, 1))
    short = speak_of(desk, blobs, noise(PIECE, 2))
    signed = speak_of(desk, blobs, noise(2 * PIECE, 3), BlobClass.SIGNED)
    scan = speak_of(desk, blobs, noise(PIECE, 4), BlobClass.SCAN)
    done = travel(desk, blobs, line, budget=4 * PIECE)
    assert done.sent == 5
    assert len(line.sent[0]) < 10_000, "no piece travels with a sentence"
    assert set(blobs.safe) == {signed, scan, short}
    assert max(map(len, line.sent)) < 4_400_000, "four MiB a bundle"
    for _ in range(5):
        travel(desk, blobs, line, budget=4 * PIECE)
    assert long in blobs.safe


def test_an_older_county_is_never_sent_a_piece(center: Center) -> None:
    desk, blobs, line = a_laptop(Random(1), center, "one"), MemoryBlobs(), Line(center)
    speak_of(desk, blobs, noise(SMALL))
    assert travel(desk, blobs, line).pieces_sent == 0
    assert not blobs.takes
    assert line.requests == 1


@pytest.mark.threat("T41")
@pytest.mark.parametrize(
    "fault", ["changed", "of another blob", "unknown index", "no manifest", "not named", "foreign"]
)
def test_a_wrong_piece_is_refused_by_name_and_asked_again_while_the_others_stay(county: Center, fault: str) -> None:
    desk, blobs = a_laptop(Random(1), county, "one"), MemoryBlobs()
    blob, other = speak_of(desk, blobs, noise(SMALL)), speak_of(desk, blobs, noise(2 * PIECE, 5))
    neighbor, theirs = a_laptop(Random(2), county, "two", township=NEIGHBOR), MemoryBlobs()
    foreign = speak_of(neighbor, theirs, noise(PIECE, 6))
    travel(neighbor, theirs, Line(county))
    travel(desk, blobs, Line(county), budget=0)
    listed = {blob: blobs.manifests[blob]}
    good = [Piece(blob, at, data) for at, data in blobs.read(blob, range(2))]
    wrong = {
        "changed": (Piece(blob, 2, noise(PIECE, 9)), listed, "piece.damaged"),
        "of another blob": (Piece(blob, 2, noise(2 * PIECE, 5)[:PIECE]), listed, "piece.damaged"),
        "unknown index": (Piece(blob, 4, noise(77)), listed, "piece.damaged"),
        "no manifest": (Piece(other, 0, noise(2 * PIECE, 5)[:PIECE]), listed, "piece.unknown"),
        "not named": (Piece(BlobId("0" * 32), 0, noise(9)), listed, "piece.foreign"),
        "foreign": (Piece(foreign, 0, noise(PIECE, 6)), {**listed, **theirs.manifests}, "piece.foreign"),
    }
    piece, manifests, code = wrong[fault]
    assert notices(desk, blobs, county, Carried(manifests, (*good, piece), ())) == [code]
    assert blobs.lacked[blob] == (2, 3), "the good ones are kept, the rest is asked for"
    assert travel(desk, blobs, Line(county)).code == ""
    assert whole_at(county, blob) == noise(SMALL)


@pytest.mark.threat("T41")
def test_a_manifest_other_than_the_entry_pins_is_none(county: Center) -> None:
    desk, blobs = a_laptop(Random(1), county, "one"), MemoryBlobs()
    blob = speak_of(desk, blobs, noise(SMALL), blob={"manifest": "e" * 64})
    shorter = speak_of(desk, blobs, noise(PIECE, 7))
    travel(desk, blobs, Line(county), budget=0)
    listed = blobs.manifests[shorter]
    longer = Manifest(listed.cls, listed.size + 1, listed.pieces * 2)
    assert notices(desk, blobs, county, Carried({shorter: longer}, tuple(first_pieces(blobs, shorter)), ())) == [
        "piece.unknown"
    ]
    assert notices(desk, blobs, county, Carried(blobs.manifests, tuple(first_pieces(blobs, blob)), ())) == [
        "piece.unknown"
    ]


def first_pieces(blobs: MemoryBlobs, blob: BlobId) -> Iterator[Piece]:
    """The first of a blob."""
    return (Piece(blob, at, data) for at, data in blobs.read(blob, [0]))


@pytest.mark.threat("T57")
def test_pieces_are_handed_out_to_those_who_may_read_the_entry_alone(county: Center) -> None:
    desk, blobs = a_laptop(Random(1), county, "one"), MemoryBlobs()
    blob = speak_of(desk, blobs, noise(SMALL))
    travel(desk, blobs, Line(county))
    for name, township, may in (("mate", desk.township, True), ("stranger", NEIGHBOR, False)):
        reader, own = a_laptop(Random(3), county, name, township=township), MemoryBlobs(takes=True)
        own.asked[blob] = {}
        done = travel(reader, own, Line(county))
        assert done.code == ""
        assert own.whole.get(blob, b"") == (noise(SMALL) if may else b""), name


def test_what_the_county_lost_or_finds_damaged_is_asked_for_again(county: Center, tmp_path: Path) -> None:
    desk, blobs = a_laptop(Random(1), county, "one"), MemoryBlobs()
    blob = speak_of(desk, blobs, noise(SMALL))
    travel(desk, blobs, Line(county))
    files = sorted((tmp_path / "pieces").glob("??/*"))
    files[0].unlink()
    files[1].write_bytes(b"rot")
    mate, own = a_laptop(Random(3), county, "mate"), MemoryBlobs(takes=True)
    own.asked[blob] = {}
    travel(mate, own, Line(county))
    assert len(own.asked[blob]) == 2, "what is sound came"
    assert blob in blobs.safe
    done = travel(desk, blobs, Line(county))
    assert (done.code, done.pieces_sent) == ("", 2)
    assert whole_at(county, blob) == noise(SMALL)
    travel(mate, own, Line(county))
    assert own.whole[blob] == noise(SMALL)


def test_a_file_that_is_damaged_here_is_named_and_the_others_go(county: Center) -> None:
    desk, blobs = a_laptop(Random(1), county, "one"), MemoryBlobs()
    bad, good = speak_of(desk, blobs, noise(SMALL)), speak_of(desk, blobs, noise(PIECE, 5))
    blobs.whole[bad] = noise(SMALL, 8)
    done = travel(desk, blobs, Line(county))
    assert [each.code for each in done.faults] == ["blob.damaged"]
    assert set(blobs.safe) == {good}


def test_a_day_takes_so_many_pieces_and_no_more(county: Center, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(center_pieces, "MOST_A_DAY", 3)
    desk, blobs = a_laptop(Random(1), county, "one"), MemoryBlobs()
    speak_of(desk, blobs, noise(SMALL))
    done = travel(desk, blobs, Line(county))
    assert {each.code for each in done.faults} == {"piece.quota"}
    with county.database.reading() as scope:
        assert len(scope.rows(select(BLOB_PIECE))) == 3


@pytest.mark.parametrize("code", ["center.full", "center.pieces"])
def test_a_full_disk_at_the_county_costs_no_sentence(county: Center, code: str) -> None:
    @dataclass
    class Full(PieceFiles):
        """Takes nothing."""

        def __init__(self) -> None:
            super().__init__(Path("/nowhere"))

        def keep(self, _pieces: object) -> None:
            if list(_pieces):  # type: ignore[call-overload]  # an iterable
                raise WorldFailed(code)

    desk, blobs = a_laptop(Random(1), county, "one"), MemoryBlobs()
    blob = speak_of(desk, blobs, noise(SMALL))
    done = travel(desk, blobs, Line(replace(county, pieces=Full())))
    assert (done.sent, done.code) == (2, code)
    assert travel(desk, blobs, Line(county)).code == ""
    assert whole_at(county, blob) == noise(SMALL)


def test_the_same_bundle_again_adds_no_row_and_no_receipt(county: Center) -> None:
    desk, blobs, line = a_laptop(Random(1), county, "one"), MemoryBlobs(), Line(county)
    speak_of(desk, blobs, noise(SMALL))
    travel(desk, blobs, line)

    def counted() -> tuple[int, int]:
        with county.database.reading() as scope:
            return len(scope.rows(select(RECEIPT))), len(scope.rows(select(BLOB_PIECE)))

    before = counted()
    for data in line.sent * 3:
        Line(county).offer(Outgoing("b", 1, 0, 0, "0" * 64, data))
    assert counted() == before


def test_a_county_that_begins_another_life_gets_what_it_lost(county: Center, tmp_path: Path) -> None:
    desk, blobs = a_laptop(Random(1), county, "one"), MemoryBlobs()
    blob = speak_of(desk, blobs, noise(SMALL))
    travel(desk, blobs, Line(county))
    county.database.write(lambda scope: scope.change(delete(BLOB_PIECE)))
    lost = update(BLOB).values(manifest=None, held=0, complete=0)
    county.database.write(lambda scope: scope.change(lost))
    assert travel(desk, blobs, Line(county)).pieces_sent == 0, "of what it forgot wholly it cannot ask"
    speak_of(desk, blobs, noise(9, 4))
    reborn = replace(county, card=replace(county.card, epoch=2), pieces=PieceFiles(tmp_path / "new"))
    assert travel(desk, blobs, Line(reborn)).code == ""
    assert whole_at(reborn, blob) == noise(SMALL)


def test_a_county_that_knows_no_entry_of_a_file_is_asked_again_but_sent_nothing(county: Center) -> None:
    desk, blobs = a_laptop(Random(1), county, "one"), MemoryBlobs()
    blob = speak_of(desk, blobs, noise(SMALL))
    travel(desk, blobs, Line(county), budget=0)
    forgotten = delete(BLOB).where(BLOB.c.blob == blob)
    county.database.write(lambda scope: scope.change(forgotten))
    first, second = (travel(desk, blobs, Line(county)) for _ in range(2))
    assert (first.pieces_sent, second.pieces_sent) == (4, 0)


def test_a_check_names_what_is_damaged_lets_it_be_sent_again_and_sweeps_what_nobody_names(
    county: Center, tmp_path: Path
) -> None:
    desk, blobs = a_laptop(Random(1), county, "one"), MemoryBlobs()
    blob = speak_of(desk, blobs, noise(SMALL))
    travel(desk, blobs, Line(county))
    assert check_pieces(county) == []
    with county.database.reading() as scope:
        row = scope.rows(select(BLOB_PIECE).where(BLOB_PIECE.c.idx == 2))[0]
    (tmp_path / "pieces" / row.stored_as[:2] / row.stored_as).write_bytes(b"rot")
    young, old = (tmp_path / "pieces" / "aa" / f"{name}.part" for name in ("young", "old"))
    young.parent.mkdir(exist_ok=True)
    for path, at in ((young, county.now() / 1000), (old, county.now() / 1000 - 100_000)):
        path.write_bytes(b"half")
        os.utime(path, (at, at))
    assert check_pieces(county) == [f"piece.damaged {blob}:2"]
    assert (young.exists(), old.exists()) == (True, False)
    assert travel(desk, blobs, Line(county)).pieces_sent == 1
    assert whole_at(county, blob) == noise(SMALL)
    assert check_pieces(county) == []
