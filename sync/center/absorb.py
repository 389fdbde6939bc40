"""Taking a laptop's bundle in: one transaction in one order (sync-design 13, "Absorb").

Signatures, decompression and decoding lie behind us when this begins. Inside: lock the desk's row, decide by its
head, insert, mark cases, write the receipt, move the head, and last of all the feed numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, select, update

from mediator.errors import MediatorError, NoAccess, Unacceptable
from mediator.journal.entry import DeskId, Entry, StreamId
from sync.center.chain import lock_desk
from sync.center.claiming import claim_begun
from sync.center.county import Center
from sync.center.custody import routes, together
from sync.center.database import Scope
from sync.center.feeds import number_in
from sync.center.judging import ENROLLED, STANDINGS, above, place_of, take
from sync.center.receipts import issue, newest
from sync.center.rescuing import take_rescued
from sync.center.rows import known_hashes
from sync.center.tables import DESK, QUARANTINE, WITHHELD
from sync.session.county import UpBundle, check_joins
from sync.session.rescue import Notice

KEPT_ASIDE: Final = 8
FOR_A_PERSON: Final = frozenset({"entry.fork", "desk.revoked"})


@dataclass(frozen=True, slots=True)
class Taken:
    """What one bundle did; `streams` are cases to fold, `down_no` numbers the answer, `told` answers a rescue."""

    new: int
    known: int
    set_aside: tuple[tuple[int, str], ...]
    receipt: bytes
    streams: frozenset[StreamId]
    down_no: int
    told: tuple[Notice, ...] = ()


def anybody(_scope: Scope) -> None:
    """Nothing to be checked first."""


def absorb(center: Center, up: UpBundle, data: bytes, *, first: Callable[[Scope], None] = anybody) -> Taken:
    """Take a bundle in, or nothing of it; `first` may refuse inside the transaction.

    Raises RefusedByRule `bundle.gap`, NoAccess `desk.revoked`, Unacceptable `bundle.sender`, `entry.fork`; a fork's
    bundle and a revoked desk's are kept aside whole, for a person.
    """
    try:
        return center.database.write(lambda scope: _absorb(center, scope, up, first))
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


def _absorb(center: Center, scope: Scope, up: UpBundle, first: Callable[[Scope], None]) -> Taken:
    first(scope)
    return take_in(center, scope, up, check_standing(lock_desk(scope, up.desk)))


def take_in(center: Center, scope: Scope, up: UpBundle, desk: Row[Any]) -> Taken:
    """The transaction itself, for a desk whose locked row it is; whether it may send is the caller's to know."""
    head = (desk.head_n, desk.head_hash)
    check_joins(up.hello, head=head)
    fresh, known = sort_out(scope, up, head=head)
    handed = take_rescued(center, scope, desk, up.rescued)
    own = take(center, scope, desk, fresh)
    scope.add(WITHHELD, above(up.withheld, head[0]))
    top = max(head, (up.hello.top, up.hello.top_hash))
    receipt = newest(center, scope, up.desk) if top == head else None
    receipt = receipt or issue(center, scope, up.desk, bundle=up.header.bundle, head=top)
    now = center.now()
    told = max(desk.told_until, min(up.header.made, now))  # a stick is read days after it was written
    seen = {"head_n": top[0], "head_hash": top[1], "down_no": desk.down_no + 1, "last_seen": now, "told_until": told}
    scope.change(update(DESK).where(DESK.c.desk == up.desk).values(**seen))
    routed = together(handed.routed, routes(scope, own.shared, by=place_of(desk)))
    number_in(scope, center.card.epoch, routed)
    for step in handed.later:
        step()
    claim_begun(center, scope, desk, own.shared)
    streams = handed.streams | own.streams
    return Taken(len(fresh), known, tuple(sorted(own.codes.items())), receipt, streams, desk.down_no + 1, handed.told)


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
