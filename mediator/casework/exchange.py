"""The exchange with the county: the door the start-up file hands in, and the deeds through it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from mediator.casework.desk import Desk
from mediator.casework.drafting import member, pen_for, trace
from mediator.casework.intake import NUMBER_WORDS
from mediator.core.codes import CaseKind
from mediator.core.records import CaseId
from mediator.errors import MediatorError, NoAccess, Unacceptable, WorldFailed
from mediator.store.listing import RowQuery
from mediator.store.vault import Deed, Inside, Vault

PROVISIONAL: Final = "临"
BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class Exchanged:
    """One exchange: entries sent and received, receipts taken, open conflicts, entries that still wait, bytes.

    `code` is empty when all went through; otherwise what needs attention (`sync.waiting`, `sync.revoked`, ...).
    """

    sent: int
    received: int
    receipts: int
    conflicts: int
    pending: int
    bytes: int
    code: str = ""


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


class ExchangeDoor(Protocol):
    """What the start-up file builds out of `sync`; every call does one whole exchange and may be repeated."""

    def by_network(self, vault: Vault, url: str) -> Exchanged:
        """One exchange over the network; an empty url means the center this vault is enrolled with."""

    def by_stick(self, vault: Vault, folder: Path) -> Exchanged:
        """Write what goes up, read what came down."""

    def enroll_network(self, vault: Vault, url: str, code: str) -> Enrolled:
        """Join a center with a one-time code."""

    def enroll_stick(self, vault: Vault, folder: Path) -> Enrolled:
        """Write the request, or take the answer that lies there."""

    def status(self, vault: Vault) -> SyncState:
        """What waits and what was; asks nobody."""


FAMILIES: Final[tuple[tuple[str, type[MediatorError]], ...]] = (
    ("network.not_center", Unacceptable),
    ("network.", WorldFailed),
    ("stick.", WorldFailed),
    ("vault.", WorldFailed),
    ("desk.", NoAccess),
    ("enroll.", NoAccess),
    ("sync.", NoAccess),
)


def failure(code: str) -> MediatorError:
    """The error a code of an exchange stands for: the world, a missing right, or something unacceptable."""
    family = next((family for start, family in FAMILIES if code.startswith(start)), Unacceptable)
    return family(code)


def _door(desk: Desk) -> ExchangeDoor:
    """The door that was handed in; raises NoAccess `sync.no_door` in a program without one."""
    if desk.workshop.exchange is None:
        raise NoAccess("sync.no_door")
    return desk.workshop.exchange


def by_network(desk: Desk, url: str = "") -> Exchanged:
    """One exchange over the network. Raises WorldFailed `sync.*`, NoAccess `sync.not_enrolled`."""
    door = _door(desk)
    return _noted(desk, "network", lambda: door.by_network(desk.vault, url))


def by_stick(desk: Desk, folder: Path) -> Exchanged:
    """One exchange with a stick."""
    door = _door(desk)
    return _noted(desk, "usb", lambda: door.by_stick(desk.vault, folder))


def _noted(desk: Desk, road: str, exchange: Callable[[], Exchanged]) -> Exchanged:
    """An exchange with its line in the history and its audit entry, also when it fails."""
    try:
        done = exchange()
    except MediatorError as error:
        desk.vault.shelf.note_exchange(road, sent=0, received=0, code=error.code)
        desk.vault.append([trace(desk, "audit.exchange", road=road, code=error.code)])
        raise
    desk.vault.shelf.note_exchange(road, sent=done.sent, received=done.received, code=done.code)
    desk.vault.append([trace(desk, "audit.exchange", road=road, sent=done.sent, received=done.received)])
    give_official_numbers(desk)
    return done


def enroll_network(desk: Desk, url: str, code: str) -> Enrolled:
    """Join a center by a one-time code."""
    return _joined(desk, _door(desk).enroll_network(desk.vault, url, code))


def enroll_stick(desk: Desk, folder: Path) -> Enrolled:
    """Join a center by files on a stick: first call writes the request, a later one takes the answer."""
    return _joined(desk, _door(desk).enroll_stick(desk.vault, folder))


def _joined(desk: Desk, enrolled: Enrolled) -> Enrolled:
    """Leave a trace, and renumber when the center already granted numbers."""
    desk.vault.append([trace(desk, "audit.enrolled", state=enrolled.state, center=enrolled.center)])
    give_official_numbers(desk)
    return enrolled


def status(desk: Desk) -> SyncState:
    """Where the exchange stands; a program without a road says that it is not enrolled."""
    if desk.workshop.exchange is None:
        return SyncState(device=desk.vault.desk, center="", url="", state="none", pending=0, conflicts=0, receipts=0)
    return desk.workshop.exchange.status(desk.vault)


def give_official_numbers(desk: Desk) -> int:
    """Give this desk's cases with a provisional number (临) an official one; the old one stays as alias.

    Does nothing while there are no granted blocks (sync-design 11); gives the count of cases that were renumbered.
    """
    done = 0
    for row in desk.vault.rows(RowQuery(order="number", limit=BATCH)):
        word = NUMBER_WORDS[member(CaseKind, row.kind)]
        if row.number.startswith(PROVISIONAL) and desk.vault.numbers_left(word):
            done += len(desk.vault.perform(partial(_renumbered, desk, row.id)).entries)
    return done


def _renumbered(desk: Desk, case_id: CaseId, inside: Inside) -> Deed:
    """One case's official number, inside the transaction; another desk's case is left to that desk."""
    opened = inside.case(case_id)
    own = {desk.vault.desk, desk.vault.setting("succeeds")}
    if opened.entries[0].desk not in own or not opened.case.number.startswith(PROVISIONAL):
        return Deed([])
    number = inside.take_number(NUMBER_WORDS[opened.case.kind])
    pen = pen_for(desk, case_id, opened.seen)
    return Deed([pen.write("case.numbered", number=number, alias=opened.case.number)])
