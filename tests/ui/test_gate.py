"""The door before the house: first run, unlock, the code on paper, another vault, a backup."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from mediator.casework import opening, reading
from mediator.casework.desk import Desk, Workshop
from mediator.casework.reading import RowQuery
from mediator.core.divisions import townships
from mediator.ui.pages.first_run import FirstRunPage
from mediator.ui.pages.unlock import UnlockPage
from mediator.ui.pages.unlock_restore import RestorePage
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import PASSWORD, ROOM, StillClock, a_workshop
from tests.ui.keyboard import Keyboard, a_window

WRONG = "石桥下的流水 78 声"
NEW = "石桥下的流水 77 声"


@pytest.fixture
def clock() -> StillClock:
    """Stands still until a test moves it."""
    return StillClock()


@pytest.fixture
def workshop(clock: StillClock) -> Workshop:
    """One workshop for everybody."""
    return a_workshop(clock=clock)


@pytest.fixture
def locked(tmp_path: Path, workshop: Workshop) -> opening.Created:
    """A vault with two users, locked."""
    made = opening.create(workshop, tmp_path / "vault", ROOM, PASSWORD)
    opening.add_user(made.desk, login="wang", name="王调解", password=NEW, own_password=PASSWORD)
    opening.lock(made.desk)
    return made


@pytest.fixture
def at_door(tmp_path: Path, workshop: Workshop) -> Callable[[], Keyboard]:
    """A window at the gate of `vault`, made when a test asks."""
    return lambda: Keyboard(a_window(workshop, tmp_path / "vault", tmp_path))


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


def test_a_damaged_key_file_is_told_with_the_three_roads(
    locked: opening.Created, at_door: Callable[[], Keyboard], tmp_path: Path
) -> None:
    for file in (tmp_path / "vault").glob("vault.keys*"):
        file.write_bytes(b"damaged")
    keyboard = at_door()
    assert "三条路" in unlock_page(keyboard).told.words.text()
    close(keyboard.window)


def test_going_back_loses_nothing_of_the_first_steps(at_door: Callable[[], Keyboard]) -> None:
    keyboard = at_door()
    page = to_the_password(keyboard)
    assert page.step == "password"
    keyboard.reach("上一步")
    keyboard.press("Space")
    assert (page.step, page.named.text(), page.login.text()) == ("user", "李调解", "李调解")
    keyboard.reach("上一步")
    keyboard.press("Space")
    assert (page.organization.text(), page.division.text()) == (ROOM.organization, ROOM.division)
    close(keyboard.window)


def test_a_step_with_a_gap_is_not_left(at_door: Callable[[], Keyboard]) -> None:
    keyboard = at_door()
    page = first_run_page(keyboard)
    keyboard.press("Enter")
    assert (page.step, page.told.isVisible()) == ("room", True)
    keyboard.fill(ROOM.organization)
    keyboard.type("33112")
    keyboard.press("Enter")
    assert page.step == "room"
    assert keyboard.focus is page.division
    close(keyboard.window)


def test_a_township_is_chosen_from_the_list_and_a_slip_in_the_code_is_seen(at_door: Callable[[], Keyboard]) -> None:
    keyboard = at_door()
    page = first_run_page(keyboard)
    page.places.show_value("331122101")
    page.take_place(page.places.value)
    assert page.division.text() == "331122101"
    assert page.place_name.text() == dict(townships())["331122101"] == "浙江省丽水市缙云县壶镇镇"
    page.division.setText("331122999")
    assert "没有这个代码" in page.place_name.text()
    close(keyboard.window)


def test_what_is_weak_about_a_password_is_told_while_it_is_typed(at_door: Callable[[], Keyboard]) -> None:
    keyboard = at_door()
    page = to_the_password(keyboard)
    keyboard.type("太短")
    assert "太短" in page.strength.text()
    page.first.setText("李调解的密码一二三四")
    assert "姓名" in page.strength.text()
    page.first.setText(PASSWORD)
    page.second.setText(PASSWORD)
    assert page.strength.text() == "这个密码可以用，两遍一样。"
    close(keyboard.window)


def test_two_different_passwords_make_no_vault(at_door: Callable[[], Keyboard], tmp_path: Path) -> None:
    keyboard = at_door()
    page = to_the_password(keyboard)
    keyboard.fill(PASSWORD)
    keyboard.type(PASSWORD + "一")
    keyboard.press("Enter")
    assert (page.step, page.told.isVisible()) == ("password", True)
    assert not opening.vault_exists(tmp_path / "vault")
    close(keyboard.window)


def made_vault(keyboard: Keyboard) -> FirstRunPage:
    """Up to the recovery sheet."""
    page = to_the_password(keyboard)
    keyboard.fill(PASSWORD)
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    assert page.step == "recovery", page.told.words.text()
    return page


def test_the_code_must_be_typed_back_right_and_the_samples_may_be_taken(at_door: Callable[[], Keyboard]) -> None:
    keyboard = at_door()
    page = made_vault(keyboard)
    assert not page.back.isEnabled()
    code = page.code.toPlainText()
    keyboard.type(code[:-1] + ("1" if code[-1] != "1" else "2"))
    keyboard.press("Enter")
    assert (page.step, page.told.isVisible()) == ("recovery", True)
    assert page.code.toPlainText() == code
    page.typed.selectAll()
    keyboard.type(code)
    assert "已输 48 位" in page.sheet.counted.text()
    keyboard.press("Enter")
    assert (page.step, page.code.toPlainText()) == ("begin", "")
    page.samples.setChecked(True)
    keyboard.reach("开始使用")
    keyboard.press("Space")
    seat = keyboard.window.seat
    assert seat is not None
    assert reading.count(seat.desk, RowQuery()) == 6
    close(keyboard.window)


def test_a_window_closed_in_the_middle_of_the_first_run_leaves_a_vault_that_opens_with_the_password(
    at_door: Callable[[], Keyboard], workshop: Workshop, tmp_path: Path
) -> None:
    keyboard = at_door()
    made_vault(keyboard)
    close(keyboard.window)
    desk: Desk = opening.unlock(workshop, tmp_path / "vault", None, PASSWORD)
    assert not opening.recovery_confirmed(desk)
    opening.lock(desk)
