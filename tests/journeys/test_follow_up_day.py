"""A day of following up, by the keyboard alone: what is late is part paid, visited and asked about, an order is
answered, a period is made longer.
"""

from __future__ import annotations

from mediator.casework import supervising
from mediator.core.codes import CaseStatus, PeriodStep, Satisfied
from mediator.ui.pages.workbench import WorkbenchPage
from mediator.ui.window import Window
from tests.casework.desks import a_document, a_hearing, an_agreement, case_of, taken_in
from tests.journeys.counted import Counted
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import desk_of, page_of


def wipe(keyboard: Keyboard, text: str) -> None:
    """Words in place of what stands in a field."""
    keyboard.press("Ctrl+A")
    keyboard.type(text)


def test_a_day_of_following_up_is_done_without_a_mouse(empty: Window) -> None:
    desk = desk_of(empty)
    agreement = an_agreement(
        signed_on="2026-02-10", payments=[{"payer": "b", "payee": "a", "amount": "3000.00", "due": "2026-03-01"}]
    )
    owing = taken_in(
        desk, a_document(accepted_on="2026-02-01", hearings=[a_hearing()], agreement=agreement, outcome="agreed")
    )
    open_case = taken_in(desk, a_document(title="占道", accepted_on="2026-02-10", hearings=[a_hearing(turns=[])]))
    supervising.raise_due(desk)
    keyboard = Counted(empty, "一天的履行回访")

    # what is late is part paid
    keyboard.press("Ctrl+6", "Enter")
    wipe(keyboard, "1000")
    keyboard.reach("登记付款")
    keyboard.press("Enter")
    assert case_of(desk, owing).status is CaseStatus.PERFORMING

    # the visit that is due is made
    keyboard.reach("要做的回访")
    keyboard.press("Ctrl+Home", "Enter")
    keyboard.fill("李四", "收到一千元，其余月底付", "基本满意")
    keyboard.press("Enter")
    assert [each.visited for each in case_of(desk, owing).follow_ups] == ["李四"]

    # somebody else asked how satisfied they are
    keyboard.reach("登记哪一项")
    keyboard.press("Right")
    keyboard.reach("满意度")
    keyboard.press("Down")
    keyboard.reach("评价人")
    keyboard.fill("李四", "何某")
    keyboard.reach("登记满意度")
    keyboard.press("Enter")
    (answer,) = case_of(desk, owing).course.satisfactions
    assert (answer.answer, answer.asked, answer.asked_by) == (Satisfied.MOSTLY, "李四", "何某")

    # an order is answered on the first page
    page = page_of(empty, WorkbenchPage)
    orders = page.orders
    keyboard.reach("催办 · 督办 · 工作建议")
    place = next(row for row, each in enumerate(orders.rows.rows) if each.case == open_case)
    keyboard.press("Ctrl+Home", *(["Down"] * place), "Enter")
    keyboard.type("本周内再调解一次")
    keyboard.press("Enter")
    assert "本周内再调解一次" in [each.answer for each in case_of(desk, open_case).course.orders]

    # the period of the same case is made longer
    keyboard.reach("期限")
    deadlines = page.deadlines.rows.rows
    row = next(row for row, each in enumerate(deadlines) if (each.case, each.rule) == (open_case, "D03"))
    keyboard.press("Ctrl+Home", *(["Down"] * row), "Enter")
    assert empty.house is not None
    assert (empty.house.page.name, empty.house.page.case) == ("case_page", open_case)
    keyboard.reach("案件的几个部分")
    keyboard.press(*(["Right"] * 5))
    keyboard.reach("全部期限")
    keyboard.press("Ctrl+Home", "Enter")
    keyboard.press("Tab")
    keyboard.fill("1", "王所长", "双方要求再谈一次")
    keyboard.press("Enter")
    (change,) = case_of(desk, open_case).course.periods
    assert (change.rule, change.step, change.approved_by) == ("D03", PeriodStep.EXTENDED, "王所长")
