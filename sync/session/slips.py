"""A receipt that came as a slip, by a picture, a scanner or the hand: believed like any other, and counted like it."""

from __future__ import annotations

from dataclasses import dataclass

from mediator.errors import NoAccess, RefusedByRule
from mediator.journal.entry import DeskId
from mediator.journal.port import Journal, Outgoing
from sync.session.belief import Belief
from sync.session.ports import Answer, Sealer, Shelf
from sync.wire.cards import read_membership
from sync.wire.receipt import Receipt
from sync.wire.slip import bytes_of


@dataclass
class NoRoad:
    """A slip is paper: nothing lies there, nothing is sent."""

    name: str = "slip"

    def fetch(self) -> Answer:
        """Nothing."""
        return Answer()

    def offer(self, outgoing: Outgoing) -> Answer:  # noqa: ARG002  the port's signature
        """Nobody to send it to."""
        return Answer()

    def absorbed(self, down: bytes, *, covered: int) -> None:
        """Nothing to tidy up."""


class Paper(Belief):
    """A vault before a slip."""

    def count(self, text: str) -> Receipt:
        """Keep it as the receipt it is; what it covers no longer waits. Raises what `count_slip` raises."""
        data = bytes_of(text, center=self.card.center, desk=self.desk, hash_at=lambda n: self._own_point(n)[1])
        receipt, waiting = self._newer(data), self.shelf.outgoing()
        if receipt is None:
            raise RefusedByRule("slip.known", n=self.base()[0])
        self.shelf.settle(
            entries=(), cursors={}, receipt=data, receipt_n=receipt.rank,
            drop_outgoing=bool(waiting and waiting.top <= receipt.n),
        )  # fmt: skip
        return receipt


def count_slip(journal: Journal, shelf: Shelf, sealer: Sealer, *, desk: DeskId, text: str) -> Receipt:
    """Count a slip for this desk, in either form.

    Raises NoAccess `sync.not_enrolled`, Unacceptable `slip.*`, `receipt.*` for anything but our center's word on our
    own chain, RefusedByRule `slip.known` when it says no more than what was counted already.
    """
    card = shelf.card()
    if card is None:
        raise NoAccess("sync.not_enrolled")
    return Paper(journal, shelf, sealer, NoRoad(), desk, lambda: 0, read_membership(card)).count(text)
