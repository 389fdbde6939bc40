"""Taking a laptop's bundle in: one transaction in one order (sync-design 13, "Absorb").

Signatures, decompression and decoding lie behind us when this begins. Inside: lock the desk's row, decide by its
head, insert, mark cases, write the receipt, move the head, and last of all the feed numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, select, update

from mediator.errors import MediatorError, NoAccess, Unacceptable
from mediator.journal.entry import DeskId, Entry, StreamId
from mediator.journal.kinds import rule_of
from mediator.journal.streams import county_stream, desk_stream, orders_stream, room_stream
from sync.center.chain import lock_desk
from sync.center.county import Center
from sync.center.database import Scope, chunks
from sync.center.feeds import number_in, township_feed
from sync.center.receipts import issue, newest
from sync.center.rows import known_hashes, row_of
from sync.center.tables import CASE_ROW, DESK, ENTRY, QUARANTINE, WITHHELD
from sync.session.county import UpBundle, check_joins
from sync.wire.frames import Withheld

ENROLLED: Final = "enrolled"
REVOKED_STATE: Final = "revoked"
RETIRED: Final = "retired"
STANDINGS: Final = frozenset({ENROLLED, REVOKED_STATE, RETIRED})
KEPT_ASIDE: Final = 8
FOR_A_PERSON: Final = frozenset({"entry.fork", "desk.revoked"})
NOT_READ: Final = frozenset({"entry.owner", "entry.scope"})


@dataclass(frozen=True, slots=True)
class Taken:
    """What one bundle did; `streams` are cases to fold, `down_no` numbers the answer."""

    new: int
    known: int
    set_aside: tuple[tuple[int, str], ...]
    receipt: bytes
    streams: frozenset[StreamId]
    down_no: int


def absorb(center: Center, up: UpBundle, data: bytes) -> Taken:
    """Take a bundle in, or nothing of it. Raises RefusedByRule `bundle.gap`, NoAccess `desk.revoked`, Unacceptable
    `bundle.sender`, `entry.fork`; a fork's bundle and a revoked desk's are kept aside whole, for a person.
    """
    try:
        return center.database.write(lambda scope: _absorb(center, scope, up))
    except MediatorError as error:
        code = error.code
        if code in FOR_A_PERSON:
            center.database.write(lambda scope: keep_aside(center, scope, up, data, code=code))
        raise


def keep_aside(center: Center, scope: Scope, up: UpBundle, data: bytes, *, code: str) -> None:
    """Put a whole bundle into quarantine; at most a few for each desk."""
    held = scope.rows(select(QUARANTINE.c.bundle).where(QUARANTINE.c.desk == up.desk))
    if len(held) < KEPT_ASIDE:
        row = {"bundle": up.header.bundle, "desk": up.desk, "code": code, "bytes": data, "arrived": center.now()}
        scope.add_if_absent(QUARANTINE, [row])


def _absorb(center: Center, scope: Scope, up: UpBundle) -> Taken:
    desk = check_standing(lock_desk(scope, up.desk))
    head = (desk.head_n, desk.head_hash)
    check_joins(up.hello, head=head)
    fresh, known = sort_out(scope, up, head=head)
    codes = faults(scope, desk, fresh)
    readable = [entry for entry in fresh if codes.get(entry.n) not in NOT_READ]
    scope.add(ENTRY, [row_of(entry, center, code=codes.get(entry.n, "")) for entry in fresh])
    scope.add(WITHHELD, above(up.withheld, head[0]))
    streams = mark_cases(scope, desk, readable)
    top = max(head, (up.hello.top, up.hello.top_hash))
    receipt = newest(center, scope, up.desk) if top == head else None
    receipt = receipt or issue(center, scope, up.desk, bundle=up.header.bundle, head=top)
    seen = {"head_n": top[0], "head_hash": top[1], "down_no": desk.down_no + 1, "last_seen": center.now()}
    scope.change(update(DESK).where(DESK.c.desk == up.desk).values(**seen))
    shared = [entry.id for entry in readable if entry.stream in streams]
    number_in(scope, center.card.epoch, {township_feed(desk.township): shared})
    return Taken(len(fresh), known, tuple(sorted(codes.items())), receipt, streams, desk.down_no + 1)


def check_standing(desk: Row[Any] | None) -> Row[Any]:
    """The row of an enrolled desk; raises Unacceptable `bundle.sender`, NoAccess `desk.revoked` (retired ones too)."""
    if desk is None or desk.state not in STANDINGS:
        raise Unacceptable("bundle.sender")
    if desk.state != ENROLLED:
        raise NoAccess("desk.revoked")
    return desk


def sort_out(scope: Scope, up: UpBundle, *, head: tuple[int, str]) -> tuple[list[Entry], int]:
    """New entries and the count of known ones; raises Unacceptable `entry.fork` for a second history."""
    first, last = up.hello.base, up.hello.top
    held = known_hashes(scope, up.desk, first, last)
    pinned = withheld_hashes(scope, up.desk, first, last) | held | {head[0]: head[1]}
    claims = [(first, up.hello.base_hash), (last, up.hello.top_hash)]
    claims += [(entry.n, entry.hash) for entry in up.entries]
    claims += [(part.last, part.last_hash) for part in up.withheld]
    for n, digest in claims:
        if pinned.get(n, digest) != digest:
            raise Unacceptable("entry.fork", where=f"{up.desk}:{n}")
    fresh = [entry for entry in up.entries if entry.n not in held]
    return fresh, len(up.entries) - len(fresh)


def withheld_hashes(scope: Scope, desk: DeskId, first: int, last: int) -> dict[int, str]:
    """Counter -> hash of the last entry of each range that stayed with the sender."""
    ranges = select(WITHHELD.c.last, WITHHELD.c.hash).where(WITHHELD.c.desk == desk)
    return {row.last: row.hash for row in scope.rows(ranges.where(WITHHELD.c.last >= first, WITHHELD.c.last <= last))}


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
        county_stream(scope.county),
    }  # fmt: skip
    streams = sorted({entry.stream for entry in entries} - apart)
    blank = {
        "township": desk.township, "room": desk.room, "status": "", "accepted_on": "", "signed_on": "", "due": "",
        "due_rule": "", "conflicts": 0, "waiting": 0, "folded": b"", "dirty": 1, "as_of": 0,
    }  # fmt: skip
    scope.add_if_absent(CASE_ROW, [{"case": stream, **blank} for stream in streams])
    for part in chunks(streams):
        scope.change(update(CASE_ROW).where(CASE_ROW.c.case.in_(part)).values(dirty=CASE_ROW.c.dirty + 1))
    return frozenset(streams)


def above(parts: Sequence[Withheld], head: int) -> list[dict[str, object]]:
    """Rows for what newly stays with the sender: ranges, or ends of ranges, above the head."""
    return [
        {"desk": part.desk, "first": max(part.first, head + 1), "last": part.last, "hash": part.last_hash}
        for part in parts
        if part.last > head
    ]
