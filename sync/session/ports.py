"""What an exchange needs of the world, as protocols; fakes of them stand in the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from mediator.errors import Unacceptable
from mediator.journal.entry import Entry
from mediator.journal.port import Absorbed, Outgoing
from sync.wire.bundle import Sealer

__all__ = ["Answer", "Carrier", "Sealer", "Shelf"]


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
