"""台账统计: every figure says what it means and opens its list; periods by name; files that others read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter

from mediator.casework import opening, practice, reports
from mediator.core.reporting import days_of
from mediator.ui.pages.statistics import StatisticsPage
from mediator.ui.pages.statistics_figures import FiguresTable
from mediator.ui.pages.statistics_pictures import pictures
from mediator.ui.pieces.chart import ChartView
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import PASSWORD, ROOM, a_desk, a_document, a_workshop, taken_in
from tests.ui.conftest import put_away
from tests.ui.keyboard import Keyboard, a_window, sit_down
from tests.ui.scenes import desk_of, page_of

DAYS = [date(2025, 3, 1) + timedelta(days=n) for n in range(370)]


@pytest.fixture(scope="module")
def twelve_months(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed vault with twelve months of made-up cases, copied for each test."""
    place = tmp_path_factory.mktemp("year") / "vault"
    desk = a_desk(place)
    for document in practice.made_up(3, 25, township="331122101", days=DAYS):
        taken_in(desk, document)
    opening.lock(desk)
    return place


@pytest.fixture
def year(tmp_path: Path, twelve_months: Path) -> Iterator[Window]:
    """At a desk with twelve months of cases."""
    workshop = a_workshop(seed=8)
    shutil.copytree(twelve_months, tmp_path / "vault")
    window = a_window(workshop, tmp_path / "vault", tmp_path)
    sit_down(window, opening.unlock(workshop, tmp_path / "vault", ROOM.login, PASSWORD))
    yield window
    put_away(window)


def chosen(window: Window, kind: str, period: str) -> StatisticsPage:
    """A kind of report over a period."""
    page = page_of(window, StatisticsPage)
    page.kinds.setCurrentRow([each.id for each in reports.KINDS].index(kind))
    page.period.show_period(period)
    page.ask()
    settle(window)
    return page


def table_of(page: StatisticsPage) -> FiguresTable:
    """The table in front."""
    shown = page.view.tabs.currentWidget()
    assert isinstance(shown, FiguresTable)
    return shown


