"""What every deed of the center is handed: database, identity, ciphers, clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final, Protocol

from mediator.core.calendar import Calendar
from mediator.core.published import InForce
from mediator.journal.canonical import decode_object
from mediator.journal.entry import DeskId
from sync.center.database import Database, sight
from sync.center.piece_files import PieceKeeper
from sync.wire.bundle import Sealer
from sync.wire.cards import CenterCard

BEIJING: Final = timezone(timedelta(hours=8))


class Cabinet(Protocol):
    """Seals sensitive columns under a key that does not lie in the database (T63)."""

    def seal(self, plain: bytes, *, place: bytes) -> bytes:
        """Sealed bytes, bound to the row they stand in."""

    def open(self, sealed: bytes, *, place: bytes) -> bytes:
        """The plain bytes; raises Unacceptable `column.sealed` for anything changed or moved."""

    def mark(self, text: bytes) -> bytes:
        """32 bytes, the same for the same text; whoever lacks the key learns nothing else from them."""


class PasswordHash(Protocol):
    """The slow road from a password to what an account keeps."""

    def __call__(self, password: str, *, salt: bytes) -> bytes:
        """32 bytes."""


@dataclass(frozen=True, slots=True)
class Places:
    """Names of the county's divisions by code, and the short names its rooms print in numbers."""

    names: dict[str, str]

    def name(self, code: str) -> str:
        """Name of a division; the code itself when it is not listed."""
        return self.names.get(code, code)

    def townships(self, county: str) -> list[str]:
        """Codes of the county's townships in their order."""
        return sorted(code for code in self.names if len(code) == 9 and code.startswith(county))

    def short(self, township: str) -> str:
        """`缙壶`: first character of the county, and as much of the township as tells it from its neighbours."""
        county, own = self.name(township[:6]), self.name(township)
        others = [self.name(code) for code in self.townships(township[:6]) if code != township]
        size = next((n for n in range(1, len(own)) if not any(o.startswith(own[:n]) for o in others)), len(own))
        return county[:1] + own[:size]


class Memory:
    """What was last read from entries, with the entries it was read from; of others it knows nothing."""

    __slots__ = ("_held",)

    def __init__(self) -> None:
        """Empty."""
        self._held: tuple[tuple[tuple[int, str], ...], InForce] | None = None

    def recall(self, written: tuple[tuple[int, str], ...]) -> InForce | None:
        """What these entries came to, None when others were read last."""
        held = self._held
        return held[1] if held and held[0] == written else None

    def keep(self, written: tuple[tuple[int, str], ...], found: InForce) -> InForce:
        """Keep it, and hand it back."""
        self._held = (written, found)
        return found


@dataclass(frozen=True, slots=True)
class Center:
    """One county's center; `desk` is its own chain, `now` gives ms UTC, `random` bytes.

    `shipped` is the program's own calendar; what counts is asked of `sync.center.published`. `pieces` is where
    recordings and scans rest, None where none are taken. `former` are keys that were in use within the last 400 days,
    `chain` how each led to the next, `known_as` the keys by which whoever is answered knows this county (`voices`).
    """

    database: Database
    card: CenterCard
    desk: DeskId
    sealer: Sealer
    cabinet: Cabinet
    now: Callable[[], int]
    random: Callable[[int], bytes]
    places: Places
    shipped: Calendar
    memory: Memory = field(default_factory=Memory)
    pieces: PieceKeeper | None = None
    former: tuple[Sealer, ...] = ()
    chain: tuple[Mapping[str, str], ...] = ()
    known_as: Sealer | None = None

    @property
    def voice(self) -> Sealer:
        """Who signs what goes down now."""
        return self.known_as or self.sealer

    @property
    def former_signs(self) -> tuple[bytes, ...]:
        """Every signing key that this center ever had and has no more."""
        return tuple(bytes.fromhex(str(decode_object(each["body"].encode())["before"])) for each in self.chain)

    @property
    def county(self) -> str:
        """Six-digit code."""
        return self.card.county

    def townships(self) -> list[str]:
        """Codes of the townships that may be looked at now: all, or the one that is looked from."""
        return [sight()] if sight() else self.places.townships(self.county)

    def today(self) -> date:
        """The day in the county."""
        return day_of(self.now())


def moment_of(ms: int) -> datetime:
    """Ms UTC as an aware moment of the county's wall clock."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(BEIJING)


def day_of(ms: int) -> date:
    """The county's day of a moment."""
    return moment_of(ms).date()
