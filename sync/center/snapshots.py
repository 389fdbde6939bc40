"""Snapshots for a new or replaced laptop (sync-design 12): planned in one transaction, cut part by part.

A part holds whole streams, the newest cases first, so that a laptop is useful after the first one and folds each case
once. It is sealed when somebody asks for it and then frozen, so that a download goes on where it broke off. What comes
in while parts are cut stands behind the snapshot's place in the feed and goes down by the feed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from sqlalchemy import Row, delete, func, select, update

from mediator.errors import RefusedByRule
from mediator.journal.entry import DeskId, EntryId
from sync.center.answering import Apart
from sync.center.county import Center
from sync.center.database import Scope, chunks
from sync.center.feeds import township_feed
from sync.center.rows import entries_by_id
from sync.center.sealing import sealed
from sync.center.tables import DESK, DOWNLOAD, DOWNLOAD_PIECE, ENTRY, FEED, FEED_HEAD
from sync.session import snapshot
from sync.session.county import UpBundle
from sync.session.packing import SNAPSHOT, downward
from sync.wire.bundle import read_cover
from sync.wire.frames import Frame, declared
from sync.wire.snapshot import MAX_PARTS, SnapshotPart, manifest_bytes

LIFE: Final = 7 * 24 * 3600 * 1000
SMALLEST: Final = 6 << 20
PART: Final = 8 << 20
MOST_ENTRIES: Final = 60_000
PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Share:
    """Streams of one part; of one that is too large alone, only what stands in the feed after `after` up to `upto`."""

    streams: tuple[str, ...]
    after: int
    upto: int


def by_ticket(center: Center, up: UpBundle) -> Apart:
    """What a new laptop fetches itself, part by part; nothing apart when its feed fits into one answer."""
    lacked = asked(center, up)
    return Apart([snapshot.notice(row.ticket) for row in lacked], frozenset(row.feed for row in lacked))


def by_file(center: Center, up: UpBundle) -> Apart:
    """What is written beside the answer (`all_parts`)."""
    return Apart(feeds=frozenset(row.feed for row in asked(center, up)))


def asked(center: Center, up: UpBundle) -> Sequence[Row[Any]]:
    """The parts that a sender lacks which takes a snapshot; what waited for one that has all is dropped."""
    if SNAPSHOT in up.hello.takes:
        return waiting(center, up.desk, cursors_of(up))
    with center.database.reading() as scope:
        done = bool(planned(scope, up.desk))
    if done:
        center.database.write(partial(forget, desk=up.desk))
    return []


def cursors_of(up: UpBundle) -> dict[str, tuple[int, int]]:
    """What the sender has read."""
    return {feed: (epoch, no) for feed, epoch, no in up.hello.have}


def waiting(center: Center, desk: DeskId, have: Mapping[str, tuple[int, int]]) -> Sequence[Row[Any]]:
    """The parts that a laptop lacks of the snapshot begun for it, or of one planned now."""

    def work(scope: Scope) -> Sequence[Row[Any]]:
        scope.locked(select(DESK.c.desk).where(DESK.c.desk == desk))
        sweep(scope, center.now())
        held = planned(scope, desk) or plan(center, scope, desk)
        return [row for row in held if row.part in snapshot.missing(have, row.snapshot, row.parts)]

    return center.database.write(work)


def planned(scope: Scope, desk: str) -> Sequence[Row[Any]]:
    """The parts of the snapshot that was begun for a desk."""
    return scope.rows(select(DOWNLOAD).where(DOWNLOAD.c.desk == desk).order_by(DOWNLOAD.c.part))


def sweep(scope: Scope, now: int) -> None:
    """Drop what nobody fetched for seven days."""
    for row in scope.rows(select(DOWNLOAD.c.desk).where(DOWNLOAD.c.made < now - LIFE).distinct()):
        forget(scope, desk=row.desk)


def forget(scope: Scope, *, desk: str) -> None:
    """Drop everything that waits for a desk."""
    for row in planned(scope, desk):
        scope.change(delete(DOWNLOAD_PIECE).where(DOWNLOAD_PIECE.c.ticket == row.ticket))
    scope.change(delete(DOWNLOAD).where(DOWNLOAD.c.desk == desk))


def plan(center: Center, scope: Scope, desk: DeskId) -> Sequence[Row[Any]]:
    """Write down which streams go into which part; nothing for a township whose feed is small."""
    own = scope.one(select(DESK.c.township).where(DESK.c.desk == desk))
    feed = township_feed(own.township) if own else ""
    head = scope.one(select(FEED_HEAD.c.no, FEED_HEAD.c.epoch).where(FEED_HEAD.c.feed == feed))
    if head is None:
        return []
    streams = weighed(scope, desk, feed)
    total = sum(row.size for row in streams)
    if total <= SMALLEST:
        return []
    shares = list(shared(scope, feed, streams, room=max(PART, total // (MAX_PARTS - 10)), upto=head.no))
    name, now = center.random(16).hex(), center.now()
    rows = [
        {
            "ticket": center.random(16).hex(), "desk": desk, "snapshot": name, "part": part, "parts": len(shares),
            "feed": feed, "epoch": head.epoch, "upto": head.no, "made": now, "length": 0,
            "share": json.dumps([share.streams, share.after, share.upto]),
        }
        for part, share in enumerate(shares, start=1)
    ]  # fmt: skip
    scope.add(DOWNLOAD, rows)
    return planned(scope, desk)


SIZE: Final = func.coalesce(func.length(ENTRY.c.sealed), 0) + func.length(ENTRY.c.head)
IN_FEED: Final = FEED.join(ENTRY, (FEED.c.desk == ENTRY.c.desk) & (FEED.c.n == ENTRY.c.n))


def weighed(scope: Scope, desk: DeskId, feed: str) -> Sequence[Row[Any]]:
    """Every stream of a feed with its bytes and entries, but for the desk's own; the newest first."""
    last = func.max(FEED.c.no)
    asked = select(ENTRY.c.stream, func.sum(SIZE).label("size"), func.count().label("entries"), last.label("last"))
    asked = asked.select_from(IN_FEED).where(FEED.c.feed == feed, FEED.c.desk != desk)
    return scope.rows(asked.group_by(ENTRY.c.stream).order_by(last.desc()))


