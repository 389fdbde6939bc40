"""The Journal port over a list, and desks that write into it: the fake beside the port."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mediator.errors import Unacceptable
from mediator.journal.entry import NO_HASH, DeskId, Draft, Entry, EntryId, StreamId
from mediator.journal.erasures import DECISIONS, targets_in, without
from mediator.journal.fold import StreamLog
from mediator.journal.framing import make_entry
from mediator.journal.kinds import reach_of
from mediator.journal.marks import completed
from mediator.journal.port import Absorbed


@dataclass
class ListJournal:
    """Entries in memory, by identity."""

    held: dict[tuple[DeskId, int], Entry] = field(default_factory=dict)
    decisions: dict[EntryId, Entry] = field(default_factory=dict)

    def top(self, desk: DeskId) -> tuple[int, str]:
        n = 0
        while (desk, n + 1) in self.held:
            n += 1
        return (n, self.held[(desk, n)].hash) if n else (0, NO_HASH)

    def since(self, desk: DeskId, after: int, limit: int) -> Sequence[Entry]:
        rows = sorted((e for e in self.held.values() if e.desk == desk and e.n > after), key=lambda e: e.n)
        return rows[:limit]

    def stream(self, stream: StreamId) -> Sequence[Entry]:
        return [e for e in self.held.values() if e.stream == stream]

    def absorb(self, entries: Sequence[Entry]) -> Absorbed:
        known = 0
        fresh: dict[tuple[DeskId, int], Entry] = {}
        for entry in entries:
            old = self.held.get(entry.id) or fresh.get(entry.id)
            if old and old.hash != entry.hash:
                raise Unacceptable("entry.fork", where=f"{entry.desk}:{entry.n}")
            known += old is not None
            if old is None:
                fresh[entry.id] = entry
        self.held.update((entry.id, entry) for entry in without(fresh.values(), self.doomed(fresh.values())))
        streams = frozenset(e.stream for e in fresh.values())
        return Absorbed(len(fresh), known, sum(self.log(s).waiting for s in streams), streams=streams)

    def doomed(self, fresh: Iterable[Entry]) -> dict[EntryId, list[tuple[str, str]]]:
        """What decisions that are held or come now name."""
        found: dict[EntryId, list[tuple[str, str]]] = {}
        for entry in fresh:
            if entry.kind in DECISIONS:
                self.decisions[entry.id] = entry
        for entry in self.decisions.values():
            for target in targets_in(entry.content()):
                found.setdefault(target, []).append((entry.stream, entry.kind))
        return found

    def log(self, stream: StreamId) -> StreamLog:
        log = StreamLog()
        log.add(self.stream(stream))
        return log


@dataclass
class Writer:
    """One desk: signs with an HMAC instead of Ed25519, numbers and chains its entries as a vault does."""

    name: str
    journal: ListJournal = field(default_factory=ListJournal)

    @property
    def desk(self) -> DeskId:
        return DeskId(hashlib.sha256(self.name.encode()).hexdigest()[:32])

    def sign(self, text: bytes) -> bytes:
        return hmac.digest(self.name.encode(), text, "sha512")

    def write(
        self,
        stream: StreamId,
        kind: str,
        body: dict[str, object],
        *,
        seen: dict[DeskId, int] | None = None,
        wall: int = 0,
        blobs: tuple[tuple[str, int, int], ...] = (),
    ) -> Entry:
        """Append one entry; without `seen` the form shows all that is here."""
        n, prev = self.journal.top(self.desk)
        log, reach = self.journal.log(stream), reach_of(kind)
        shown = log.seen(reach) if seen is None else seen
        marks = completed(shown, self.desk, log.last_of(self.desk, reach))
        salt = hashlib.sha256(f"{self.name}{n}".encode()).digest()
        draft = Draft(stream=stream, kind=kind, body=body, seen=shown, wall=wall, blobs=blobs)
        entry = make_entry(draft, desk=self.desk, n=n + 1, prev=prev, marks=marks, salt=salt, sign=self.sign)
        self.journal.absorb([entry])
        return entry
