"""Frames of a bundle's payload: type, flags, length, bytes; HELLO first, END last (FORMATS)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from mediator.errors import Unacceptable
from mediator.journal.canonical import encode
from mediator.journal.entry import DeskId, Entry
from mediator.journal.framing import read_entry
from sync.wire import columns
from sync.wire.columns import columns_of, read_columns
from sync.wire.limits import (
    COLUMNS_SINCE,
    LOWEST_SCHEMA,
    MAX_COUNTER,
    MAX_FRAME,
    MAX_RECORDS,
    MAX_SEGMENT,
    SCHEMA,
)


class FrameType(IntEnum):
    """Types below 0x80 must be known; those above may be skipped."""

    HELLO = 0x01
    CERTS = 0x02
    SEGMENT = 0x03
    WITHHELD = 0x04
    FEED = 0x05
    RECEIPT = 0x06
    NOTICE = 0x07
    END = 0x7F
    WANT = 0x81
    PIECES = 0x82
    SNAPSHOT = 0x83
    MANIFEST = 0x84


KNOWN: Final = frozenset(FrameType)
SKIPPABLE: Final = 0x80
FRAME_HEAD: Final = 8
SEGMENT_MAGIC: Final = b"SEG1"
MAGICS: Final = frozenset({SEGMENT_MAGIC, columns.MAGIC})
SEGMENT_HEAD: Final = 4 + 16 + 8 + 4 + 32 + 8
WITHHELD_SIZE: Final = 16 + 8 + 8 + 32
Frame = tuple[int, bytes]


def frame(kind: int, data: bytes) -> bytes:
    """One frame as bytes."""
    return bytes((kind, 0, 0, 0)) + len(data).to_bytes(4, "big") + data


def write_frames(frames: Sequence[Frame]) -> bytes:
    """All frames and the END that counts and hashes them."""
    body = b"".join(frame(kind, data) for kind, data in frames)
    return body + frame(FrameType.END, end_of(body, len(frames)))


def end_of(body: bytes | memoryview, count: int) -> bytes:
    """What END says of everything before it."""
    return encode({"frames": count, "sha256": hashlib.sha256(body).hexdigest()})


def read_frames(payload: bytes) -> list[Frame]:
    """The frames without END, those nobody here knows dropped; raises Unacceptable `bundle.frame`, `bundle.end`."""
    frames: list[Frame] = []
    at = 0
    while at < len(payload):
        kind, data = read_frame(payload, at)
        after = at + FRAME_HEAD + len(data)
        if kind == FrameType.END:
            if after != len(payload) or data != end_of(memoryview(payload)[:at], len(frames)):
                raise Unacceptable("bundle.end")
            return checked_order(frames)
        if len(frames) == MAX_RECORDS:
            raise Unacceptable("bundle.frame", where="count")
        frames.append((kind, data))
        at = after
    raise Unacceptable("bundle.end")


def read_frame(payload: bytes, at: int) -> Frame:
    """The frame at a place, its length checked before a byte of it is copied."""
    start = at + FRAME_HEAD
    size = int.from_bytes(payload[at + 4 : start], "big")
    if payload[at + 1 : at + 4] != b"\0\0\0" or size > min(MAX_FRAME, len(payload) - start):
        raise Unacceptable("bundle.frame")
    return payload[at], payload[start : start + size]


def checked_order(frames: list[Frame]) -> list[Frame]:
    """HELLO stands first and once; an unknown type below 0x80 is refused by name, one above is dropped."""
    kinds = [kind for kind, _ in frames]
    strange = sorted(kind for kind in set(kinds) - KNOWN if kind < SKIPPABLE)
    if strange:
        raise Unacceptable("bundle.frame", where=f"0x{strange[0]:02X}")
    if kinds[:1] != [FrameType.HELLO] or kinds.count(FrameType.HELLO) > 1:
        raise Unacceptable("bundle.frame", where="HELLO")
    return [row for row in frames if row[0] in KNOWN]


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of entries of one desk; upward it is without a hole."""

    desk: DeskId
    first: int
    before: str
    entries: tuple[Entry, ...]

    @property
    def last(self) -> int:
        """Counter of its last entry."""
        return self.entries[-1].n

    @property
    def last_hash(self) -> str:
        """Hash of its last entry."""
        return self.entries[-1].hash


@dataclass(frozen=True, slots=True)
class Withheld:
    """These exist and stay where they are; the hash pins the last of them."""

    desk: DeskId
    first: int
    last: int
    last_hash: str


