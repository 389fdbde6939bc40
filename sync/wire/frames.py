"""Frames of a bundle's payload: type, flags, length, bytes; HELLO first, END last (FORMATS)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import Final

from mediator.errors import Unacceptable
from mediator.journal.canonical import decode_object, encode
from mediator.journal.entry import DeskId, Entry
from mediator.journal.framing import read_entry
from sync.wire.limits import MAX_ENTRIES, MAX_FRAME, MAX_SEGMENT


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


SEGMENT_MAGIC: Final = b"SEG1"
SEGMENT_HEAD: Final = 4 + 16 + 8 + 4 + 32 + 8
WITHHELD_SIZE: Final = 16 + 8 + 8 + 32
Frame = tuple[int, bytes]


def frame(kind: int, data: bytes) -> bytes:
    """One frame as bytes."""
    return bytes((kind, 0, 0, 0)) + len(data).to_bytes(4, "big") + data


def write_frames(frames: Sequence[Frame]) -> bytes:
    """All frames and the END that counts and hashes them."""
    body = b"".join(frame(kind, data) for kind, data in frames)
    end = encode({"frames": len(frames), "sha256": hashlib.sha256(body).hexdigest()})
    return body + frame(FrameType.END, end)


def read_frames(payload: bytes) -> list[Frame]:
    """The frames without END; raises Unacceptable `bundle.frame`, `bundle.end`."""
    frames: list[Frame] = []
    at = 0
    while at < len(payload):
        if len(payload) - at < 8:
            raise Unacceptable("bundle.frame")
        kind, size = payload[at], int.from_bytes(payload[at + 4 : at + 8], "big")
        if payload[at + 1 : at + 4] != b"\0\0\0" or size > MAX_FRAME or size > len(payload) - at - 8:
            raise Unacceptable("bundle.frame")
        data = payload[at + 8 : at + 8 + size]
        if kind == FrameType.END:
            check_end(payload[:at], data, len(frames), rest=len(payload) - at - 8 - size)
            return checked_order(frames)
        frames.append((kind, data))
        at += 8 + size
    raise Unacceptable("bundle.end")


def check_end(body: bytes, data: bytes, count: int, *, rest: int) -> None:
    """END counts and hashes everything before it, and nothing follows."""
    end = decode_object(data)
    if rest or end.get("frames") != count or end.get("sha256") != hashlib.sha256(body).hexdigest():
        raise Unacceptable("bundle.end")


def checked_order(frames: list[Frame]) -> list[Frame]:
    """HELLO stands first and once; an unknown type below 0x80 is refused by name, one above is dropped."""
    known = set(FrameType)
    for kind, _ in frames:
        if kind not in known and kind < 0x80:
            raise Unacceptable("bundle.frame", where=f"0x{kind:02X}")
    hellos = [place for place, (kind, _) in enumerate(frames) if kind == FrameType.HELLO]
    if hellos != [0]:
        raise Unacceptable("bundle.frame", where="HELLO")
    return [row for row in frames if row[0] in known]


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of entries of one desk; upward it is without a hole."""

    desk: DeskId
    first: int
    before: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Withheld:
    """These exist and stay where they are; the hash pins the last of them."""

    desk: DeskId
    first: int
    last: int
    last_hash: str


def write_segment(entries: Sequence[Entry], *, before: str) -> bytes:
    """A segment; `before` is the hash of the entry before the first."""
    raws = [entry.raw for entry in entries]
    body = b"".join(len(raw).to_bytes(4, "big") + raw for raw in raws)
    return (
        SEGMENT_MAGIC + bytes.fromhex(entries[0].desk) + entries[0].n.to_bytes(8, "big")
        + len(raws).to_bytes(4, "big") + bytes.fromhex(before) + len(body).to_bytes(8, "big") + body
    )  # fmt: skip


def read_segment(data: bytes) -> Segment:
    """A segment with every entry checked but for signatures; raises Unacceptable `bundle.segment`, `entry.*`."""
    if len(data) < SEGMENT_HEAD or data[:4] != SEGMENT_MAGIC:
        raise Unacceptable("bundle.segment")
    desk, first = DeskId(data[4:20].hex()), int.from_bytes(data[20:28], "big")
    count, before = int.from_bytes(data[28:32], "big"), data[32:64].hex()
    if count > MAX_SEGMENT or int.from_bytes(data[64:72], "big") != len(data) - SEGMENT_HEAD:
        raise Unacceptable("bundle.segment")
    entries, at = [], SEGMENT_HEAD
    for _ in range(count):
        size = int.from_bytes(data[at : at + 4], "big")
        entries.append(read_entry(data[at + 4 : at + 4 + size]))
        at += 4 + size
    good = entries and at == len(data) and entries[0].n == first and all(entry.desk == desk for entry in entries)
    if not good or any(after.n <= entry.n for entry, after in pairwise(entries)):
        raise Unacceptable("bundle.segment")
    return Segment(desk, first, before, tuple(entries))


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
    if not 1 <= first <= last:
        raise Unacceptable("bundle.segment")
    return Withheld(DeskId(data[:16].hex()), first, last, data[32:].hex())


def entries_of(frames: Sequence[Frame]) -> list[Segment]:
    """All segments of a bundle, their number of entries bounded."""
    segments = [read_segment(data) for kind, data in frames if kind == FrameType.SEGMENT]
    if sum(len(segment.entries) for segment in segments) > MAX_ENTRIES:
        raise Unacceptable("bundle.segment")
    return segments
