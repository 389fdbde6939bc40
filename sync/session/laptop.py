"""The laptop's exchange as a pure machine: `step(state, event) -> (state, commands)` (sync-design 4).

The same machine is driven over a network, a folder and the simulator. It never touches bytes: events say what
happened, commands what to do next.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Phase(Enum):
    """Where an exchange stands."""

    REST = "rest"
    FETCHING = "fetching"
    CUT = "cut"
    OFFERED = "offered"
    REWINDING = "rewinding"
    ABSORB = "absorb"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class State:
    """Phase, how often this exchange has cut a bundle, and why it ended; `then` is where absorbing returns to."""

    phase: Phase = Phase.REST
    rounds: int = 0
    code: str = ""
    then: Phase = Phase.REST


class Event(Enum):
    """What happened."""

    START = "start"
    FETCHED_NOTHING = "fetched_nothing"
    FETCHED = "fetched"
    CUT = "cut"
    ANSWERED = "answered"
    WRITTEN = "written"
    WRITTEN_MORE = "written_more"
    ABSORBED = "absorbed"
    ABSORBED_MORE = "absorbed_more"
    REWOUND = "rewound"
    GAP = "gap"
    FAILED = "failed"
    FORKED = "forked"


class Command(Enum):
    """What to do next."""

    FETCH = "fetch"
    CUT = "cut"
    OFFER = "offer"
    ABSORB = "absorb"
    REWIND = "rewind"
    REPORT = "report"


# Each round has to have sent or brought something; the bound holds a center that never comes to an end.
MAX_ROUNDS: Final = 64
Step = tuple[State, Command | None]


def step(state: State, event: Event, *, code: str = "") -> Step:
    """The next state and what to do; an event that does not fit the phase changes nothing."""
    if event is Event.FAILED:
        return State(Phase.REST, state.rounds, code), Command.REPORT
    if event is Event.FORKED:
        return State(Phase.HELD, state.rounds, code), Command.REPORT
    return _TABLE.get((state.phase, event), _stay)(state)


def _stay(state: State) -> Step:
    return state, None


def _start(_state: State) -> Step:
    return State(Phase.FETCHING), Command.FETCH


def _absorb_fetched(state: State) -> Step:
    return State(Phase.ABSORB, state.rounds, then=Phase.CUT), Command.ABSORB


def _cut(state: State) -> Step:
    return State(Phase.CUT, state.rounds + 1), Command.CUT


def _offer(state: State) -> Step:
    return State(Phase.OFFERED, state.rounds), Command.OFFER


def _absorb_answer(state: State) -> Step:
    return State(Phase.ABSORB, state.rounds, then=Phase.REST), Command.ABSORB


def _rest(state: State) -> Step:
    return State(Phase.REST, state.rounds), Command.REPORT


def _after_absorb(state: State) -> Step:
    return _cut(state) if state.then is Phase.CUT else _rest(state)


def _more(state: State) -> Step:
    return _cut(state) if state.rounds < MAX_ROUNDS else _rest(state)


def _rewind(state: State) -> Step:
    if state.rounds >= MAX_ROUNDS:
        return State(Phase.REST, state.rounds, "bundle.gap"), Command.REPORT
    return State(Phase.REWINDING, state.rounds), Command.REWIND


_TABLE: Final = {
    (Phase.REST, Event.START): _start,
    (Phase.FETCHING, Event.FETCHED): _absorb_fetched,
    (Phase.FETCHING, Event.FETCHED_NOTHING): _cut,
    (Phase.CUT, Event.CUT): _offer,
    (Phase.OFFERED, Event.ANSWERED): _absorb_answer,
    (Phase.OFFERED, Event.WRITTEN): _rest,
    (Phase.OFFERED, Event.WRITTEN_MORE): _more,
    (Phase.OFFERED, Event.GAP): _rewind,
    (Phase.ABSORB, Event.ABSORBED): _after_absorb,
    (Phase.ABSORB, Event.ABSORBED_MORE): _more,
    (Phase.REWINDING, Event.REWOUND): _cut,
}
