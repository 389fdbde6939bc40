"""At the door: whose page stands there, and the first steps of a newcomer."""

from __future__ import annotations

from mediator.ui.pages.first_run import FirstRunPage
from mediator.ui.pages.unlock import UnlockPage
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import ROOM
from tests.ui.keyboard import Keyboard

WRONG = "石桥下的流水 78 声"
NEW = "石桥下的流水 77 声"


def unlock_page(keyboard: Keyboard) -> UnlockPage:
    """The page at the gate."""
    page = keyboard.window.gate.currentWidget()
    assert isinstance(page, UnlockPage)
    return page


def first_run_page(keyboard: Keyboard) -> FirstRunPage:
    """The page at the gate."""
    page = keyboard.window.gate.currentWidget()
    assert isinstance(page, FirstRunPage)
    return page


def close(window: Window) -> None:
    """Leave nothing open."""
    window.close()
    settle(window)


def to_the_password(keyboard: Keyboard) -> FirstRunPage:
    """The first two steps filled in."""
    keyboard.fill(ROOM.organization)
    keyboard.type(ROOM.division)
    keyboard.press("Enter")
    keyboard.fill("李调解")
    keyboard.press("Enter")
    return first_run_page(keyboard)