def shared(scope: Scope, feed: str, streams: Sequence[Row[Any]], *, room: int, upto: int) -> Iterator[Share]:
    """Streams in turn into parts of at most `room` bytes; one that is larger alone is split along the feed."""
    held: list[str] = []
    size = entries = 0
    for row in streams:
        if held and (size + row.size > room or entries + row.entries > MOST_ENTRIES):
            yield Share(tuple(held), 0, upto)
            held, size, entries = [], 0, 0
        if row.size > 2 * room or row.entries > MOST_ENTRIES:
            yield from split(scope, feed, row.stream, room=room)
            continue
        held.append(row.stream)
        size, entries = size + row.size, entries + row.entries
    if held:
        yield Share(tuple(held), 0, upto)


def split(scope: Scope, feed: str, stream: str, *, room: int) -> Iterator[Share]:
    """One large stream, in runs of the feed."""
    asked = select(FEED.c.no, SIZE.label("size")).select_from(IN_FEED).where(FEED.c.feed == feed)
    rows = scope.rows(asked.where(ENTRY.c.stream == stream).order_by(FEED.c.no))
    after, size = rows[0].no - 1, 0
    for place, row in enumerate(rows, start=1):
        size += row.size
        if size > room or place % MOST_ENTRIES == 0 or place == len(rows):
            yield Share((stream,), after, row.no)
            after, size = row.no, 0


def length_of(center: Center, ticket: str) -> int:
    """Bytes of a part, which is cut now when nobody asked before; raises RefusedByRule `down.unknown`."""
    with center.database.reading() as scope:
        row = scope.one(select(DOWNLOAD).where(DOWNLOAD.c.ticket == ticket))
    if row is None or row.made < center.now() - LIFE:
        raise RefusedByRule("down.unknown")
    return row.length or freeze(center, row)


