"""Taking a laptop out of the county (T53): lost, stolen, or no longer in use.

The list is the table `revoked`, numbered; its number stands in every receipt, and each revocation is an entry in the
county's feed, so that every laptop hears of it with its next answer. What the laptop sent before stays; what it sends
later is put aside whole, for a person.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, or_, select, update

from mediator.errors import RefusedByRule
from mediator.journal.canonical import encode
from mediator.journal.streams import county_stream, desk_stream
from sync.center.chain import lock_desk, say
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.feeds import COUNTY_FEED
from sync.center.judging import ENROLLED, REVOKED_STATE
from sync.center.numbers import close_blocks
from sync.center.receipts import list_number
from sync.center.tables import DESK, REVOKED
from sync.wire.cards import signed


def revoke(center: Center, ref: str, *, who: str) -> int:
    """Revoke a desk by its id or seat; the list's number. Raises RefusedByRule `desk.unknown` when none is in use.

    Its numbers that nobody has used are closed, so that the gap has an explanation.
    """

    def work(scope: Scope) -> int:
        lock_desk(scope, center.desk)  # numbers of the list are given one at a time
        desk = scope.locked(select(DESK).where(or_(DESK.c.desk == ref, DESK.c.seat == ref), DESK.c.state == ENROLLED))
        if desk is None:
            raise RefusedByRule("desk.unknown")
        no = list_number(scope) + 1
        scope.add(REVOKED, [{"desk": desk.desk, "no": no, "n": desk.head_n, "by": who, "at": center.now()}])
        scope.change(update(DESK).where(DESK.c.desk == desk.desk).values(state=REVOKED_STATE))
        tell(center, scope, desk, no, who=who)
        return no

    return center.database.write(work)


def revocation_list(center: Center) -> tuple[int, bytes]:
    """The list with its number, signed by the key of the center's card: ids of desks, nothing else of them."""
    with center.database.reading() as scope:
        desks = [row.desk for row in scope.rows(select(REVOKED.c.desk).order_by(REVOKED.c.desk))]
        no = list_number(scope)
    listed = {"center": center.card.center, "ce": center.card.epoch, "no": no, "desks": desks}
    return no, encode(signed(listed, center.sealer))


def tell(center: Center, scope: Scope, desk: Row[Any], no: int, *, who: str) -> None:
    """The entries of a revocation: for every laptop, for the ledger of numbers, for the center's own log."""
    county = county_stream(center.county)
    body = {"desk": desk.desk, "seat": desk.seat, "no": no}
    say(center, scope, county, "desk.revoked", body, feeds=[COUNTY_FEED])
    close_blocks(center, scope, desk.desk, stream=county, feed=COUNTY_FEED)
    noted = {"login": who, "desk": desk.desk}
    say(center, scope, desk_stream(center.desk), "audit.desk_revoked", noted, feeds=[])
