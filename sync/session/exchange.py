"""One exchange of a laptop with its center over any road: the driver of `laptop.step`."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Final

from mediator.errors import MediatorError, NoAccess, Unacceptable
from mediator.journal.entry import DeskId
from mediator.journal.port import Journal, Outgoing
from sync.session import laptop, rescue
from sync.session.belief import HOLDING
from sync.session.laptop import Command, Event
from sync.session.outcome import Exchanged
from sync.session.packing import ERASURES, NOTHING, Point, asking, leaving, own_run, upward
from sync.session.ports import Answer, Carrier, Sealer, Shelf
from sync.session.taking import Taking
from sync.wire.bundle import Address, pack, signature_hash
from sync.wire.cards import Membership, card_bytes, read_membership

UNKNOWN: Final = "0" * 64


@dataclass
class Exchange(Taking):
    """Everything one exchange holds; made anew each time, so nothing leaks from one to the next.

    A road without answers takes several bundles one behind the other (`written` is where the last one ends), up to what
    there was when it began: `goal`.
    """

    offered: Outgoing | None = None
    leaving: int = 0
    carried: Mapping[DeskId, int] = field(default_factory=dict)
    written: Point | None = None
    goal: int = 0

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
            self.result = replace(self.result, lacking=lacking(error))
            return (Event.FORKED if error.code in HOLDING else Event.FAILED), error.code

    def _finished(self, state: laptop.State) -> Exchanged:
        base = self.base()[0]
        pending = self.journal.top(self.desk)[0] - base
        code = state.code or (self.result.faults[0].code if self.result.faults else "")
        return replace(self.result, pending=pending, code=code)

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
        base, waiting = self.written or self.base(), self.shelf.outgoing()
        self.carried, self.goal = {}, self.goal or self.journal.top(self.desk)[0]
        if self.shelf.silent():
            self.offered, self.leaving = self._asked((ERASURES,)), 0
        elif waiting and self._still_goes(waiting, base):
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
        owed = {} if self.written else rescue.owed(self.journal, self.shelf.cursors())
        others = [frame for entries in owed.values() for frame in rescue.rescue_frames(entries)]
        packed = upward(
            self.journal, self.desk, base=base, cursors=self.shelf.cursors(), wall=self.now(), others=others
        )
        no = self.shelf.next_no()
        prev = signature_hash(waiting.data) if waiting and waiting.no == no - 1 else UNKNOWN
        self.offered = self.sealed(packed.payload, no, prev=prev, base=base[0], top=(packed.top, packed.top_hash))
        self.leaving = packed.sent + rescue.rescued_count(owed)
        self.carried = {desk: entries[0].n for desk, entries in owed.items()}
        if packed.top > base[0]:
            self.shelf.freeze(self.offered)

    def sealed(self, payload: bytes, no: int, *, prev: str, base: int, top: Point) -> Outgoing:
        """A payload packed for the center under a fresh bundle id."""
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
        event, top = self._take(answer, Event.WRITTEN, Event.ANSWERED), self.offered.top
        if event is Event.WRITTEN and top < self.goal:
            self.written = (top, self.offered.top_hash)
            return Event.WRITTEN_MORE
        return event

    def absorb(self) -> Event:
        """Take in what the road brought; raises what `take_in` raises."""
        self.take_in()
        return Event.ABSORBED_MORE if self._goes_on() else Event.ABSORBED

    def _goes_on(self) -> bool:
        """True when more waits down there, or when more is here than the newest receipt's and it moved: on, or back."""
        base = self.base()[0]
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
        before = self.base()
        self._take(self.carrier.offer(self._asked()), Event.WRITTEN, Event.ANSWERED)
        self.absorb()
        if self.base() == before:
            raise Unacceptable("center.rollback")
        return Event.REWOUND

    def _asked(self, takes: Sequence[str] = ()) -> Outgoing:
        """A bundle that claims nothing; it is frozen nowhere, for nothing is lost with it."""
        payload = asking(cursors=self.shelf.cursors(), wall=self.now(), takes=takes)
        return self.sealed(payload, self.shelf.next_no(), prev=UNKNOWN, base=0, top=NOTHING)


def lacking(error: MediatorError) -> int:
    """Bytes that a full stick was short of, 0 for any other trouble."""
    match error.facts:
        case {"need": int(need), "free": int(free)}:
            return max(need - free, 0)
    return 0


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
    return begun(journal, shelf, sealer, carrier, desk=desk, now=now).run()


def begun(
    journal: Journal, shelf: Shelf, sealer: Sealer, carrier: Carrier, *, desk: DeskId, now: Callable[[], int]
) -> Exchange:
    """An exchange that has not been run; raises NoAccess `sync.not_enrolled`."""
    card = shelf.card()
    if card is None:
        raise NoAccess("sync.not_enrolled")
    return Exchange(journal, shelf, sealer, carrier, desk, now, read_membership(card))


def keep_membership(shelf: Shelf, membership: Membership) -> None:
    """Remember the center and our place in it."""
    shelf.keep_card(card_bytes(membership))
    shelf.remember_enrolling(None)
