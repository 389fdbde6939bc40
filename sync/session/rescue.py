"""What a laptop hands back of other desks because the center asks for it (sync-design 3.3).

A restored laptop's backup may hold entries that its former life never sent, and a center that lost its newest days asks
for what former lives had said. The laptop keeps a cursor `x:<desk>` beside those of the feeds: up to which entry of
that desk the center knows. What it holds above goes with every bundle until the center says that it has taken it, so
that a lost stick costs nothing here either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from mediator.errors import Unacceptable
from mediator.journal.entry import DeskId, Entry
from mediator.journal.port import Journal
from sync.session.packing import Cursors, bounded, leaving, own_run, runs
from sync.wire.frames import Frame
from sync.wire.limits import MAX_RAW_RESCUE
from sync.wire.members import is_count, is_hex

MARK: Final = "x:"
WANTED: Final = "rescue.wanted"
TAKEN: Final = "rescue.taken"
Notice = Mapping[str, object]


def cursor_name(desk: str) -> str:
    """The name under which the laptop keeps what the center knows of a desk."""
    return f"{MARK}{desk}"


def notice(code: str, desk: str, *, n: int, h: str, epoch: int) -> Notice:
    """The center's word on another desk: what it holds up to `n`, in which life it says so."""
    return {"code": code, "desk": desk, "n": n, "h": h, "epoch": epoch}


def moved(journal: Journal, desk: DeskId, have: Cursors, notices: Iterable[Notice]) -> dict[str, tuple[int, int]]:
    """Cursors after what the center asked for and took; never back, and never about the own desk.

    Raises Unacceptable `entry.fork` when the center holds another history of a desk than this vault.
    """
    found: dict[str, tuple[int, int]] = {}
    for said in notices:
        match said:
            case {"code": str(code), "desk": str(other), "n": int(n), "h": str(h), "epoch": int(epoch)} if (
                code in (WANTED, TAKEN) and is_hex(other, 32) and is_count(n) and is_count(epoch) and other != desk
            ):
                refuse_fork(journal, DeskId(other), (n, h))
                name = cursor_name(other)
                before = found.get(name, have.get(name, (0, 0)))
                newer = (epoch, n) > before if code == TAKEN else epoch > before[0]
                found |= {name: (epoch, n)} if newer else {}
    return found


def refuse_fork(journal: Journal, desk: DeskId, point: tuple[int, str]) -> None:
    """Raise Unacceptable `entry.fork` when our entry at this counter is another one."""
    n, digest = point
    held = journal.since(desk, n - 1, 1) if n else ()
    if held and held[0].n == n and held[0].hash != digest:
        raise Unacceptable("entry.fork", where=f"{desk}:{n}")


def owed(journal: Journal, cursors: Cursors) -> dict[DeskId, list[Entry]]:
    """Entries of other desks that the center asked for and has not taken, as many as go into one bundle."""
    room, found = MAX_RAW_RESCUE, {}
    for name, (_, after) in sorted(cursors.items()):
        desk = DeskId(name.removeprefix(MARK))
        if name.startswith(MARK) and room > 0 and (entries := bounded(own_run(journal, desk, after), room)):
            found[desk] = entries
            room -= sum(len(entry.raw) for entry in entries)
    return found


def rescue_frames(entries: Sequence[Entry]) -> Iterator[Frame]:
    """Segments and withheld ranges of one desk; holes stay holes."""
    for run in without_holes(entries):
        yield from runs(run)


def without_holes(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    """Consecutive runs."""
    start = 0
    for at in range(1, len(entries) + 1):
        if at == len(entries) or entries[at].n != entries[at - 1].n + 1:
            yield entries[start:at]
            start = at


def rescued_count(found: Mapping[DeskId, Sequence[Entry]]) -> int:
    """How many entries of others leave."""
    return sum(map(leaving, found.values()))
