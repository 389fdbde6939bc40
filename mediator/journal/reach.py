"""How far an entry may go, and the one gate that says so (M4, T05)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Reach(StrEnum):
    """`county` goes up, `room` stays in the township, `private` stays on this machine; fixed by the kind."""

    COUNTY = "county"
    ROOM = "room"
    PRIVATE = "private"


WIDTH: Final = {Reach.PRIVATE: 0, Reach.ROOM: 1, Reach.COUNTY: 2}


def may_name(author: Reach, named: Reach) -> bool:
    """M4: an entry's marks count only entries of equal or wider reach, so a private note never becomes a hole."""
    return WIDTH[named] >= WIDTH[author]


def may_leave(reach: Reach, *, sealed: bool = False) -> bool:
    """True when an entry may be packed for the county: a room's only when it is sealed with the township's key."""
    return reach is Reach.COUNTY or (sealed and reach is Reach.ROOM)
