"""A laptop's recordings and scans in memory: the fake beside the `Blobs` port, and roads that lose, repeat and bend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from random import Random

from mediator.errors import Unacceptable
from mediator.journal.blobs import BlobClass, BlobId, Lacking, Manifest, cut, in_order, manifest_of
from mediator.journal.entry import StreamId
from mediator.journal.port import Outgoing
from sync.session.exchange import Exchange
from sync.session.outcome import Exchanged
from sync.session.pieces import BUDGET, PieceTrip
from sync.session.ports import Carrier, PieceStick
from sync.wire.cards import read_membership
from tests.sync.fakes import Clock
from tests.sync.world import Desk


@dataclass
class MemoryBlobs:
    """What a vault knows of its blobs, as lists."""

    whole: dict[BlobId, bytes] = field(default_factory=dict)
    manifests: dict[BlobId, Manifest] = field(default_factory=dict)
    named: dict[BlobId, int] = field(default_factory=dict)
    lacked: dict[BlobId, Sequence[int]] = field(default_factory=dict)
    safe: dict[BlobId, int] = field(default_factory=dict)
    asked: dict[BlobId, dict[int, bytes]] = field(default_factory=dict)
    takes: bool = False
    frozen_load: Outgoing | None = None
    written: dict[int, tuple[str, Mapping[BlobId, Sequence[int]]]] = field(default_factory=dict)

    def able(self) -> bool:
        return self.takes

    def heard_able(self) -> None:
        self.takes = True

    def owed(self, upto: int) -> Sequence[Lacking]:
        rows = []
        for blob, n in self.named.items():
            if blob not in self.safe and n <= upto and blob in self.whole:
                manifest = self.manifests[blob]
                rows.append(Lacking(blob, manifest, tuple(self.lacked.get(blob, range(len(manifest.pieces))))))
        return in_order(rows)

    def read(self, blob: BlobId, indices: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        pieces, manifest = list(cut(self.whole[blob])), self.manifests[blob]
        for index in indices:
            if not manifest.holds(index, pieces[index]):
                raise Unacceptable("blob.damaged", where=blob)
            yield index, pieces[index]

    def told(self, missing: Mapping[BlobId, Sequence[int]], safe: Iterable[str], at: int) -> None:
        for blob, lacked in missing.items():
            if blob in self.manifests and (blob not in self.safe or (lacked and self.safe[blob] < at)):
                self.lacked[blob] = lacked
                self.safe.pop(blob, None)
        for blob in map(BlobId, safe):
            if blob in self.manifests:
                self.safe.setdefault(blob, at)

    def county_reborn(self) -> None:
        self.safe.clear()
        self.lacked.clear()

    def wanted(self) -> Sequence[Lacking]:
        rows = []
        for blob, held in self.asked.items():
            manifest = self.manifests.get(blob)
            count = len(manifest.pieces) if manifest else 0
            rows.append(Lacking(blob, manifest, tuple(at for at in range(count) if at not in held)))
        return rows

    def keep(self, blob: BlobId, manifest: Manifest | None, pieces: Sequence[tuple[int, bytes]]) -> Sequence[str]:
        if blob not in self.asked:
            return ["piece.unasked"] if pieces else []
        if manifest:
            self.manifests.setdefault(blob, manifest)
        known = self.manifests.get(blob)
        if known is None:
            return ["piece.unknown"] if pieces else []
        good = {index: data for index, data in pieces if known.holds(index, data)}
        self.asked[blob] |= good
        if len(self.asked[blob]) == len(known.pieces):
            held = self.asked.pop(blob)
            self.whole[blob] = b"".join(held[index] for index in range(len(known.pieces)))
        return ["piece.damaged"] * (len(pieces) - len(good))

    def frozen(self) -> Outgoing | None:
        return self.frozen_load

    def freeze(self, outgoing: Outgoing | None) -> None:
        self.frozen_load = outgoing

    def files(self) -> Mapping[int, tuple[str, Mapping[BlobId, Sequence[int]]]]:
        return dict(self.written)

    def note_file(self, no: int, mark: str, pieces: Mapping[BlobId, Sequence[int]]) -> None:
        self.written[no] = (mark, pieces)

    def forget_files(self, numbers: Iterable[int]) -> None:
        for no in numbers:
            self.written.pop(no)


def speak_of(desk: Desk, blobs: MemoryBlobs, data: bytes, cls: BlobClass = BlobClass.SOUND, **more: object) -> BlobId:
    """An entry of a desk, in a case of its township, that names sealed bytes, which it holds."""
    manifest, case = manifest_of(cut(data), cls), StreamId(sha256(desk.township.encode()).hexdigest()[:32])
    if not desk.journal.stream(case):
        desk.writer.write(case, "case.opened", {"fields": {"title": "相邻通行", "kind": "people_mediation"}})
    body: dict[str, object] = {
        "id": manifest.blob, "samples": 1, "chunks": 1, "size": len(data), "digest": "d" * 64, "ending": "stopped",
        "at": 1, "blob": {"manifest": manifest.digest}, **more,
    }  # fmt: skip
    entry = desk.writer.write(case, "recording.ended", body, blobs=(manifest.named,))
    blobs.whole[manifest.blob], blobs.manifests[manifest.blob] = data, manifest
    blobs.named[manifest.blob] = entry.n
    return manifest.blob


def travel(
    desk: Desk, blobs: MemoryBlobs, road: Carrier, *, stick: PieceStick | None = None, budget: int = BUDGET
) -> Exchanged:
    """One exchange, text and then pieces, as the start-up file drives it."""
    card = desk.shelf.card()
    assert card
    driven = Exchange(desk.journal, desk.shelf, desk.sealer, road, desk.id, Clock(), read_membership(card))
    driven.blobs = blobs
    done = driven.run()
    return done if done.code else PieceTrip(driven, blobs, budget).run(stick)


def noise(size: int, seed: int = 1) -> bytes:
    """Bytes that do not compress, as sealed ones do not."""
    return Random(seed).randbytes(size)
