"""A case that the county lends to a room of another township and takes back: who has it, and what came afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from mediator.core.course import Lending
from mediator.journal.entry import Entry, EntryId
from mediator.journal.marks import covers
from mediator.journal.reading import Reader, moment
from mediator.journal.state import Lent, State

GRANTED: Final = "case.granted"
RELEASED: Final = "case.released"


def fold_granted(state: State, entry: Entry, body: Mapping[str, object]) -> State:
    """`case.granted`: the room has it from now on, for the first time or again."""
    told = Reader(body)
    lent = Lent(told.text("township"), told.text("name"), told.text("reason"), entry.wall)
    return replace(state, lent={**state.lent, told.text("room"): lent})


def fold_released(state: State, entry: Entry, body: Mapping[str, object]) -> State:
    """`case.released`: the room reads up to here; one that never had it has nothing to give back."""
    told = Reader(body)
    room = told.text("room")
    lent = state.lent.get(room)
    if lent is None:
        return state
    until = {**entry.marks, entry.desk: entry.n}
    return replace(state, lent={**state.lent, room: replace(lent, until=until, desks=told.texts("desks"))})


LENDING: Final = {GRANTED: fold_granted, RELEASED: fold_released}


def lendings_of(state: State) -> tuple[Lending, ...]:
    """Every room that has or had the case, in the order in which they got it."""
    return tuple(
        Lending(room, lent.township, lent.name, lent.reason, moment(lent.wall), lent.until is None)
        for room, lent in state.lent.items()
    )


def after_hand_over(state: State, entries: Iterable[Entry]) -> frozenset[EntryId]:
    """What a room wrote that had to give the case back, and that the county did not hold then (row 53).

    It counts like everything else; only a person can say whether it still belongs there.
    """
    back = [(lent.desks, lent.until) for lent in state.lent.values() if lent.until is not None]
    return frozenset(
        entry.id
        for entry in (entries if back else ())
        if any(entry.desk in desks and not covers(until, entry.desk, entry.n) for desks, until in back)
    )
