"""Kills and locks at random moments of a sitting that is typed and recorded: two seconds at most, of text and sound."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import pytest

from mediator.casework import half_said, listening, opening, reading, recording
from mediator.casework.desk import Desk
from mediator.core.recordings import RATE, Ending
from mediator.core.records import Hearing
from tests.casework.desks import a_desk, a_document, taken_in
from tests.casework.tapes import tone
from tests.durability.children import SERVER, Place
from tests.durability.equality import at_desk
from tests.durability.sitting import hold_sitting, letters

SLOW = [pytest.param(False, id="usual"), pytest.param(True, id="full", marks=pytest.mark.full)]
AT_RISK_S = 2
LETTERS_A_SECOND = 10


def cut_short(place: Place, random: Random) -> tuple[str, int, int]:
    """Hold a sitting and kill it at a random moment, the recorder with it or not; its id, letters and samples told."""
    ours, theirs = SERVER.Pipe(duplex=False)
    child = SERVER.Process(target=hold_sitting, args=(theirs, place))
    child.start()
    theirs.close()
    _, recorder, sitting = ours.recv()
    gone = os.pidfd_open(recorder)
    child.join(random.uniform(0.0, 0.7))
    assert child.is_alive(), "the sitting ended by itself"
    assert child.pid is not None
    both = [child.pid, recorder]
    for process in random.sample(both, 2) if random.random() < 0.5 else both[:1]:
        os.kill(process, signal.SIGKILL)
    child.join()
    select.select([gone], [], [])  # a recorder whose desktop is gone ends by itself
    os.close(gone)
    last = last_of(ours.poll, ours.recv)
    ours.close()
    return sitting, *last


def last_of(waits: Callable[[], bool], receive: Callable[[], Any]) -> tuple[int, int]:
    """The newest tick that was told, (letters, samples)."""
    letters_told = samples = 0
    while waits():
        try:
            _, letters_told, samples = receive()
        except EOFError:
            break
    return letters_told, samples


@pytest.mark.threat("T04")
@pytest.mark.threat("T22")
@pytest.mark.parametrize("full", SLOW)
def test_a_kill_while_typing_and_recording_takes_two_seconds_of_either_at_most(tmp_path: Path, *, full: bool) -> None:
    desk, random, told_in_all = a_desk(tmp_path / "vault"), Random(4), 0
    cases = [taken_in(desk, a_document()) for _ in range(20 if full else 2)]
    opening.lock(desk)
    for number in range(200 if full else 10):
        place = Place(tmp_path / "vault", cases[number % len(cases)], number, str(tmp_path))
        sitting, typed, heard = cut_short(place, random)
        told_in_all += typed
        with at_desk(place) as desk:
            recording.settle(desk)
            found = next(each for each in reading.reread(desk, place.case).case.hearings if each.id == sitting)
            text_is_there(desk, found, place, typed)
            sound_is_there(desk, place, found, heard)
    assert told_in_all > number * LETTERS_A_SECOND, "the kills came before anything was typed"
    with at_desk(replace(place, round=place.round + 1)) as desk:
        assert opening.check(desk, full=True).ok


def text_is_there(desk: Desk, sitting: Hearing, place: Place, typed: int) -> None:
    """Turns and what stands in the field again are what was typed, from the first letter on, without a hole."""
    half = half_said.left(desk, sitting)
    found = "".join(turn.text for turn in sitting.turns if turn.speaker != "记事") + (half.text if half else "")
    assert found == "".join(islice(letters(place), len(found)))
    assert len(found) >= typed - AT_RISK_S * LETTERS_A_SECOND


def sound_is_there(desk: Desk, place: Place, sitting: Hearing, heard: int) -> None:
    """The recording is what was said, from the first sample on, without a hole."""
    (tape,) = sitting.recordings
    assert tape.ending is Ending.BROKEN_OFF
    assert tape.samples >= heard - AT_RISK_S * RATE
    if tape.samples:
        pcm = b"".join(listening.listen(desk, place.case, tape.id).pcm())
        assert pcm == tone(tape.samples / RATE)
