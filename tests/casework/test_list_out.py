"""The list as a spreadsheet: every page of it, the conditions beside it, the mark of the practice room."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from mediator.casework import list_out
from mediator.casework.desk import Desk
from mediator.casework.reading import RowQuery
from mediator.errors import WorldFailed
from tests.casework.desks import a_document, taken_in


def test_every_page_of_the_list_goes_out_in_its_order(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(list_out, "PAGE", 2)
    for number in range(5):
        taken_in(desk, a_document(title=f"案{number}"))
    file = tmp_path / "名单.xlsx"
    query = RowQuery(order="number", offset=3, limit=1)
    assert list_out.write_list(desk, query, file, conditions=[("状态", ""), ("村、社区", "湖川")]) == 5
    book = load_workbook(file)
    assert [row[1] for row in book["案件"].iter_rows(values_only=True)] == ["案件名称", *(f"案{n}" for n in range(5))]
    about = dict(book["条件"].iter_rows(values_only=True))
    assert about == {"导出日期": "2026-03-09", "件数": "5", "村、社区": "湖川"}


@pytest.mark.threat("T60")
def test_a_title_that_looks_like_a_formula_stays_a_text(desk: Desk, tmp_path: Path) -> None:
    taken_in(desk, a_document(title='=HYPERLINK("http://x")'))
    list_out.write_list(desk, RowQuery(), tmp_path / "a.xlsx", conditions=[])
    assert load_workbook(tmp_path / "a.xlsx")["案件"]["B2"].data_type == "s"


def test_a_place_that_cannot_be_written_is_told_and_leaves_no_trace(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    with pytest.raises(WorldFailed):
        list_out.write_list(desk, RowQuery(), tmp_path / "a" / "b.xlsx", conditions=[])
