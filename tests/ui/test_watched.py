"""The new tabs and forms of the watch as the pictures show them: named for the ear, never cut off, reached by Tab."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit

from mediator.ui import tokens
from mediator.ui.screenshots import settle
from mediator.ui.watched import letters_in, watch_pictures
from mediator.ui.window import Window
from tests.ui.eyes import LATIN, cut_off
from tests.ui.keyboard import Keyboard, shown
from tests.ui.scenes import desk_of
from tests.ui.test_every_page import in_group, walk

Seen = Callable[[Window], list[str]]


def through(window: Window, seen: Seen) -> dict[str, list[str]]:
    """What is wrong on each of them."""
    desk = desk_of(window)
    letters_in(desk)
    wrong: dict[str, list[str]] = {}

    def look(shown_in: Window, name: str) -> None:
        settle(shown_in)
        if found := seen(shown_in):
            wrong[name] = found

    watch_pictures(window, desk, look)
    return wrong


def cut(window: Window) -> list[str]:
    """Words that have less room than they need."""
    assert window.house is not None
    return cut_off(window.house)


def nameless(window: Window) -> list[str]:
    """Controls that say nothing to the ear."""
    inputs = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractButton)
    return [
        type(each).__name__
        for each in shown(window)
        if isinstance(each, inputs) and not (each.accessibleName() or getattr(each, "text", lambda: "")())
    ]


def missed(window: Window) -> list[str]:
    """Controls of the page that Tab does not come to."""
    assert window.house is not None
    page = window.house.page
    page.keep_focus()
    wanted = [
        each for each in shown(window) if page.isAncestorOf(each) and not in_group(each) and each.focusProxy() is None
    ]
    order = walk(Keyboard(window), len(shown(window)) + 5)
    return [each.accessibleName() or type(each).__name__ for each in wanted if each not in order]


def foreign(window: Window) -> list[str]:
    """Words of buttons that are in no clerk's language."""
    presses = window.findChildren(QAbstractButton)
    return [each.text() for each in presses if each.isVisible() and LATIN.search(each.text().partition("  ")[0])]


@pytest.mark.parametrize("window", tokens.SIZES, indirect=True)
def test_no_word_of_the_watch_is_cut_off_at_any_text_size(window: Window) -> None:
    assert through(window, cut) == {}


@pytest.mark.parametrize("seen", [nameless, missed, foreign])
def test_every_control_of_the_watch_has_a_name_and_is_reached_by_tab(window: Window, seen: Seen) -> None:
    assert through(window, seen) == {}
