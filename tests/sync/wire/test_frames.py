"""Frames, segments and withheld ranges: counted and measured before they are read; what does not add up is refused."""

from __future__ import annotations

import hashlib
import tracemalloc
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.errors import MediatorError, Unacceptable
from mediator.journal.canonical import encode
from mediator.journal.entry import DeskId, Entry
from sync.wire import frames as wire
from sync.wire.frames import (
    FrameType,
    Withheld,
    frame,
    read_frames,
    read_parts,
    read_segment,
    read_withheld,
    write_frames,
    write_segment,
    write_withheld,
)
from sync.wire.limits import MAX_COUNTER, MAX_RECORDS
from tests.sync.wire.made import HELLO, entries

RUN = entries(5)
SEGMENT = write_segment(RUN, before="0" * 64)


@given(st.lists(st.tuples(st.sampled_from([*FrameType, 0x80, 0xFE, 0xFF]), st.binary(max_size=50)), max_size=8))
def test_frames_come_back_as_they_were_but_for_those_nobody_knows(rows: list[tuple[int, bytes]]) -> None:
    given_rows = [HELLO, *(row for row in rows if row[0] not in (FrameType.HELLO, FrameType.END))]
    assert read_frames(write_frames(given_rows)) == [row for row in given_rows if row[0] in set(FrameType)]


def ended(body: bytes, count: int, *, digest: str = "", after: bytes = b"") -> bytes:
    """Frames with an END of one's own."""
    end = encode({"frames": count, "sha256": digest or hashlib.sha256(body).hexdigest()})
    return body + frame(FrameType.END, end) + after


FIRST = frame(*HELLO)
BROKEN: tuple[tuple[str, bytes, str], ...] = (
    ("nothing", b"", "bundle.end"),
    ("no end", FIRST, "bundle.end"),
    ("an end alone", ended(b"", 0), "bundle.frame"),
    ("a frame after the end", ended(FIRST, 1, after=FIRST), "bundle.end"),
    ("a byte after the end", ended(FIRST, 1, after=b"\0"), "bundle.end"),
    ("a wrong count", ended(FIRST, 2), "bundle.end"),
    ("a wrong hash", ended(FIRST, 1, digest="0" * 64), "bundle.end"),
    ("true for one", FIRST + frame(0x7F, b'{"frames":true,"sha256":"%s"}' % hashlib.sha256(FIRST).hexdigest().encode()),
     "bundle.end"),
    ("an end that is no object", FIRST + frame(0x7F, b"[]"), "bundle.end"),
    ("seven bytes", ended(FIRST, 1) [:-1][:7], "bundle.frame"),
    ("a flag", b"\1\1\0\0" + bytes(4), "bundle.frame"),
    ("no zero", b"\1\0\0\1" + bytes(4), "bundle.frame"),
    ("longer than there is", b"\1\0\0\0\0\0\0\x09" + bytes(8), "bundle.frame"),
    ("four gigabytes", b"\1\0\0\0\xff\xff\xff\xff", "bundle.frame"),
    ("an unknown frame below 0x80", write_frames([HELLO, (0x7A, b"")]), "bundle.frame"),
    ("type 0", write_frames([HELLO, (0, b"")]), "bundle.frame"),
    ("a second hello", write_frames([HELLO, HELLO]), "bundle.frame"),
    ("hello not first", write_frames([(FrameType.RECEIPT, b""), HELLO]), "bundle.frame"),
)  # fmt: skip


@pytest.mark.threat("T41")
@pytest.mark.parametrize(("_name", "payload", "code"), BROKEN, ids=[name for name, *_ in BROKEN])
def test_frames_that_do_not_add_up_are_refused_by_name(_name: str, payload: bytes, code: str) -> None:
    with pytest.raises(Unacceptable) as refused:
        read_frames(payload)
    assert refused.value.code == code


def test_an_unknown_frame_from_0x80_on_may_be_skipped() -> None:
    assert read_frames(write_frames([HELLO, (0x9A, b"of the next version")])) == [HELLO]


@pytest.mark.threat("T45")
def test_frames_without_end_are_stopped_at_their_number() -> None:
    many = FIRST + frame(0x80, b"") * (8 * MAX_RECORDS)
    tracemalloc.start()
    with pytest.raises(Unacceptable, match=r"bundle\.frame"):
        read_frames(many)
    assert tracemalloc.get_traced_memory()[1] < 32 << 20
    tracemalloc.stop()


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_fail_otherwise_than_by_name(data: bytes) -> None:
    for read in (read_frames, read_segment, read_withheld):
        with suppress(MediatorError):
            read(data)


