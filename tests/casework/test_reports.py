"""Reports at the desk: tables whose figures open their lists, files that other programs read back."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from mediator.casework import opening, practice, reports
from mediator.casework.desk import Desk
from mediator.errors import RefusedByRule
from tests.casework.desks import a_desk, a_document, taken_in

KINDS = {each.id: each for each in reports.KINDS}
FIRST, LAST = date(2025, 4, 1), date(2026, 3, 9)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A township's year: thirty made-up cases and a work order of each colour."""
    made = a_desk(tmp_path_factory.mktemp("reports") / "v")
    days = [date(2025, 3, 1) + timedelta(days=n) for n in range(370)]
    for document in practice.made_up(3, 30, township="331122101", days=days):
        taken_in(made, document)
    for color in ("blue", "yellow", "orange", "red"):
        taken_in(made, a_document(kind="work_order", title=f"来电{color}", category_color=color))
    yield made
    opening.lock(made)


@pytest.mark.parametrize("kind", reports.KINDS, ids=lambda kind: kind.id)
def test_each_kind_is_written_and_read_back_by_other_programs(kind: reports.Kind, desk: Desk, tmp_path: Path) -> None:
    made = reports.report(desk, kind, reports.span_of(desk, kind, FIRST, LAST))
    files = reports.write(desk, made, formats=("xlsx", "pdf", "docx"), out=tmp_path)
    by_ending = {each.path.suffix: each.path.read_bytes() for each in files}
    assert set(by_ending) == {".xlsx", ".pdf", ".docx"}
    wanted = [cell.words for table in made.tables for row in table.rows for cell in row if cell.words]
    sheet = load_workbook(io.BytesIO(by_ending[".xlsx"])).active
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    heads = [column.name for table in made.tables if table.rows for column in table.columns]
    assert set(heads) <= set(texts)
    pages = "".join("".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(by_ending[".pdf"])).pages)
    assert "2026年3月9日09:30" in pages
    assert made.span.words.replace(" ", "") in pages
    missing = [words for words in wanted if len(words) < 11 and "".join(words.split()) not in pages]
    assert not missing


def test_figures_in_a_spreadsheet_add_up_and_numbers_of_cases_stay_text(desk: Desk, tmp_path: Path) -> None:
    made = reports.report(desk, KINDS["ledger"], reports.span_of(desk, KINDS["ledger"], FIRST, LAST))
    [file] = reports.write(desk, made, formats=("xlsx",), out=tmp_path)
    sheet = load_workbook(file.path).active
    [head] = [row for row in sheet.iter_rows() if row[0].value == "序号"][:1]
    place = next(cell.column for cell in head if cell.value == "协议金额（元）")
    first, count = head[0].row + 1, len(made.tables[0].rows)
    sums = [sheet.cell(row=row, column=place).value for row in range(first, first + count)]
    told = [row[-2].words for row in made.tables[0].rows]
    assert sum(value for value in sums if not isinstance(value, str)) == pytest.approx(
        sum(float(words.replace(",", "")) for words in told if words != "—")
    )
    assert any(words != "—" for words in told)
    assert {sheet.cell(row=row, column=2).data_type for row in range(first, first + count)} == {"s"}


@pytest.mark.parametrize("kind", ["month", "quarter", "year", "mediation_statistics"])
def test_every_figure_opens_a_list_of_that_many_rows(kind: str, desk: Desk) -> None:
    made = reports.report(desk, KINDS[kind], reports.span_of(desk, KINDS[kind], FIRST, LAST))
    opened = 0
    for table in made.tables:
        for row in table.rows:
            for cell in row:
                listed = reports.behind(desk, cell.rows)
                assert [each.id for each in listed] == [each.case for each in cell.rows]
                if cell.rows and cell.words.replace(",", "").isdigit() and "人" not in row[1].words:
                    assert int(cell.words.replace(",", "")) == len(listed)
                    opened += 1
    assert opened > 20


def test_a_ledgers_line_opens_its_matter(desk: Desk) -> None:
    made = reports.report(desk, KINDS["ledger"], reports.span_of(desk, KINDS["ledger"], FIRST, LAST))
    for row in made.tables[0].rows:
        [opened] = reports.behind(desk, row[0].rows)
        assert opened.number == row[1].words
    orders = reports.report(desk, KINDS["work_orders"], reports.span_of(desk, KINDS["work_orders"]))
    assert [row[1].words[:2] for row in orders.tables[0].rows] == ["蓝色", "黄色", "橙色", "红色"]


@pytest.mark.parametrize(
    ("kind", "first", "last", "span"),
    [
        ("month", None, None, ("2026-03-01", "2026-03-31")),
        ("quarter", None, None, ("2026-01-01", "2026-03-31")),
        ("year", None, None, ("2026-01-01", "2026-12-31")),
        ("quarter", date(2025, 10, 1), None, ("2025-10-01", "2025-12-31")),
        ("month", None, date(2025, 2, 20), ("2025-02-01", "2025-02-20")),
        ("ledger", None, None, ("2026-01-01", "2026-03-09")),
        ("ledger", date(2025, 5, 1), None, ("2025-05-01", "2026-03-09")),
    ],
)
def test_days_left_out_are_those_a_clerk_would_mean(
    kind: str, first: date | None, last: date | None, span: tuple[str, str], desk: Desk
) -> None:
    found = reports.span_of(desk, KINDS[kind], first, last)
    assert (found.first.isoformat(), found.last.isoformat(), found.as_of) == (*span, desk.today())


def test_a_span_that_ends_before_it_begins_and_a_strange_format_are_refused(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(RefusedByRule, match=r"report\.span"):
        reports.span_of(desk, KINDS["ledger"], date(2026, 3, 5), date(2026, 3, 1))
    made = reports.report(desk, KINDS["ledger"], reports.span_of(desk, KINDS["ledger"]))
    with pytest.raises(RefusedByRule, match=r"document\.format"):
        reports.write(desk, made, formats=("xlsx", "exe"), out=tmp_path)
    assert not list(tmp_path.iterdir())


def test_what_leaves_the_house_leaves_a_trace_without_content(desk: Desk, tmp_path: Path) -> None:
    made = reports.report(desk, KINDS["month"], reports.span_of(desk, KINDS["month"]))
    reports.write(desk, made, formats=("xlsx",), out=tmp_path)
    last = desk.vault.since(desk.vault.desk, desk.vault.top(desk.vault.desk)[0] - 1, 1)[0]
    assert last.kind == "audit.report_made"
    assert last.content() == {"report": "month", "span": ["2026-03-01", "2026-03-31"], "formats": ["xlsx"]}
