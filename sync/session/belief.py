"""What a laptop believes of its center: whose word it is, and that nothing it holds goes back by it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from mediator.errors import NoAccess, Unacceptable
from mediator.journal.canonical import decode_object
from mediator.journal.entry import DeskId, Entry
from mediator.journal.port import Journal
from sync.session.packing import NOTHING, FeedRange, Point
from sync.session.ports import Carrier, Sealer, Shelf
from sync.wire.bundle import BundleHeader
from sync.wire.cards import CenterCard, Membership, card_bytes
from sync.wire.ids import key_id
from sync.wire.receipt import Receipt
from sync.wire.slip import read_either
from sync.wire.succession import by_any, follow

# A stick may be on its way for so long: what was signed before the keys changed is read until then.
SLOWEST_STICK: Final = 400 * 24 * 3600 * 1000
HOLDING: Final = frozenset({"entry.fork", "receipt.chain", "desk.revoked"})


@dataclass
class Belief:
    """A vault, its place in a county and the road between."""

    journal: Journal
    shelf: Shelf
    sealer: Sealer
    carrier: Carrier
    desk: DeskId
    now: Callable[[], int]
    membership: Membership

    @property
    def card(self) -> CenterCard:
        """The center."""
        return self.membership.card

    def _newest(self) -> Receipt | None:
        kept = self.shelf.receipt()
        return receipt_of(kept, self.membership, self.sealer) if kept else None

    def base(self) -> Point:
        """The counter up to which the center has confirmed our entries, and the hash there."""
        newest = self._newest()
        return (newest.n, newest.h) if newest else NOTHING

    def life(self) -> int:
        """The center's epoch of our newest receipt, 0 before the first."""
        newest = self._newest()
        return newest.ce if newest else 0

    def _heed(self, notices: Iterable[Mapping[str, object]]) -> None:
        """What the center refused on a road without answers: raises NoAccess `desk.revoked`, Unacceptable `entry.fork`.

        A twin of this vault has the same name: the word counts only when it is about a history that is ours.
        """
        for said in notices:
            match said:
                case {"code": str(code), "n": int(n), "h": str(digest)} if code in HOLDING:
                    if n and (n, digest) == self._own_point(n):
                        raise NoAccess(code) if code.startswith("desk.") else Unacceptable(code)

    def _sender(self, header: BundleHeader) -> bytes:
        if header.center != self.card.center or header.dir != "down" or header.desk != self.desk:
            raise Unacceptable("bundle.foreign")
        heard = (bytes.fromhex(key) for key, since in self.membership.former if self.now() - since <= SLOWEST_STICK)
        named = {key_id(key): key for key in (bytes.fromhex(self.card.sign), *heard)}
        if header.key not in named:
            raise Unacceptable("bundle.sender")
        return named[header.key]

    def _follow(self, certs: bytes) -> None:
        """The center's keys changed: the next ones count, as far as a key that we know vouches for them."""
        told = decode_object(certs).get("keys", [])
        cards = follow(self.card, told if isinstance(told, list) else [], self.sealer)
        if cards:
            self.membership = self.membership.succeeded(cards, self.now())
            self.shelf.keep_card(card_bytes(self.membership))

    def _forward(self, feeds: tuple[FeedRange, ...]) -> dict[str, tuple[int, int]]:
        """Cursors after this bundle: never back, not to an older epoch either; one that starts beyond ours waits."""
        have, moved = self.shelf.cursors(), {}
        for each in feeds:
            epoch, no = have.get(each.feed, (0, 0))
            start = no if each.epoch == epoch else 0
            if each.epoch >= epoch and each.after <= start < each.upto:
                moved[each.feed] = (each.epoch, each.upto)
        return moved

    def _own_checked(self, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """Entries of our own desk may come back only as what we hold; all others are the center's word."""
        own_top = self.journal.top(self.desk)[0]
        if any(entry.desk == self.desk and entry.n > own_top for entry in entries):
            raise Unacceptable("entry.fork")
        return entries

    def _newer(self, data: bytes) -> Receipt | None:
        """The receipt when it says more than ours; they never go back but by a signed higher epoch of the center."""
        receipt, newest = self._believed(data), self._newest()
        return receipt if newest is None or receipt.rank > newest.rank else None

    def _believed(self, data: bytes) -> Receipt:
        """A receipt of our center for our desk, true to our own chain; raises Unacceptable `receipt.*`."""
        receipt = receipt_of(data, self.membership, self.sealer)
        if receipt.desk != self.desk or receipt.center != self.card.center:
            raise Unacceptable("receipt.foreign")
        if (receipt.n, receipt.h) != self._own_point(receipt.n):
            raise Unacceptable("receipt.chain")
        return receipt

    def _own_point(self, n: int) -> Point:
        """Our own entry at a counter, or the next one we hold."""
        found = self.journal.since(self.desk, n - 1, 1) if n else ()
        return (found[0].n, found[0].hash) if found else NOTHING


def receipt_of(data: bytes, membership: Membership, sealer: Sealer) -> Receipt:
    """A receipt of this center, under whichever of its keys it was given; raises Unacceptable `receipt.*`."""
    return by_any(membership.keys, lambda key: read_either(data, key, sealer))


def newly_aside(receipt: Receipt | None, before: int) -> int:
    """How many entries above a counter the center says it has set aside."""
    return sum(n > before for n, _ in receipt.set_aside) if receipt else 0
