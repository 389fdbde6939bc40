"""The county as casework asks for it: the door the start-up file hands in, and what comes back through it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from mediator.store.vault import Vault


def ever() -> bool:
    """Nobody stops it."""
    return True


@dataclass(frozen=True, slots=True)
class Damaged:
    """A bundle that could not be taken in: the name of its file (empty over a network), and why."""

    file: str
    code: str


@dataclass(frozen=True, slots=True)
class Files:
    """Recordings and scans: pieces that went and came back, how many files wait to be sent and their sealed bytes."""

    sent: int = 0
    received: int = 0
    waiting: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file that was written to a stick: own entries `first` to `last` (none when `last` is lower), bytes, digits.

    The eight digits are compared where the stick arrives.
    """

    file: str
    first: int
    last: int
    size: int
    digits: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What a receipt slip confirmed: up to which own entry, and how many still wait to leave."""

    n: int
    pending: int


@dataclass(frozen=True, slots=True)
class Exchanged:
    """One exchange: entries sent and received, receipts taken, open conflicts, entries that still wait, bytes.

    `code` is empty when all went through; otherwise what needs attention (`sync.waiting`, `desk.revoked`, ...).
    `damaged` names bundles that were passed over, `foreign` counts files of other centers on a stick, `set_aside`
    entries that break a rule of their kind and wait for a person. `parcels` are files written to a stick, `lacking` the
    bytes that were missing on a full one.
    """

    sent: int
    received: int
    receipts: int
    conflicts: int
    pending: int
    bytes: int
    code: str = ""
    damaged: tuple[Damaged, ...] = ()
    foreign: int = 0
    set_aside: int = 0
    files: Files = Files()
    parcels: tuple[Parcel, ...] = ()
    lacking: int = 0


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Joining a center: `state` is requested, waiting or enrolled; `digits` are the 6 compared by telephone."""

    device: str
    center: str
    state: str
    digits: str = ""


@dataclass(frozen=True, slots=True)
class PastExchange:
    """One line of the exchange history; `road` is network or usb."""

    at: datetime
    road: str
    sent: int
    received: int
    code: str


@dataclass(frozen=True, slots=True)
class Retry:
    """The road of its own accord: when it was last tried and how that ended, and when the next try comes.

    `failures` counts tries in a row; after none of them `code` is empty. No `again` where nobody tries by itself.
    """

    by_itself: bool = True
    tried: datetime | None = None
    again: datetime | None = None
    failures: int = 0
    code: str = ""


@dataclass(frozen=True, slots=True)
class SyncState:
    """Where the exchange stands, without asking anybody: last figures as in `Exchanged`, and history."""

    device: str
    center: str
    url: str
    state: str
    pending: int
    conflicts: int
    receipts: int
    last: PastExchange | None = None
    history: tuple[PastExchange, ...] = ()
    retry: Retry = Retry()
    files: Files = Files()


class ExchangeDoor(Protocol):
    """What the start-up file builds out of `sync`; every call does one whole exchange and may be repeated."""

    def by_network(self, vault: Vault, url: str, going: Callable[[], bool] = ever) -> Exchanged:
        """One exchange over the network; an empty url means the center this vault is enrolled with.

        Once `going` says no, it ends before its next request with `sync.stopped`.
        """

    def reachable(self, vault: Vault) -> bool:
        """Whether a line opens to the center this vault is enrolled with; nothing is sent and nobody else is asked."""

    def by_stick(self, vault: Vault, folder: Path) -> Exchanged:
        """Write what goes up, read what came down."""

    def by_slip(self, vault: Vault, text: str) -> Counted:
        """Count a receipt that came on paper; raises Unacceptable `slip.*` `receipt.*`, RefusedByRule `slip.known`."""

    def enroll_network(self, vault: Vault, url: str, code: str) -> Enrolled:
        """Join a center with a one-time code."""

    def enroll_stick(self, vault: Vault, folder: Path) -> Enrolled:
        """Write the request, or take the answer that lies there."""

    def status(self, vault: Vault) -> SyncState:
        """What waits and what was; asks nobody."""
