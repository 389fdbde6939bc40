"""What an exchange needs of the world, as protocols; fakes of them stand in the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from mediator.errors import Unacceptable
from mediator.journal.blobs import BlobId, Lacking, Manifest
from mediator.journal.entry import Entry
from mediator.journal.port import Absorbed, Outgoing
from sync.wire.bundle import Sealer

__all__ = ["Answer", "Blobs", "Carrier", "PieceStick", "Sealer", "Shelf"]


class Shelf(Protocol):
    """The laptop's own memory of the exchange; see `mediator.store.shelf`."""

    def card(self) -> bytes | None:
        """Center card and certificate, None before enrollment."""

    def keep_card(self, card: bytes) -> None:
        """Remember the center."""

    def enrolling(self) -> bytes | None:
        """A request to join that waits for its answer."""

    def remember_enrolling(self, request: bytes | None) -> None:
        """Keep or clear the waiting request."""

    def receipt(self) -> bytes | None:
        """The newest receipt."""

    def cursors(self) -> dict[str, tuple[int, int]]:
        """Feed -> (epoch, highest number absorbed)."""

    def outgoing(self) -> Outgoing | None:
        """The frozen upward bundle that no receipt covers yet."""

    def freeze(self, outgoing: Outgoing) -> None:
        """Keep the bundle before a byte of it leaves."""

    def next_no(self) -> int:
        """The number of the next upward bundle."""

    def silent(self) -> bool:
        """True while nothing may leave: a backup came back and has not heard what was lawfully erased since."""

    def heard_erasures(self) -> None:
        """The county told everything that it has for this desk, its erasures among it."""

    def settle(
        self,
        *,
        entries: Sequence[Entry],
        cursors: Mapping[str, tuple[int, int]],
        receipt: bytes | None,
        receipt_n: int,
        drop_outgoing: bool,
    ) -> Absorbed:
        """One transaction: entries in, cursors on, receipt kept, covered bundle dropped."""


class Blobs(Protocol):
    """The laptop's recordings and scans, piece by piece as they are sealed; see `mediator.store.pieces`."""

    def able(self) -> bool:
        """Whether the center ever said that it takes pieces: an older one would throw them away."""

    def heard_able(self) -> None:
        """It does."""

    def owed(self, upto: int) -> Sequence[Lacking]:
        """What is whole here and not safe at the center, in order, of own entries up to a counter and of others'."""

    def read(self, blob: BlobId, indices: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """Pieces, proved; raises Unacceptable `blob.damaged`."""

    def told(self, missing: Mapping[BlobId, Sequence[int]], safe: Iterable[str], at: int) -> None:
        """The center's word of a moment (ms by its clock): what it lacks of blobs, and which its receipt names whole.

        An older word never undoes a newer one.
        """

    def county_reborn(self) -> None:
        """The center begins another life: nothing counts as safe there until it says so again."""

    def wanted(self) -> Sequence[Lacking]:
        """What somebody asked back and has not come."""

    def keep(self, blob: BlobId, manifest: Manifest | None, pieces: Sequence[tuple[int, bytes]]) -> Sequence[str]:
        """Keep what came back; codes of what was refused. Raises WorldFailed `vault.disk_full`."""

    def frozen(self) -> Outgoing | None:
        """The bundle of pieces that a network has not taken whole yet."""

    def freeze(self, outgoing: Outgoing | None) -> None:
        """Keep it before a byte of it leaves; None when it was answered."""

    def files(self) -> Mapping[int, tuple[str, Mapping[BlobId, Sequence[int]]]]:
        """What was written on sticks: number -> mark of the file, and which pieces it holds."""

    def note_file(self, no: int, mark: str, pieces: Mapping[BlobId, Sequence[int]]) -> None:
        """Remember what a file on a stick holds, before it is written."""

    def forget_files(self, numbers: Iterable[int]) -> None:
        """What these held has arrived."""


class PieceStick(Protocol):
    """A stick as a place for bundles of pieces, each a file of its own."""

    def lying(self) -> Mapping[int, str]:
        """Own files: number -> mark, the `signature_hash` of what lies there now."""

    def room(self) -> int:
        """Bytes that pieces may take: what is free but for 64 MiB."""

    def write(self, no: int, data: bytes) -> None:
        """Write a file and read it back; raises WorldFailed `stick.*`."""

    def drop(self, no: int) -> None:
        """Take an own file away; one that cannot go stays."""


def nameless(_down: bytes) -> str:
    """What comes over a network has no name."""
    return ""


def nothing_waits(_ticket: str) -> bytes:
    """A road that carries only files brings nothing when asked."""
    raise Unacceptable("down.unknown")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a road brought back: `down` bundles, or a refusal's code with what the center has of us.

    `down` may be read as it is gone through, once, so that a stick full of files costs the memory of one; `called`
    names the file that a bundle came from. `foreign` counts files of other centers, which nobody opened. `bring`
    fetches a down bundle that waits at the center under a ticket, and raises WorldFailed `network.*`, Unacceptable.
    """

    down: Iterable[bytes] = ()
    code: str = ""
    have: int | None = None
    foreign: int = 0
    called: Callable[[bytes], str] = nameless
    bring: Callable[[str], bytes] = field(default=nothing_waits, compare=False)


class Carrier(Protocol):
    """A road: it moves sealed bundles and knows nothing of cases. Raises WorldFailed when the road fails."""

    name: str

    def fetch(self) -> Answer:
        """What already lies there for us, before anything is sent (a stick); a network answers only to `offer`."""

    def offer(self, outgoing: Outgoing) -> Answer:
        """Send a bundle, resuming where the other side is; a stick answers with nothing, its receipt comes later."""

    def absorbed(self, down: bytes, *, covered: int) -> None:
        """A down bundle is durably taken in, and own bundles up to `covered` are receipted: the road may tidy up."""
