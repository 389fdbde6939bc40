"""The Journal port on the county's database: the same promises as a vault or a list (sync-design 18).

Laptops come in by `absorb`, which decides by the head of their chain. This door takes entries of any desk in any
order, as a rescue, the simulator and the port's test suite need it; both keep the same tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Final

from sqlalchemy import select, update

from mediator.errors import Unacceptable
from mediator.journal.entry import NO_HASH, DeskId, Entry, EntryId, StreamId
from mediator.journal.fold import StreamLog
from mediator.journal.port import Absorbed
from sync.center import doomed
from sync.center.chain import lock_desk
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.rows import SHIPPED, entry_of, known_hashes
from sync.center.tables import DESK, ENTRY, WITHHELD

GUEST: Final = "guest"
STEP: Final = 500


class Keeper:
    """See the module."""

    __slots__ = ("_center",)

    def __init__(self, center: Center) -> None:
        """Keep entries in this center's database."""
        self._center = center

    def top(self, desk: DeskId) -> tuple[int, str]:
        """Highest counter held without a hole and its hash; withheld ranges count as declared."""
        with self._center.database.reading() as scope:
            row = scope.one(select(DESK.c.head_n, DESK.c.head_hash).where(DESK.c.desk == desk))
        return (row.head_n, row.head_hash) if row else (0, NO_HASH)

    def since(self, desk: DeskId, after: int, limit: int) -> Sequence[Entry]:
        """Up to `limit` entries of a desk above `after`, ascending."""
        run = select(*SHIPPED).where(ENTRY.c.desk == desk, ENTRY.c.n > after).order_by(ENTRY.c.n).limit(limit)
        with self._center.database.reading() as scope:
            return [entry_of(row, self._center) for row in scope.rows(run)]

    def stream(self, stream: StreamId) -> Sequence[Entry]:
        """All entries of a stream."""
        with self._center.database.reading() as scope:
            return stream_entries(self._center, scope, stream)

    def absorb(self, entries: Sequence[Entry]) -> Absorbed:
        """Take entries in, all or nothing; raises Unacceptable `entry.fork`."""
        return self._center.database.write(lambda scope: self._absorb(scope, entries))

    def _absorb(self, scope: Scope, entries: Sequence[Entry]) -> Absorbed:
        fresh: dict[EntryId, Entry] = {}
        for desk, group in groupby(sorted(entries, key=lambda entry: entry.id), key=lambda entry: entry.desk):
            fresh |= self._absorb_desk(scope, desk, list(group))
        streams = frozenset(entry.stream for entry in fresh.values())
        waiting, aside = 0, []
        for stream in streams:
            log = StreamLog()
            log.add(stream_entries(self._center, scope, stream))
            waiting += log.waiting
            aside += [row for row in log.state.set_aside if (row[0], row[1]) in fresh]
        return Absorbed(len(fresh), len(entries) - len(fresh), waiting, tuple(aside), streams)

    def _absorb_desk(self, scope: Scope, desk: DeskId, entries: Sequence[Entry]) -> dict[EntryId, Entry]:
        """New entries of one desk, kept; its head goes on as far as there is no hole."""
        scope.add_if_absent(DESK, [guest(desk)])
        row = lock_desk(scope, desk)
        assert row is not None
        held = known_hashes(scope, desk, entries[0].n, entries[-1].n)
        fresh: dict[EntryId, Entry] = {}
        for entry in entries:
            other = fresh.get(entry.id)
            if held.get(entry.n, entry.hash) != entry.hash or (other and other.hash != entry.hash):
                raise Unacceptable("entry.fork", where=f"{desk}:{entry.n}")
            if entry.n not in held:
                fresh[entry.id] = entry
        doomed.keep(self._center, scope, list(fresh.values()))
        n, digest = reached(scope, desk, (row.head_n, row.head_hash))
        scope.change(update(DESK).where(DESK.c.desk == desk).values(head_n=n, head_hash=digest))
        return fresh


def guest(desk: DeskId) -> dict[str, object]:
    """The row of a desk that is held but not enrolled."""
    return {
        "desk": desk, "township": "", "room": "", "seat": "", "sign": "", "seal": "", "label": "", "state": GUEST,
        "compared": 0, "head_n": 0, "head_hash": NO_HASH, "down_no": 0, "counted_n": 0, "last_seen": 0,
        "told_until": 0, "enrolled_at": 0,
    }  # fmt: skip


def reached(scope: Scope, desk: DeskId, head: tuple[int, str]) -> tuple[int, str]:
    """How far the chain goes without a hole, withheld ranges counted as declared."""
    ranges = {row.first: row for row in scope.rows(select(WITHHELD).where(WITHHELD.c.desk == desk))}
    while True:
        start = head
        known = known_hashes(scope, desk, head[0] + 1, head[0] + STEP)
        while head[0] + 1 in known:
            head = (head[0] + 1, known[head[0] + 1])
        if head[0] + 1 in ranges:
            head = (ranges[head[0] + 1].last, ranges[head[0] + 1].hash)
        if head == start:
            return head


def stream_entries(center: Center, scope: Scope, stream: StreamId) -> list[Entry]:
    """All entries of a stream; raises Unacceptable when a row was changed."""
    return [entry_of(row, center) for row in scope.rows(select(*SHIPPED).where(ENTRY.c.stream == stream))]
