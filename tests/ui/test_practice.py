"""The practice room on the screen: entered without a password, of its own colour, left to the real room's door."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QLabel

from mediator.casework import opening, practising, reading
from mediator.casework.desk import Workshop
from mediator.casework.intake import CaseForm, open_case
from mediator.casework.reading import RowQuery
from mediator.ui.pages.first_run import FirstRunPage
from mediator.ui.pages.unlock import UnlockPage
from mediator.ui.practice import PracticeStrip
from mediator.ui.window import Window
from tests.ui.doors import close
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import desk_of

AtDoor = Callable[[], Keyboard]


def enter(keyboard: Keyboard) -> None:
    """From the door, by its button alone."""
    keyboard.reach("先练一练")
    keyboard.press("Enter")


def test_a_newcomer_without_any_vault_practises_and_comes_back_to_the_first_run(
    at_door: AtDoor, tmp_path: Path
) -> None:
    keyboard = at_door()
    enter(keyboard)
    assert desk_of(keyboard.window).practice
    told = [each.text() for each in keyboard.window.findChildren(QLabel) if each.isVisible()]
    assert any("不和县里来往" in words for words in told)
    assert not any("备份到 U 盘" in words for words in told)
    assert keyboard.window.windowTitle() == "调解助手 · 练习室"
    assert not opening.vault_exists(tmp_path / "vault")
    keyboard.press("Ctrl+L")
    assert isinstance(keyboard.window.gate.currentWidget(), FirstRunPage)
    assert keyboard.window.windowTitle() == "调解助手"
    close(keyboard.window)


def test_beside_a_real_vault_the_strip_is_on_every_page_and_leaving_leads_to_the_real_door(
    at_door: AtDoor, locked: opening.Created, tmp_path: Path
) -> None:
    keyboard = at_door()
    enter(keyboard)
    house = keyboard.window.house
    assert house is not None
    for digit in "123456789":
        keyboard.press(f"Ctrl+{digit}")
        (strip,) = house.findChildren(PracticeStrip)
        assert strip.isVisible()
    keyboard.reach("离开练习室", limit=200)
    keyboard.press("Enter")
    page = keyboard.window.gate.currentWidget()
    assert isinstance(page, UnlockPage)
    assert page.place == tmp_path / "vault"
    close(keyboard.window)


def test_beginning_again_takes_two_presses_and_brings_the_first_day_back(at_door: AtDoor) -> None:
    keyboard = at_door()
    enter(keyboard)
    before = reading.count(desk_of(keyboard.window), RowQuery())
    open_case(desk_of(keyboard.window), CaseForm("练手的一件", ""))
    keyboard.reach("从头再来", limit=200)
    keyboard.press("Enter")
    assert reading.count(desk_of(keyboard.window), RowQuery()) == before + 1
    keyboard.press("Enter")
    assert reading.count(desk_of(keyboard.window), RowQuery()) == before
    assert keyboard.window.windowTitle() == "调解助手 · 练习室"
    close(keyboard.window)


def test_the_exchange_says_why_it_does_nothing_here(at_door: AtDoor) -> None:
    keyboard = at_door()
    enter(keyboard)
    house = keyboard.window.house
    assert house is not None
    keyboard.press("Ctrl+8")
    keyboard.reach("用登记码加入")
    keyboard.press("Enter")
    assert any("练习室不和县中心交换" in each.text() for each in house.page.findChildren(QLabel) if each.isVisible())
    close(keyboard.window)


def test_something_else_in_its_folder_is_told_at_the_door_and_nothing_is_opened(
    at_door: AtDoor, workshop: Workshop, tmp_path: Path
) -> None:
    real = opening.create(workshop, tmp_path / "vault-practice", practising.ROOM, practising.PASSWORD).desk
    opening.lock(real)
    keyboard = at_door()
    enter(keyboard)
    page = keyboard.window.gate.currentWidget()
    assert isinstance(page, FirstRunPage)
    assert keyboard.window.house is None
    assert "放着别的东西" in page.told.words.text()
    close(keyboard.window)


def test_a_real_room_has_no_strip(window: Window) -> None:
    assert window.house is not None
    assert window.house.findChildren(PracticeStrip) == []
