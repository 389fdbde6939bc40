"""Short ways by keyboard alone: a conflict is solved, a password was forgotten, a lock falls in mid-hearing."""

from __future__ import annotations

from pathlib import Path

from mediator.casework import opening
from mediator.ui.pages.unlock import UnlockPage
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import PASSWORD, ROOM, a_document, a_workshop, case_of, taken_in
from tests.journeys.counted import Counted
from tests.ui.keyboard import a_window
from tests.ui.scenes import a_sitting, conflicting, desk_of, rename, turns

FRESH = "石桥下的流水 77 声"


def test_two_desks_wrote_differently_and_one_word_is_chosen_with_its_reason(empty: Window, tmp_path: Path) -> None:
    desk = desk_of(empty)
    case = conflicting(empty, tmp_path, rename)
    settle(empty)
    keyboard = Counted(empty, "两台电脑写得不一样")
    keyboard.press("Ctrl+8")
    keyboard.reach("两台电脑写得不一样")
    keyboard.press("Home", "Enter")
    name = keyboard.focus.accessibleName()
    assert name.startswith("案件名称，"), "a case in conflict begins with the choice"
    if "别处" not in name:
        keyboard.press("Right")
    keyboard.press("Space")
    keyboard.reach("理由")
    keyboard.type("打电话问过本人")
    keyboard.reach("就用这个")
    keyboard.press("Enter")
    assert case_of(desk, case).title == "借款（别处）"
    assert case_of(desk, case).conflicts == ()


def test_a_forgotten_password_is_replaced_by_the_paper_in_the_cupboard(tmp_path: Path) -> None:
    workshop = a_workshop()
    made = opening.create(workshop, tmp_path / "vault", ROOM, PASSWORD)
    opening.confirm_recovery_code(made.desk, made.recovery_code)
    opening.lock(made.desk)
    window = a_window(workshop, tmp_path / "vault", tmp_path)
    keyboard = Counted(window, "忘记密码")
    keyboard.reach("忘记密码，用恢复码")
    keyboard.press("Enter")
    keyboard.fill(made.recovery_code, FRESH)
    keyboard.type(FRESH)
    keyboard.press("Enter")
    page = window.gate.currentWidget()
    assert isinstance(page, UnlockPage)
    keyboard.type(page.sheet.code.toPlainText())
    keyboard.press("Enter")
    keyboard.type(FRESH)
    keyboard.press("Enter")
    assert window.house is not None
    window.lock(whatever=True)
    settle(window)
    window.close()
    settle(window)


def test_a_lock_in_mid_sentence_loses_no_word_and_the_sitting_goes_on_where_it_was(empty: Window) -> None:
    case = taken_in(desk_of(empty), a_document(accepted_on="2026-03-08"))
    a_sitting(empty, case)
    keyboard = Counted(empty, "调解中锁定再回来")
    keyboard.press("F2")
    keyboard.type("我去年就还过他")
    keyboard.press("Ctrl+L")
    assert empty.house is None
    keyboard.type(PASSWORD)
    keyboard.press("Enter", "Ctrl+H", "Enter")
    assert turns(empty, case) == ["我去年就还过他"]
    keyboard.type("一千，有收条。")
    keyboard.press("Enter")
    assert turns(empty, case) == ["我去年就还过他", "一千，有收条。"]
