"""A snapshot at the laptop: which parts came, when its cursor may move, and where further parts wait.

The laptop keeps `s:<snapshot>` among its cursors: how many parts there are, and a bit for each that is in. Parts come
in any order, twice, over either road; only when every bit is set does the cursor of the feed move.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from mediator.errors import Unacceptable
from mediator.journal.entry import DeskId
from sync.session.packing import Cursors
from sync.wire.bundle import Sealer
from sync.wire.cards import CenterCard
from sync.wire.frames import Frame, FrameType, declared
from sync.wire.members import is_count, is_hex
from sync.wire.snapshot import SnapshotPart, read_manifest
from sync.wire.succession import by_any

MARK: Final = "s:"
WAITS: Final = "down.waits"
MAX_TICKETS: Final = 64


def cursor_name(snapshot: str) -> str:
    """The name under which the laptop keeps which parts came."""
    return f"{MARK}{snapshot}"


def notice(ticket: str) -> Mapping[str, object]:
    """The center's word that a down bundle waits under a ticket."""
    return {"code": WAITS, "ticket": ticket}


def tickets(notices: Iterable[Mapping[str, object]]) -> list[str]:
    """The tickets of what waits, each once."""
    found = [str(said.get("ticket")) for said in notices if said.get("code") == WAITS]
    return list(dict.fromkeys(ticket for ticket in found if is_hex(ticket, 32)))[:MAX_TICKETS]


def missing(have: Mapping[str, tuple[int, int]], snapshot: str, parts: int) -> list[int]:
    """The numbers of the parts that a laptop with these cursors lacks."""
    held, mask = have.get(cursor_name(snapshot), (parts, 0))
    return [part for part in range(1, parts + 1) if held != parts or not mask >> (part - 1) & 1]


def moved(
    frames: Sequence[Frame], card: CenterCard, desk: DeskId, have: Cursors, sealer: Sealer, *,
    keys: Sequence[bytes] = (),
) -> dict[str, tuple[int, int]]:  # fmt: skip
    """Cursors after a part of a snapshot, none for a bundle that is no part of one.

    `keys` are all that the center ever had, where that is more than the card's. Raises Unacceptable `snapshot.*` when
    the county did not sign for exactly these segments.
    """
    signed = [data for kind, data in frames if kind == FrameType.SNAPSHOT]
    if not signed:
        return {}
    known = keys or (bytes.fromhex(card.sign),)
    part = by_any(known, lambda key: read_manifest(signed[0], key, sealer))
    if len(signed) > 1 or part.center != card.center or part.desk != desk:
        raise Unacceptable("snapshot.foreign")
    check_segments(part, [data for kind, data in frames if kind == FrameType.SEGMENT])
    held, mask = have.get(cursor_name(part.snapshot), (part.parts, 0))
    mask = (mask if held == part.parts else 0) | 1 << (part.part - 1)
    found = {cursor_name(part.snapshot): (part.parts, mask)}
    whole, now = mask == (1 << part.parts) - 1, (part.epoch, part.upto)
    return found | ({part.feed: now} if whole and now > have.get(part.feed, (0, 0)) else {})


def check_segments(part: SnapshotPart, segments: Sequence[bytes]) -> None:
    """Raise Unacceptable `snapshot.content` unless these are the very segments, with as many entries."""
    digests = tuple(hashlib.sha256(data).hexdigest() for data in segments)
    if digests != part.segments or sum(map(declared, segments)) != part.entries or not is_count(part.streams):
        raise Unacceptable("snapshot.content")
