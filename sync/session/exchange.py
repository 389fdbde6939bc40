"""One exchange of a laptop with its center over any road: the driver of `laptop.step`."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, takewhile

from mediator.errors import MediatorError, NoAccess, Unacceptable
from mediator.journal.entry import DeskId, Entry
from mediator.journal.port import Absorbed, Journal, Outgoing
from sync.session import laptop, rescue, snapshot
from sync.session.laptop import Command, Event, Phase
from sync.session.packing import NOTHING, FeedRange, Point, asking, leaving, own_run, read_downward, upward
from sync.session.ports import Answer, Carrier, Sealer, Shelf
from sync.wire.bundle import Address, BundleHeader, open_bundle, pack, signature_hash
from sync.wire.cards import CenterCard, Membership, card_bytes, read_membership
from sync.wire.frames import read_frames
from sync.wire.ids import key_id
from sync.wire.receipt import Receipt, read_receipt

MORE = "feed.more"
UNKNOWN = "0" * 64
NOTHING_CAME = Answer()
HOLDING = frozenset({"entry.fork", "receipt.chain", "desk.revoked"})


@dataclass(frozen=True, slots=True)
class Damaged:
    """A bundle that was passed over: the name of its file, empty over a network, and what was wrong with it."""

    file: str
    code: str


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What one exchange did. `sent` and `received` count entries, `bytes` what was offered, `code` why it ended.

    `set_aside` counts entries that break a rule of their kind: newly found so here, or by the center in ours.
    """

    sent: int = 0
    received: int = 0
    receipts: int = 0
    conflicts: int = 0
    pending: int = 0
    bytes: int = 0
    code: str = ""
    faults: tuple[Damaged, ...] = ()
    foreign: int = 0
    set_aside: int = 0
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
    inbox: Answer = NOTHING_CAME
    more_waits: bool = False
    tickets: list[str] = field(default_factory=list)
    carried: Mapping[DeskId, int] = field(default_factory=dict)
    result: Exchanged = field(default_factory=Exchanged)

    @property
    def card(self) -> CenterCard:
        """The center."""
        return self.membership.card

    def run(self) -> Exchanged:
        """Drive the machine to rest; errors of the world and of bundles end it with their code, nothing half done."""
        state, command = laptop.step(laptop.State(), Event.START)
        while command and command is not Command.REPORT:
            event, code = self._do(command)
            state, command = laptop.step(state, event, code=code)
        return self._finished(state)

    def _do(self, command: Command) -> tuple[Event, str]:
        try:
            return _DEEDS[command](self), ""
        except MediatorError as error:
            return (Event.FORKED if error.code in HOLDING else Event.FAILED), error.code

    def _finished(self, state: laptop.State) -> Exchanged:
        base = self._base()[0]
        pending = self.journal.top(self.desk)[0] - base
        code = state.code or (self.result.faults[0].code if self.result.faults else "")
        return replace(self.result, pending=pending, code=code)

    # -- commands ----------------------------------------------------------------------------------------------------

    def fetch(self) -> Event:
        """Look what lies there already."""
        answer = self.carrier.fetch()
        self.result = replace(self.result, foreign=answer.foreign)
        return self._take(answer, Event.FETCHED_NOTHING, Event.FETCHED)

    def _take(self, answer: Answer, nothing: Event, something: Event) -> Event:
        if answer.code == "bundle.gap":
            return Event.GAP
        if answer.code:
            raise NoAccess(answer.code) if answer.code.startswith("desk.") else Unacceptable(answer.code)
        self.inbox = answer
        return something if answer.down else nothing

    def cut(self) -> Event:
        """Freeze everything after the newest receipt, or take up the bundle that is frozen for the same base."""
        base, waiting = self._base(), self.shelf.outgoing()
        self.carried = {}
        if waiting and self._still_goes(waiting, base):
            run = own_run(self.journal, self.desk, base[0])
            self.offered, self.leaving = waiting, leaving(takewhile(lambda entry: entry.n <= waiting.top, run))
        else:
            self._cut_anew(base, waiting)
        return Event.CUT

    def _still_goes(self, waiting: Outgoing, base: Point) -> bool:
        """A network takes the frozen bytes up again; a stick always holds everything there is."""
        whole = waiting.top == self.journal.top(self.desk)[0] and not self._owed()
        return waiting.base == base[0] and (whole or self.carrier.name != "stick")

    def _cut_anew(self, base: Point, waiting: Outgoing | None) -> None:
        owed = rescue.owed(self.journal, self.shelf.cursors())
        others = [frame for entries in owed.values() for frame in rescue.rescue_frames(entries)]
        packed = upward(
            self.journal, self.desk, base=base, cursors=self.shelf.cursors(), wall=self.now(), others=others
        )
        no = self.shelf.next_no()
        prev = signature_hash(waiting.data) if waiting and waiting.no == no - 1 else UNKNOWN
        self.offered = self._sealed(packed.payload, no, prev=prev, base=base[0], top=(packed.top, packed.top_hash))
        self.leaving = packed.sent + rescue.rescued_count(owed)
        self.carried = {desk: entries[0].n for desk, entries in owed.items()}
        if packed.top > base[0]:
            self.shelf.freeze(self.offered)

    def _sealed(self, payload: bytes, no: int, *, prev: str, base: int, top: Point) -> Outgoing:
        address = Address(
            center=self.card.center, county=self.card.county, dir="up", desk=self.desk,
            to=(bytes.fromhex(self.card.seal),), no=no, prev=prev, made=self.now(), bundle=secrets.token_hex(16),
        )  # fmt: skip
        return Outgoing(address.bundle, no, base, *top, pack(address, payload, self.sealer))

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
        """Take in every down bundle; a bad one is named and skipped, the others go on.

        Raises Unacceptable `entry.fork`, `receipt.chain` when one shows that our desk has another history, NoAccess
        `desk.revoked` when the center takes nothing more from us.
        """
        for data in chain(self.inbox.down, self._brought(self.inbox)):
            try:
                self._absorb_one(data)
            except Unacceptable as error:
                if error.code in HOLDING:
                    raise
                fault = Damaged(self.inbox.called(data), error.code)
                self.result = replace(self.result, faults=(*self.result.faults, fault))
        self.inbox = NOTHING_CAME
        return Event.ABSORBED_MORE if self._goes_on() else Event.ABSORBED

    def _brought(self, answer: Answer) -> Iterator[bytes]:
        """What waits under the tickets that came, one after another."""
        while self.tickets:
            try:
                data = answer.bring(self.tickets.pop(0))
            except Unacceptable as error:  # it is asked for again at the next exchange, under another ticket
                self.tickets.clear()
                self.result = replace(self.result, faults=(*self.result.faults, Damaged("", error.code)))
                return
            yield data

    def _goes_on(self) -> bool:
        """True when more waits down there, or when more is here than the newest receipt's and it moved: on, or back."""
        base = self._base()[0]
        moved = self.offered is not None and not self.offered.base <= base < self.offered.top
        asked = self._owed()
        return (
            self.more_waits
            or (moved and self.journal.top(self.desk)[0] > base)
            or bool(asked and asked != self.carried)
        )

    def _owed(self) -> dict[DeskId, int]:
        """Other desks of which the center asked for more, and from which entry on."""
        return {desk: entries[0].n for desk, entries in rescue.owed(self.journal, self.shelf.cursors()).items()}

    def rewind(self) -> Event:
        """The center holds less than its receipt says: ask what it holds.

        Only its own word, signed in a higher epoch, lowers the base (rows 23, 24); else this is `center.rollback`.
        """
        before = self._base()
        payload = asking(cursors=self.shelf.cursors(), wall=self.now())
        asked = self._sealed(payload, self.shelf.next_no(), prev=UNKNOWN, base=0, top=NOTHING)
        self._take(self.carrier.offer(asked), Event.WRITTEN, Event.ANSWERED)
        self.absorb()
        if self._base() == before:
            raise Unacceptable("center.rollback")
        return Event.REWOUND

    # -- pieces ------------------------------------------------------------------------------------------------------

    def _newest(self) -> Receipt | None:
        kept = self.shelf.receipt()
        return read_receipt(kept, bytes.fromhex(self.card.sign), self.sealer) if kept else None

    def _base(self) -> Point:
        newest = self._newest()
        return (newest.n, newest.h) if newest else NOTHING

    def _absorb_one(self, data: bytes) -> None:
        _, payload = open_bundle(data, sender=self._sender, sealer=self.sealer)
        frames = read_frames(payload)
        down = read_downward(frames)
        cursors = self._forward(down.feeds)
        parts = snapshot.moved(frames, self.card, self.desk, self.shelf.cursors(), self.sealer)
        self.tickets += snapshot.tickets(down.notices)
        asked = rescue.moved(self.journal, self.desk, self.shelf.cursors(), down.notices)
        receipt = self._newer(down.receipt) if down.receipt else None
        waiting, before = self.shelf.outgoing(), self._base()[0]
        absorbed = self.shelf.settle(
            entries=self._own_checked(down.entries),
            cursors=cursors | parts | asked,
            receipt=down.receipt if receipt else None,
            receipt_n=receipt.rank if receipt else 0,
            drop_outgoing=bool(receipt and waiting and waiting.top <= receipt.n),
        )
        more = cursors and any(notice.get("code") == MORE for notice in down.notices)
        self.more_waits = bool(more) or len(parts) > 1  # behind a whole snapshot the feed goes on
        self.result = replace(
            self.result,
            received=self.result.received + absorbed.new,
            receipts=self.result.receipts + int(receipt is not None),
            absorbed=(*self.result.absorbed, absorbed),
            set_aside=self.result.set_aside + len(absorbed.set_aside) + newly_aside(receipt, before),
        )
        self.carrier.absorbed(data, covered=self._base()[0])
        self._heed(down.notices)

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
        public = bytes.fromhex(self.card.sign)
        if header.key != key_id(public):
            raise Unacceptable("bundle.sender")
        return public

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
        receipt = read_receipt(data, bytes.fromhex(self.card.sign), self.sealer)
        if receipt.desk != self.desk or receipt.center != self.card.center:
            raise Unacceptable("receipt.foreign")
        if (receipt.n, receipt.h) != self._own_point(receipt.n):
            raise Unacceptable("receipt.chain")
        return receipt

    def _own_point(self, n: int) -> Point:
        """Our own entry at a counter, or the next one we hold."""
        found = self.journal.since(self.desk, n - 1, 1) if n else ()
        return (found[0].n, found[0].hash) if found else NOTHING


def newly_aside(receipt: Receipt | None, before: int) -> int:
    """How many entries above a counter the center says it has set aside."""
    return sum(n > before for n, _ in receipt.set_aside) if receipt else 0


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
