"""Help: F1 tells what a page is for and its keys, a newcomer has two sentences above it, the manual opens."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from mediator.ui.frame import PAGES, Frame
from mediator.ui.manual import CHAPTER_OF, chapter_for, chapters, folder
from mediator.ui.pages.keys import GROUPS, KeysPage, columns_for
from mediator.ui.pages.manual import ManualPage
from mediator.ui.preferences import remembered
from mediator.ui.window import Window
from mediator.ui.words import say
from tests.ui.doors import close
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import a_sitting, go, page_of, turns

AtDoor = Callable[[], Keyboard]
NAMES = [page.name for page in PAGES if page.name not in {"keys", "manual"}]


def words_on(house: Frame) -> list[str]:
    """All labels of the page on the screen, in order."""
    return [each.text() for each in house.page.findChildren(QLabel) if each.isVisible()]


@pytest.mark.parametrize("name", NAMES)
def test_every_page_has_two_sentences_and_a_chapter(name: str) -> None:
    told = say(f"help.{name}")
    assert len(re.findall("。", told)) == 2, told
    assert say(f"frame.{name}")
    assert chapters()[chapter_for(name)].number == CHAPTER_OF[name]


@pytest.mark.parametrize(("digit", "page", "first_key"), [("3", "case_list", "列表里"), ("5", "documents", "文书")])
def test_f1_leads_with_the_page_one_comes_from_and_leads_back(
    window: Window, digit: str, page: str, first_key: str
) -> None:
    keyboard = Keyboard(window)
    keyboard.press(f"Ctrl+{digit}", "F1")
    house = window.house
    assert house is not None
    assert isinstance(house.page, KeysPage)
    told = words_on(house)
    assert say(f"help.{page}") in told
    assert told.index(say(f"help.{page}")) < told.index(first_key)
    assert columns_for(page)[0][0] == {"列表里": "lists", "文书": "papers"}[first_key]
    keyboard.press("F1")
    assert house.page.name == page


def test_in_a_hearing_f1_is_a_speaker_and_shift_f1_is_help_and_comes_back_to_the_same_words(window: Window) -> None:
    case, _, page = a_sitting(window)
    keyboard = Keyboard(window)
    keyboard.type("我说的是")
    keyboard.press("Shift+F1")
    house = window.house
    assert house is not None
    assert say("help.hearing") in words_on(house)
    keyboard.press("Esc")
    assert house.page is page
    assert turns(window, case) == ["我说的是"]


@pytest.mark.parametrize("page", NAMES)
def test_no_key_is_left_out_wherever_one_comes_from(page: str) -> None:
    left, right = columns_for(page)
    assert sorted(left + right) == sorted(GROUPS)


def test_the_manual_opens_at_the_chapter_of_the_page_and_leads_back(window: Window) -> None:
    keyboard = Keyboard(window)
    keyboard.press("Ctrl+6", "F1")
    keyboard.reach("看使用手册")
    keyboard.press("Enter")
    house = window.house
    assert house is not None
    manual = house.page
    assert isinstance(manual, ManualPage)
    assert manual.list.currentRow() == chapter_for("performance")
    assert chapters()[chapter_for("performance")].title in manual.text.toPlainText()
    keyboard.press("Down")
    assert manual.list.currentRow() == chapter_for("performance") + 1
    keyboard.press("Esc")
    assert house.page.name == "performance"


@pytest.mark.parametrize("window", ["extra_large"], indirect=True)
def test_pictures_of_the_manual_are_there_and_never_wider_than_the_page(window: Window) -> None:
    window.resize(1024, 700)
    manual = page_of(window, ManualPage, "workbench")
    for place, chapter in enumerate(chapters()):
        manual.list.setCurrentRow(place)
        pictures = re.findall(r"\]\((pictures/[^)]+)\)", chapter.text)
        for name in pictures:
            shown = manual.text.loadResource(2, name)
            assert isinstance(shown, QImage)
            assert 100 < shown.width() <= manual.text.viewport().width()
        assert manual.text.document().size().width() <= manual.text.viewport().width()


def test_every_picture_of_the_manual_lies_beside_it_and_no_line_needs_a_network() -> None:
    for each in chapters():
        for place in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", each.text):
            assert (folder() / place).is_file(), f"{each.number} {place}"
        assert "http" not in each.text


def test_hints_stand_above_pages_when_they_are_wanted_and_go_for_good(window: Window) -> None:
    house = window.house
    assert house is not None
    assert not house.hint.isVisible()
    window.preferences.hints = True
    go(window, "case_list")
    assert house.hint.isVisible()
    assert house.hint.words.text() == say("help.case_list")
    house.hint.get_it()
    go(window, "performance")
    assert not house.hint.isVisible()
    assert not remembered(window.preferences.path).hints


def test_the_settings_bring_the_hints_back(window: Window) -> None:
    from mediator.ui.pages.settings import SettingsPage

    page_of(window, SettingsPage).hints.click()
    go(window, "case_list")
    house = window.house
    assert house is not None
    assert house.hint.isVisible()
    assert remembered(window.preferences.path).hints


def test_the_practice_room_explains_every_page_until_one_knows(at_door: AtDoor) -> None:
    keyboard = at_door()
    keyboard.reach("先练一练")
    keyboard.press("Enter")
    house = keyboard.window.house
    assert house is not None
    assert house.hint.isVisible()
    keyboard.reach("知道了", limit=200)
    keyboard.press("Enter", "Ctrl+3")
    assert not house.hint.isVisible()
    assert house.page.isAncestorOf(keyboard.focus)
    close(keyboard.window)
