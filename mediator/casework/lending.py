"""A matter that the county handed from room to room (转办): whose it is, who has it, what this room may still do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from mediator.casework.desk import Desk
from mediator.core.course import Lending
from mediator.core.records import Case
from mediator.journal.fold import StreamLog
from mediator.journal.lending import after_hand_over
from mediator.store.vault import Opened


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """`here` is the county's word by which this room has or had another's matter; `out` are rooms that have ours.

    `afterwards` counts what a room wrote after it had to give the matter back.
    """

    here: Lending | None = None
    out: tuple[Lending, ...] = ()
    afterwards: int = 0


AT_HOME: Final = Whereabouts()


def whereabouts(desk: Desk, opened: Opened) -> Whereabouts:
    """Where a matter is, for whoever looks at it; nothing is read for one that never left its room."""
    lent = opened.case.course.lendings
    if not lent:
        return AT_HOME
    here = lent_here(desk, opened.case)
    log = StreamLog()
    log.add(opened.entries)
    late = len(after_hand_over(log.state, opened.entries))
    return Whereabouts(here, () if here else tuple(each for each in lent if each.open), late)


def lent_here(desk: Desk, case: Case) -> Lending | None:
    """The county's word by which this room has or had the matter of another."""
    if not case.course.lendings:
        return None
    own = desk.vault.room.short
    return next((each for each in case.course.lendings if each.room == own), None)


def given_back(desk: Desk, case: Case) -> bool:
    """True for another's matter that this room had and has no more."""
    here = lent_here(desk, case)
    return here is not None and not here.open
