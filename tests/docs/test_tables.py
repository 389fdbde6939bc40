"""Tables from outside: read within limits, refused by name, handed back without a formula."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from mediator.core.cells import Cell
from mediator.docs import tables
from mediator.docs.tables import Book, Format, Sheet, read_book
from mediator.docs.tables_out import write_book
from mediator.errors import Unacceptable

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=20)


def workbook(*rows: list[object]) -> bytes:
    """An XLSX file."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """A package with one part more, or another one in its place."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
        new.writestr(name, content)
    return buffer.getvalue()


PLAIN = workbook(["日期", "申请人"], [45356, "王芳"])
SHEET = "xl/worksheets/sheet1.xml"
BOMB = b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'bbbb'>]><a>&b;</a>"


@pytest.mark.threat("T38")
@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "table.old"),
        (with_part(PLAIN, "xl/vbaProject.bin", b"macro"), "table.macro"),
        (with_part(PLAIN, "xl/media/zeros.bin", bytes(4 * 1024 * 1024)), "table.size"),
        (with_part(PLAIN, SHEET, BOMB), "table.damaged"),
        (with_part(PLAIN, SHEET, "<a/>".encode("utf-16")), "table.damaged"),
        (with_part(PLAIN, SHEET, b"<worksheet><sheetData><row><c"), "table.damaged"),
        (PLAIN[:200], "table.damaged"),
        (bytes(tables.MAX_BYTES + 1), "table.size"),
        (b"a,b\n\x00,c\n", "table.damaged"),
        (b'a,b\n"c,d\n', "table.damaged"),
        (b"\xff\xff\xff,b", "table.encoding"),
        (workbook(), "table.empty"),
        (b"a\n" * (tables.MAX_ROWS + 1), "table.rows"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_name(data: bytes, code: str) -> None:
    with pytest.raises(Unacceptable) as caught:
        read_book(data)
    assert caught.value.code == code


def test_a_formula_is_never_evaluated_and_counts_as_nothing_where_nobody_saved_its_value() -> None:
    (sheet,) = read_book(workbook(["甲", "乙"], ["=1+1", '=HYPERLINK("http://x","y")'], ["丙", "丁"])).sheets
    assert sheet.rows == (("甲", "乙"), (), ("丙", "丁"))


def test_far_away_cells_and_long_blank_stretches_cost_nothing() -> None:
    book = Workbook()
    book.active["A1"], book.active["ZZ1"], book.active["A900000"] = "头", "远", "深"
    buffer = io.BytesIO()
    book.save(buffer)
    (sheet,) = read_book(buffer.getvalue()).sheets
    assert (len(sheet.rows), sheet.rows[0][0]) == (1, "头")
    assert len(sheet.rows[0]) <= tables.MAX_COLUMNS


def test_hidden_sheets_are_not_read() -> None:
    book = Workbook()
    book.active.append(["看得见"])
    hidden = book.create_sheet("藏")
    hidden.append(["看不见"])
    hidden.sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    assert [sheet.rows for sheet in read_book(buffer.getvalue()).sheets] == [(("看得见",),)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_is_read_in_the_encodings_of_offices(encoding: str, delimiter: str) -> None:
    data = f"姓名{delimiter}电话\r\n𠀣王{delimiter}100\r\n".encode(encoding)
    book = read_book(data)
    assert book.sheets[0].rows == (("姓名", "电话"), ("𠀣王", "100"))
    assert read_book(write_book(book)) == book


@pytest.mark.threat("T60")
@pytest.mark.parametrize("text", ["=1+1", "+A1", "-2+3", "@SUM(A1)", "＝1", "'=1", "\t=1"])
def test_nothing_that_goes_back_is_a_formula(text: str) -> None:
    rows: tuple[tuple[Cell, ...], ...] = (("头", "尾"), (text, "x"))
    back = load_workbook(io.BytesIO(write_book(Book(Format("xlsx"), (Sheet("表", rows),)))))
    assert back["表"]["A2"].data_type == "s"
    line = write_book(Book(Format("csv", "utf-8"), (Sheet("", rows),))).decode().splitlines()[1]
    assert line.lstrip('"')[0] == "'"


@given(st.lists(st.lists(st.one_of(TEXTS, st.integers(0, 10**9), st.dates(date(1950, 1, 1), date(2099, 1, 1))),
                         min_size=1, max_size=4), min_size=1, max_size=6))  # fmt: skip
def test_a_workbook_handed_back_reads_as_before(rows: list[list[Cell]]) -> None:
    given_rows = (("头",), *(tuple(row) for row in rows), ("尾",))
    (sheet,) = read_book(write_book(Book(Format("xlsx"), (Sheet("表", given_rows),)))).sheets
    for before, after in zip(given_rows, sheet.rows, strict=True):
        plain = [each.date() if isinstance(each, datetime) else each for each in after]
        assert plain + [""] * (len(before) - len(plain)) == list(before)
