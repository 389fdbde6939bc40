"""What goes up and what goes down. The filter by reach stands here, once (M4, simulator's leak check)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from mediator.errors import Unacceptable
from mediator.journal.canonical import decode_object, encode
from mediator.journal.entry import NO_HASH, DeskId, Entry
from mediator.journal.port import Journal
from mediator.journal.reach import may_leave
from sync.wire.frames import (
    Frame,
    FrameType,
    Segment,
    Withheld,
    read_parts,
    write_frames,
    write_segment,
    write_withheld,
)
from sync.wire.limits import MAX_FEEDS, MAX_RAW_UP, MAX_SEGMENT, SCHEMA
from sync.wire.members import is_count, is_hex, rows

FIRST_STEP: Final = 16
STEP: Final = 5_000
STEP_BYTES: Final = 8 << 20
PROGRAM = "0.1.0"
SNAPSHOT = "snapshot"
ERASURES = "erasures"
PIECES = "pieces"
Cursors = Mapping[str, tuple[int, int]]
Point = tuple[int, str]
NOTHING: Point = (0, NO_HASH)


@dataclass(frozen=True, slots=True)
class Upward:
    """A packed payload: up to which own entry it goes, and how many entries leave."""

    payload: bytes
    top: int
    top_hash: str
    sent: int


def own_run(journal: Journal, desk: DeskId, after: int) -> Iterator[Entry]:
    """Everything of the own desk after a counter, read some 8 MiB at a time, however large its entries are (G10)."""
    count = FIRST_STEP
    while step := journal.since(desk, after, count):
        yield from step
        after, size = step[-1].n, sum(len(entry.raw) for entry in step)
        count = max(1, min(STEP, len(step) * STEP_BYTES // size))


def bounded(entries: Iterable[Entry], size: int) -> list[Entry]:
    """The first entries up to so many bytes, and at least one: what is left goes with the next bundle."""
    taken: list[Entry] = []
    for entry in entries:
        size -= len(entry.raw)
        if size < 0 and taken:
            break
        taken.append(entry)
    return taken


def upward(
    journal: Journal, desk: DeskId, *, base: Point, cursors: Cursors, wall: int, others: Iterable[Frame] = ()
) -> Upward:
    """The cumulative payload after `base`: segments of what may leave, withheld ranges for what stays.

    `others` are frames of other desks that the center asked for (`sync.session.rescue`).
    """
    entries = bounded(own_run(journal, desk, base[0]), MAX_RAW_UP)
    top = (entries[-1].n, entries[-1].hash) if entries else base
    hello = (FrameType.HELLO, hello_bytes(base, top, cursors=cursors, wall=wall))
    return Upward(write_frames([hello, *runs(entries), *others]), top[0], top[1], leaving(entries))


def leaving(entries: Iterable[Entry]) -> int:
    """How many of these go to the county."""
    return sum(may_leave(entry.reach, sealed=bool(entry.head.s)) for entry in entries)


def asking(*, cursors: Cursors, wall: int, takes: Sequence[str] = ()) -> bytes:
    """A payload that claims nothing: its answer says what the center holds of this desk."""
    return write_frames([hello_alone(cursors=cursors, wall=wall, takes=takes)])


def hello_alone(*, cursors: Cursors, wall: int, takes: Sequence[str] = ()) -> Frame:
    """The HELLO of a bundle without entries: one that only asks, or one of pieces."""
    return FrameType.HELLO, hello_bytes(NOTHING, NOTHING, cursors=cursors, wall=wall, takes=takes)


def hello_bytes(base: Point, top: Point, *, cursors: Cursors, wall: int, takes: Sequence[str] = ()) -> bytes:
    """The HELLO of an upward bundle; a laptop that has read no township's feed says that it takes a snapshot."""
    new = not any(feed.startswith("t:") for feed in cursors)
    taken = [*takes, *([SNAPSHOT] if new else [])]
    return encode({
        "program": PROGRAM,
        "base": {"n": base[0], "h": base[1]},
        "top": {"n": top[0], "h": top[1]},
        "have": [[feed, epoch, no] for feed, (epoch, no) in sorted(cursors.items())],
        "wall": wall,
    } | ({"takes": taken} if taken else {}))  # fmt: skip


def runs(entries: Iterable[Entry]) -> Iterator[Frame]:
    """Consecutive entries as segments and withheld ranges, joined without a hole."""
    for leaves, group in groupby(entries, key=lambda entry: may_leave(entry.reach, sealed=bool(entry.head.s))):
        run = list(group)
        if leaves:
            yield from segments(run)
        else:
            yield FrameType.WITHHELD, write_withheld(Withheld(run[0].desk, run[0].n, run[-1].n, run[-1].hash))


def segments(run: Sequence[Entry], *, schema: int = SCHEMA) -> Iterator[Frame]:
    """Entries of one desk as segments of bounded length, for a reader of this schema."""
    for start in range(0, len(run), MAX_SEGMENT):
        part = run[start : start + MAX_SEGMENT]
        yield FrameType.SEGMENT, write_segment(part, before=part[0].head.p, schema=schema)


