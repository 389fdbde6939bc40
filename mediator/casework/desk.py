"""The desk: an open vault, and the workshop that the start-up file hands in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from mediator.core.lint import Finding

if TYPE_CHECKING:
    from mediator.casework.exchange import ExchangeDoor
    from mediator.store.vault import Vault

BEIJING: Final = timezone(timedelta(hours=8))


class Clock(Protocol):
    """The time of this machine; tests hand in one that stands still."""

    def now(self) -> datetime:
        """The present moment, aware."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        return datetime.now(UTC)


def unheard(_: tuple[Finding, ...]) -> None:
    """Nobody listens to what was cleaned."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What deeds need beside the vault: clock, randomness, faces for papers, the road to the county.

    `random(n)` gives n random bytes. `policy` is the key policy of `crypto`, None for the house's own; tests hand in
    the light one. `heard` is told whenever a deed took characters out of a text (C4), with the places.
    """

    clock: Clock
    random: Callable[[int], bytes]
    fonts_folder: Path
    exchange: ExchangeDoor | None = None
    policy: object | None = None
    heard: Callable[[tuple[Finding, ...]], None] = field(default=unheard)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a mediator sits: one open vault and the workshop. Every deed takes it first."""

    vault: Vault
    workshop: Workshop

    def now_ms(self) -> int:
        """Wall clock in whole ms UTC, for show only."""
        return int(self.workshop.clock.now().timestamp() * 1000)

    def today(self) -> date:
        """The day in Beijing time, which counts for deadlines."""
        return self.workshop.clock.now().astimezone(BEIJING).date()

    def fresh_id(self) -> str:
        """16 random bytes as 32 lower-case hex."""
        return self.workshop.random(16).hex()
