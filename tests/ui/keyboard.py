"""A person at the keyboard: keys and words go where the focus is, and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QWidget

from mediator.casework.desk import Desk, Workshop
from mediator.ui.app import application
from mediator.ui.preferences import Preferences
from mediator.ui.screenshots import settle
from mediator.ui.tokens import Look
from mediator.ui.window import Window
from tests.ui.screens import on_real_screen, strike


@dataclass
class Keyboard:
    """Types into one window; after every key all asked deeds are waited for."""

    window: Window

    @property
    def focus(self) -> QWidget:
        """Where the next key goes."""
        settle(self.window)
        focus = QApplication.focusWidget()
        assert focus is not None, "nothing has the focus"
        return focus

    def press(self, *names: str) -> None:
        """Keys by their names, `Ctrl+N`, `Tab`, `Enter`."""
        for name in names:
            self.strike(name)
            settle(self.window)

    def strike(self, name: str) -> None:
        """One key: from the hand where there is a real screen, else straight to what has the focus."""
        focus = self.focus
        if on_real_screen():
            strike(name)
            return
        combined = QKeySequence(name)[0]  # type: ignore[index]  # the stubs leave it out
        QTest.keyClick(focus, combined.key(), combined.keyboardModifiers())

    def type(self, text: str) -> None:
        """Words as an input method hands them over."""
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(self.focus, event)
        settle(self.window)

    def fill(self, *texts: str) -> None:
        """Words into field after field, Tab between them."""
        for text in texts:
            self.type(text)
            self.press("Tab")

    def reach(self, name: str, *, limit: int = 120) -> QWidget:
        """Tab until the control with this accessible name has the focus."""
        for _ in range(limit):
            if self.focus.accessibleName() == name:
                return self.focus
            self.press("Tab")
        raise AssertionError(f"{name} cannot be reached by Tab")


def a_window(workshop: Workshop, place: Path, folder: Path, *, look: Look | None = None) -> Window:
    """A window at its gate, active as if somebody sat there."""
    preferences = Preferences(folder / "look.json", look or Look())
    application(workshop, preferences)
    window = Window(workshop, place, preferences)
    window.show()
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    settle(window)
    return window


def sit_down(window: Window, desk: Desk) -> None:
    """Past the gate."""
    window.sit_down(desk)
    settle(window)


def shown(window: Window) -> list[QWidget]:
    """Every control on the screen that can have the focus."""
    return [
        each
        for each in window.findChildren(QWidget)
        if each.isVisible() and each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isEnabled()
    ]


def tick(keyboard: Keyboard, title: str) -> None:
    """A kind of paper, by the arrows and the space key."""
    papers = keyboard.reach("文书种类")
    assert isinstance(papers, QListWidget)
    keyboard.press("Home")
    for _ in range(papers.count()):
        if papers.currentItem().text() == title:
            break
        keyboard.press("Down")
    assert papers.currentItem().text() == title
    keyboard.press("Space")
