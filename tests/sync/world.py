"""Laptops in a small county: each has a journal, a shelf and ciphers that cost nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from random import Random

from mediator.journal.entry import NO_HASH, DeskId, Entry, StreamId
from mediator.journal.fold import StreamLog
from sync.center.county import Center
from sync.center.enrollment import join, make_code
from sync.session.exchange import keep_membership
from sync.session.joining import JoinRequest, proof_of, read_answer
from tests.journal.list_journal import ListJournal, Writer
from tests.sync.fakes import FakeSealer, MemoryShelf

TOWNSHIP = "331122101"
NEIGHBOR = "331122102"


@dataclass
class SwiftJournal(ListJournal):
    """The same list with what is asked for often kept beside it, so that a thousand histories fit into a minute."""

    _tops: dict[DeskId, int] = field(default_factory=dict)
    _streams: dict[StreamId, list[Entry]] = field(default_factory=dict)
    _desks: dict[DeskId, list[Entry]] = field(default_factory=dict)
    _logs: dict[StreamId, StreamLog] = field(default_factory=dict)
    _listed: int = 0

    def _catch_up(self) -> None:
        for entry in islice(self.held.values(), self._listed, None):
            self._streams.setdefault(entry.stream, []).append(entry)
            self._desks.setdefault(entry.desk, []).append(entry)
        self._listed = len(self.held)

    def top(self, desk: DeskId) -> tuple[int, str]:
        n = self._tops.get(desk, 0)
        while (desk, n + 1) in self.held:
            n += 1
        self._tops[desk] = n
        return (n, self.held[(desk, n)].hash) if n else (0, NO_HASH)

    def since(self, desk: DeskId, after: int, limit: int) -> Sequence[Entry]:
        self._catch_up()
        rows = (entry for entry in self._desks.get(desk, ()) if entry.n > after)
        return sorted(rows, key=lambda entry: entry.n)[:limit]

    def stream(self, stream: StreamId) -> Sequence[Entry]:
        self._catch_up()
        return self._streams.get(stream, [])

    def log(self, stream: StreamId) -> StreamLog:
        log = self._logs.setdefault(stream, StreamLog())
        entries = self.stream(stream)
        log.add(entries[len(log) :])
        return log


@dataclass
class Shown:
    """A form on a screen: what it had shown when it was opened."""

    stream: StreamId
    field: str
    seen: Mapping[DeskId, int]


@dataclass
class Desk:
    """A laptop: its journal, its shelf, forms that are open; `held` is why it stopped sending."""

    name: str
    writer: Writer
    shelf: MemoryShelf
    sealer: FakeSealer
    township: str = TOWNSHIP
    forms: list[Shown] = field(default_factory=list)
    skew: int = 0
    held: str = ""

    @property
    def journal(self) -> ListJournal:
        """Its entries."""
        return self.writer.journal

    @property
    def id(self) -> DeskId:
        """Its identity."""
        return self.writer.desk


class SealedWriter(Writer):
    """Signs as the desk's sealer does, so that the center can verify."""

    def sign(self, text: bytes) -> bytes:
        return FakeSealer(self.name).sign(text)


def a_laptop(_random: Random, center: Center, name: str, *, township: str = TOWNSHIP) -> Desk:
    """A desk that joined by a code."""
    desk = Desk(name, SealedWriter(name, SwiftJournal()), MemoryShelf(SwiftJournal()), FakeSealer(name), township)
    desk.shelf.journal = desk.writer.journal
    enroll(desk, center)
    return desk


def enroll(desk: Desk, center: Center) -> None:
    """Join by a code, with the keys it has."""
    sign, seal = desk.sealer.sign_public, desk.sealer.seal_public
    proof = proof_of(make_code(center, desk.township).text, desk=desk.id, sign=sign, seal=seal)
    request = JoinRequest(desk.id, sign.hex(), seal.hex(), "人民调解委员会", desk.township, desk.name, proof)
    keep_membership(desk.shelf, read_answer(join(center, request).answer, center.card, desk.sealer, desk=desk.id))