@given(st.integers(0, len(SEGMENT) - 1), st.integers(1, 255))
def test_a_byte_changed_anywhere_in_a_segment_never_puts_other_words_under_a_hash(place: int, change: int) -> None:
    changed = SEGMENT[:place] + bytes((SEGMENT[place] ^ change,)) + SEGMENT[place + 1 :]
    try:
        read = read_segment(changed)
    except MediatorError:
        return
    for entry, sound in zip(read.entries, RUN, strict=True):
        assert entry.hash != sound.hash or entry.body == sound.body


def test_a_segment_comes_back_with_the_hash_before_it() -> None:
    read = read_segment(SEGMENT)
    assert (read.desk, read.first, read.before) == (RUN[0].desk, 1, "0" * 64)
    assert [entry.raw for entry in read.entries] == [entry.raw for entry in RUN]
    with_hole = read_segment(write_segment([RUN[1], RUN[3]], before=RUN[0].hash))
    assert [entry.n for entry in with_hole.entries] == [2, 4], "downward a segment may have holes"


def resized(segment: bytes, *, count: int | None = None, body: bytes | None = None) -> bytes:
    """A segment whose count or body is not what it was, its length again right."""
    inside = segment[wire.SEGMENT_HEAD :] if body is None else body
    number = segment[28:32] if count is None else count.to_bytes(4, "big")
    return segment[:28] + number + segment[32:64] + len(inside).to_bytes(8, "big") + inside


def lied(run: list[Entry], **changes: str) -> bytes:
    """A segment that says another desk or another hash."""
    data = write_segment(run, before=changes.get("before", run[0].head.p))
    return data[:4] + bytes.fromhex(changes.get("desk", run[0].desk)) + data[20:]


SEGMENTS: tuple[tuple[str, bytes], ...] = (
    ("too short", SEGMENT[: wire.SEGMENT_HEAD - 1]),
    ("another magic", b"SEG3" + SEGMENT[4:]),
    ("no entry", resized(SEGMENT, count=0, body=b"")),
    ("65,537 entries", resized(SEGMENT, count=65_537)),
    ("one fewer than there are", resized(SEGMENT, count=4)),
    ("one more than there are", resized(SEGMENT, count=6)),
    ("a byte too many", resized(SEGMENT, body=SEGMENT[wire.SEGMENT_HEAD :] + b"\0")),
    ("a length that is not its own", SEGMENT + b"\0"),
    ("another first number", SEGMENT[:20] + (2).to_bytes(8, "big") + SEGMENT[28:]),
    ("another desk", lied(RUN, desk="e" * 32)),
    ("another hash before", lied(RUN[1:], before="e" * 64)),
    ("entries out of order", write_segment([RUN[2], RUN[1]], before=RUN[2].head.p)),
    ("an entry twice", write_segment([RUN[2], RUN[2]], before=RUN[2].head.p)),
    ("entries of two desks", write_segment([RUN[0], entries(2, name="other")[1]], before=RUN[0].head.p)),
)


@pytest.mark.threat("T41")
@pytest.mark.parametrize(("_name", "data"), SEGMENTS, ids=[name for name, _ in SEGMENTS])
def test_a_segment_that_does_not_add_up_is_refused(_name: str, data: bytes) -> None:
    with pytest.raises(Unacceptable, match=r"bundle\.segment"):
        read_segment(data)


@pytest.mark.threat("T45")
def test_entries_are_counted_over_all_segments_before_the_first_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [HELLO, (int(FrameType.SEGMENT), SEGMENT), (int(FrameType.SEGMENT), SEGMENT)]
    assert len(read_parts(rows)) == 2

    def untouched(_data: bytes) -> object:
        raise AssertionError("read")

    monkeypatch.setattr(wire, "read_entry", untouched)
    monkeypatch.setattr(wire, "MAX_RECORDS", 9)
    with pytest.raises(Unacceptable, match=r"bundle\.segment"):
        read_parts(rows)


WITHHELD = Withheld(DeskId("d" * 32), 3, 9, "e" * 64)


def test_a_withheld_range_comes_back() -> None:
    assert read_withheld(write_withheld(WITHHELD)) == WITHHELD


RANGES: tuple[Callable[[bytes], bytes], ...] = (
    lambda data: data[:-1],
    lambda data: data + b"\0",
    lambda data: data[:16] + bytes(8) + data[24:],
    lambda data: data[:16] + (10).to_bytes(8, "big") + data[24:],
    lambda data: data[:24] + (MAX_COUNTER + 1).to_bytes(8, "big") + data[32:],
)


@pytest.mark.threat("T45")
@pytest.mark.parametrize("change", RANGES)
def test_a_withheld_range_from_nowhere_to_anywhere_is_refused(change: Callable[[bytes], bytes]) -> None:
    with pytest.raises(Unacceptable, match=r"bundle\.segment"):
        read_withheld(change(write_withheld(WITHHELD)))
