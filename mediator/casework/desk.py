"""The desk: an open vault, and the workshop that the start-up file hands in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Final, Protocol

from mediator.casework.county import ExchangeDoor
from mediator.casework.sherpa import SherpaTranscriber
from mediator.casework.speech import SpeechModel, Transcriber
from mediator.core.calendar import shipped_calendar
from mediator.core.lint import Finding
from mediator.core.records import CaseId
from mediator.store.appending import Changes
from mediator.store.places import trouble_with
from mediator.store.space import BALLAST, free_bytes
from mediator.store.unlocking import Ground
from mediator.store.vault import Vault

BEIJING: Final = timezone(timedelta(hours=8))
PRACTICE: Final = "practice"
REHEARSAL: Final = "演练"


class Clock(Protocol):
    """The time of this machine; tests hand in one that stands still."""

    def now(self) -> datetime:
        """The present moment, aware."""


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present moment in UTC."""
        return datetime.now(UTC)


def house_ground(clock: Clock) -> Ground:
    """What a vault is handed in use: this clock, the shipped calendar, the house's own cost of passwords."""
    return Ground(
        now=lambda: milliseconds(clock.now()), today=lambda: day_of(clock.now()), calendar=shipped_calendar(),
        trouble=trouble_with, ballast=BALLAST,
    )  # fmt: skip


def milliseconds(moment: datetime) -> int:
    """Whole ms UTC."""
    return int(moment.timestamp() * 1000)


def day_of(moment: datetime) -> date:
    """The day in Beijing time."""
    return moment.astimezone(BEIJING).date()


def unheard(_: tuple[Finding, ...]) -> None:
    """Nobody listens to what was cleaned."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What deeds need beside the vault: clock, randomness, faces for papers, the road to the county.

    `random(n)` gives n random bytes. `ground` makes what a vault is handed; tests hand in one with cheap passwords.
    `heard` is told whenever a deed took characters out of a text (C4), with the places. `free` tells the bytes left on
    the disk of a folder; `engine` loads a model that turns speech into a draft.
    """

    clock: Clock
    random: Callable[[int], bytes]
    fonts_folder: Path
    exchange: ExchangeDoor | None = None
    ground: Callable[[Clock], Ground] = house_ground
    free: Callable[[Path], int] = free_bytes
    engine: Callable[[SpeechModel], Transcriber] = SherpaTranscriber
    heard: Callable[[tuple[Finding, ...]], None] = field(default=unheard)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a mediator sits: one open vault and the workshop. Every deed takes it first.

    `explained` are another's cases for which whoever sits here gave a reason since the vault was opened.
    """

    vault: Vault
    workshop: Workshop
    explained: set[CaseId] = field(default_factory=set, compare=False)

    @property
    def practice(self) -> bool:
        """Whether this is a practice room; the vault itself says so, wherever it lies."""
        return self.vault.room.kind == PRACTICE

    @property
    def across(self) -> str:
        """The word that stands across each page that leaves this desk; nothing in a real room."""
        return REHEARSAL if self.practice else ""

    def now_ms(self) -> int:
        """Wall clock in whole ms UTC, for show only."""
        return milliseconds(self.workshop.clock.now())

    def today(self) -> date:
        """The day in Beijing time, which counts for deadlines."""
        return day_of(self.workshop.clock.now())

    def listen(self, heard: Callable[[datetime | None, frozenset[CaseId]], None]) -> None:
        """Be told of every durable change, on the vault's thread: when (None: by an exchange), which cases."""

        def told(changes: Changes) -> None:
            saved = datetime.fromtimestamp(changes.saved_at / 1000, UTC).astimezone(BEIJING)
            heard(saved if changes.entries else None, changes.cases)

        self.vault.subscribe(told)

    def fresh_id(self) -> str:
        """16 random bytes as 32 lower-case hex."""
        return self.workshop.random(16).hex()
