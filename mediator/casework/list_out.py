"""The list of cases as a spreadsheet: what the screen shows and no more; names masked, no numbers of people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from mediator.casework.desk import Desk
from mediator.casework.drafting import trace
from mediator.casework.files_out import staged_papers
from mediator.casework.reading import PAGE, CaseRow, RowQuery, rows
from mediator.core.cells import Cell
from mediator.core.codes import CaseKind, Category
from mediator.docs.tables import Row, Sheet
from mediator.docs.tables_out import write_xlsx

HEADER: Final[Row] = (
    "案号", "案件名称", "案件种类", "颜色", "状态", "纠纷类型", "当事人", "村、社区", "调解员", "受理日期",
    "下一个期限",
)  # fmt: skip
TERMS: Final = {each.value: each.term for codes in (CaseKind, Category) for each in codes}


def write_list(desk: Desk, query: RowQuery, file: Path, *, conditions: Sequence[tuple[str, str]]) -> int:
    """Every case of a query, whatever its window; gives how many. `conditions` stand on a sheet of their own.

    What left the house leaves a trace. Raises WorldFailed `file.write`.
    """
    lines = [line_of(each) for each in every(desk, query)]
    day, told = desk.today().isoformat(), [(name, value) for name, value in conditions if value]
    across = ((desk.across,),) if desk.across else ()
    about: tuple[Row, ...] = (*across, ("导出日期", day), ("件数", str(len(lines))), *told)
    data = write_xlsx([Sheet("案件", (HEADER, *lines)), Sheet("条件", about)])
    with staged_papers(desk, {file: data}):
        desk.vault.append([trace(desk, "audit.list_written", count=len(lines))])
    return len(lines)


def every(desk: Desk, query: RowQuery) -> Iterator[CaseRow]:
    """All rows, page by page."""
    offset = 0
    while page := rows(desk, replace(query, offset=offset, limit=PAGE)):
        yield from page
        offset += len(page)


def line_of(row: CaseRow) -> Row:
    """One case; parties stand as the list masks them."""
    cells: tuple[Cell, ...] = (
        row.number, row.title, TERMS.get(row.kind, row.kind), TERMS.get(row.category, ""), row.status.term,
        row.dispute_type, row.parties, row.village, row.mediator, row.accepted_on, row.next_due,
    )  # fmt: skip
    return cells
