"""Run by a test: a laptop with far more unsent than a bundle holds goes out on a stick; prints what that took."""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Sequence
from pathlib import Path
from random import Random

from mediator.crypto.sealing import Sealer
from mediator.crypto.signing import DeskKeys
from mediator.journal.entry import NO_HASH, DeskId, Draft, Entry, StreamId
from mediator.journal.framing import make_entry, read_entry
from sync.carriers.stick import StickCarrier
from sync.session.exchange import Exchange
from sync.wire.cards import CenterCard, Certificate, Membership
from tests.journal.list_journal import ListJournal
from tests.sync.fakes import Clock, MemoryShelf

DESK, CENTER = DeskId("d" * 32), "c" * 32


class OnDisk(ListJournal):
    """Entries in files, so that only what is asked for costs memory."""

    def __init__(self, folder: Path, count: int, size: int) -> None:
        super().__init__()
        self.folder, self.count, self.last = folder, count, (0, NO_HASH)
        random = Random(7)
        for n in range(1, count + 1):
            text = "".join(chr(0x4E00 + each % 20_000) for each in random.randbytes(size // 3))
            draft = Draft(StreamId("ab" * 16), "case.set", {"entity": "ab" * 16, "fields": {"facts": text}}, {}, n)
            entry = make_entry(
                draft, desk=DESK, n=n, prev=self.last[1], marks={}, salt=bytes(32), sign=lambda _: bytes(64)
            )
            (folder / str(n)).write_bytes(entry.raw)
            self.last = (n, entry.hash)

    def top(self, desk: DeskId) -> tuple[int, str]:
        return self.last if desk == DESK else (0, NO_HASH)

    def since(self, desk: DeskId, after: int, limit: int) -> Sequence[Entry]:
        wanted = range(after + 1, min(after + limit, self.count) + 1) if desk == DESK else ()
        return [read_entry((self.folder / str(n)).read_bytes()) for n in wanted]


def main(folder: Path, count: int, size: int) -> None:
    """Write everything to the stick, with the real ciphers."""
    (folder / "entries").mkdir()
    (folder / "stick").mkdir()
    keys, home = DeskKeys.fresh(), DeskKeys.fresh()
    journal = OnDisk(folder / "entries", count, size)
    card = CenterCard(CENTER, "331122", "某县", home.sign_public.hex(), home.seal_public.hex())
    place = Certificate(
        DESK, keys.sign_public.hex(), keys.seal_public.hex(), "331122", "331122101", "缙壶", "7K", "desk", 1
    )
    carrier = StickCarrier(folder / "stick", CENTER, DESK)
    done = Exchange(
        journal, MemoryShelf(journal), Sealer(keys), carrier, DESK, Clock(), Membership(card, place)
    ).run()  # fmt: skip
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    runs = [[each.first, each.last] for each in carrier.parcels]
    print(json.dumps({"code": done.code, "sent": done.sent, "bytes": done.bytes, "runs": runs, "peak_mib": peak}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
