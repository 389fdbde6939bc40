"""Where a vault stands with its county: its place, what is confirmed, what waits. Asks nobody."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from mediator.casework.county import Enrolled, PastExchange
from mediator.casework.desk import BEIJING
from mediator.casework.reading import RowQuery
from mediator.journal.reach import may_leave

if TYPE_CHECKING:
    from mediator.store.shelf import ExchangeRow
    from mediator.store.vault import Vault
    from sync.wire.cards import Membership

WINDOW: Final = 2000


def membership_of(vault: Vault) -> Membership | None:
    """The vault's county, None before enrollment."""
    from sync.wire.cards import read_membership

    card = vault.shelf.card()
    return read_membership(card) if card else None


def settle_in(vault: Vault, membership: Membership) -> Enrolled:
    """Remember the county, and what it says about our place: the seat and the room's short name, for numbers."""
    from sync.session.exchange import keep_membership

    keep_membership(vault.shelf, membership)
    vault.keep_setting("seat", membership.certificate.seat)
    vault.keep_setting("room_short", membership.certificate.room)
    return Enrolled(vault.desk, membership.card.name, "enrolled")


def receipted(vault: Vault, membership: Membership) -> int:
    """The counter up to which the center has confirmed this desk's entries."""
    from sync.session.belief import receipt_of

    newest = vault.shelf.receipt()
    return receipt_of(newest, membership, vault.sealer()).n if newest else 0


def waiting_to_leave(vault: Vault, base: int) -> int:
    """Entries after `base` that may go to the county; private and room entries never wait."""
    count = 0
    while run := vault.since(vault.desk, base, WINDOW):
        count += sum(may_leave(entry.reach, sealed=bool(entry.head.s)) for entry in run)
        base = run[-1].n
    return count


def open_conflicts(vault: Vault) -> int:
    """Fields in this vault that wait for a person's choice."""
    total, offset = 0, 0
    while rows := vault.rows(RowQuery(offset=offset, limit=WINDOW)):
        total += sum(row.conflicts for row in rows)
        offset += len(rows)
    return total


def past(row: ExchangeRow) -> PastExchange:
    """A line of the history."""
    return PastExchange(
        datetime.fromtimestamp(row.at / 1000, UTC).astimezone(BEIJING), row.road, row.sent, row.received, row.code
    )