def freeze(center: Center, row: Row[Any]) -> int:
    """Cut, seal and keep a part, unless another request was quicker."""
    data = cut(center, row, no=center.database.write(partial(numbered, desk=row.desk)))

    def work(scope: Scope) -> int:
        held = scope.locked(select(DOWNLOAD.c.length).where(DOWNLOAD.c.ticket == row.ticket))
        if held is None:
            raise RefusedByRule("down.unknown")
        if held.length:
            return int(held.length)
        pieces = [
            {"ticket": row.ticket, "start": at, "bytes": data[at : at + PIECE]} for at in range(0, len(data), PIECE)
        ]
        scope.add(DOWNLOAD_PIECE, pieces)
        scope.change(update(DOWNLOAD).where(DOWNLOAD.c.ticket == row.ticket).values(length=len(data)))
        return len(data)

    return center.database.write(work)


def numbered(scope: Scope, *, desk: str) -> int:
    """The number of one more down bundle."""
    scope.change(update(DESK).where(DESK.c.desk == desk).values(down_no=DESK.c.down_no + 1))
    return int(scope.value(select(DESK.c.down_no).where(DESK.c.desk == desk)))


def cut(center: Center, row: Row[Any], *, no: int) -> bytes:
    """The sealed bundle of one part."""
    streams, after, upto = json.loads(row.share)
    with center.database.reading() as scope:
        seal = scope.value(select(DESK.c.seal).where(DESK.c.desk == row.desk))
        ids = [each for part in chunks(streams) for each in ids_of(scope, row, part, after=after, upto=upto)]
        entries = entries_by_id(scope, center, ids)

    def manifest(segments: Sequence[Frame]) -> bytes:
        said = SnapshotPart(
            center=center.card.center, epoch=row.epoch, desk=row.desk, snapshot=row.snapshot, part=row.part,
            parts=row.parts, feed=row.feed, upto=row.upto, streams=len(streams),
            entries=sum(declared(data) for _, data in segments), w=center.now(),
            segments=tuple(hashlib.sha256(data).hexdigest() for _, data in segments),
        )  # fmt: skip
        return manifest_bytes(said, center.sealer)

    payload = downward(entries=entries, feeds=(), receipt=None, manifest=manifest)
    return sealed(center, DeskId(row.desk), payload, seal=str(seal), no=no)


def ids_of(scope: Scope, row: Row[Any], streams: Sequence[str], *, after: int, upto: int) -> list[EntryId]:
    """The entries of some streams that stand in the feed within a range, but for the desk's own."""
    asked = select(FEED.c.desk, FEED.c.n).select_from(IN_FEED).where(FEED.c.feed == row.feed, FEED.c.desk != row.desk)
    asked = asked.where(FEED.c.no > after, FEED.c.no <= upto, ENTRY.c.stream.in_(streams)).order_by(FEED.c.no)
    return [(DeskId(each.desk), each.n) for each in scope.rows(asked)]


def read_piece(center: Center, ticket: str, start: int, end: int) -> bytes:
    """Bytes of a frozen part from `start` up to `end`."""
    piece = DOWNLOAD_PIECE
    with center.database.reading() as scope:
        held = select(piece.c.start, piece.c.bytes).where(piece.c.ticket == ticket, piece.c.start > start - PIECE)
        rows = scope.rows(held.where(piece.c.start < end).order_by(piece.c.start))
    return b"".join(bytes(row.bytes)[max(start - row.start, 0) : end - row.start] for row in rows)


def all_parts(center: Center, desk: DeskId, have: Mapping[str, tuple[int, int]]) -> Iterator[tuple[int, bytes]]:
    """Every part that a laptop lacks with the number of its bundle, one after another: for a stick."""
    for row in waiting(center, desk, have):
        length = length_of(center, row.ticket)
        data = read_piece(center, row.ticket, 0, length)
        yield read_cover(data).header.no, data
