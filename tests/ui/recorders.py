"""A window whose recorder has a microphone that a test speaks into, and what a test does with it."""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QEventLoop, QTimer

from mediator.core.records import CaseId, HearingId
from mediator.ui.on_air import OnAir
from mediator.ui.pages.hearing import HearingPage
from mediator.ui.pages.unlock import UnlockPage
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import PASSWORD
from tests.ui.scenes import a_sitting

CHILD = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    " from tests.ui.recorder_child import main; main(plugged={})"
)
PATIENCE = 60_000


def with_recorder(window: Window, *, plugged: bool = True) -> OnAir:
    """From now on the window's recorder is one that a test speaks into."""
    window.on_air.command = [sys.executable, "-B", "-c", CHILD.format(plugged), json.dumps(sys.path)]
    return window.on_air


def until(on_air: OnAir, *signals: object) -> None:
    """Wait for one of these signals; a recorder that says nothing fails the test."""
    loop, timer = QEventLoop(), QTimer()
    timer.setSingleShot(True)
    timer.timeout.connect(lambda: loop.exit(1))
    for signal in signals:
        signal.connect(loop.quit)  # type: ignore[attr-defined]  # a bound signal, for which the stubs have no name
    timer.start(PATIENCE)
    process = on_air._process
    assert loop.exec() == 0, f"the recorder said nothing: {process.state() if process else on_air.ending}"


def speak(on_air: OnAir, seconds: float, *, loud: int = 9000) -> None:
    """Somebody speaks, and the program hears of all of it."""
    wanted = on_air.samples + round(seconds * 16_000) // 1600 * 1600
    on_air._write(f"hear {seconds} {loud}")
    while on_air.samples < wanted:
        until(on_air, on_air.heard, on_air.ended)


def recording(window: Window, case: CaseId | None = None) -> tuple[CaseId, HearingId, HearingPage, OnAir]:
    """A sitting on the screen in which everybody agreed and is being recorded."""
    on_air = with_recorder(window)
    found, sitting, page = a_sitting(window, case)
    page.record_sound()
    settle(window)
    page.consent.all_agree()
    settle(window)
    assert page.consent.shown.missing == ()
    page.consent.start()
    until(on_air, on_air.ready, on_air.missing)
    settle(window)
    assert on_air.is_for(sitting)
    return found, sitting, page, on_air


def unlock(window: Window) -> None:
    """Past the door again."""
    page = window.gate.currentWidget()
    assert isinstance(page, UnlockPage)
    page.password.setText(PASSWORD)
    page.unlock()
    settle(window)
    assert window.house is not None


def ended(window: Window, on_air: OnAir) -> None:
    """Wait for the recorder's end and for what follows from it."""
    if on_air.running:
        until(on_air, on_air.ended)
    settle(window)
