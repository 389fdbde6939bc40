"""Pieces of recordings and scans, once the text is over: what goes along, on which road, and when it is enough.

A sentence never waits for a recording: this begins when the exchange of entries has come to rest. Over a network each
bundle is answered, so it goes on until nothing is missing or the budget is spent; a stick takes all that fits and gets
its answer with some later visit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from mediator.errors import MediatorError, NoAccess, Unacceptable
from mediator.journal.blobs import PIECE, BlobId, Lacking, Manifest, in_order
from mediator.journal.port import Outgoing
from sync.session.exchange import UNKNOWN, Exchange
from sync.session.outcome import Damaged, Exchanged
from sync.session.packing import NOTHING, hello_alone
from sync.session.ports import Blobs, PieceStick
from sync.wire.blobs import Carried, Piece, Want, frames_of
from sync.wire.bundle import signature_hash
from sync.wire.frames import write_frames
from sync.wire.limits import MAX_INLINE

BUDGET: Final = 50_000_000
NETWORK_LOAD: Final = 16
STICK_LOAD: Final = 64
STICK_FILES: Final = 256
MOST_BLOBS: Final = 64
Seen = tuple[object, ...]


@dataclass
class PieceTrip:
    """One exchange's pieces; `budget` are bytes of pieces that may go over a network, in both directions together."""

    exchange: Exchange
    blobs: Blobs
    budget: int = BUDGET
    damaged: set[BlobId] = field(default_factory=set)

    def run(self, stick: PieceStick | None) -> Exchanged:
        """Carry what the road takes; whatever ends it is told in `code` and costs nothing that was taken before."""
        try:
            if stick is None:
                self.by_network()
            else:
                self.by_stick(stick)
        except MediatorError as error:
            return replace(self.exchange.result, code=error.code)
        return self.exchange.result

    def owed(self) -> Sequence[Lacking]:
        """What is to be sent, in order, but for what is damaged here.

        The center must know the entries: those of its receipt, on a stick also those of the file that lies beside.
        """
        offered = self.exchange.offered.top if self.exchange.offered else 0
        known = max(self.exchange.base()[0], offered if self.exchange.carrier.name == "stick" else 0)
        return [each for each in in_order(self.blobs.owed(known)) if each.blob not in self.damaged]

    # -- over a network ----------------------------------------------------------------------------------------------

    def by_network(self) -> None:
        """Bundle after bundle; a round that changed nothing is the last: the center takes or has no more."""
        seen: Seen = ()
        while self.blobs.able() and self.budget > 0 and (now := self.left_to_do()) and now != seen:
            seen = now
            self._offer(self.blobs.frozen() or self._cut())

    def left_to_do(self) -> Seen:
        """Everything that is open, empty when nothing is."""
        frozen, owed, back = self.blobs.frozen(), self.owed(), self.blobs.wanted()
        return (frozen, *owed, *back) if frozen or owed or back else ()

    def _cut(self) -> Outgoing:
        """The next bundle; one that goes in pieces itself is frozen, so that the same bytes go on after a cut."""
        room = min(NETWORK_LOAD, -(-self.budget // PIECE))
        load = self.load(self.owed(), room, wants=True)
        cut = self._sealed(load)
        if len(cut.data) > MAX_INLINE:
            self.blobs.freeze(cut)
        return cut

    def _sealed(self, load: Carried) -> Outgoing:
        hello = hello_alone(cursors=self.exchange.shelf.cursors(), wall=self.exchange.now())
        payload = write_frames([hello, *frames_of(load)])
        return self.exchange.sealed(payload, self.exchange.shelf.next_no(), prev=UNKNOWN, base=0, top=NOTHING)

    def _offer(self, cut: Outgoing) -> None:
        """Send one, take its answer in, and only then let go of what was frozen."""
        answer = self.exchange.carrier.offer(cut)
        self.budget -= len(cut.data)
        if answer.code:
            self.blobs.freeze(None)  # refused as it is: the next one is cut anew
            raise NoAccess(answer.code) if answer.code.startswith("desk.") else Unacceptable(answer.code)
        before = self.exchange.result.pieces_received
        self.exchange.inbox = answer
        self.exchange.take_in()
        self.budget -= PIECE * (self.exchange.result.pieces_received - before)
        self.blobs.freeze(None)

    # -- a load ------------------------------------------------------------------------------------------------------

    def load(self, owed: Sequence[Lacking], room: int, *, wants: bool) -> Carried:
        """Manifests of what is spoken of, pieces while there is room, and what is asked back."""
        manifests: dict[BlobId, Manifest] = {}
        pieces: list[Piece] = []
        for each in owed[:MOST_BLOBS]:
            found = self._pieces_of(each, room - len(pieces))
            if each.manifest and each.blob not in self.damaged and (found or not each.missing):
                manifests[each.blob] = each.manifest
                pieces += found
        self._sent(len(pieces))
        return Carried(manifests, tuple(pieces), tuple(self._wants()) if wants else ())

    def _pieces_of(self, each: Lacking, room: int) -> list[Piece]:
        """The first missing pieces of one; none of a file that is no longer what was pinned, which is told."""
        try:
            return [Piece(each.blob, at, data) for at, data in self.blobs.read(each.blob, each.missing[: max(room, 0)])]
        except Unacceptable as error:
            self.damaged.add(each.blob)
            fault = Damaged("", error.code)
            self.exchange.result = replace(self.exchange.result, faults=(*self.exchange.result.faults, fault))
            return []

    def _wants(self) -> Iterator[Want]:
        """What was asked back; everything and the manifest, where that has not come."""
        for each in self.blobs.wanted()[:MOST_BLOBS]:
            yield Want(each.blob, len(each.manifest.pieces), each.missing) if each.manifest else Want(each.blob, 0)

    def _sent(self, count: int) -> None:
        result = self.exchange.result
        self.exchange.result = replace(result, pieces_sent=result.pieces_sent + count)

    # -- on a stick --------------------------------------------------------------------------------------------------

    def by_stick(self, stick: PieceStick) -> None:
        """Files beside the text: what has arrived goes, what lies there already stays, the rest while there is room."""
        if not self.blobs.able():
            return
        files, lying = self.blobs.files(), stick.lying()
        open_ = {each.blob: set(each.missing) for each in self.owed()}
        done = [no for no, (_, held) in files.items() if not any(open_.get(b, set()) & set(i) for b, i in held.items())]
        for no in done:
            stick.drop(no)
        self.blobs.forget_files(done)
        there = [held for no, (mark, held) in files.items() if lying.get(no) == mark and no not in done]
        self._write_files(stick, max((0, *files, *lying)) + 1, there)

    def _write_files(self, stick: PieceStick, first: int, there: Sequence[Mapping[BlobId, Sequence[int]]]) -> None:
        """New files, numbered on; the first also asks for what is wanted back."""
        for no in range(first, first + STICK_FILES):
            left = not_there(self.owed(), there)
            asks = no == first and bool(self.blobs.wanted())
            if stick.room() < (STICK_LOAD + 1) * PIECE or not (left or asks):
                return
            load = self.load(left, STICK_LOAD, wants=asks)
            held = {blob: [each.index for each in load.pieces if each.blob == blob] for blob in load.manifests}
            if held or load.wants:
                data = self._sealed(load).data
                self.blobs.note_file(no, signature_hash(data), held)
                stick.write(no, data)
                there = [*there, held]


def not_there(owed: Sequence[Lacking], there: Sequence[Mapping[BlobId, Sequence[int]]]) -> list[Lacking]:
    """What no file on the stick holds yet; one of which the county has all is asked about once."""
    found = []
    for each in owed:
        held = {index for file in there for index in file.get(each.blob, ())}
        missing = tuple(index for index in each.missing if index not in held)
        if missing or not any(each.blob in file for file in there):
            found.append(replace(each, missing=missing))
    return found
