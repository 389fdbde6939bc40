"""The workbench: what today asks for, in words, and one key to go there."""

from __future__ import annotations

from pathlib import Path

from mediator.casework import hearing, intake, opening, supervising
from mediator.casework.desk import Desk, Workshop
from mediator.casework.hearing import HearingForm
from mediator.casework.intake import CaseForm
from mediator.core.codes import CaseKind, Category, OrderSort
from mediator.core.records import CaseId
from mediator.ui.pages.settings import SettingsPage
from mediator.ui.pages.workbench import WorkbenchPage
from mediator.ui.pages.workbench_dates import time_left
from mediator.ui.pages.workbench_queue import sort_of
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import (
    PASSWORD,
    ROOM,
    StillClock,
    a_desk,
    a_document,
    a_hearing,
    a_workshop,
    case_of,
    taken_in,
)
from tests.ui.conftest import put_away
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
    assert [each.title for each in page.waiting_lists.undated.rows] == ["没有日子"]
    deadlines = page.deadlines
    told = [(each.label, time_left(each, deadlines.now()), deadlines.tone(each)) for each in deadlines.rows.rows]
    assert told == [("首次调解", "逾期 13 天", "late"), ("调解期限", "剩 1 天", "soon")]
    deadlines.table.selectRow(1)
    settle(empty)
    assert deadlines.how.text().startswith("调解期限：")
    assert "次日起算" in deadlines.how.text()
    hearing.open_hearing(desk, due, HearingForm(desk.workshop.clock.now(), "镇调解室", ("李调解",), "何记录"))
    settle(empty)
    assert [each.title for each in page.hearings.rows.rows] == ["快到期"]


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


def test_orders_are_raised_when_the_desk_is_opened_and_when_its_day_changes(
    tmp_path: Path, clock: StillClock, workshop: Workshop
) -> None:
    desk = a_desk(tmp_path / "vault", workshop=workshop)
    case = taken_in(desk, a_document(accepted_on="2026-03-01"))
    window = a_window(workshop, tmp_path / "vault", tmp_path)
    sit_down(window, desk)
    assert raised(desk, case) == [("D02", OrderSort.URGE)], "the eighth of March is a Sunday, so today is the last day"
    assert window.days is not None
    clock.move(days=23)
    window.days.look()
    settle(window)
    late = [("D02", OrderSort.URGE), ("D02", OrderSort.SUPERVISE), ("D03", OrderSort.URGE)]
    assert raised(desk, case) == late
    assert len(page_of(window, WorkbenchPage).orders.rows.rows) == len(late)
    window.days.look()
    settle(window)
    assert raised(desk, case) == late, "the same day raises nothing again"
    put_away(window)


def raised(desk: Desk, case: CaseId) -> list[tuple[str, OrderSort]]:
    """What the case's orders are about."""
    return [(each.rule, each.sort) for each in case_of(desk, case).course.orders]


def test_an_order_is_answered_in_place_and_waits_for_the_verdict(empty: Window) -> None:
    desk = desk_of(empty)
    case = taken_in(desk, a_document(accepted_on="2026-02-10"))
    supervising.raise_due(desk)
    page = page_of(empty, WorkbenchPage)
    keyboard = Keyboard(empty)
    keyboard.reach("催办 · 督办 · 工作建议")
    keyboard.press("Enter")
    keyboard.press("Enter")
    assert empty.house is not None
    assert empty.house.trouble.isVisible(), "an empty answer is none"
    keyboard.type("定于三月十一日第一次调解")
    assert page.unkept()
    keyboard.press("Enter")
    assert not page.unkept()
    answers = [each.answer for each in case_of(desk, case).course.orders]
    assert answers.count("定于三月十一日第一次调解") == 1
    assert "已答复：定于三月十一日第一次调解。" in page.orders.text.text()


def test_an_answer_begun_for_one_order_is_not_sent_for_another(empty: Window) -> None:
    desk = desk_of(empty)
    for title in ("占道", "借款"):
        taken_in(desk, a_document(title=title, accepted_on="2026-02-10", hearings=[a_hearing(turns=[])]))
    supervising.raise_due(desk)
    orders = page_of(empty, WorkbenchPage).orders
    orders.answer.setText("已约双方")
    assert empty.house is not None
    empty.house.page.refresh(frozenset())
    settle(empty)
    assert orders.answer.text() == "已约双方", "the list came again, the chosen order is the same"
    orders.table.selectRow(1)
    assert orders.answer.text() == ""


def test_letters_stand_by_category_in_words_and_an_empty_list_gives_way(empty: Window) -> None:
    desk = desk_of(empty)
    form = CaseForm("反映村账目不公开", "", kind=CaseKind.WORK_ORDER, category=Category.RED)
    case = intake.open_case(desk, form)
    lists = page_of(empty, WorkbenchPage).waiting_lists
    assert [each.case for each in lists.queued.rows] == [case]
    assert [(sort_of(each.category), each.count.text()) for each in lists.cells if each.isVisible()] == [
        ("咨询", "蓝 0"), ("多部门", "黄 0"), ("涉法涉诉", "橙 0"), ("投诉举报", "红 1"),
    ]  # fmt: skip
    assert lists.tabs.tabText(0) == "收件 1"


def test_a_near_deadline_is_put_off_and_can_still_be_seen(empty: Window) -> None:
    taken_in(desk_of(empty), a_document(title="快到期", accepted_on="2026-02-10"))
    page = page_of(empty, WorkbenchPage)
    card = page.deadlines
    near = next(row for row, each in enumerate(card.rows.rows) if each.days > 0)
    card.table.selectRow(near)
    label = card.rows.rows[near].label
    card.ask_later()
    Keyboard(empty).type("2026-3-10")
    card.line.typed.setText("等鉴定结果")
    card.line.give()
    settle(empty)
    assert label not in [each.label for each in card.rows.rows]
    assert not page.unkept()
    assert card.all.text() == "看稍后的 1 条"
    card.all.click()
    assert label in [each.label for each in card.rows.rows]
