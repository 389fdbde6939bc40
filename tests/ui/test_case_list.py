"""The case list: filtered and opened by keyboard, deadlines in days."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from mediator.casework import intake, reading
from mediator.casework.intake import CaseForm
from mediator.casework.reading import CaseRow, RowQuery
from mediator.core.codes import CaseKind, CaseStatus, Category
from mediator.core.records import CaseId
from mediator.journal.streams import desk_stream
from mediator.ui.pages.case_list import CaseListPage
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import a_document, taken_in
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import desk_of, go, page_of


def test_the_list_is_filtered_and_opened_by_keyboard_and_keeps_the_focus_where_it_is(empty: Window) -> None:
    desk = desk_of(empty)
    first = taken_in(desk, a_document(title="甲"))
    taken_in(desk, a_document(title="乙"))
    intake.accept(desk, first)
    go(empty, "case_list")
    assert empty.house is not None
    page = empty.house.page
    assert isinstance(page, CaseListPage)
    page.filters.choices["status"].show_value(CaseStatus.ACCEPTED.value)
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


def three(window: Window) -> CaseListPage:
    """A work order of colour, an accepted quarrel of a village, a plain case."""
    desk = desk_of(window)
    intake.open_case(desk, CaseForm("水渠", "邻里纠纷", kind=CaseKind.WORK_ORDER, category=Category.RED))
    case = intake.open_case(desk, CaseForm("界址", "邻里纠纷"))
    intake.save_case(desk, case, reading.reread(desk, case).seen, {"village": "湖川村"})
    taken_in(desk, a_document(title="借款", accepted_on="2026-02-01"))
    page = page_of(window, CaseListPage)
    window.grab()
    settle(window)
    return page


def titles(window: Window, page: CaseListPage) -> list[str]:
    """What the list shows now."""
    page.filters.pause.stop()
    page.ask()
    settle(window)
    window.grab()
    settle(window)
    rows = (page.model.row_at(number) for number in range(page.model.total))
    return sorted(row.title for row in rows if row is not None)


@pytest.mark.parametrize(
    ("name", "value", "found"),
    [
        ("category", "red", ["水渠"]),
        ("kind", "work_order", ["水渠"]),
        ("dispute_type", "邻里", ["水渠", "界址"]),
        ("village", "湖川", ["界址"]),
        ("since", "2026年3月1日", ["水渠", "界址"]),
        ("until", "2026-2-28", ["借款"]),
        ("until", "二月", ["借款", "水渠", "界址"]),
    ],
)
def test_each_condition_leaves_its_cases_and_stays_while_the_page_lives(
    empty: Window, name: str, value: str, found: list[str]
) -> None:
    page = three(empty)
    if name in page.filters.choices:
        page.filters.choices[name].show_value(value)
    else:
        page.filters.lines[name].setText(value)
    assert titles(empty, page) == sorted(found)
    go(empty, "workbench")
    go(empty, "case_list")
    assert titles(empty, page) == sorted(found)
    page.filters.clear()
    assert len(titles(empty, page)) == 3


def test_a_day_that_is_none_is_red_and_a_list_without_rows_says_what_to_do(empty: Window) -> None:
    page = three(empty)
    page.filters.lines["since"].setText("二月")
    page.filters.lines["village"].setText("没有这个村")
    assert titles(empty, page) == []
    assert page.filters.lines["since"].property("fault") is True
    assert "放宽条件" in page.table.empty


def test_the_list_as_it_is_filtered_goes_out_as_a_spreadsheet_with_masked_names(empty: Window, tmp_path: Path) -> None:
    page = three(empty)
    page.filters.lines["until"].setText("2026-2-28")
    page.export(tmp_path / "名单.xlsx")
    settle(empty)
    assert "已导出 1 件" in page.told.words.text()
    book = load_workbook(tmp_path / "名单.xlsx")
    rows = list(book["案件"].iter_rows(values_only=True))
    assert [row[1] for row in rows] == ["案件名称", "借款"]
    assert rows[1][6] == "李*、张*"
    assert ("到哪天", "2026-02-28") in list(book["条件"].iter_rows(values_only=True))
    vault = desk_of(empty).vault
    assert [each.kind for each in vault.stream(desk_stream(vault.desk))][-1] == "audit.list_written"
