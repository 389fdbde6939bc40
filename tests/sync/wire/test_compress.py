"""Bombs: what unpacks to more than it says, or to more than anybody needs, is refused before it takes room (T45)."""

from __future__ import annotations

import tracemalloc

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from mediator.errors import Unacceptable
from sync.wire.compress import NONE, ZSTD, deflate, inflate_bounded, squeezed
from sync.wire.limits import MAX_PLAIN

TEXT = b"".join(b"%d said so. " % number for number in range(2_000))
UNSIZED = zstandard.ZstdCompressor(write_content_size=False).compress(TEXT)
FAR = zstandard.ZstdCompressor(
    compression_params=zstandard.ZstdCompressionParameters(window_log=24, enable_ldm=True)
).compress(TEXT * 400)


@given(st.binary(max_size=5_000) | st.binary(max_size=60).map(lambda part: part * 300))
def test_what_is_squeezed_unpacks_to_itself_and_never_beyond_the_ratio(plain: bytes) -> None:
    kind, packed = squeezed(plain)
    if kind == ZSTD:
        assert len(packed) < len(plain) <= 100 * len(packed)
        assert inflate_bounded(packed, len(plain)) == plain
    else:
        assert (kind, packed) == (NONE, plain)


WRONG: tuple[tuple[str, bytes, int], ...] = (
    ("more than declared", deflate(TEXT), len(TEXT) - 1),
    ("less than declared", deflate(TEXT), len(TEXT) + 1),
    ("declared as nothing", deflate(TEXT), 0),
    ("nothing at all", b"", 1),
    ("no frame", b"not a frame", 20),
    ("half a frame", deflate(TEXT)[:-40], len(TEXT)),
    ("a byte after the frame", deflate(TEXT) + b"\0", len(TEXT)),
    ("a frame after the frame", deflate(TEXT) * 2, len(TEXT)),
    ("a frame that hides its size", UNSIZED, len(TEXT)),
    ("a window of 16 MiB", FAR, len(TEXT) * 400),
    ("a hundred and one to one", deflate(bytes(1 << 20)), 1 << 20),
    ("more than any bundle holds", bytes(1 << 20), MAX_PLAIN + 1),
)


@pytest.mark.threat("T45")
@pytest.mark.parametrize(("_name", "packed", "plain"), WRONG, ids=[name for name, *_ in WRONG])
def test_a_frame_that_is_not_what_it_says_is_refused_without_taking_room(_name: str, packed: bytes, plain: int) -> None:
    tracemalloc.start()
    with pytest.raises(Unacceptable, match=r"bundle\.compression"):
        inflate_bounded(packed, plain)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1 << 20


@pytest.mark.threat("T45")
def test_a_frame_that_lies_about_its_own_size_fails_in_the_room_it_declared() -> None:
    """A thousand RLE blocks of 128 KiB behind a header that speaks of one: 131 MB from 4 KB."""
    block = ((128 << 10 << 3) | 2).to_bytes(3, "little") + b"a"
    last = ((128 << 10 << 3) | 3).to_bytes(3, "little") + b"a"
    frame = b"\x28\xb5\x2f\xfd" + bytes((0b1010_0000,)) + (200_000).to_bytes(4, "little") + block * 1_000 + last
    assert zstandard.get_frame_parameters(frame).content_size == 200_000
    tracemalloc.start()
    with pytest.raises(Unacceptable, match=r"bundle\.compression"):
        inflate_bounded(frame, 200_000)
    assert tracemalloc.get_traced_memory()[1] < 1 << 20
    tracemalloc.stop()