def write_segment(entries: Sequence[Entry], *, before: str, schema: int = SCHEMA) -> bytes:
    """A segment that a program of this schema reads; `before` is the hash of the entry before the first."""
    by_columns = schema >= COLUMNS_SINCE
    magic, body = (
        (columns.MAGIC, columns_of(entries, before=before)) if by_columns else (SEGMENT_MAGIC, run_of(entries))
    )
    return (
        magic + bytes.fromhex(entries[0].desk) + entries[0].n.to_bytes(8, "big")
        + len(entries).to_bytes(4, "big") + bytes.fromhex(before) + len(body).to_bytes(8, "big") + body
    )  # fmt: skip


def run_of(entries: Sequence[Entry]) -> bytes:
    """Entries one after the other, as all programs read them."""
    return b"".join(len(entry.raw).to_bytes(4, "big") + entry.raw for entry in entries)


def lowest_reader(payload: bytes) -> int:
    """The lowest schema that reads a payload of frames: it is raised by a segment by columns alone."""
    at = 0
    while at + FRAME_HEAD < len(payload):
        start = at + FRAME_HEAD
        if payload[at] == FrameType.SEGMENT and payload.startswith(columns.MAGIC, start):
            return COLUMNS_SINCE
        at = start + int.from_bytes(payload[at + 4 : start], "big")
    return LOWEST_SCHEMA


def read_segment(data: bytes) -> Segment:
    """A segment with every entry checked but for signatures; raises Unacceptable `bundle.segment`, `entry.*`."""
    if len(data) < SEGMENT_HEAD or data[:4] not in MAGICS:
        raise Unacceptable("bundle.segment")
    desk, first, before = DeskId(data[4:20].hex()), int.from_bytes(data[20:28], "big"), data[32:64].hex()
    if not 1 <= declared(data) <= MAX_SEGMENT or int.from_bytes(data[64:72], "big") != len(data) - SEGMENT_HEAD:
        raise Unacceptable("bundle.segment")
    entries = tuple(
        read_run(data, declared(data))
        if data[:4] == SEGMENT_MAGIC
        else read_columns(data[SEGMENT_HEAD:], declared(data), first=first, before=before)
    )
    numbers = [entry.n for entry in entries]
    of_one_desk = all(entry.desk == desk for entry in entries)
    if not of_one_desk or numbers != sorted(set(numbers)) or (first, before) != (numbers[0], entries[0].head.p):
        raise Unacceptable("bundle.segment")
    return Segment(desk, first, before, entries)


def declared(data: bytes) -> int:
    """How many entries a segment says it holds."""
    return int.from_bytes(data[28:32], "big")


def read_run(data: bytes, count: int) -> Iterator[Entry]:
    """So many entries, and not a byte more or less."""
    at = SEGMENT_HEAD
    for _ in range(count):
        start = at + 4
        size = int.from_bytes(data[at:start], "big")
        if start + size > len(data):
            raise Unacceptable("bundle.segment")
        yield read_entry(data[start : start + size])
        at = start + size
    if at != len(data):
        raise Unacceptable("bundle.segment")


def write_withheld(withheld: Withheld) -> bytes:
    """A withheld range."""
    return (
        bytes.fromhex(withheld.desk) + withheld.first.to_bytes(8, "big") + withheld.last.to_bytes(8, "big")
        + bytes.fromhex(withheld.last_hash)
    )  # fmt: skip


def read_withheld(data: bytes) -> Withheld:
    """A withheld range; raises Unacceptable `bundle.segment`."""
    if len(data) != WITHHELD_SIZE:
        raise Unacceptable("bundle.segment")
    first, last = int.from_bytes(data[16:24], "big"), int.from_bytes(data[24:32], "big")
    if not 1 <= first <= last <= MAX_COUNTER:
        raise Unacceptable("bundle.segment")
    return Withheld(DeskId(data[:16].hex()), first, last, data[32:].hex())


READERS: Final[Mapping[int, Callable[[bytes], Segment | Withheld]]] = {
    FrameType.SEGMENT: read_segment,
    FrameType.WITHHELD: read_withheld,
}


def read_parts(frames: Sequence[Frame]) -> list[Segment | Withheld]:
    """Segments and withheld ranges as they were packed; their entries are counted before the first is read."""
    if sum(declared(data) for kind, data in frames if kind == FrameType.SEGMENT) > MAX_RECORDS:
        raise Unacceptable("bundle.segment", where="count")
    return [READERS[kind](data) for kind, data in frames if kind in READERS]
