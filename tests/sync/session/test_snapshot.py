"""Parts of a snapshot at a laptop: what the county did not sign for is refused, whatever else the bundle says."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.errors import Unacceptable
from mediator.journal.entry import DeskId
from sync.session.snapshot import cursor_name, missing, moved, notice, tickets
from sync.wire.cards import CenterCard
from sync.wire.frames import Frame, FrameType, write_segment
from sync.wire.snapshot import MAX_PARTS, SnapshotPart, manifest_bytes, read_manifest
from tests.sync.fakes import FakeSealer
from tests.sync.wire.made import entries

HOME, STRANGER = FakeSealer("home"), FakeSealer("stranger")
CENTER, DESK, SNAPSHOT = "c" * 32, DeskId("d" * 32), "5" * 32
CARD = CenterCard(CENTER, "331122", "缙云县中心", HOME.sign_public.hex(), HOME.seal_public.hex())
SEGMENT = write_segment(entries(5), before="0" * 64)
PART = SnapshotPart(CENTER, 1, DESK, SNAPSHOT, 1, 3, "t:331122101", 40, 1, 5, 1, (hashlib.sha256(SEGMENT).hexdigest(),))
HELLO: Frame = (FrameType.HELLO, b"{}")


def frames(part: SnapshotPart = PART, *, by: FakeSealer = HOME, segments: Sequence[bytes] = (SEGMENT,)) -> list[Frame]:
    """A part as it comes."""
    run = [(int(FrameType.SEGMENT), data) for data in segments]
    return [HELLO, *run, (FrameType.SNAPSHOT, manifest_bytes(part, by))]


def after(
    *, parts: Sequence[int], count: int, have: dict[str, tuple[int, int]] | None = None
) -> dict[str, tuple[int, int]]:
    """Cursors after some of `count` parts, in this order."""
    held = dict(have or {})
    for part in parts:
        held |= moved(frames(replace(PART, part=part, parts=count)), CARD, DESK, held, HOME)
    return held


@given(st.data(), st.integers(1, MAX_PARTS))
def test_the_cursor_moves_with_the_last_missing_part_whatever_the_order(data: st.DataObject, count: int) -> None:
    order = data.draw(st.permutations(range(1, count + 1)))
    twice = [*order[:-1], *order[:-1]]
    held = after(parts=twice, count=count)
    assert "t:331122101" not in held
    assert missing(held, SNAPSHOT, count) == [order[-1]]
    assert after(parts=order[-1:], count=count, have=held)["t:331122101"] == (1, 40)


def test_a_laptop_that_is_further_goes_not_back() -> None:
    have = {"t:331122101": (1, 41)}
    assert after(parts=[1, 2, 3], count=3, have=have)["t:331122101"] == (1, 41)
    assert after(parts=[1, 2, 3], count=3, have={"t:331122101": (0, 90)})["t:331122101"] == (1, 40)


def test_parts_of_another_cut_do_not_count_for_this_one() -> None:
    held = after(parts=[1, 2], count=3)
    held |= moved(frames(replace(PART, snapshot="6" * 32, part=3)), CARD, DESK, held, HOME)
    assert "t:331122101" not in held
    assert missing({cursor_name(SNAPSHOT): (4, 0b111)}, SNAPSHOT, 3) == [1, 2, 3], "cut anew into other parts"


@pytest.mark.threat("T42", "T75")
@pytest.mark.parametrize(
    ("came", "code"),
    [
        (frames(by=STRANGER), "snapshot.signature"),
        (frames(replace(PART, desk="e" * 32)), "snapshot.foreign"),
        (frames(replace(PART, center="e" * 32)), "snapshot.foreign"),
        ([*frames(), frames()[-1]], "snapshot.foreign"),
        (frames(segments=()), "snapshot.content"),
        (frames(segments=(SEGMENT, SEGMENT)), "snapshot.content"),
        (frames(segments=(write_segment(entries(4), before="0" * 64),)), "snapshot.content"),
        (frames(replace(PART, entries=6)), "snapshot.content"),
        (frames(replace(PART, part=0)), "snapshot.form"),
        (frames(replace(PART, part=4)), "snapshot.form"),
        (frames(replace(PART, parts=MAX_PARTS + 1)), "snapshot.form"),
        (frames(replace(PART, segments=("x",))), "snapshot.form"),
        (frames(replace(PART, snapshot="5")), "snapshot.form"),
        ([HELLO, (FrameType.SNAPSHOT, b"")], "snapshot.form"),
        ([HELLO, (FrameType.SNAPSHOT, manifest_bytes(PART, HOME)[:-1])], "snapshot.form"),
        ([HELLO, (FrameType.SNAPSHOT, b"MRC1" + manifest_bytes(PART, HOME)[4:])], "snapshot.form"),
    ],
)
def test_what_the_county_did_not_sign_for_moves_nothing(came: list[Frame], code: str) -> None:
    with pytest.raises(Unacceptable) as caught:
        moved(came, CARD, DESK, {}, HOME)
    assert caught.value.code == code


def test_every_byte_of_a_manifest_counts() -> None:
    good = manifest_bytes(PART, HOME)
    assert read_manifest(good, HOME.sign_public, HOME) == PART
    for place in range(len(good)):
        bent = good[:place] + bytes((good[place] ^ 1,)) + good[place + 1 :]
        with pytest.raises(Unacceptable, match=r"snapshot\."):
            read_manifest(bent, HOME.sign_public, HOME)


def test_a_bundle_that_is_no_part_moves_nothing() -> None:
    assert moved([HELLO, (FrameType.SEGMENT, SEGMENT)], CARD, DESK, {}, HOME) == {}


def test_tickets_that_are_none_are_passed_over_and_each_counts_once() -> None:
    said = [notice("1" * 32), notice("1" * 32), notice("../x"), {"code": "down.waits"}, {"code": "feed.more"}]
    assert tickets(said) == ["1" * 32]
    assert len(tickets([notice(f"{n:032x}") for n in range(1000)])) == 64
