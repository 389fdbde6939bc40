"""The first run: five steps back and forth, and nothing is lost or made too early."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mediator.casework import opening, reading
from mediator.casework.desk import Desk, Workshop
from mediator.casework.reading import RowQuery
from mediator.core.divisions import townships
from mediator.ui.pages.first_run import FirstRunPage
from tests.casework.desks import PASSWORD, ROOM
from tests.ui.doors import close, first_run_page, to_the_password
from tests.ui.keyboard import Keyboard


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
