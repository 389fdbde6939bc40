"""The exchange as a pure machine: every phase and every event, what comes next and what is done."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.session.laptop import MAX_ROUNDS, Command, Event, Phase, State, step

NEXT: dict[tuple[Phase, Event], tuple[Phase, Command]] = {
    (Phase.REST, Event.START): (Phase.FETCHING, Command.FETCH),
    (Phase.FETCHING, Event.FETCHED): (Phase.ABSORB, Command.ABSORB),
    (Phase.FETCHING, Event.FETCHED_NOTHING): (Phase.CUT, Command.CUT),
    (Phase.CUT, Event.CUT): (Phase.OFFERED, Command.OFFER),
    (Phase.OFFERED, Event.ANSWERED): (Phase.ABSORB, Command.ABSORB),
    (Phase.OFFERED, Event.WRITTEN): (Phase.REST, Command.REPORT),
    (Phase.OFFERED, Event.WRITTEN_MORE): (Phase.CUT, Command.CUT),
    (Phase.OFFERED, Event.GAP): (Phase.REWINDING, Command.REWIND),
    (Phase.REWINDING, Event.REWOUND): (Phase.CUT, Command.CUT),
    (Phase.ABSORB, Event.ABSORBED): (Phase.REST, Command.REPORT),
    (Phase.ABSORB, Event.ABSORBED_MORE): (Phase.CUT, Command.CUT),
}
ALWAYS = {Event.FAILED: Phase.REST, Event.FORKED: Phase.HELD}


@pytest.mark.parametrize(("phase", "event"), list(product(Phase, Event)), ids=str)
def test_every_phase_knows_what_every_event_means(phase: Phase, event: Event) -> None:
    state, command = step(State(phase, 1, "before"), event, code="why")
    if event in ALWAYS:
        assert (state, command) == (State(ALWAYS[event], 1, "why"), Command.REPORT)
    elif (phase, event) in NEXT:
        assert (state.phase, command) == NEXT[phase, event]
        assert state.code == "", "what went wrong earlier is not told again"
    else:
        assert (state, command) == (State(phase, 1, "before"), None), "an event that does not fit changes nothing"


def test_what_a_stick_brought_is_taken_in_before_anything_is_sent() -> None:
    state, command = step(State(Phase.FETCHING), Event.FETCHED)
    assert command is Command.ABSORB
    assert step(state, Event.ABSORBED)[1] is Command.CUT


def test_a_cut_counts_and_no_center_can_keep_a_laptop_going_for_ever() -> None:
    last = State(Phase.ABSORB, MAX_ROUNDS)
    assert step(last, Event.ABSORBED_MORE) == (State(Phase.REST, MAX_ROUNDS), Command.REPORT)
    assert step(State(Phase.OFFERED, MAX_ROUNDS), Event.GAP) == (
        State(Phase.REST, MAX_ROUNDS, "bundle.gap"), Command.REPORT,
    )  # fmt: skip


@given(st.lists(st.sampled_from(list(Event)), max_size=400))
def test_whatever_happens_the_machine_rests_or_goes_on_within_its_rounds(events: list[Event]) -> None:
    state, cuts = State(), 0
    for event in events:
        before = state.rounds
        state, command = step(state, event, code="x")
        cuts += command is Command.CUT
        assert state.rounds in (before, before + 1, 0)
        assert state.rounds <= MAX_ROUNDS
        assert (command is Command.REPORT) <= (state.phase in (Phase.REST, Phase.HELD))
