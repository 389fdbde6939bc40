"""The door of a vault: passwords, the code on paper, another vault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from mediator.casework import opening
from mediator.casework.desk import Workshop
from tests.casework.desks import PASSWORD, ROOM, StillClock
from tests.ui.doors import NEW, WRONG, close, unlock_page
from tests.ui.keyboard import Keyboard


def test_a_password_and_enter_open_the_house(locked: opening.Created, at_door: Callable[[], Keyboard]) -> None:
    keyboard = at_door()
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    assert keyboard.window.seat is not None
    assert keyboard.window.seat.desk.vault.user.login == "li"
    close(keyboard.window)


def test_users_are_big_choices_by_keyboard(locked: opening.Created, at_door: Callable[[], Keyboard]) -> None:
    keyboard = at_door()
    keyboard.reach("用户 li")
    keyboard.press("Right")
    keyboard.reach("密码")
    keyboard.type(NEW)
    keyboard.press("Enter")
    assert keyboard.window.seat is not None
    assert keyboard.window.seat.desk.vault.user.name == "王调解"
    close(keyboard.window)


@pytest.mark.threat("T09")
def test_wrong_passwords_are_told_beside_the_field_and_then_the_button_waits(
    locked: opening.Created, at_door: Callable[[], Keyboard], clock: StillClock
) -> None:
    keyboard = at_door()
    page = unlock_page(keyboard)
    for _ in range(4):
        keyboard.type(WRONG)
        keyboard.press("Enter")
        assert keyboard.focus is page.password
    assert "请等 2 秒" in page.warning.text()
    assert not page.enter.isEnabled()
    clock.move(seconds=2)
    page.show_wait()
    assert page.enter.isEnabled()
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    assert keyboard.window.seat is not None
    close(keyboard.window)


@pytest.mark.threat("T09")
def test_whoever_comes_next_is_told_of_wrong_passwords_before(
    locked: opening.Created, at_door: Callable[[], Keyboard]
) -> None:
    keyboard = at_door()
    keyboard.type(WRONG)
    keyboard.press("Enter")
    close(keyboard.window)
    again = at_door()
    page = unlock_page(again)
    assert "输错过 1 次密码" in page.warning.text()
    assert page.warning.isVisible()
    close(again.window)


def test_locked_capitals_are_seen_from_the_first_letter(
    locked: opening.Created, at_door: Callable[[], Keyboard]
) -> None:
    keyboard = at_door()
    field = unlock_page(keyboard).password
    QTest.keyClick(field, "A")  # type: ignore[call-overload]  # the stubs know keys by number alone
    assert (field.warning.isVisible(), field.warning.text()) == (True, "大写锁定已打开")
    QTest.keyClick(field, Qt.Key.Key_A)
    assert not field.warning.isVisible()
    keyboard.type("ａ")
    assert "全角" in field.warning.text()
    close(keyboard.window)


def test_a_password_can_be_looked_at_and_hidden_again(locked: opening.Created, at_door: Callable[[], Keyboard]) -> None:
    keyboard = at_door()
    page = unlock_page(keyboard)
    keyboard.type("abc")
    keyboard.press("Tab", "Space")
    assert page.password.echoMode() is QLineEdit.EchoMode.Normal
    keyboard.press("Space")
    assert page.password.echoMode() is QLineEdit.EchoMode.Password
    close(keyboard.window)


def test_the_code_on_paper_gives_a_new_password_and_a_new_code_that_must_be_typed_back(
    locked: opening.Created, at_door: Callable[[], Keyboard]
) -> None:
    keyboard = at_door()
    page = unlock_page(keyboard)
    keyboard.reach("忘记密码，用恢复码")
    keyboard.press("Space")
    keyboard.fill(locked.recovery_code, NEW + "新")
    keyboard.type(NEW + "新")
    keyboard.press("Enter")
    assert page.renewed.isVisible()
    assert not page.card.isVisible()
    fresh = page.sheet.code.toPlainText()
    keyboard.type(locked.recovery_code)
    keyboard.press("Enter")
    assert page.renewed.isVisible(), "the old code must not be taken for the new one"
    page.sheet.typed.selectAll()
    keyboard.type(fresh)
    keyboard.press("Enter")
    assert page.card.isVisible()
    keyboard.type(NEW + "新")
    keyboard.press("Enter")
    assert keyboard.window.seat is not None
    close(keyboard.window)


def test_a_wrong_code_and_two_different_passwords_change_nothing(
    locked: opening.Created, at_door: Callable[[], Keyboard]
) -> None:
    keyboard = at_door()
    page = unlock_page(keyboard)
    page.show_recovery()
    keyboard.fill("1" * 48, NEW)
    keyboard.type(WRONG)
    keyboard.press("Enter")
    assert "不一样" in page.told.words.text()
    page.again.setText(NEW)
    keyboard.press("Enter")
    assert "恢复码" in page.told.words.text()
    assert page.recovery.isVisible()
    page.hide_recovery()
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    assert keyboard.window.seat is not None
    close(keyboard.window)


def test_another_vault_opens_and_locking_leads_back_to_it(
    locked: opening.Created, at_door: Callable[[], Keyboard], workshop: Workshop, tmp_path: Path
) -> None:
    other = opening.create(workshop, tmp_path / "other", ROOM, NEW).desk
    opening.lock(other)
    keyboard = at_door()
    unlock_page(keyboard).elsewhere.emit(tmp_path / "other")
    keyboard.type(NEW)
    keyboard.press("Enter")
    assert keyboard.window.seat is not None
    keyboard.press("Ctrl+L")
    assert unlock_page(keyboard).place == tmp_path / "other"
    close(keyboard.window)


def test_a_damaged_key_file_is_told_with_the_three_roads(
    locked: opening.Created, at_door: Callable[[], Keyboard], tmp_path: Path
) -> None:
    for file in (tmp_path / "vault").glob("vault.keys*"):
        file.write_bytes(b"damaged")
    keyboard = at_door()
    assert "三条路" in unlock_page(keyboard).told.words.text()
    close(keyboard.window)
