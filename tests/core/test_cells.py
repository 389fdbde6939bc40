"""Cells of old ledgers: every way a clerk writes a day, a sum, a number, a name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core import cells
from mediator.core.cells import Cell
from mediator.core.dates import BEIJING
from mediator.errors import Unacceptable

DAY = date(2024, 3, 5)


@pytest.mark.parametrize(
    "cell",
    [
        45356,
        45356.0,
        "45356",
        "2024.3.5",
        "2024-03-05",
        "2024/3/5",
        "2024年3月5日",
        " 2024年 03 月 05 日 ",
        "20240305",
        20240305,
        "二〇二四年三月五日",
        "二零二四年三月初五",
        "二○二四年三月五号",
        "２０２４．３．５",
        "24年3月5日",
        "2024、3、5",
        "2024年3月5号",
        "2024-03-05 09:30:00",
        "2024-03-05T09:30",
        date(2024, 3, 5),
        datetime(2024, 3, 5, 9, 30),  # noqa: DTZ001  as a sheet holds it
    ],
)
def test_a_day_is_read_in_every_way_it_is_written(cell: Cell) -> None:
    assert cells.day_of(cell) == DAY


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("二〇二四年十二月二十一日", (2024, 12, 21)),
        ("二〇二三年元月廿三日", (2023, 1, 23)),
        ("一九九八年十月三十日", (1998, 10, 30)),
        ("二〇二四年十一月十日", (2024, 11, 10)),
        (36526, (2000, 1, 1)),
        ("2024.12.31", (2024, 12, 31)),
    ],
)
def test_days_in_words(cell: Cell, day: tuple[int, int, int]) -> None:
    assert cells.day_of(cell) == date(*day)


def test_an_hour_is_kept_where_one_is_written() -> None:
    half_past_nine = datetime(2024, 3, 5, 9, 30, tzinfo=BEIJING)
    for cell in ("2024-03-05 09:30", "2024年3月5日 9时30分", 45356 + 9.5 / 24, "2024/3/5 9:30:00"):
        assert cells.moment_of(cell) == half_past_nine


@pytest.mark.parametrize(
    "cell", ["去年春天", "2024.2.30", "2024.13.1", "3月5日", "2024年", "三月五日", 7, 3.5, "1024.1.1", "今天", "45"]
)
def test_what_is_no_day_is_refused_and_not_guessed(cell: Cell) -> None:
    with pytest.raises(Unacceptable, match=r"cell\.day"):
        cells.day_of(cell)


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_a_serial_number_is_the_day_that_excel_means(day: date) -> None:
    assert cells.day_of((day - date(1899, 12, 30)).days) == day
    assert cells.day_of(f"{day.year}.{day.month}.{day.day}") == day
    assert cells.moment_of((day - date(1899, 12, 30)).days + 0.5) == datetime(
        day.year, day.month, day.day, tzinfo=BEIJING
    ) + timedelta(hours=12)


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        (3500, 350000),
        (3500.5, 350050),
        ("3,500.00", 350000),
        ("3500元", 350000),
        ("3.5万", 3500000),
        ("3.5万元", 3500000),
        ("人民币3500元整", 350000),
        ("叁仟伍佰元整", 350000),
        ("人民币三万五千元", 3500000),
        ("￥1,200.50", 120050),
        ("约2万元", 2000000),
        ("0", 0),
        ("1，200", 120000),
        (0.1, 10),
        (1234567.89, 123456789),
    ],
)
def test_a_sum_is_read_in_every_way_it_is_written(cell: Cell, fen: int) -> None:
    assert cells.sum_of(cell) == fen


@pytest.mark.parametrize(
    "cell", ["若干", "三千左右", "12.345", -5, 0.001, "一头牛", "3500斤", date(2024, 3, 5), "1.2.3"]
)
def test_what_is_no_sum_is_refused(cell: Cell) -> None:
    with pytest.raises(Unacceptable, match=r"cell\.sum"):
        cells.sum_of(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("３３１１２２19680504001７", "331122196805040017"),
        ("33112219680504001x", "33112219680504001X"),
        ("331122680504001", "331122680504001"),
        (331122680504001, "331122680504001"),
        ("'331122196805040017", "331122196805040017"),
        ("331122 1968 0504 0017", "331122196805040017"),
    ],
)
def test_identity_numbers_are_read_in_both_lengths(cell: Cell, number: str) -> None:
    assert cells.number_of(cell) == number


@pytest.mark.parametrize("cell", [331122196805040017, 3.31122196805040e17, "3.31122E+17"])
def test_a_number_that_the_sheet_has_cut_is_refused(cell: Cell) -> None:
    with pytest.raises(Unacceptable, match=r"cell\.digits"):
        cells.number_of(cell)


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        (cells.name_of, "王　芳", "王芳"),
        (cells.name_of, " 王 芳 ", "王芳"),
        (cells.name_of, "John  Smith", "John Smith"),
        (cells.name_of, "无", ""),
        (cells.count_of, "12人", 12),
        (cells.count_of, 3.0, 3),
        (cells.count_of, "", None),
        (cells.day_of, "", None),
        (cells.day_of, "——", None),
        (cells.sum_of, "/", None),
        (cells.text_of, 13800000000.0, "13800000000"),
        (cells.text_of, 2.5, "2.5"),
    ],
)
def test_blanks_and_placeholders(read: Callable[[Cell], object], cell: Cell, value: object) -> None:
    assert read(cell) == value
