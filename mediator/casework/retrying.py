"""When the network is tried next by itself (sync-design 4): 1, 2, 4 ... 60 minutes after a failure, give or take 20 %.

The spread keeps forty rooms that lost the county in one moment from coming back in one moment. What is kept survives a
restart; a person who presses is never held by it, and begins the count anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

from mediator.casework.county import Exchanged, Retry
from mediator.casework.desk import BEIJING, Desk
from mediator.errors import MediatorError
from mediator.store.vault import Vault

SETTING: Final = "exchange_pace"
BY_ITSELF: Final = "exchange_by_itself"
OFF: Final = "off"
MINUTE: Final = 60_000
LONGEST: Final = 60
AFTER_SUCCESS: Final = 30
SPREAD: Final = 0.2
NO_ROAD: Final = frozenset({"network.unreachable", "network.cut", "network.proxy"})
UNTIL_A_PERSON: Final = frozenset({"desk.revoked", "entry.fork", "receipt.chain", "sync.not_enrolled", "sync.no_url"})
NO_TRY: Final = frozenset({"sync.stopped", "sync.running"})
Chance = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Pace:
    """Tries that failed in a row, when the last one was, when the next comes (ms UTC), and why the last failed."""

    failures: int = 0
    tried: int = 0
    again: int = 0
    code: str = ""

    def is_due(self, now: int) -> bool:
        """True once its moment came; a moment further off than any wait was set by a clock that ran wrong."""
        return not self.held and not now < self.again <= now + 2 * LONGEST * MINUTE

    @property
    def held(self) -> bool:
        """True when trying again cannot help until a person did something."""
        return self.code in UNTIL_A_PERSON

    @property
    def is_without_road(self) -> bool:
        """True when the last try found no way: as soon as there is one it is worth another."""
        return self.code in NO_ROAD


def after(pace: Pace, now: int, code: str, chance: Chance, *, pressed: bool = False) -> Pace:
    """The pace after a try that ended with a code, empty when it went well; `pressed` begins the count anew."""
    failures = ((0 if pressed else pace.failures) + 1) if code else 0
    minutes = min(1 << min(failures - 1, LONGEST.bit_length()), LONGEST) if failures else AFTER_SUCCESS
    return Pace(failures, now, now + spread(minutes, chance), code)


def paced(desk: Desk, exchange: Callable[[], Exchanged], *, pressed: bool) -> Exchanged:
    """An exchange after which it is known when the next try comes, however it ended."""
    try:
        done = exchange()
    except MediatorError as error:
        keep_try(desk, error.code, pressed=pressed)
        raise
    keep_try(desk, done.code, pressed=pressed)
    return done


def keep_try(desk: Desk, code: str, *, pressed: bool = False) -> None:
    """A try that ended with a code; one that was stopped or stood behind another was none."""
    if code not in NO_TRY:
        kept = after(pace_of(desk.vault), desk.now_ms(), code, desk.workshop.random, pressed=pressed)
        keep_pace(desk.vault, kept)


def spread(minutes: int, chance: Chance) -> int:
    """So many minutes in ms, a fifth less or more."""
    share = int.from_bytes(chance(2), "big") / 0xFFFF
    return int(minutes * MINUTE * (1 - SPREAD + 2 * SPREAD * share))


def pace_of(vault: Vault) -> Pace:
    """What was kept last; nothing yet, or nothing that can be read, is a try at once."""
    failures, _, rest = (vault.setting(SETTING) or "").partition(" ")
    tried, _, rest = rest.partition(" ")
    again, _, code = rest.partition(" ")
    try:
        return Pace(int(failures), int(tried), int(again), code)
    except ValueError:
        return Pace()


def keep_pace(vault: Vault, pace: Pace) -> None:
    """Remember it, also across a restart."""
    vault.keep_setting(SETTING, f"{pace.failures} {pace.tried} {pace.again} {pace.code}")


def is_by_itself(vault: Vault) -> bool:
    """Whether this vault exchanges of its own accord when there is a road."""
    return vault.setting(BY_ITSELF) != OFF


def go_by_itself(vault: Vault, wanted: bool) -> None:
    """From now on, or no more."""
    vault.keep_setting(BY_ITSELF, "on" if wanted else OFF)


def shown(vault: Vault, *, member: bool) -> Retry:
    """The pace as a person reads it."""
    pace, by_itself = pace_of(vault), member and is_by_itself(vault)
    told = Retry(by_itself, moment(pace.tried), moment(pace.again), pace.failures, pace.code)
    return told if by_itself and not pace.held else replace(told, again=None)


def moment(ms: int) -> datetime | None:
    """A wall clock in Beijing time, None for never."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(BEIJING) if ms else None
