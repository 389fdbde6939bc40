"""Settings: password, users, backup, look."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediator.casework import opening
from mediator.errors import NoAccess
from mediator.ui.pages.settings import SettingsPage
from mediator.ui.screenshots import settle
from mediator.ui.tokens import Look
from mediator.ui.window import Window
from tests.casework.desks import PASSWORD, a_workshop
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import desk_of, page_of

NEW = "石桥下的流水 77 声"


def test_a_password_is_changed_and_the_old_one_opens_nothing(empty: Window) -> None:
    page = page_of(empty, SettingsPage)
    page.old.setText(PASSWORD)
    page.new.setText(NEW)
    page.again.setText(NEW + "一")
    page.change_password()
    assert "不一样" in page.password_told.words.text()
    page.again.setText(NEW)
    page.change_password()
    settle(empty)
    assert "密码已改" in page.password_told.words.text()
    assert (page.old.text(), page.new.text(), page.again.text()) == ("", "", "")
    folder = desk_of(empty).vault.folder
    Keyboard(empty).press("Ctrl+L")
    with pytest.raises(NoAccess):
        opening.unlock(a_workshop(), folder, None, PASSWORD)
    opening.lock(opening.unlock(a_workshop(), folder, None, NEW))


def test_a_user_is_let_in_and_his_key_is_taken_only_by_a_second_press(empty: Window) -> None:
    page = page_of(empty, SettingsPage)
    users = page.users
    assert not users.press.isVisible(), "nobody takes away his own key"
    for line, text in ((users.named, "王调解"), (users.login, "wang"), (users.password, NEW), (users.own, PASSWORD)):
        line.setText(text)
    users.add()
    settle(empty)
    assert "王调解" in users.known.text()
    assert users.password.text() == ""
    users.remove()
    settle(empty)
    assert "王调解（wang）" in users.known.text()
    assert "再按一次" in users.told.words.text()
    users.remove()
    settle(empty)
    assert "王调解" not in users.known.text()


def test_a_backup_is_written_opened_again_and_told(empty: Window, tmp_path: Path) -> None:
    page = page_of(empty, SettingsPage)
    (tmp_path / "stick").mkdir()
    page.back_up(tmp_path / "stick")
    settle(empty)
    assert "已备份并核对" in page.safety_told.words.text()
    assert "上次备份并核对" in page.last_backup.text()
    page.check(full=True)
    settle(empty)
    assert "保险库完好" in page.safety_told.words.text()


def test_a_backup_onto_nothing_is_told(empty: Window, tmp_path: Path) -> None:
    page = page_of(empty, SettingsPage)
    (tmp_path / "file").write_bytes(b"")
    page.back_up(tmp_path / "file")
    settle(empty)
    assert page.safety_told.isVisible()
    assert "还没有备份过" in page.last_backup.text()


def test_text_size_and_colours_are_chosen_by_keyboard(empty: Window) -> None:
    page_of(empty, SettingsPage)
    keyboard = Keyboard(empty)
    for words, look in (("size", Look("light", "large")), ("theme", Look("dark", "large"))):
        assert empty.house is not None
        page = empty.house.page
        assert isinstance(page, SettingsPage)
        page.take_look(words, look.size if words == "size" else look.theme)
        settle(empty)
        assert empty.preferences.look == look
    keyboard.press("Ctrl+1")
    assert empty.house is not None
    assert empty.house.page.name == "workbench"


def test_the_poster_is_written_for_the_wall(window: Window, tmp_path: Path) -> None:
    page = page_of(window, SettingsPage)
    page.write_poster(tmp_path / "wall")
    settle(window)
    assert sorted(each.name for each in (tmp_path / "wall").iterdir()) == [
        "人民调解怎么进行 A3.pdf",
        "人民调解怎么进行 A4.pdf",
    ]
    assert "A3" in page.poster_told.words.text()
