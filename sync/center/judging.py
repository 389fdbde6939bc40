"""What becomes of an entry at the center: kept, set aside with its reason, its case marked, shown to its township."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, update

from mediator.journal.custody import Custody, Reader
from mediator.journal.entry import DeskId, Entry, StreamId
from mediator.journal.erasures import DECISIONS
from mediator.journal.kinds import rule_of
from mediator.journal.streams import TEMPLATES, county_stream, desk_stream, orders_stream, room_stream, township_stream
from sync.center import doomed
from sync.center.county import Center
from sync.center.custody import custodies
from sync.center.database import Scope, chunks
from sync.center.naming import note_named
from sync.center.tables import CASE_ROW
from sync.wire.frames import Withheld

ENROLLED: Final = "enrolled"
REVOKED_STATE: Final = "revoked"
RETIRED: Final = "retired"
STANDINGS: Final = frozenset({ENROLLED, REVOKED_STATE, RETIRED})
SCOPE: Final = "entry.scope"
# A case whose beginning has not come yet: a county that lost it hears first whoever comes first (`claiming`).
UNCLAIMED: Final = ""
NOT_READ: Final = frozenset({"entry.owner", SCOPE})


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept of one desk: why some were set aside, cases to fold, and what others may see."""

    codes: Mapping[int, str]
    streams: frozenset[StreamId]
    shared: tuple[Entry, ...]


def take(center: Center, scope: Scope, desk: Row[Any], fresh: Sequence[Entry]) -> Kept:
    """Keep new entries of a desk; the caller moves its head and puts `shared` into the feed."""
    codes = faults(scope, desk, fresh)
    readable = [entry for entry in fresh if codes.get(entry.n) not in NOT_READ]
    kept = doomed.keep(center, scope, fresh, codes)
    note_named(scope, (each for each in kept if not each.erased and codes.get(each.n) not in NOT_READ))
    streams = mark_cases(scope, desk, readable)
    shared = streams | {TEMPLATES, township_stream(desk.township)}
    return Kept(codes, streams, tuple(entry for entry in readable if entry.stream in shared))


def faults(scope: Scope, desk: Row[Any], entries: Sequence[Entry]) -> dict[int, str]:
    """Counter -> why an entry is set aside: not a laptop's to write, a case that its room never had, a bad body.

    The first two are never shown to other desks or folded; a bad body travels, for every reader judges it alike.
    """
    held = custodies(scope, {entry.stream for entry in entries})
    place, unheld = place_of(desk), Custody(desk.township)
    found: dict[int, str] = {}
    for entry in entries:
        rule = rule_of(entry.kind)
        if rule and rule.owner == "center":
            found[entry.n] = "entry.owner"
        elif not may_say(entry.kind, place, held.get(entry.stream, unheld)):
            found[entry.n] = SCOPE
        elif rule and is_open(entry) and entry.head.kv <= rule.version and (fault := rule.fault(entry.content())):
            found[entry.n] = fault
    return found


def is_open(entry: Entry) -> bool:
    """True for a body that the county can read: neither erased nor sealed with a township's key."""
    return not (entry.erased or entry.head.s)


def place_of(desk: Row[Any]) -> Reader:
    """Where a desk stands."""
    return Reader(desk.township, desk.room)


def may_write(place: Reader, of: Custody) -> bool:
    """True in a case of the own township, and in one that the room has or had: it may not have heard yet (row 53)."""
    return of.township in (UNCLAIMED, place.township) or place in of.rooms


def may_say(kind: str, place: Reader, of: Custody) -> bool:
    """True for what a room may write in a case; of its erasure its own township decides alone."""
    return place.township == of.township if kind in DECISIONS else may_write(place, of)


def mark_cases(scope: Scope, desk: Row[Any], entries: Sequence[Entry]) -> frozenset[StreamId]:
    """Case streams among the entries, each with a row that waits to be folded."""
    desk_id = DeskId(desk.desk)
    apart = {
        desk_stream(desk_id), room_stream(desk.township, desk.room), orders_stream(desk.room),
        county_stream(scope.county), TEMPLATES, township_stream(desk.township),
    }  # fmt: skip
    streams = sorted({entry.stream for entry in entries} - apart)
    begun = {entry.stream for entry in entries if not entry.marks and entry.desk == desk.desk}
    places = {stream: (desk.township, desk.room) if stream in begun else (UNCLAIMED, "") for stream in streams}
    scope.add_if_absent(CASE_ROW, [unfolded(stream, *places[stream]) for stream in streams])
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
