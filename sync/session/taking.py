"""Taking in what came down: a bundle whole or not at all, each in one transaction, whatever road brought it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final

from mediator.errors import Unacceptable
from mediator.journal.blobs import BlobId
from sync.session import rescue, snapshot
from sync.session.belief import HOLDING, Belief, newly_aside
from sync.session.outcome import Damaged, Exchanged
from sync.session.packing import PIECES, Downward, read_downward
from sync.session.ports import Answer, Blobs
from sync.wire.blobs import Carried, read_carried
from sync.wire.bundle import open_bundle
from sync.wire.frames import read_frames
from sync.wire.members import is_hex

MORE: Final = "feed.more"
# The center knows no entry that names it: from now on it is only asked whether that has changed.
FOREIGN: Final = "piece.foreign"
ERASURES_TOLD: Final = "erasures.told"
NOTHING_CAME: Final = Answer()


@dataclass
class Taking(Belief):
    """What came and is not taken in yet, whether more waits behind it, and what the exchange has done so far."""

    inbox: Answer = NOTHING_CAME
    more_waits: bool = False
    tickets: list[str] = field(default_factory=list)
    result: Exchanged = field(default_factory=Exchanged)
    blobs: Blobs | None = None

    def take_in(self) -> None:
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

    def _absorb_one(self, data: bytes) -> None:
        cover, payload = open_bundle(data, sender=self._sender, sealer=self.sealer)
        frames = read_frames(payload)
        down = read_downward(frames)
        if down.certs:
            self._follow(down.certs)
        cursors = self._forward(down.feeds)
        parts = snapshot.moved(
            frames, self.card, self.desk, self.shelf.cursors(), self.sealer, keys=self.membership.keys
        )
        self.tickets += snapshot.tickets(down.notices)
        asked = rescue.moved(self.journal, self.desk, self.shelf.cursors(), down.notices)
        receipt = self._newer(down.receipt) if down.receipt else None
        waiting, before, life = self.shelf.outgoing(), self.base()[0], self.life()
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
        if self.blobs is not None:
            if receipt is not None and receipt.ce > life:
                self.blobs.county_reborn()
            self._take_blobs(self.blobs, down, read_carried(frames), at=cover.header.made)
        if any(notice.get("code") == ERASURES_TOLD for notice in down.notices):
            self.shelf.heard_erasures()
        self.carrier.absorbed(data, covered=self.base()[0])
        self._heed(down.notices)

    def _take_blobs(self, blobs: Blobs, down: Downward, carried: Carried, *, at: int) -> None:
        """Pieces that came back, and what the center has of ours; what was refused is named."""
        if PIECES in down.takes and not blobs.able():
            blobs.heard_able()
        named = self._believed(down.receipt).blobs if down.receipt else ()
        lacked = {each.blob: each.missing for each in carried.wants}
        refused = [each.get("blob") for each in down.notices if each.get("code") == FOREIGN]
        lacked |= {BlobId(str(blob)): () for blob in refused if is_hex(blob, 32)}
        # A receipt is said again for years; what it names is whole now only where nothing is asked for now.
        whole = [blob for blob in map(BlobId, named) if lacked.get(blob) == ()]
        if lacked:
            blobs.told(lacked, whole, at)
        codes = [code for blob in sorted(carried.returned) for code in blobs.keep(blob, *carried.of(blob))]
        codes += [str(each["code"]) for each in down.notices if str(each.get("code")).startswith("piece.")]
        self.result = replace(
            self.result,
            pieces_received=self.result.pieces_received + len(carried.pieces),
            faults=(*self.result.faults, *(Damaged("", code) for code in codes)),
        )
