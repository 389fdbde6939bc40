"""The clipboard: what was copied here is gone after half a minute and at every lock, what others copied stays (T11)."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication

from mediator.ui.clip import MARKS, WIPED_AFTER_MS
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import a_sitting

NUMBER = "330000199001010010"


def copied(window: Window) -> str:
    """A number, typed in a field of the program and copied there."""
    a_sitting(window)
    keyboard = Keyboard(window)
    keyboard.type(NUMBER)
    keyboard.press("Ctrl+A", "Ctrl+C")
    return QGuiApplication.clipboard().text()


@pytest.mark.threat("T11")
def test_what_was_copied_is_wiped_when_half_a_minute_is_over_and_not_before(window: Window) -> None:
    assert copied(window) == NUMBER
    assert window.clip.timer.isActive()
    assert window.clip.timer.interval() == WIPED_AFTER_MS == 30_000
    window.clip.timer.timeout.emit()
    assert QGuiApplication.clipboard().text() == ""


@pytest.mark.threat("T11")
def test_a_lock_wipes_what_was_copied_at_once(window: Window) -> None:
    assert copied(window) == NUMBER
    window.lock(whatever=True)
    settle(window)
    assert QGuiApplication.clipboard().text() == ""
    assert not window.clip.timer.isActive()


@pytest.mark.threat("T11")
def test_histories_of_the_clipboard_are_told_to_leave_it_out(window: Window) -> None:
    copied(window)
    data = QGuiApplication.clipboard().mimeData()
    for form, mark in MARKS.items():
        assert bytes(data.data(form).data()) == mark
    assert not data.hasHtml()


def test_copying_something_else_counts_anew_and_what_others_put_there_since_is_left_alone(window: Window) -> None:
    clipboard, watch = QGuiApplication.clipboard(), window.clip
    copied(window)
    clipboard.setText("另一段")
    assert watch.ours == "另一段"
    watch.ours = NUMBER  # another program put its own there without our hearing of it
    watch.wipe()
    assert clipboard.text() == "另一段"
    assert not watch.timer.isActive()
