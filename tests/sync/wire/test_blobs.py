"""What travels of recordings and scans: frozen bytes for two readers, and nothing else is taken for them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.crypto.blobs import PLAIN, open_blob, seal_piece
from mediator.errors import MediatorError, RefusedByRule, Unacceptable
from mediator.journal.blobs import (
    MAX_PIECES,
    PIECE,
    BlobClass,
    BlobId,
    bits_of,
    cut,
    indices_in,
    manifest_of,
    read_manifest,
)
from sync.wire.blobs import (
    MAX_BLOBS,
    Carried,
    Piece,
    Want,
    frames_of,
    manifest_frame,
    piece_frame,
    read_carried,
    want_frame,
)
from sync.wire.frames import FrameType, read_frames, write_frames
from tests.sync.wire import independent

FROZEN: dict[str, Any] = json.loads((Path(__file__).parent / "vectors" / "blobs.json").read_text())
SCAN, FRAMES = FROZEN["scan"], FROZEN["frames"]
HELLO = (int(FrameType.HELLO), b"{}")
BLOB = BlobId("ab" * 16)


def pattern(size: int) -> bytes:
    """Bytes whose every part tells its place."""
    return bytes((7 * at + (at >> 8)) % 251 for at in range(size))


@pytest.mark.parametrize("row", FROZEN["manifests"], ids=lambda row: str(row["bytes"]))
def test_a_frozen_manifest_is_that_of_its_bytes_to_both_readers(row: dict[str, Any]) -> None:
    data, packed = pattern(row["bytes"]), bytes.fromhex(row["manifest"])
    made = manifest_of(cut(data), BlobClass(row["class"]))
    assert (made.packed(), made.digest, made.blob) == (packed, row["sha256"], row["blob"])
    assert read_manifest(packed) == made
    assert independent.manifest(packed) == (row["blob"], row["class"], row["bytes"], [x.hex() for x in made.pieces])


def test_a_frozen_scan_is_sealed_again_piece_by_piece_and_opened_by_both() -> None:
    key, plain = bytes.fromhex(SCAN["key"]), pattern(SCAN["bytes"])
    pieces = [seal_piece(key, plain, index) for index in range(-(-len(plain) // PLAIN))]
    sealed = b"".join(pieces)
    assert (len(sealed), hashlib.sha256(sealed).hexdigest()) == (SCAN["sealed"], SCAN["sealed_sha256"])
    assert manifest_of(pieces, BlobClass.SCAN).packed().hex() == SCAN["manifest"]
    assert open_blob(key, sealed) == plain == independent.opened_scan(key, sealed)
    listed = manifest_of(pieces, BlobClass.SCAN)
    sent = [piece_frame(Piece(listed.blob, at, data))[1] for at, data in enumerate(pieces)]
    assert independent.blob(listed.packed(), sent[::-1]) == sealed


def test_frozen_frames_are_read_and_given_again_byte_for_byte() -> None:
    raw = {name: bytes.fromhex(text) for name, text in FRAMES.items()}
    listed = read_manifest(raw["manifest_of_piece"])
    wants = [raw["want"], raw["want_nothing"], raw["want_all"]]
    frames = [(0x84, raw["manifest_of_piece"]), *((0x81, each) for each in wants), (0x82, raw["piece"])]
    carried = read_carried(read_frames(write_frames([HELLO, *frames])))
    assert list(frames_of(carried)) == frames
    assert carried.manifests == {listed.blob: listed}
    assert carried.pieces == (Piece(listed.blob, 0, pattern(1)),)
    assert [(each.count, each.missing) for each in carried.wants] == [(2, (1,)), (2, ()), (0, ())]
    assert [independent.wanted(each)[1:] for each in wants] == [(2, [1]), (2, []), (0, [])]


@pytest.mark.threat("T45")
@pytest.mark.parametrize(
    "bad",
    [
        b"", b"MBL1", bytes(20), b"MBL2" + bytes(16), b"MBL1\1\1" + bytes(13), b"MBL1\1\1\0\1" + bytes(12),
        b"MBL1\1\1\0\0" + bytes(7) + b"\1" + bytes(4),
        b"MBL1\1\1\0\0" + bytes(7) + b"\1" + bytes(3) + b"\1" + bytes(31),
        b"MBL1\1\1\0\0" + bytes(7) + b"\1" + bytes(3) + b"\1" + bytes(33), b"MBL1\1\1\0\0" + b"\xff" * 12,
        b"MBL1\2\1\0\0" + bytes(12),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_manifest_is_refused_before_anything_is_built(bad: bytes) -> None:
    with pytest.raises(Unacceptable, match=r"blob\.manifest"):
        read_manifest(bad)


@pytest.mark.threat("T45")
@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (0x82, bytes(20)), (0x82, bytes(19)), (0x82, bytes(20 + PIECE + 1)), (0x81, bytes(19)),
        (0x81, bytes(16) + (MAX_PIECES + 1).to_bytes(4, "big") + bytes(1025)), (0x81, bytes(19) + b"\2"),
        (0x81, bytes(19) + b"\2\x20"), (0x81, bytes(19) + b"\2\0\0"), (0x84, b"{}"),
    ],
)  # fmt: skip
def test_a_malformed_frame_refuses_its_bundle_by_name(kind: int, data: bytes) -> None:
    with pytest.raises(Unacceptable, match=r"blob\.(frame|bits|manifest)"):
        read_carried([(kind, data)])
    with pytest.raises(Unacceptable, match=r"blob\.frame"):
        read_carried([want_frame(Want(BLOB, 0))] * (MAX_BLOBS + 1))


def test_an_older_program_passes_over_frames_about_recordings() -> None:
    assert {int(each) for each in (FrameType.WANT, FrameType.PIECES, FrameType.MANIFEST)} == {0x81, 0x82, 0x84}
    listed = manifest_of([b"x"], BlobClass.SCAN)
    assert all(kind >= 0x80 for kind, _ in (manifest_frame(listed), want_frame(Want(BLOB, 0))))


@given(st.integers(0, MAX_PIECES), st.data())
def test_any_missing_pieces_come_through_a_bitmap_as_they_were(count: int, data: st.DataObject) -> None:
    some = st.sets(st.integers(0, max(count - 1, 0)), max_size=40)
    missing = tuple(sorted(data.draw(some))) if count else ()
    assert indices_in(bits_of(missing, count), count) == missing
    want = Want(BLOB, count, missing)
    assert read_carried([want_frame(want)]) == Carried({}, (), (want,))


@given(st.integers(0, 3 * PIECE))
def test_any_bytes_are_cut_and_joined_again(size: int) -> None:
    data = bytes(size)
    listed = manifest_of(cut(data), BlobClass.SOUND)
    assert b"".join(cut(data)) == data
    assert read_manifest(listed.packed()) == listed
    assert all(listed.holds(index, piece) for index, piece in enumerate(cut(data)))
    assert not listed.holds(len(listed.pieces), b"")


@pytest.mark.threat("T41")
@pytest.mark.parametrize("size", [0, 1, 65_535, 65_536, 65_537, PLAIN, PLAIN + 1])
def test_a_scan_with_a_piece_cut_off_swapped_or_changed_does_not_open(size: int) -> None:
    key, plain = bytes(range(32)), pattern(size)
    sealed = b"".join(seal_piece(key, plain, index) for index in range(max(-(-size // PLAIN), 1)))
    assert open_blob(key, sealed) == plain
    swapped = sealed[65_552 : 2 * 65_552] + sealed[:65_552] + sealed[2 * 65_552 :]
    for wrong in (sealed[:-1], sealed + b"\0", sealed[:-16], bytes((sealed[0] ^ 1,)) + sealed[1:], swapped):
        if wrong != sealed:
            with pytest.raises(MediatorError, match=r"blob\.sealed"):
                open_blob(key, wrong)


def test_more_than_can_travel_is_refused_when_it_is_cut() -> None:
    with pytest.raises(RefusedByRule, match=r"blob\.size"):
        manifest_of((b"" for _ in range(MAX_PIECES + 1)), BlobClass.SOUND)
