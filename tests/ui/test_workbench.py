"""The workbench: what today asks for, in words, and one key to go there."""

from __future__ import annotations

from pathlib import Path

from mediator.casework import hearing, opening
from mediator.casework.hearing import HearingForm
from mediator.ui.pages.settings import SettingsPage
from mediator.ui.pages.workbench import WorkbenchPage
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import PASSWORD, ROOM, a_document, a_workshop, taken_in
from tests.ui.keyboard import Keyboard, a_window, sit_down
from tests.ui.scenes import desk_of, page_of


def test_an_empty_day_says_so_and_what_to_do_next(empty: Window) -> None:
    page = page_of(empty, WorkbenchPage)
    assert page.title.text() == "今日　3月9日 星期一"
    assert "今天没有安排" in page.empty.words.text()
    assert page.empty.isVisible()
    assert "还没有备份过" in page.backed.text()


def test_a_case_without_a_date_a_deadline_and_a_sitting_stand_on_the_workbench(empty: Window) -> None:
    desk = desk_of(empty)
    taken_in(desk, a_document(title="没有日子"))
    due = taken_in(desk, a_document(title="快到期", accepted_on="2026-02-10"))
    page = page_of(empty, WorkbenchPage)
    assert not page.empty.isVisible()
    assert [each.title for each in page.undated.rows] == ["没有日子"]
    (deadline,) = page.deadlines.rows
    assert (deadline.case, page.time_left(deadline), page.tone(deadline)) == (due, "剩 1 天", "soon")
    assert "次日起算" in deadline.deadline.explanation
    hearing.open_hearing(desk, due, HearingForm(desk.workshop.clock.now(), "镇调解室", ("李调解",), "何记录"))
    settle(empty)
    assert [each.title for each in page.hearings.rows] == ["快到期"]


def test_a_row_of_the_workbench_opens_by_enter(empty: Window) -> None:
    case = taken_in(desk_of(empty), a_document())
    page = page_of(empty, WorkbenchPage)
    keyboard = Keyboard(empty)
    keyboard.reach("没有下次日期的案件")
    keyboard.press("Down", "Enter")
    assert empty.house is not None
    assert (empty.house.page.name, empty.house.page.case) == ("case_page", case)
    assert page is not empty.house.page


def test_a_code_that_was_never_typed_back_is_asked_for_until_it_is(tmp_path: Path) -> None:
    workshop = a_workshop()
    made = opening.create(workshop, tmp_path / "vault", ROOM, PASSWORD)
    window = a_window(workshop, tmp_path / "vault", tmp_path)
    sit_down(window, made.desk)
    assert page_of(window, WorkbenchPage).recovery.isVisible()
    page = page_of(window, SettingsPage)
    assert page.recovery.typed.isVisible()
    page.recovery.typed.setText("1" * 48)
    page.recovery.confirm()
    settle(window)
    assert page.recovery.told.isVisible()
    page.recovery.typed.setText(made.recovery_code)
    page.recovery.confirm()
    settle(window)
    assert not page.recovery.typed.isVisible()
    assert not page_of(window, WorkbenchPage).recovery.isVisible()
    window.close()
    settle(window)
