"""Performance: money and visits are recorded once, what is still open stands ready, what is typed stays."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mediator.casework.drafting import pen_for
from mediator.core.codes import CaseStatus, Satisfied, SatisfiedWith, Standing
from mediator.core.performing import SUPPLEMENT
from mediator.core.records import CaseId
from mediator.ui.pages.performance import PerformancePage, standing
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import a_document, a_hearing, a_signed_case, an_agreement, case_of, taken_in
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import desk_of, page_of


def test_a_part_of_a_sum_is_recorded_and_the_rest_stands_ready(empty: Window) -> None:
    desk = desk_of(empty)
    case = a_signed_case(desk)
    page = page_of(empty, PerformancePage, case)
    assert page.payment.amount.text() == "3000.00"
    keyboard = Keyboard(empty)
    page.payment.amount.setFocus()
    page.payment.amount.selectAll()
    keyboard.type("1,000.00")
    page.payment.paid_on.setText("2026年3月8日")
    page.payment.method.setText("现金")
    page.payment.send()
    settle(empty)
    (payment,) = case_of(desk, case).payments
    assert (payment.amount, payment.paid_on, payment.method) == (100_000, date(2026, 3, 8), "现金")
    assert "已登记付款1,000.00元" in page.told.words.text()
    assert page.payment.amount.text() == "2000.00"
    assert case_of(desk, case).status is CaseStatus.PERFORMING


def test_a_sum_being_typed_is_left_alone_when_the_case_changes_elsewhere(empty: Window) -> None:
    case = a_signed_case(desk_of(empty))
    page = page_of(empty, PerformancePage, case)
    page.payment.amount.setText("123")
    assert empty.seat is not None
    empty.seat.changed.emit(frozenset({case}))
    settle(empty)
    assert page.payment.amount.text() == "123"


def test_the_whole_sum_ends_it_and_a_visit_can_still_be_recorded(empty: Window) -> None:
    desk = desk_of(empty)
    case = a_signed_case(desk)
    page = page_of(empty, PerformancePage, case)
    page.payment.send()
    settle(empty)
    assert case_of(desk, case).status is CaseStatus.PERFORMED
    assert [each.duty.standing for each in page.owed.rows] == [Standing.PAID]
    page.visit.visited.setText("李四")
    page.visit.satisfaction.setText("满意")
    page.visit.send()
    settle(empty)
    (visit,) = case_of(desk, case).follow_ups
    assert (visit.visited, visit.satisfaction, visit.visitor) == ("李四", "满意", "李调解")
    assert case_of(desk, case).status is CaseStatus.FOLLOWED_UP
    assert page.visit.visited.text() == ""


@pytest.mark.parametrize(("amount", "day"), [("一千", "2026-03-08"), ("1000.00", "昨天")])
def test_a_slip_in_a_payment_is_told_and_what_was_typed_stays(empty: Window, amount: str, day: str) -> None:
    desk = desk_of(empty)
    case = a_signed_case(desk)
    page = page_of(empty, PerformancePage, case)
    page.payment.amount.setText(amount)
    page.payment.paid_on.setText(day)
    page.payment.send()
    settle(empty)
    assert page.told.isVisible()
    assert (page.payment.amount.text(), page.payment.paid_on.text()) == (amount, day)
    assert case_of(desk, case).payments == ()


def test_without_a_case_the_page_lists_what_is_due_in_two_weeks(empty: Window) -> None:
    desk = desk_of(empty)
    a_signed_case(desk)
    page = page_of(empty, PerformancePage)
    assert page.owed.rows == (), "due on the first of April"
    assert page.all.isHidden()
    assert page.subject is None
    page.payment.send()
    page.visit.send()
    assert page.told.isVisible()


def a_late_case(window: Window) -> CaseId:
    """An agreement whose sum was due on the first of March and whose visit is due soon."""
    agreement = an_agreement(
        signed_on="2026-02-10", payments=[{"payer": "b", "payee": "a", "amount": "3000.00", "due": "2026-03-01"}]
    )
    document = a_document(accepted_on="2026-02-01", hearings=[a_hearing()], agreement=agreement, outcome="agreed")
    return taken_in(desk_of(window), document)


def test_what_is_late_stands_first_with_where_a_breach_leads_and_the_visit_that_is_due(empty: Window) -> None:
    case = a_late_case(empty)
    page = page_of(empty, PerformancePage)
    (row,) = page.owed.rows
    assert (row.case, page.due(row), standing(row)) == (case, "逾期 7 天", "逾期未履行")
    assert {each.label for each in page.visits.rows} == {"协议回访", "到期回访"}
    assert "没有按期履行，可以走的途径" in page.road.words.text()
    assert page.road.isVisible()


def test_a_thing_given_in_place_of_money_counts_and_is_told(empty: Window) -> None:
    case = a_late_case(empty)
    page = page_of(empty, PerformancePage, case)
    page.payment.amount.setText("1000.00")
    page.payment.goods.setText("稻谷三百斤")
    page.payment.send()
    settle(empty)
    assert "已登记给付：稻谷三百斤" in page.told.words.text()
    assert [standing(each) for each in page.owed.rows] == ["逾期未履行，以物抵付"]
    assert page.payment.amount.text() == "2000.00"


def test_only_a_later_paper_changes_what_is_owed(empty: Window) -> None:
    desk = desk_of(empty)
    case = a_late_case(empty)
    page = page_of(empty, PerformancePage, case)
    page.forms.setCurrentIndex(1)
    assert "还没有补充协议" in page.amendment.about.text()
    page.amendment.due.setText("2026-04-10")
    page.amendment.send()
    settle(empty)
    assert page.told.isVisible()
    assert page.amendment.due.text() == "2026-04-10"
    paper: dict[str, Any] = {"kind": SUPPLEMENT, "number": "补1", "title": "补充协议", "pages": 1, "files": []}
    desk.vault.append([pen_for(desk, case).write("document.issued", id="d1" * 16, **paper)])
    settle(empty)
    assert page.amendment.paper.value == "d1" * 16
    page.amendment.send()
    settle(empty)
    (row,) = page.owed.rows
    assert (page.due(row), standing(row)) == ("4月10日", "未到期，已变更")
    assert page.road.isHidden(), "nothing is late any more"
    page.amendment.waived.setChecked(True)
    page.amendment.send()
    settle(empty)
    assert [standing(each) for each in page.owed.rows] == ["已免除，已变更"]


def test_who_mediated_does_not_ask_how_satisfied_people_are(empty: Window) -> None:
    desk = desk_of(empty)
    case = a_late_case(empty)
    pane = page_of(empty, PerformancePage, case).satisfaction
    assert "还没有问过：承办单位" in pane.about.text()
    pane.asked.setText("李四")
    pane.send()
    settle(empty)
    assert case_of(desk, case).course.satisfactions == ()
    assert pane.asked.text() == "李四"
    pane.asked_by.setText("何某")
    pane.given.show_value(Satisfied.MOSTLY.value)
    pane.send()
    settle(empty)
    (answer,) = case_of(desk, case).course.satisfactions
    assert (answer.about, answer.answer, answer.asked) == (SatisfiedWith.BODY, Satisfied.MOSTLY, "李四")
    assert "都已经问过" in pane.about.text()


def test_of_very_many_the_most_urgent_are_listed_and_the_page_says_so(empty: Window) -> None:
    days = [f"2026-03-{day:02d}" for day in range(1, 21)] * 3
    sums = [{"payer": "b", "payee": "a", "amount": "50.00", "due": day} for day in days]
    agreement = an_agreement(payments=sums, signed_on="2026-02-10")
    document = a_document(accepted_on="2026-02-01", hearings=[a_hearing()], agreement=agreement, outcome="agreed")
    taken_in(desk_of(empty), document)
    page = page_of(empty, PerformancePage)
    assert len(page.owed.rows) == 40
    assert page.owed.rows[0].duty.owed.now.due_on == date(2026, 3, 1)
    assert page.count.text() == "先列最急的 40 笔，办完一笔补上一笔"
