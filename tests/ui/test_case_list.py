"""The case list: filtered and opened by keyboard, deadlines in days."""

from __future__ import annotations

import pytest

from mediator.casework import intake, reading
from mediator.casework.reading import CaseRow, RowQuery
from mediator.core.codes import CaseStatus
from mediator.core.records import CaseId
from mediator.ui.pages.case_list import CaseListPage
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import a_document, taken_in
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import desk_of, go


def test_the_list_is_filtered_and_opened_by_keyboard_and_keeps_the_focus_where_it_is(empty: Window) -> None:
    desk = desk_of(empty)
    first = taken_in(desk, a_document(title="甲"))
    taken_in(desk, a_document(title="乙"))
    intake.accept(desk, first)
    go(empty, "case_list")
    assert empty.house is not None
    page = empty.house.page
    assert isinstance(page, CaseListPage)
    page.status.show_value(CaseStatus.ACCEPTED.value)
    page.ask()
    settle(empty)
    assert page.model.total == reading.count(desk, RowQuery((CaseStatus.ACCEPTED,))) == 1
    keyboard = Keyboard(empty)
    keyboard.press("Ctrl+K")
    intake.save_case(desk, first, reading.reread(desk, first).seen, {"origin": "来访"})
    settle(empty)
    assert keyboard.focus is empty.house.search
    page.table.setFocus()
    empty.grab()
    settle(empty)
    keyboard.press("Enter")
    assert (empty.house.page.name, empty.house.page.case) == ("case_page", first)


def test_rows_that_were_asked_for_another_filter_are_thrown_away(empty: Window) -> None:
    taken_in(desk_of(empty), a_document())
    go(empty, "case_list")
    assert empty.house is not None
    page = empty.house.page
    assert isinstance(page, CaseListPage)
    page.model.windows.clear()
    page.fetch(0)
    page.generation += 1
    settle(empty)
    assert page.model.windows == {}


@pytest.mark.parametrize(
    ("due", "words", "tone"),
    [
        ("", "", ""),
        ("2026-03-09", "今天", "soon"),
        ("2026-03-08", "逾期 1 天", "late"),
        ("2026-03-18", "剩 9 天", "calm"),
        ("2023-09-01", "2023-09-01", "late"),
    ],
)
def test_the_next_deadline_is_told_in_days(empty: Window, due: str, words: str, tone: str) -> None:
    go(empty, "case_list")
    assert empty.house is not None
    page = empty.house.page
    assert isinstance(page, CaseListPage)
    row = a_row(due)
    assert (page.due(row), page.tone(row)) == (words, tone)


def a_row(due: str) -> CaseRow:
    """A row with a day."""
    return CaseRow(
        CaseId("a"), "1", "借款", "people_mediation", CaseStatus.SIGNED, "合同", "李*", "李调解", "", due, "D06",
        0, 0, 0, 0, False,
    )  # fmt: skip
