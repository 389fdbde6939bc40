"""What becomes of an entry at the center: kept, set aside with its reason, its case marked, shown to its township."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, select, update

from mediator.journal.entry import DeskId, Entry, EntryId, StreamId
from mediator.journal.kinds import rule_of
from mediator.journal.streams import TEMPLATES, county_stream, desk_stream, orders_stream, room_stream
from sync.center.county import Center
from sync.center.database import Scope, chunks
from sync.center.rows import row_of
from sync.center.tables import CASE_ROW, ENTRY
from sync.wire.frames import Withheld

ENROLLED: Final = "enrolled"
REVOKED_STATE: Final = "revoked"
RETIRED: Final = "retired"
STANDINGS: Final = frozenset({ENROLLED, REVOKED_STATE, RETIRED})
NOT_READ: Final = frozenset({"entry.owner", "entry.scope"})


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept of one desk: why some were set aside, cases to fold, and what its township may see."""

    codes: Mapping[int, str]
    streams: frozenset[StreamId]
    shared: tuple[EntryId, ...]


def take(center: Center, scope: Scope, desk: Row[Any], fresh: Sequence[Entry]) -> Kept:
    """Keep new entries of a desk; the caller moves its head and puts `shared` into the feed."""
    codes = faults(scope, desk, fresh)
    readable = [entry for entry in fresh if codes.get(entry.n) not in NOT_READ]
    scope.add(ENTRY, [row_of(entry, center, code=codes.get(entry.n, "")) for entry in fresh])
    streams = mark_cases(scope, desk, readable)
    shared = streams | {TEMPLATES}
    return Kept(codes, streams, tuple(entry.id for entry in readable if entry.stream in shared))


def faults(scope: Scope, desk: Row[Any], entries: Sequence[Entry]) -> dict[int, str]:
    """Counter -> why an entry is set aside: not a laptop's to write, another township's case, or a bad body.

    The first two are never shown to other desks or folded; a bad body travels, for every reader judges it alike.
    """
    owners = townships(scope, {entry.stream for entry in entries})
    found: dict[int, str] = {}
    for entry in entries:
        rule = rule_of(entry.kind)
        if rule and rule.owner == "center":
            found[entry.n] = "entry.owner"
        elif owners.get(entry.stream, desk.township) != desk.township:
            found[entry.n] = "entry.scope"
        elif rule and not entry.erased and entry.head.kv <= rule.version and (fault := rule.fault(entry.content())):
            found[entry.n] = fault
    return found


def townships(scope: Scope, streams: set[StreamId]) -> dict[StreamId, str]:
    """The township of each case that is known already."""
    found: dict[StreamId, str] = {}
    for part in chunks(sorted(streams)):
        rows = scope.rows(select(CASE_ROW.c.case, CASE_ROW.c.township).where(CASE_ROW.c.case.in_(part)))
        found |= {StreamId(row.case): row.township for row in rows}
    return found


def mark_cases(scope: Scope, desk: Row[Any], entries: Sequence[Entry]) -> frozenset[StreamId]:
    """Case streams among the entries, each with a row that waits to be folded."""
    desk_id = DeskId(desk.desk)
    apart = {
        desk_stream(desk_id), room_stream(desk.township, desk.room), orders_stream(desk.room),
        county_stream(scope.county), TEMPLATES,
    }  # fmt: skip
    streams = sorted({entry.stream for entry in entries} - apart)
    scope.add_if_absent(CASE_ROW, [unfolded(stream, desk.township, desk.room) for stream in streams])
    for part in chunks(streams):
        scope.change(update(CASE_ROW).where(CASE_ROW.c.case.in_(part)).values(dirty=CASE_ROW.c.dirty + 1))
    return frozenset(streams)


def unfolded(case: StreamId, township: str, room: str) -> dict[str, object]:
    """The row of a case that nobody has folded yet."""
    return {
        "case": case, "township": township, "room": room, "status": "", "accepted_on": "", "signed_on": "", "due": "",
        "due_rule": "", "asked_from": "", "advice": 0, "orders": 0, "attended": 0, "conflicts": 0, "waiting": 0,
        "folded": b"", "dirty": 1, "as_of": 0,
    }  # fmt: skip


def above(parts: Sequence[Withheld], head: int) -> list[dict[str, object]]:
    """Rows for what newly stays with the sender: ranges, or ends of ranges, above the head."""
    return [
        {"desk": part.desk, "first": max(part.first, head + 1), "last": part.last, "hash": part.last_hash}
        for part in parts
        if part.last > head
    ]