@pytest.mark.parametrize(
    ("period", "today", "first", "last"),
    [
        ("month", date(2026, 2, 9), date(2026, 2, 1), date(2026, 2, 28)),
        ("last_month", date(2026, 1, 31), date(2025, 12, 1), date(2025, 12, 31)),
        ("quarter", date(2026, 3, 31), date(2026, 1, 1), date(2026, 3, 31)),
        ("last_quarter", date(2026, 3, 9), date(2025, 10, 1), date(2025, 12, 31)),
        ("year", date(2028, 2, 29), date(2028, 1, 1), date(2028, 12, 31)),
        ("last_year", date(2026, 3, 9), date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_period_by_its_name_begins_and_ends_with_whole_months(
    period: str, today: date, first: date, last: date
) -> None:
    assert days_of(period, today) == (first, last)


@pytest.mark.parametrize("kind", reports.KINDS, ids=lambda kind: kind.id)
def test_every_figure_on_the_screen_opens_a_list_of_as_many_lines(year: Window, kind: reports.Kind) -> None:
    page = chosen(year, kind.id, "last_year")
    assert page.view.report is not None
    for place, table in enumerate(page.view.report.tables[:2]):
        page.view.tabs.setCurrentIndex(place)
        cells = [(n, m) for n, row in enumerate(table.rows) for m, cell in enumerate(row) if cell.rows and m > 0]
        for line, column in cells[:: max(len(cells) // 4, 1)]:
            cell = table.rows[line][column]
            table_of(page).setCurrentIndex(table_of(page).figures.index(line, column))
            table_of(page).opened.emit(line)
            settle(year)
            assert page.behind.rows.rowCount() == len(cell.rows)
            assert cell.told in page.view.line.text()
            if page.view.report.kind == "month":
                assert cell.words == f"{len(cell.rows):,}" or "%" in cell.words or "." in cell.words
            page.show_figures()


def test_a_line_of_a_ledger_opens_its_case_from_any_of_its_cells(year: Window) -> None:
    page = chosen(year, "ledger", "last_year")
    report = page.view.report
    assert report is not None
    table_of(page).setCurrentIndex(table_of(page).figures.index(2, 4))
    table_of(page).opened.emit(2)
    settle(year)
    assert year.house is not None
    assert year.house.page.name == "case_page"
    assert year.house.page.case == report.tables[0].rows[2][0].rows[0].case


def test_a_span_without_a_case_says_that_there_is_no_data(empty: Window) -> None:
    page = chosen(empty, "month", "last_month")
    assert page.view.none.isVisible()
    assert page.view.none.words.text().startswith("2026年2月：本期无数据。")
    page = chosen(empty, "performance", "month")
    assert table_of(page).empty == "本期无数据。"
    taken_in(desk_of(empty), a_document(accepted_on="2026-03-09"))
    page = chosen(empty, "month", "month")
    assert not page.view.none.isVisible()


def test_days_of_ones_own_are_typed_and_a_day_that_is_none_stays_marked(year: Window) -> None:
    page = chosen(year, "month", "month")
    page.period.first.setText("2025.4.1")
    page.period.first.editingFinished.emit()
    settle(year)
    assert page.view.report is not None
    assert page.view.report.span.words == "2025年4月1日至2026年3月31日"
    assert page.period.period.currentText() == "自选"
    for wrong, said in (("四月", "请写两个日期"), ("2027-1-1", "")):
        page.period.first.setText(wrong)
        page.period.first.editingFinished.emit()
        settle(year)
        assert page.told.isVisible()
        assert said in page.told.words.text()
        assert page.period.first.text() == wrong


def test_another_kind_brings_its_usual_period_until_one_is_picked_by_hand(year: Window) -> None:
    page = page_of(year, StatisticsPage)
    found = []
    for row in (1, 2, 4):
        page.kinds.setCurrentRow(row)
        page.hurry()
        settle(year)
        found.append(page.period.period.currentText())
    page.period.pick("last_year")
    page.kinds.setCurrentRow(0)
    assert (found, page.period.period.currentText()) == (["本季", "本年", "本年"], "上年")


def test_only_the_last_wish_is_answered_when_kinds_are_passed_quickly(year: Window) -> None:
    page = page_of(year, StatisticsPage)
    for row in (1, 2, 3, 4, 5):
        page.kinds.setCurrentRow(row)
        page.ask()
    settle(year)
    assert page.view.report is not None
    assert page.view.report.kind == "case_sheet"
    assert not page.busy.isVisible()


def test_figures_follow_a_new_case_and_the_place_in_the_table_stays(year: Window) -> None:
    page = chosen(year, "month", "month")
    table_of(page).setFocus()
    table_of(page).setCurrentIndex(table_of(page).figures.index(1, 4))
    before = table_of(page).figures.table.rows[1][3].words
    taken_in(desk_of(year), a_document(accepted_on="2026-03-09"))
    settle(year)
    page.hurry()
    settle(year)
    assert int(table_of(page).figures.table.rows[1][3].words) == int(before) + 1
    index = table_of(page).currentIndex()
    assert (index.row(), index.column(), table_of(page).hasFocus()) == (1, 4, True)


def test_a_share_of_few_carries_a_star_that_the_line_below_explains(empty: Window) -> None:
    taken_in(desk_of(empty), a_document(accepted_on="2026-03-09"))
    page = chosen(empty, "month", "month")
    table = table_of(page)
    [line] = [n for n, row in enumerate(table.figures.table.rows) if row[1].words == "办结率"]
    table.setCurrentIndex(table.figures.index(line, 3))
    assert table.figures.index(line, 3).data(Qt.ItemDataRole.DisplayRole) == "0.0%＊"
    assert "基数不足5" in page.view.line.text()
    assert "本期受理、期末以前已有结果的件数÷本期受理件数" in page.view.line.text()


def test_charts_show_the_figures_of_the_tables_and_open_the_same_lists(year: Window) -> None:
    page = chosen(year, "year", "last_year")
    report = page.view.report
    assert report is not None
    assert [each.title for each in pictures(report)] == ["分月（件）", "分月协议金额（元）", "按纠纷类型（受理，件）"]
    [months] = [table for table in report.tables if table.title == "分月情况"]
    place = page.view.tabs.count() - 1
    page.view.tabs.setCurrentIndex(place)
    charts = page.view.tabs.widget(place)
    assert charts is not None
    chart = charts.findChildren(ChartView)[0]
    chart.setFocus()
    keyboard = Keyboard(year)
    keyboard.press("End", "Left")
    december = months.rows[11][1]
    assert page.view.line.text() == f"分月（件）：12月受理件数{december.words}"
    assert chart.accessibleDescription().startswith(f"12月受理件数{december.words}。分月（件）：1月受理件数")
    keyboard.press("Enter")
    assert page.behind.rows.rowCount() == int(december.words)
    assert [row.id for row in page.behind.rows.rows] == [row.case for row in december.rows]


def test_a_report_is_sent_to_a_printer_page_by_page(year: Window, tmp_path: Path) -> None:
    page = chosen(year, "month", "month")
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    assert page.view.report is not None
    page.send(page.view.report, printer)
    settle(year)
    assert (tmp_path / "paper.pdf").stat().st_size > 1000
    assert "已送往打印机" in page.told.words.text()


def test_a_folder_that_cannot_be_written_is_told_in_words(year: Window, tmp_path: Path) -> None:
    page = chosen(year, "month", "month")
    (tmp_path / "file").write_text("x")
    page.target.folder.setText(str(tmp_path / "file" / "below"))
    page.write("xlsx")
    settle(year)
    assert page.told.isVisible()
    assert page.told.property("tone") == "late"


def test_a_report_is_chosen_read_opened_and_exported_by_keyboard_alone(year: Window, tmp_path: Path) -> None:
    keyboard = Keyboard(year)
    keyboard.press("Ctrl+7")
    keyboard.reach("报表和台账")
    keyboard.press("Down", "Down")
    assert year.house is not None
    page = year.house.page
    assert isinstance(page, StatisticsPage)
    keyboard.reach("时间")
    keyboard.press("Down", "Down", "Down", "Down", "Down")
    page.hurry()
    keyboard.reach("报表和台账")
    keyboard.press("Enter")
    keyboard.press("Down", "Enter")
    assert page.behind.card.title.text().startswith("受理件数")
    keyboard.press("Esc")
    keyboard.reach("存到哪里")
    keyboard.press("Ctrl+A")
    keyboard.type(str(tmp_path))
    keyboard.reach("导出表格")
    keyboard.press("Enter")
    [file] = tmp_path.glob("*.xlsx")
    assert "年报" in file.name
    sheet = load_workbook(file).active
    assert any("受理件数" in str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert page.told.words.text() == f"已导出：{file}"
