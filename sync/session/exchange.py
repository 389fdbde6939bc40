"""One exchange of a laptop with its center over any road: the driver of `laptop.step`."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from mediator.errors import MediatorError, NoAccess, Unacceptable
from mediator.journal.entry import NO_HASH, DeskId, Entry
from mediator.journal.port import Absorbed, Journal, Outgoing
from sync.session import laptop
from sync.session.laptop import Command, Event, Phase
from sync.session.packing import FeedRange, read_downward, upward
from sync.session.ports import Answer, Carrier, Sealer, Shelf
from sync.wire.bundle import Address, BundleHeader, open_bundle, pack
from sync.wire.cards import CenterCard, Membership, card_bytes, read_membership
from sync.wire.frames import read_frames
from sync.wire.ids import key_id
from sync.wire.receipt import Receipt, read_receipt

EPOCH_SHIFT = 40


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What one exchange did. `sent` and `received` count entries, `bytes` what was offered, `code` why it ended."""

    sent: int = 0
    received: int = 0
    receipts: int = 0
    conflicts: int = 0
    pending: int = 0
    bytes: int = 0
    code: str = ""
    faults: tuple[str, ...] = ()
    absorbed: tuple[Absorbed, ...] = ()


@dataclass
class Exchange:
    """Everything one exchange holds; made anew each time, so nothing leaks from one to the next."""

    journal: Journal
    shelf: Shelf
    sealer: Sealer
    carrier: Carrier
    desk: DeskId
    now: Callable[[], int]
    membership: Membership
    offered: Outgoing | None = None
    leaving: int = 0
    inbox: list[bytes] = field(default_factory=list)
    result: Exchanged = field(default_factory=Exchanged)
    done_up_to: int = 0

    @property
    def card(self) -> CenterCard:
        """The center."""
        return self.membership.card

    def run(self) -> Exchanged:
        """Drive the machine to rest; errors of the world and of bundles end it with their code, nothing half done."""
        state, commands = laptop.step(laptop.State(), Event.START)
        while commands:
            event, code = Event.FAILED, ""
            for command in commands:
                if command is Command.REPORT:
                    return self._finished(state)
                event, code = self._do(command)
            state, commands = laptop.step(state, event, code=code)
        return self._finished(state)

    def _do(self, command: Command) -> tuple[Event, str]:
        try:
            return _DEEDS[command](self), ""
        except MediatorError as error:
            if error.code in ("entry.fork", "desk.revoked"):
                return Event.FORKED, error.code
            return Event.FAILED, error.code

    def _finished(self, state: laptop.State) -> Exchanged:
        base = self._base()[0]
        pending = self.journal.top(self.desk)[0] - base
        code = state.code or (self.result.faults[0] if self.result.faults else "")
        return replace(self.result, pending=pending, code=code)

    # -- commands ----------------------------------------------------------------------------------------------------

    def fetch(self) -> Event:
        """Look what lies there already."""
        return self._take(self.carrier.fetch(), Event.FETCHED_NOTHING, Event.FETCHED)

    def _take(self, answer: Answer, nothing: Event, something: Event) -> Event:
        if answer.code == "bundle.gap":
            self.done_up_to = answer.have or 0
            return Event.GAP
        if answer.code:
            raise NoAccess(answer.code) if answer.code.startswith("desk.") else Unacceptable(answer.code)
        self.inbox = list(answer.down)
        return something if self.inbox else nothing

    def cut(self) -> Event:
        """Freeze everything after the newest receipt, or take up the bundle that is frozen for the same base."""
        base = self._base()
        waiting = self.shelf.outgoing()
        top = self.journal.top(self.desk)
        if waiting and waiting.base == base[0] and (waiting.top == top[0] or self.carrier.name != "stick"):
            self.offered, self.leaving = waiting, waiting.top - waiting.base
            return Event.CUT
        packed = upward(self.journal, self.desk, base=base, cursors=self.shelf.cursors(), wall=self.now())
        no = self.shelf.next_no()
        address = Address(
            center=self.card.center, county=self.card.county, dir="up", desk=self.desk,
            to=(bytes.fromhex(self.card.seal),), no=no, made=self.now(), bundle=secrets.token_hex(16),
        )  # fmt: skip
        data = pack(address, packed.payload, self.sealer)
        self.offered = Outgoing(address.bundle, no, base[0], packed.top, packed.top_hash, data)
        self.leaving = packed.sent
        if packed.top > base[0]:
            self.shelf.freeze(self.offered)
        return Event.CUT

    def offer(self) -> Event:
        """Hand the bundle to the road."""
        assert self.offered is not None
        answer = self.carrier.offer(self.offered)
        size = len(self.offered.data)
        self.result = replace(
            self.result, bytes=self.result.bytes + size, sent=self.result.sent + (0 if answer.code else self.leaving)
        )
        return self._take(answer, Event.WRITTEN, Event.ANSWERED)

    def absorb(self) -> Event:
        """Take in every down bundle; a bad one is named and skipped, the others go on."""
        for data in self.inbox:
            try:
                self._absorb_one(data)
            except Unacceptable as error:
                self.result = replace(self.result, faults=(*self.result.faults, error.code))
        self.inbox = []
        more = self.journal.top(self.desk)[0] > self._base()[0]
        progressed = self.offered is not None and self._base()[0] >= self.offered.top
        return Event.ABSORBED_MORE_TO_SEND if more and progressed else Event.ABSORBED

    def rewind(self) -> Event:
        """The center holds less than our receipt says: only a signed higher epoch may lower the base (row 23, 24)."""
        raise Unacceptable("center.rollback")

    # -- pieces ------------------------------------------------------------------------------------------------------

    def _base(self) -> tuple[int, str]:
        newest = self.shelf.receipt()
        if newest is None:
            return 0, NO_HASH
        receipt = read_receipt(newest, bytes.fromhex(self.card.sign), self.sealer)
        return receipt.n, receipt.h

    def _absorb_one(self, data: bytes) -> None:
        _, payload = open_bundle(data, sender=self._sender, sealer=self.sealer)
        down = read_downward(read_frames(payload))
        cursors = self._forward(down.feeds)
        receipt = self._believed(down.receipt) if down.receipt else None
        newest = receipt is not None and self._is_newer(receipt)
        waiting = self.shelf.outgoing()
        covers = bool(receipt and newest and waiting and waiting.top <= receipt.n)
        absorbed = self.shelf.settle(
            entries=self._own_checked(down.entries),
            cursors=cursors,
            receipt=down.receipt if newest else None,
            receipt_n=(receipt.ce << EPOCH_SHIFT | receipt.n) if receipt else 0,
            drop_outgoing=covers,
        )
        self.result = replace(
            self.result,
            received=self.result.received + absorbed.new,
            receipts=self.result.receipts + int(newest),
            absorbed=(*self.result.absorbed, absorbed),
        )
        self.carrier.absorbed(data, covered=self._base()[0])

    def _sender(self, header: BundleHeader) -> bytes:
        if header.center != self.card.center or header.dir != "down" or header.desk != self.desk:
            raise Unacceptable("bundle.foreign")
        public = bytes.fromhex(self.card.sign)
        if header.key != key_id(public):
            raise Unacceptable("bundle.sender")
        return public

    def _forward(self, feeds: tuple[FeedRange, ...]) -> dict[str, tuple[int, int]]:
        """Cursors after this bundle: never back, and a bundle that starts beyond ours moves nothing."""
        have, moved = self.shelf.cursors(), {}
        for each in feeds:
            epoch, no = have.get(each.feed, (0, 0))
            start = no if each.epoch == epoch else 0
            if each.after <= start < each.upto:
                moved[each.feed] = (each.epoch, each.upto)
        return moved

    def _own_checked(self, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """Entries of our own desk may come back only as what we hold; all others are the center's word."""
        own_top = self.journal.top(self.desk)[0]
        if any(entry.desk == self.desk and entry.n > own_top for entry in entries):
            raise Unacceptable("entry.fork")
        return entries

    def _believed(self, data: bytes) -> Receipt:
        """A receipt of our center for our desk, true to our own chain; raises Unacceptable `receipt.*`."""
        receipt = read_receipt(data, bytes.fromhex(self.card.sign), self.sealer)
        if receipt.desk != self.desk or receipt.center != self.card.center:
            raise Unacceptable("receipt.foreign")
        found = self.journal.since(self.desk, receipt.n - 1, 1) if receipt.n else ()
        if receipt.n and (not found or found[0].n != receipt.n or found[0].hash != receipt.h):
            raise Unacceptable("receipt.chain")
        return receipt

    def _is_newer(self, receipt: Receipt) -> bool:
        """Receipts never go back but by a signed higher epoch of the center."""
        newest = self.shelf.receipt()
        if newest is None:
            return True
        old = read_receipt(newest, bytes.fromhex(self.card.sign), self.sealer)
        return (receipt.ce, receipt.n) > (old.ce, old.n)


_DEEDS: dict[Command, Callable[[Exchange], Event]] = {
    Command.FETCH: Exchange.fetch,
    Command.CUT: Exchange.cut,
    Command.OFFER: Exchange.offer,
    Command.ABSORB: Exchange.absorb,
    Command.REWIND: Exchange.rewind,
}


def exchange(
    journal: Journal, shelf: Shelf, sealer: Sealer, carrier: Carrier, *, desk: DeskId, now: Callable[[], int]
) -> Exchanged:
    """One exchange; raises NoAccess `sync.not_enrolled` before enrollment. `code` of the result says how it ended."""
    card = shelf.card()
    if card is None:
        raise NoAccess("sync.not_enrolled")
    return Exchange(journal, shelf, sealer, carrier, desk, now, read_membership(card)).run()


def keep_membership(shelf: Shelf, membership: Membership) -> None:
    """Remember the center and our place in it."""
    shelf.keep_card(card_bytes(membership))
    shelf.remember_enrolling(None)


__all__ = ["Exchange", "Exchanged", "Phase", "exchange", "keep_membership"]
