"""A sitting on the real page in a process of its own: ten letters and ten tenths of a second of sound a second.

The clock is this loop: a tick is a tenth of a second, whatever the machine needs for it. The field's own clock is
stopped and run out by hand where its time has come.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from mediator.casework import reading
from mediator.ui.app import application
from mediator.ui.pages.hearing import HearingPage
from mediator.ui.pages.hearing_half import EVERY_MS
from mediator.ui.preferences import Preferences
from mediator.ui.screenshots import settle
from mediator.ui.tokens import Look
from mediator.ui.window import Window
from tests.durability.children import Place, sit_down
from tests.ui.recorders import recording, speak

TICK_MS = 100
ALPHABET = "我不是给钱村里十八号就要浇路想一次了断以后再为这个事红脸"


def letters(place: Place) -> Iterator[str]:
    """What is typed in a round, without end; the same for whoever asks."""
    random = Random(f"letters {place.round}")
    return (random.choice(ALPHABET) for _ in count())


def hold_sitting(told: Connection, place: Place) -> None:
    """Type and record until somebody ends it; told: the recorder, then letters and samples each tick."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    desk = sit_down(place)
    preferences = Preferences(Path(place.to) / "look.json", Look())
    kept = application(desk.workshop, preferences)
    window = Window(desk.workshop, place.vault, preferences)
    window.sit_down(desk)
    settle(window)
    _, _, page, on_air = recording(window, place.case)
    assert on_air._process is not None
    told.send(("begun", on_air._process.processId(), reading.reread(desk, place.case).case.hearings[-1].id))
    typed, waited, source = 0, 0, letters(place)
    while kept is not None:
        type_letter(page, next(source), last=typed % 37 == 36)
        typed += 1
        waited = run_clock(window, page, waited)
        speak(on_air, TICK_MS / 1000)
        told.send(("tick", typed, on_air.samples))


def type_letter(page: HearingPage, letter: str, *, last: bool) -> None:
    """One more letter; the last one of a turn ends it."""
    page.record.input.insertPlainText(letter)
    if last:
        page.record.end_turn()


def run_clock(window: Window, page: HearingPage, waited: int) -> int:
    """A tick passes; where the field's clock has run as long as it runs, it goes off. How long it has run now."""
    half = page.record.half
    if not half.clock.isActive() and not waited:
        return 0
    half.clock.stop()
    if waited + TICK_MS < EVERY_MS:
        return waited + TICK_MS
    half.keep()
    settle(window)
    return 0
