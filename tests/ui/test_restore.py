"""A vault from a backup, and folders that are none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mediator.casework import opening
from mediator.casework.desk import Workshop
from mediator.ui.pages.unlock_restore import RestorePage
from tests.casework.desks import PASSWORD, ROOM
from tests.ui.doors import close, first_run_page
from tests.ui.keyboard import Keyboard


def test_a_backup_is_taken_in_on_a_new_machine(
    workshop: Workshop, at_door: Callable[[], Keyboard], tmp_path: Path
) -> None:
    desk = opening.create(workshop, tmp_path / "old", ROOM, PASSWORD).desk
    folder = opening.backup(desk, tmp_path / "stick").folder
    opening.lock(desk)
    keyboard = at_door()
    keyboard.reach("从备份恢复")
    keyboard.press("Space")
    page = keyboard.window.gate.currentWidget()
    assert isinstance(page, RestorePage)
    keyboard.type(str(folder))
    keyboard.press("Tab")
    assert page.user.value == "li"
    keyboard.reach("密码")
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    seat = keyboard.window.seat
    assert seat is not None, page.told.words.text()
    assert seat.desk.vault.folder == tmp_path / "vault"
    close(keyboard.window)


def test_a_folder_without_a_backup_is_told_and_nothing_is_made(at_door: Callable[[], Keyboard], tmp_path: Path) -> None:
    keyboard = at_door()
    keyboard.window.gate.show_restore()
    page = keyboard.window.gate.currentWidget()
    assert isinstance(page, RestorePage)
    keyboard.type(str(tmp_path))
    keyboard.press("Tab")
    page.restore()
    assert page.told.isVisible()
    assert not (tmp_path / "vault").exists()
    page.back.emit()
    assert first_run_page(keyboard).step == "room"
    close(keyboard.window)
