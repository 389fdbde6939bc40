"""Lists as XLSX: every value a text, no formula, the same bytes twice."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from mediator.docs.model import Align, Document, Form, Place, Signatures, Table, text
from mediator.docs.sheet import write_xlsx

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "＝1+1", "331122196805040017")
CELLS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=30)


def a_list(*rows: tuple[str, str]) -> Document:
    """A list of two columns."""
    blocks = (Form(((("案号", "第1号"),),)), Table(("名称", "说明"), rows, (0.5, 0.5)), text("共几页。"),
              Signatures((Place("提交人", "王五"),)))  # fmt: skip
    return Document("list", "清单", "某调委会", "单1", blocks)


def cells(data: bytes) -> list[tuple[str, str]]:
    """Type and value of every cell that holds something."""
    sheet = load_workbook(io.BytesIO(data)).active
    return [(cell.data_type, cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.mark.threat("T60")
@pytest.mark.parametrize("value", FORMULAS)
def test_what_looks_like_a_formula_stays_a_text(value: str) -> None:
    found = cells(write_xlsx(a_list((value, "乙"))))
    assert ("s", value) in found
    assert {kind for kind, _ in found} == {"s"}


@given(CELLS, CELLS)
def test_every_value_stands_in_its_cell_unchanged(left: str, right: str) -> None:
    values = [value for _, value in cells(write_xlsx(a_list((left, right))))]
    assert values == [
        "某调委会",
        "清单",
        "单1",
        "案号",
        "第1号",
        "名称",
        "说明",
        left,
        right,
        "共几页。",
        "提交人王五（签名）：",
    ]


def test_the_same_list_is_the_same_bytes() -> None:
    assert write_xlsx(a_list(("甲", "乙"))) == write_xlsx(a_list(("甲", "乙")))


def test_properties_name_the_list_and_nobody() -> None:
    facts = load_workbook(io.BytesIO(write_xlsx(a_list(("甲", "乙"))))).properties
    assert (facts.title, facts.subject, facts.language) == ("清单", "单1", "zh-CN")
    assert facts.lastModifiedBy is None


@pytest.mark.threat("T60")
@pytest.mark.parametrize(
    ("words", "value", "look"),
    [
        ("1,234", 1234, "#,##0"), ("14,000.00", 14000, "#,##0.00"), ("93.8%", 0.938, "0.0%"), ("0", 0, "#,##0"),
        ("+1,200", 1200, "+#,##0;-#,##0;#,##0"), ("-12.5%", -0.125, "0.0%"), ("—", "—", "@"),
        ("+1.2个百分点", "+1.2个百分点", "@"), ("331122196805040017", "331122196805040017", "@"), ("=1+1", "=1+1", "@"),
        ("1,23", "1,23", "@"), ("999,999,999,999,999,999", "999,999,999,999,999,999", "@"),
    ],
)  # fmt: skip
def test_in_a_report_figures_of_right_aligned_columns_are_numbers_and_nothing_else_is(
    words: str, value: object, look: str
) -> None:
    table = Table(("项目", "本期"), ((words, words),), (0.5, 0.5), (Align.LEFT, Align.RIGHT))
    sheet = load_workbook(io.BytesIO(write_xlsx(Document("month", "月报", "", "", (table,)), figures=True))).active
    [left, right] = sheet[sheet.max_row]
    assert (left.value, left.data_type) == (words, "s")
    assert (right.value, right.number_format) == (value, look)
    assert right.data_type == ("s" if isinstance(value, str) else "n")
