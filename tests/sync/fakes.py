"""Fakes beside the ports: ciphers that cost nothing, a laptop's memory of the exchange, a center in memory."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from sqlalchemy import event

from mediator.core.calendar import shipped_calendar
from mediator.core.divisions import division_names
from mediator.errors import Unacceptable
from mediator.journal.entry import Entry
from mediator.journal.port import Absorbed, Outgoing
from sync.center.county import Center, Places
from sync.center.database import Database, open_engine
from sync.center.opening import Ground, found
from sync.wire.limits import MAX_COUNTER
from tests.journal.list_journal import ListJournal

COUNTY = "331122"
CHUNK, TAG = 64 << 10, 16


class FakeSealer:
    """HMAC for signatures and XOR for secrets: everything that is checked is still checked, nothing is slow.

    Public keys are hashes of the name, so that whoever knows a public key can verify: enough for a world of fakes.
    """

    def __init__(self, name: str) -> None:
        """Keys from a name."""
        self.sign_public = hashlib.sha256(b"sign" + name.encode()).digest()
        self.seal_public = hashlib.sha256(b"seal" + name.encode()).digest()

    def sign(self, text: bytes) -> bytes:
        """64 bytes."""
        return hmac.digest(self.sign_public, text, "sha512")

    def verify(self, public: bytes, text: bytes, signature: bytes) -> None:
        """Raise Unacceptable `signature.bad`."""
        if not hmac.compare_digest(hmac.digest(public, text, "sha512"), signature):
            raise Unacceptable("signature.bad")

    def wrap(self, public: bytes, info: bytes, key: bytes) -> bytes:
        """80 bytes: the key masked, and a mark that it was for this public key."""
        mask = hashlib.sha256(public + info).digest()[: len(key)]
        return (bytes(a ^ b for a, b in zip(key, mask, strict=True)) + hmac.digest(public, info + key, "sha512"))[
            :80
        ].ljust(80, b"\0")

    def unwrap(self, info: bytes, wrapped: bytes) -> bytes:
        """The key; raises Unacceptable `bundle.recipient`."""
        mask = hashlib.sha256(self.seal_public + info).digest()
        key = bytes(a ^ b for a, b in zip(wrapped[:32], mask, strict=True))
        if self.wrap(self.seal_public, info, key) != wrapped:
            raise Unacceptable("bundle.recipient")
        return key

    def seal_payload(self, key: bytes, salt: bytes, plain: bytes) -> bytes:
        """The plain text and a tag for each chunk of 64 KiB, as long as the real one."""
        return plain + self._tag(key, salt, plain) * max(1, -(-len(plain) // CHUNK))

    def open_payload(self, key: bytes, salt: bytes, sealed: bytes) -> bytes:
        """The plain text; raises Unacceptable `bundle.sealed`."""
        chunks = max(1, -(-len(sealed) // (CHUNK + TAG)))
        plain, tags = sealed[: -TAG * chunks], sealed[-TAG * chunks :]
        if not hmac.compare_digest(self._tag(key, salt, plain) * chunks, tags):
            raise Unacceptable("bundle.sealed")
        return plain

    def _tag(self, key: bytes, salt: bytes, plain: bytes) -> bytes:
        return hmac.digest(key + salt, plain, "sha256")[:TAG]


class OpenCabinet:
    """Seals nothing; the place is kept, so that exchanged rows are still found."""

    def seal(self, plain: bytes, *, place: bytes) -> bytes:
        """Place and text."""
        return hashlib.sha256(place).digest()[:8] + plain

    def open(self, sealed: bytes, *, place: bytes) -> bytes:
        """The text; raises Unacceptable `column.sealed`."""
        if sealed[:8] != hashlib.sha256(place).digest()[:8]:
            raise Unacceptable("column.sealed")
        return sealed[8:]

    def mark(self, text: bytes) -> bytes:
        """A plain hash."""
        return hashlib.sha256(b"mark" + text).digest()


@dataclass
class MemoryShelf:
    """What a laptop remembers of the exchange; each method is one transaction."""

    journal: ListJournal
    _card: bytes | None = None
    _receipts: list[tuple[int, bytes]] = field(default_factory=list)
    _cursors: dict[str, tuple[int, int]] = field(default_factory=dict)
    _outgoing: Outgoing | None = None
    _no: int = 0
    _asked: bytes | None = None
    wants_erasures: bool = False

    def silent(self) -> bool:
        return self.wants_erasures

    def heard_erasures(self) -> None:
        self.wants_erasures = False

    def card(self) -> bytes | None:
        return self._card

    def keep_card(self, card: bytes) -> None:
        self._card = card

    def enrolling(self) -> bytes | None:
        return self._asked

    def remember_enrolling(self, request: bytes | None) -> None:
        self._asked = request

    def receipt(self) -> bytes | None:
        return max(self._receipts)[1] if self._receipts else None

    def cursors(self) -> dict[str, tuple[int, int]]:
        return dict(self._cursors)

    def outgoing(self) -> Outgoing | None:
        return self._outgoing

    def freeze(self, outgoing: Outgoing) -> None:
        self._outgoing, self._no = outgoing, max(self._no, outgoing.no)

    def drop_bundle(self) -> None:
        """What was frozen is forgotten, as an erasure in a vault does with the words in it."""
        self._outgoing = None

    def next_no(self) -> int:
        return self._no + 1

    def receipted(self) -> int:
        """The highest own counter that the center has confirmed in its newest life."""
        return max(self._receipts)[0] & MAX_COUNTER if self._receipts else 0

    def life(self) -> int:
        """The epoch of the center that gave the newest receipt, 0 before the first."""
        return max(self._receipts)[0] // (MAX_COUNTER + 1) if self._receipts else 0

    def copy_from(self, other: MemoryShelf) -> None:
        """All that another shelf remembers, as a copied vault does."""
        self._card, self._asked, self._no, self._outgoing = other._card, other._asked, other._no, other._outgoing
        self._receipts, self._cursors = list(other._receipts), dict(other._cursors)

    def settle(
        self,
        *,
        entries: Sequence[Entry],
        cursors: Mapping[str, tuple[int, int]],
        receipt: bytes | None,
        receipt_n: int,
        drop_outgoing: bool,
    ) -> Absorbed:
        absorbed = self.journal.absorb(entries)
        self._cursors |= cursors
        if receipt is not None:
            self._receipts.append((receipt_n, receipt))
        if drop_outgoing:
            self._outgoing = None
        return absorbed


@dataclass
class Clock:
    """Moves a second each time somebody looks."""

    ms: int = 1_772_000_000_000
    step: int = 1000

    def __call__(self) -> int:
        self.ms += self.step
        return self.ms


def unsynced(connection: Any, _record: object) -> None:
    """Nobody pulls the plug on this county: whoever tests that runs the real program."""
    connection.execute("PRAGMA synchronous=OFF")


def a_center(
    random: Random, *, url: str = "sqlite:///:memory:", clock: Callable[[], int] | None = None, name: str = "center"
) -> Center:
    """A founded center of one county."""
    ground = Ground(
        FakeSealer(name), OpenCabinet(), clock or Clock(), random.randbytes, Places(division_names(COUNTY)),
        shipped_calendar(),
    )  # fmt: skip
    engine = open_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", unsynced)
    return found(Database(engine, COUNTY), ground, center=random.randbytes(16).hex(), name="缙云县中心")
