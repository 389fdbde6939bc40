"""期限与督促: each period with its state, what the head approved of it, what happened, and the orders of the case."""

from __future__ import annotations

from datetime import date

from mediator.casework import period_sight, periods, supervising
from mediator.casework.desk import Desk
from mediator.core.codes import Category, PeriodStep, Reception
from mediator.core.deadlines import DeadlineState
from mediator.core.records import CaseId
from mediator.ui.pages.case_page import CasePage
from mediator.ui.pages.case_periods import PeriodsPane
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import a_document, a_signed_case, case_of, taken_in
from tests.ui.scenes import desk_of, page_of

TAB = 5


def pane_of(window: Window, case: CaseId) -> PeriodsPane:
    """The tab of a case."""
    page = page_of(window, CasePage, case)
    page.tabs.setCurrentIndex(TAB)
    settle(window)
    return page.periods


def a_petition(desk: Desk) -> CaseId:
    """Accepted on the tenth of January."""
    return taken_in(desk, a_document(kind="petition", title="反映村账目", accepted_on="2026-01-10"))


def told(pane: PeriodsPane) -> dict[str, str]:
    """Each period and how it stands."""
    return {each.deadline.label: pane.state(each) for each in pane.periods.rows}


def test_a_period_is_made_longer_with_approver_and_reason_and_never_without(empty: Window) -> None:
    desk = desk_of(empty)
    case = a_petition(desk)
    pane = pane_of(empty, case)
    assert told(pane)["信访事项办理"] == "剩 2 天", "sixty days from the eleventh of January"
    assert "次日起算" in pane.how.text()
    pane.length.setText("30")
    pane.why.setText("需要实地核查")
    pane.approve()
    settle(empty)
    assert case_of(desk, case).course.periods == ()
    assert pane.unkept, "what was typed stays until it is kept"
    pane.by.setText("王所长")
    pane.approve()
    settle(empty)
    (change,) = case_of(desk, case).course.periods
    assert (change.step, change.length, change.approved_by, change.reason) == (
        PeriodStep.EXTENDED, 30, "王所长", "需要实地核查",
    )  # fmt: skip
    assert told(pane)["信访事项办理"] == "剩 32 天"
    assert not pane.unkept


def test_a_period_is_stopped_and_runs_again(empty: Window) -> None:
    desk = desk_of(empty)
    case = a_petition(desk)
    pane = pane_of(empty, case)
    for step, state in ((PeriodStep.PAUSED, "中止"), (PeriodStep.RESUMED, "剩 2 天")):
        pane.step.show_value(step.value)
        pane.by.setText("王所长")
        pane.why.setText("等鉴定意见")
        pane.approve()
        settle(empty)
        assert told(pane)["信访事项办理"] == state
    assert [each.step for each in case_of(desk, case).course.periods] == [PeriodStep.PAUSED, PeriodStep.RESUMED]


def test_what_may_be_noted_is_what_ends_the_periods_that_run(empty: Window) -> None:
    desk = desk_of(empty)
    case = taken_in(desk, a_document(kind="work_order", category_color="yellow"))
    periods.record_event(desk, case, "arrived", at=desk.workshop.clock.now())
    assert case_of(desk, case).category is Category.YELLOW
    pane = pane_of(empty, case)
    assert pane.word.itemText(0) == "确定牵头单位"
    pane.on.setText("昨日")
    pane.record()
    settle(empty)
    assert len(case_of(desk, case).course.events) == 1, "no day is no entry"
    pane.on.setText("2026年3月9日")
    pane.text.setText("镇综治办牵头")
    pane.record()
    settle(empty)
    _, event = case_of(desk, case).course.events
    assert (event.event, event.on, event.text) == ("lead_named", date(2026, 3, 9), "镇综治办牵头")
    assert [each.event for each in pane.events.rows] == ["lead_named", "arrived"]
    assert told(pane)["黄色工单确定牵头单位"] == "已办结"
    assert pane.on.text() == ""


def test_orders_of_the_case_stand_beside_with_their_answer(empty: Window) -> None:
    desk = desk_of(empty)
    case = a_petition(desk)
    supervising.raise_due(desk)
    pane = pane_of(empty, case)
    assert [each.standing.order.sort.term for each in pane.orders.rows.rows] == ["催办"]
    pane.orders.answer.setText("本周答复")
    pane.orders.send()
    settle(empty)
    assert [each.standing.order.answer for each in pane.orders.rows.rows] == ["本周答复"]


def test_words_typed_for_one_case_do_not_stand_in_another(empty: Window) -> None:
    desk = desk_of(empty)
    pane = pane_of(empty, a_petition(desk))
    pane.why.setText("等鉴定意见")
    pane = pane_of(empty, taken_in(desk, a_document(title="另一件")))
    assert pane.why.text() == ""
    assert pane.table.empty == "这个案件现在没有期限。"


def test_a_period_that_is_over_stands_below_and_nothing_is_approved_of_it(empty: Window) -> None:
    desk = desk_of(empty)
    case = a_petition(desk)
    periods.record_event(desk, case, "answered", on=date(2026, 3, 2))
    sight = period_sight.sight_of(desk, case)
    states = [each.state for each in sight.periods]
    assert states == sorted(states, key=lambda each: each in {DeadlineState.DONE, DeadlineState.LAPSED})
    done = [each for each in sight.periods if each.deadline.rule == "D11"]
    assert [(each.state, each.steps) for each in done] == [(DeadlineState.DONE, ())]


def test_receptions_of_a_petition_are_noted_as_well_and_a_mediation_has_none(empty: Window) -> None:
    desk = desk_of(empty)
    case = a_petition(desk)
    pane = pane_of(empty, case)
    pane.word.show_value(Reception.DOWN.value)
    pane.record()
    settle(empty)
    assert [each.event for each in case_of(desk, case).course.events] == [Reception.DOWN.value]
    words = {each.value for each in period_sight.sight_of(desk, a_signed_case(desk)).words}
    assert words.isdisjoint(each.value for each in Reception)


def test_what_was_noted_by_mistake_is_taken_back_with_a_reason_and_its_entry_stays(empty: Window) -> None:
    desk = desk_of(empty)
    case = a_petition(desk)
    periods.record_event(desk, case, "reception.tour", by="县级领导刘某", text="到户")
    pane = pane_of(empty, case)
    pane.step.show_value(PeriodStep.PAUSED.value)
    pane.by.setText("王所长")
    pane.why.setText("等鉴定意见")
    pane.approve()
    settle(empty)
    assert [(each.word.partition("（")[0], each.by) for each in pane.events.rows] == [
        ("中止", "王所长"), ("巡访", "县级领导刘某"),
    ]  # fmt: skip
    for _ in range(2):
        pane.event_table.selectRow(0)
        pane.ask_void()
        pane.voiding.give()
        settle(empty)
        assert pane.voiding.isVisible(), "taken back without a reason"
        pane.voiding.typed.setText("登错了案件")
        pane.voiding.give()
        settle(empty)
    course = case_of(desk, case).course
    assert (course.events, course.periods) == ((), ())
    gone = [each.content() for each in desk.vault.case(case).entries if each.kind in {"event.voided", "period.voided"}]
    assert [each["reason"] for each in gone] == ["登错了案件"] * 2
    assert not pane.unkept
