"""What goes up and what goes down. The filter by reach stands here, once (M4, simulator's leak check)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from mediator.errors import Unacceptable
from mediator.journal.canonical import decode_object, encode
from mediator.journal.entry import DeskId, Entry
from mediator.journal.port import Journal
from mediator.journal.reach import may_leave
from sync.wire.frames import (
    Frame,
    FrameType,
    Segment,
    Withheld,
    read_segment,
    read_withheld,
    write_frames,
    write_segment,
    write_withheld,
)
from sync.wire.limits import MAX_SEGMENT

STEP = 5_000
PROGRAM = "0.1.0"
Cursors = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Upward:
    """A packed payload: up to which own entry it goes, and how many entries leave."""

    payload: bytes
    top: int
    top_hash: str
    sent: int


def own_run(journal: Journal, desk: DeskId, after: int) -> list[Entry]:
    """Everything of the own desk after a counter."""
    found: list[Entry] = []
    while step := journal.since(desk, found[-1].n if found else after, STEP):
        found.extend(step)
    return found


def upward(journal: Journal, desk: DeskId, *, base: tuple[int, str], cursors: Cursors, wall: int) -> Upward:
    """The cumulative payload after `base`: segments of what may leave, withheld ranges for what stays."""
    entries = own_run(journal, desk, base[0])
    top = (entries[-1].n, entries[-1].hash) if entries else base
    hello = {
        "program": PROGRAM,
        "base": {"n": base[0], "h": base[1]},
        "top": {"n": top[0], "h": top[1]},
        "have": [[feed, epoch, no] for feed, (epoch, no) in sorted(cursors.items())],
        "wall": wall,
    }
    frames: list[Frame] = [(FrameType.HELLO, encode(hello)), *runs(entries)]
    leaving = sum(may_leave(entry.reach) for entry in entries)
    return Upward(write_frames(frames), top[0], top[1], leaving)


def runs(entries: Iterable[Entry]) -> Iterable[Frame]:
    """Consecutive entries as segments and withheld ranges, joined without a hole."""
    for leaves, group in groupby(entries, key=lambda entry: may_leave(entry.reach)):
        run = list(group)
        if not leaves:
            yield FrameType.WITHHELD, write_withheld(Withheld(run[0].desk, run[0].n, run[-1].n, run[-1].hash))
            continue
        for start in range(0, len(run), MAX_SEGMENT):
            part = run[start : start + MAX_SEGMENT]
            yield FrameType.SEGMENT, write_segment(part, before=part[0].head.p)


@dataclass(frozen=True, slots=True)
class Hello:
    """What the laptop says of itself: base and top of its chain, and its cursors."""

    base: int
    base_hash: str
    top: int
    top_hash: str
    have: tuple[tuple[str, int, int], ...]
    wall: int


def read_hello(data: bytes) -> Hello:
    """The HELLO of an upward bundle; raises Unacceptable `bundle.hello`."""
    raw = decode_object(data)
    try:
        base, top, have = raw["base"], raw["top"], raw["have"]
        assert isinstance(base, dict)
        assert isinstance(top, dict)
        assert isinstance(have, list)
        rows = tuple((str(feed), int(epoch), int(no)) for feed, epoch, no in have)
        return Hello(int(base["n"]), str(base["h"]), int(top["n"]), str(top["h"]), rows, int(str(raw["wall"])))
    except (AssertionError, KeyError, TypeError, ValueError):
        raise Unacceptable("bundle.hello") from None


def parts_of(frames: Sequence[Frame]) -> list[Segment | Withheld]:
    """Segments and withheld ranges in the order they were packed."""
    found: list[Segment | Withheld] = []
    for kind, data in frames:
        if kind == FrameType.SEGMENT:
            found.append(read_segment(data))
        elif kind == FrameType.WITHHELD:
            found.append(read_withheld(data))
    return found


@dataclass(frozen=True, slots=True)
class FeedRange:
    """Feed numbers that a down bundle answers: everything after `after` up to `upto`."""

    feed: str
    epoch: int
    after: int
    upto: int


def downward(
    *,
    entries: Sequence[Entry],
    feeds: Sequence[FeedRange],
    receipt: bytes | None,
    certs: bytes | None = None,
    notices: Sequence[bytes] = (),
) -> bytes:
    """The payload of a down bundle: feed ranges, entries by desk, receipt, notices."""
    hello = {"program": PROGRAM, "feeds": [[f.feed, f.epoch, f.after, f.upto] for f in feeds]}
    frames: list[Frame] = [(FrameType.HELLO, encode(hello))]
    if certs is not None:
        frames.append((FrameType.CERTS, certs))
    ordered = sorted(entries, key=lambda entry: (entry.desk, entry.n))
    for _, group in groupby(ordered, key=lambda entry: entry.desk):
        run = list(group)
        for start in range(0, len(run), MAX_SEGMENT):
            part = run[start : start + MAX_SEGMENT]
            frames.append((FrameType.SEGMENT, write_segment(part, before=part[0].head.p)))
    if receipt is not None:
        frames.append((FrameType.RECEIPT, receipt))
    frames += [(FrameType.NOTICE, notice) for notice in notices]
    return write_frames(frames)


@dataclass(frozen=True, slots=True)
class Downward:
    """A read down payload."""

    entries: tuple[Entry, ...]
    feeds: tuple[FeedRange, ...]
    receipt: bytes | None
    certs: bytes | None
    notices: tuple[str, ...]


def read_downward(frames: Sequence[Frame]) -> Downward:
    """The content of a down bundle; raises Unacceptable `bundle.hello`."""
    by_type: dict[int, list[bytes]] = {}
    for kind, data in frames:
        by_type.setdefault(kind, []).append(data)
    try:
        rows = decode_object(by_type[FrameType.HELLO][0])["feeds"]
        assert isinstance(rows, list)
        feeds = tuple(FeedRange(str(name), int(epoch), int(after), int(upto)) for name, epoch, after, upto in rows)
    except (AssertionError, KeyError, TypeError, ValueError):
        raise Unacceptable("bundle.hello") from None
    segments = [read_segment(data) for data in by_type.get(FrameType.SEGMENT, [])]
    receipts, certs = by_type.get(FrameType.RECEIPT, []), by_type.get(FrameType.CERTS, [])
    return Downward(
        entries=tuple(entry for segment in segments for entry in segment.entries),
        feeds=feeds,
        receipt=receipts[-1] if receipts else None,
        certs=certs[-1] if certs else None,
        notices=tuple(str(decode_object(data).get("code", "")) for data in by_type.get(FrameType.NOTICE, [])),
    )
