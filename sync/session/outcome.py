"""What one exchange did."""

from __future__ import annotations

from dataclasses import dataclass

from mediator.journal.port import Absorbed


@dataclass(frozen=True, slots=True)
class Damaged:
    """A bundle that was passed over: the name of its file, empty over a network, and what was wrong with it."""

    file: str
    code: str


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What one exchange did. `sent` and `received` count entries, `bytes` what was offered, `code` why it ended.

    `set_aside` counts entries that break a rule of their kind: newly found so here, or by the center in ours.
    `pieces_sent` and `pieces_received` are pieces of recordings and scans.
    """

    sent: int = 0
    received: int = 0
    receipts: int = 0
    conflicts: int = 0
    pending: int = 0
    bytes: int = 0
    code: str = ""
    faults: tuple[Damaged, ...] = ()
    foreign: int = 0
    set_aside: int = 0
    lacking: int = 0
    absorbed: tuple[Absorbed, ...] = ()
    pieces_sent: int = 0
    pieces_received: int = 0
