"""Performance: money and visits are recorded once, what is still open stands ready, what is typed stays."""

from __future__ import annotations

from datetime import date

import pytest

from mediator.core.codes import CaseStatus
from mediator.ui.pages.performance import PerformancePage
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import a_signed_case, case_of
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import desk_of, page_of


def test_a_part_of_a_sum_is_recorded_and_the_rest_stands_ready(empty: Window) -> None:
    desk = desk_of(empty)
    case = a_signed_case(desk)
    page = page_of(empty, PerformancePage, case)
    assert page.amount.text() == "3000.00"
    keyboard = Keyboard(empty)
    page.amount.setFocus()
    page.amount.selectAll()
    keyboard.type("1,000.00")
    page.paid_on.setText("2026年3月8日")
    page.method.setText("现金")
    page.pay()
    settle(empty)
    (payment,) = case_of(desk, case).payments
    assert (payment.amount, payment.paid_on, payment.method) == (100_000, date(2026, 3, 8), "现金")
    assert "已登记付款1,000.00元" in page.told.words.text()
    assert page.amount.text() == "2000.00"
    assert case_of(desk, case).status is CaseStatus.PERFORMING


def test_a_sum_being_typed_is_left_alone_when_the_case_changes_elsewhere(empty: Window) -> None:
    case = a_signed_case(desk_of(empty))
    page = page_of(empty, PerformancePage, case)
    page.amount.setText("123")
    assert empty.seat is not None
    empty.seat.changed.emit(frozenset({case}))
    settle(empty)
    assert page.amount.text() == "123"


def test_the_whole_sum_ends_it_and_a_visit_can_still_be_recorded(empty: Window) -> None:
    desk = desk_of(empty)
    case = a_signed_case(desk)
    page = page_of(empty, PerformancePage, case)
    page.pay()
    settle(empty)
    assert case_of(desk, case).status is CaseStatus.PERFORMED
    assert page.owed.rows == ()
    page.visited.setText("李四")
    page.satisfaction.setText("满意")
    page.visit()
    settle(empty)
    (visit,) = case_of(desk, case).follow_ups
    assert (visit.visited, visit.satisfaction, visit.visitor) == ("李四", "满意", "李调解")
    assert case_of(desk, case).status is CaseStatus.FOLLOWED_UP
    assert page.visited.text() == ""


@pytest.mark.parametrize(("amount", "day"), [("一千", "2026-03-08"), ("1000.00", "昨天")])
def test_a_slip_in_a_payment_is_told_and_what_was_typed_stays(empty: Window, amount: str, day: str) -> None:
    desk = desk_of(empty)
    case = a_signed_case(desk)
    page = page_of(empty, PerformancePage, case)
    page.amount.setText(amount)
    page.paid_on.setText(day)
    page.pay()
    settle(empty)
    assert page.told.isVisible()
    assert (page.amount.text(), page.paid_on.text()) == (amount, day)
    assert case_of(desk, case).payments == ()


def test_without_a_case_the_page_lists_what_is_due_in_two_weeks(empty: Window) -> None:
    desk = desk_of(empty)
    a_signed_case(desk)
    page = page_of(empty, PerformancePage)
    assert page.owed.rows == (), "due on the first of April"
    assert page.all.isHidden()
    page.pay()
    page.visit()
    assert page.told.isVisible()
