"""Every picture of `mediator screenshots`, in every look: nothing cut off, faint, nameless or foreign."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from mediator.ui.screenshots import View, views, walk
from mediator.ui.tokens import Look
from mediator.ui.window import Window
from tests.casework.desks import a_workshop
from tests.ui.eyes import cut_off, faint, foreign, nameless

EVERY = views(every=True)
HARDEST = View(Look("high_contrast", "extra_large"))
FEWEST = 55


def through(view: View) -> tuple[int, list[str]]:
    """How many pictures were looked at, and what is wrong on them."""
    seen, found = [], list[str]()

    def look_at(window: Window, name: str, _view: View) -> None:
        seen.append(name)
        whole: QWidget = window
        picture = window.grab().toImage()
        wrong = {
            "cut": cut_off(whole), "faint": faint(window, picture), "nameless": nameless(whole),
            "foreign": foreign(whole),
        }  # fmt: skip
        found.extend(f"{name}: {kind}: {words}" for kind, all_of in wrong.items() for words in all_of)
        if (window.width(), window.height()) != (view.width, view.height):
            found.append(f"{name}: does not fit the screen, it takes {window.width()} x {window.height()}")

    walk(a_workshop(), [view], look_at)
    return len(seen), found


def test_the_largest_text_in_the_strongest_colours_is_sound_on_every_page_and_in_every_state() -> None:
    count, found = through(HARDEST)
    assert found == []
    assert count >= FEWEST


@pytest.mark.full
@pytest.mark.parametrize("view", EVERY, ids=[each.name for each in EVERY])
def test_every_look_on_every_screen_is_sound_on_every_page_and_in_every_state(view: View) -> None:
    count, found = through(view)
    assert found == []
    assert count >= FEWEST


def test_pictures_are_asked_for_in_three_sizes_three_themes_and_on_two_screens() -> None:
    assert len({(each.look.theme, each.look.size, each.width) for each in EVERY}) == 18
    assert {(each.width, each.height) for each in EVERY} == {(1366, 768), (1920, 1080)}