@dataclass(frozen=True, slots=True)
class Hello:
    """What the laptop says of itself: base and top of its chain, its cursors, and what it can take beyond entries."""

    base: int
    base_hash: str
    top: int
    top_hash: str
    have: tuple[tuple[str, int, int], ...]
    wall: int
    takes: tuple[str, ...] = ()


def read_hello(data: bytes) -> Hello:
    """The HELLO of an upward bundle; raises Unacceptable `bundle.hello`, `entry.canonical`."""
    raw = decode_object(data)
    base, top, wall = read_point(raw.get("base")), read_point(raw.get("top")), raw.get("wall")
    have = tuple(cursor_of(row) for row in rows(raw.get("have"), code="bundle.hello", limit=MAX_FEEDS))
    if not isinstance(wall, int) or not is_count(wall) or base[0] > top[0]:
        raise Unacceptable("bundle.hello")
    return Hello(*base, *top, have, wall, words(raw.get("takes", [])))


def words(value: object) -> tuple[str, ...]:
    """A short list of words; raises Unacceptable `bundle.hello`."""
    if not isinstance(value, list) or len(value) > MAX_FEEDS or not all(isinstance(each, str) for each in value):
        raise Unacceptable("bundle.hello")
    return tuple(value)


def read_point(value: object) -> Point:
    """A place in a chain: counter and hash."""
    match value:
        case {"n": int(n), "h": str(digest)} if is_count(n) and is_hex(digest, 64):
            return n, digest
    raise Unacceptable("bundle.hello")


def cursor_of(row: list[object]) -> tuple[str, int, int]:
    """A feed, its epoch, and the highest number taken in."""
    match row:
        case [str(feed), int(epoch), int(no)] if is_count(epoch) and is_count(no):
            return feed, epoch, no
    raise Unacceptable("bundle.hello")


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
    manifest: Callable[[Sequence[Frame]], bytes] | None = None,
    blobs: Iterable[Frame] | None = None,
    schema: int = SCHEMA,
) -> bytes:
    """The payload of a down bundle for a reader of a schema: feed ranges, entries by desk, receipt, notices.

    `manifest` signs for the segments of a part of a snapshot; `blobs` are frames about recordings and scans, None from
    a center that keeps none.
    """
    hello: dict[str, object] = {"program": PROGRAM, "feeds": [[f.feed, f.epoch, f.after, f.upto] for f in feeds]}
    hello |= {} if blobs is None else {"takes": [PIECES]}
    frames: list[Frame] = [(FrameType.HELLO, encode(hello))]
    if certs is not None:
        frames.append((FrameType.CERTS, certs))
    ordered = sorted(entries, key=lambda entry: (entry.desk, entry.n))
    for _, group in groupby(ordered, key=lambda entry: entry.desk):
        frames += segments(list(group), schema=schema)
    if receipt is not None:
        frames.append((FrameType.RECEIPT, receipt))
    if manifest is not None:
        frames.append((FrameType.SNAPSHOT, manifest([each for each in frames if each[0] == FrameType.SEGMENT])))
    frames += [(FrameType.NOTICE, notice) for notice in notices]
    return write_frames([*frames, *(blobs or ())])


@dataclass(frozen=True, slots=True)
class Downward:
    """A read down payload; `takes` is what the center can take beyond entries."""

    entries: tuple[Entry, ...]
    feeds: tuple[FeedRange, ...]
    receipt: bytes | None
    certs: bytes | None
    notices: tuple[Mapping[str, object], ...]
    takes: tuple[str, ...] = ()


def read_downward(frames: Sequence[Frame]) -> Downward:
    """The content of a down bundle; raises Unacceptable `bundle.hello`, `bundle.segment`, `entry.*`."""
    by_type: dict[int, list[bytes]] = {}
    for kind, data in frames:
        by_type.setdefault(kind, []).append(data)
    hello = decode_object(by_type[FrameType.HELLO][0])
    listed = rows(hello.get("feeds"), code="bundle.hello", limit=MAX_FEEDS)
    parts = [part for part in read_parts(frames) if isinstance(part, Segment)]
    return Downward(
        entries=tuple(entry for part in parts for entry in part.entries),
        feeds=tuple(range_of(row) for row in listed),
        receipt=by_type.get(FrameType.RECEIPT, [None])[-1],
        certs=by_type.get(FrameType.CERTS, [None])[-1],
        notices=tuple(decode_object(data) for data in by_type.get(FrameType.NOTICE, [])),
        takes=words(hello.get("takes", [])),
    )


def range_of(row: list[object]) -> FeedRange:
    """Which numbers of a feed are answered."""
    match row:
        case [str(feed), int(epoch), int(after), int(upto)] if all(map(is_count, row[1:])) and after <= upto:
            return FeedRange(feed, epoch, after, upto)
    raise Unacceptable("bundle.hello")
