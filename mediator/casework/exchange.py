"""The exchange with the county: the deeds through the door that the start-up file hands in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from mediator.casework import retrying
from mediator.casework.county import Enrolled, Exchanged, ExchangeDoor, Files, SyncState
from mediator.casework.desk import Desk
from mediator.casework.drafting import member, pen_for, trace
from mediator.casework.erasing import settle
from mediator.casework.guards import real_room
from mediator.casework.intake import NUMBER_WORDS
from mediator.casework.opening import listed_state
from mediator.casework.supervising import acknowledge
from mediator.core.codes import CaseKind
from mediator.core.records import CaseId
from mediator.errors import MediatorError, NoAccess, Unacceptable, WorldFailed
from mediator.store.listing import RowQuery
from mediator.store.vault import Deed, Inside

PROVISIONAL: Final = "临"
BATCH: Final = 200
NAMED: Final = 3
NOTHING_THERE: Final = "U 盘上没有县里给本室的新内容。"


FAMILIES: Final[tuple[tuple[str, type[MediatorError]], ...]] = (
    ("sync.running", WorldFailed),
    ("network.not_center", Unacceptable),
    ("network.", WorldFailed),
    ("center.full", WorldFailed),
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


def door_of(desk: Desk) -> ExchangeDoor:
    """The door that was handed in; raises NoAccess `sync.no_door` in a program without one.

    A practice room has none: RefusedByRule `practice.exchange`.
    """
    real_room(desk, "practice.exchange")
    if desk.workshop.exchange is None:
        raise NoAccess("sync.no_door")
    return desk.workshop.exchange


def by_network(desk: Desk, url: str = "") -> Exchanged:
    """One exchange over the network. Raises WorldFailed `sync.*`, NoAccess `sync.not_enrolled`."""
    door = door_of(desk)
    once = partial(door.by_network, desk.vault, url)
    return retrying.paced(desk, lambda: _noted(desk, "network", once), pressed=True)


def by_stick(desk: Desk, folder: Path) -> Exchanged:
    """One exchange with a stick."""
    door = door_of(desk)
    return _noted(desk, "usb", lambda: door.by_stick(desk.vault, folder))


def told(done: Exchanged) -> str:
    """What a person should hear beside the figures, in whole sentences; empty when there is nothing."""
    named = [each.file for each in done.damaged if each.file]
    more = f"等{len(named)}个文件" if len(named) > NAMED else ""
    parts = (
        f"{'、'.join(named[:NAMED])}{more}读不出来，已跳过，其他文件照常读入。" if named else "",
        NOTHING_THERE if done.parcels and not (done.received or done.receipts or done.damaged or done.foreign) else "",
        f"U 盘还差{megabytes(done.lacking)}。" if done.lacking else "",
        f"有{done.foreign}个文件是别的县中心的，没有动。" if done.foreign else "",
        f"有{done.set_aside}条记录不合格式，已单独存放，等人处理。" if done.set_aside else "",
        files_told(done.files),
    )
    return "".join(parts)


def files_told(files: Files) -> str:
    """What became of recordings and scans, empty where there are none on the way."""
    went = "、".join(f"{word}{count}块" for word, count in (("送出", files.sent), ("取回", files.received)) if count)
    left = f"还有{files.waiting}份（{megabytes(files.bytes)}）没有送完" if files.waiting else ""
    told = "，".join(each for each in (went, left) if each)
    return f"录音和扫描件：{told}。" if told else ""


def megabytes(size: int) -> str:
    """Bytes as a clerk reads them: whole MB, at least one."""
    return f"{max(round(size / 1_000_000), 1):,} MB"


def _noted(desk: Desk, road: str, exchange: Callable[[], Exchanged]) -> Exchanged:
    """An exchange with its line in the history and its audit entry, also when it fails."""
    try:
        return note(desk, road, exchange())
    except MediatorError as error:
        note_failure(desk, road, error.code)
        raise


def note_failure(desk: Desk, road: str, code: str) -> None:
    """A try that came to nothing."""
    desk.vault.shelf.note_exchange(road, sent=0, received=0, code=code)
    desk.vault.append([trace(desk, "audit.exchange", road=road, code=code)])


def note(desk: Desk, road: str, done: Exchanged) -> Exchanged:
    """What was exchanged, and what follows from what came."""
    desk.vault.shelf.note_exchange(road, sent=done.sent, received=done.received, code=done.code)
    desk.vault.append([trace(desk, "audit.exchange", road=road, sent=done.sent, received=done.received)])
    settle(desk)
    if not listed_state(desk):  # until then nothing is shown, and nothing is written about what is not shown
        give_official_numbers(desk)
        acknowledge(desk)
    return done


def enroll_network(desk: Desk, url: str, code: str) -> Enrolled:
    """Join a center by a one-time code."""
    return _joined(desk, door_of(desk).enroll_network(desk.vault, url, code))


def enroll_stick(desk: Desk, folder: Path) -> Enrolled:
    """Join a center by files on a stick: first call writes the request, a later one takes the answer."""
    return _joined(desk, door_of(desk).enroll_stick(desk.vault, folder))


def _joined(desk: Desk, enrolled: Enrolled) -> Enrolled:
    """Leave a trace, and renumber when the center already granted numbers."""
    desk.vault.append([trace(desk, "audit.enrolled", state=enrolled.state, center=enrolled.center)])
    give_official_numbers(desk)
    return enrolled


def status(desk: Desk) -> SyncState:
    """Where the exchange stands; a program without a road, or a practice room, says that it is not enrolled."""
    if desk.workshop.exchange is None or desk.practice:
        return SyncState(device=desk.vault.desk, center="", url="", state="none", pending=0, conflicts=0, receipts=0)
    state = desk.workshop.exchange.status(desk.vault)
    return replace(state, retry=retrying.shown(desk.vault, member=state.state == "enrolled" and bool(state.url)))


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
