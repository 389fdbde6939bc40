"""A county of one function beside the port: it signs what the test wants said, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from mediator.journal.canonical import encode
from mediator.journal.entry import DeskId, Entry, StreamId
from mediator.journal.port import Outgoing
from sync.session.county import UpBundle, read_up
from sync.session.exchange import Exchange, keep_membership
from sync.session.outcome import Exchanged
from sync.session.packing import FeedRange, downward
from sync.session.ports import Answer
from sync.wire.bundle import Address, pack
from sync.wire.cards import CenterCard, Certificate, Membership
from sync.wire.receipt import Receipt, receipt_bytes
from tests.sync.fakes import Clock, FakeSealer, MemoryShelf
from tests.sync.world import SealedWriter, SwiftJournal

CENTER, COUNTY = "c" * 32, "331122"
CASE = StreamId("ab" * 16)
HOME = FakeSealer("home")
CARD = CenterCard(CENTER, COUNTY, "缙云县中心", HOME.sign_public.hex(), HOME.seal_public.hex())


@dataclass
class Laptop:
    """A desk of this county."""

    writer: SealedWriter
    shelf: MemoryShelf
    sealer: FakeSealer

    @property
    def id(self) -> DeskId:
        return self.writer.desk

    def tell(self, count: int, *, kind: str = "hearing.sentence") -> None:
        """So many sentences, or notes for oneself."""
        for _ in range(count):
            n = self.writer.journal.top(self.id)[0]
            said: dict[str, object] = {"id": f"{n:032x}", "hearing": "0" * 32, "speaker": "甲", "text": "话", "at": n}
            self.writer.write(CASE, kind, {"text": "给自己"} if kind == "note.private" else said)

    def exchange(self, road: object) -> Exchanged:
        """Over a road."""
        from sync.wire.cards import read_membership

        card = self.shelf.card()
        assert card
        return Exchange(
            self.writer.journal, self.shelf, self.sealer, road, self.id, Clock(), read_membership(card)  # type: ignore[arg-type]
        ).run()  # fmt: skip

    def point(self, n: int) -> tuple[int, str]:
        """Its entry at a counter and that entry's hash."""
        return (n, self.writer.journal.held[self.id, n].hash) if n else (0, "0" * 64)


def a_laptop(name: str = "desk") -> Laptop:
    """Enrolled."""
    writer, sealer = SealedWriter(name, SwiftJournal()), FakeSealer(name)
    laptop = Laptop(writer, MemoryShelf(writer.journal), sealer)
    certificate = Certificate(
        laptop.id, sealer.sign_public.hex(), sealer.seal_public.hex(), COUNTY, "331122101", "缙壶", "7K", "desk", 1
    )
    keep_membership(laptop.shelf, Membership(CARD, certificate))
    return laptop


@dataclass
class SmallCounty:
    """Holds how far a desk is, answers with receipts; `feed` is what it has to say, a few entries at a time."""

    laptop: Laptop
    epoch: int = 1
    head: int = 0
    feed: list[Entry] = field(default_factory=list)
    step: int = 2
    name: str = "network"
    ups: list[UpBundle] = field(default_factory=list)
    refuse: Callable[[UpBundle], str] = lambda _up: ""
    done: list[bytes] = field(default_factory=list)
    pile: list[bytes] | None = None

    def fetch(self) -> Answer:
        return Answer()

    def offer(self, outgoing: Outgoing) -> Answer:
        if self.pile is not None:  # bytes of any kind, taken unread
            self.pile.append(outgoing.data)
            return Answer(down=(self.bundle(),))
        up = read_up(outgoing.data, center=CENTER, sealer=HOME, lookup=lambda _desk: self.laptop.sealer.sign_public)
        self.ups.append(up)
        code = self.refuse(up) or ("bundle.gap" if up.hello.base > self.head else "")
        if code:
            return Answer(code=code, have=self.head if code == "bundle.gap" else None)
        self.head = max(self.head, up.hello.top)
        return Answer(down=(self.down(up),))

    def down(self, up: UpBundle) -> bytes:
        """Its receipt, and the next entries of its one feed."""
        have = {feed: (epoch, no) for feed, epoch, no in up.hello.have}
        epoch, after = have.get("c", (self.epoch, 0))
        after = after if epoch == self.epoch else 0
        upto = min(len(self.feed), after + self.step)
        ranges = [FeedRange("c", self.epoch, after, upto)] if upto > after else []
        return self.bundle(self.feed[after:upto], ranges, more=upto < len(self.feed))

    def bundle(
        self,
        entries: Sequence[Entry] = (),
        feeds: Sequence[FeedRange] = (),
        *,
        more: bool = False,
        receipt: bytes = b"",
    ) -> bytes:
        """A sealed down bundle with what it is told to say."""
        notices = [encode({"code": "feed.more"})] if more else []
        payload = downward(entries=entries, feeds=feeds, receipt=receipt or self.receipt(), notices=notices)
        return pack(self.address(), payload, HOME)

    def address(self, **changes: object) -> Address:
        """To the laptop."""
        own = {"center": CENTER, "county": COUNTY, "dir": "down", "desk": self.laptop.id, "no": 1}
        return Address(to=(self.laptop.sealer.seal_public,), **(own | changes))  # type: ignore[arg-type]

    def receipt(self, **changes: object) -> bytes:
        """What it holds, or what it is told to say it holds."""
        n, digest = self.laptop.point(self.head)
        own = {"center": CENTER, "ce": self.epoch, "desk": self.laptop.id, "no": 1, "n": n, "h": digest, "w": 1}
        return receipt_bytes(Receipt(**(own | changes)), HOME)  # type: ignore[arg-type]

    def absorbed(self, down: bytes, *, covered: int) -> None:
        self.done.append(down)


@dataclass
class Lying:
    """A road on which exactly these bundles lie, and on which everything that is offered is only written."""

    files: Sequence[bytes]
    name: str = "stick"
    written: list[Outgoing] = field(default_factory=list)
    tidied: list[bytes] = field(default_factory=list)

    def fetch(self) -> Answer:
        return Answer(down=iter(self.files)) if self.files else Answer()

    def offer(self, outgoing: Outgoing) -> Answer:
        self.written.append(outgoing)
        return Answer()

    def absorbed(self, down: bytes, *, covered: int) -> None:
        self.tidied.append(down)
