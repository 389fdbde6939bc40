"""What a clerk types into a form: printed by its shape, refused by its label, needed or a gap for the pen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mediator.core.records import Value
from mediator.docs.fields import MAX_ROWS, MAX_TEXT, Field, Filled, Shape, as_printed, shown_values, unfilled, value_of
from mediator.errors import Unacceptable
from tests.docs.papers import a_case, some_facts

CHOICE = Field("how", "方式", Shape.CHOICE, choices=("直接送达", "邮寄送达"))
TABLE = Field("rows", "清单", Shape.ROWS, columns=("序号", "名称"))


def shaped(shape: Shape) -> Field:
    """A field of a plain shape."""
    return Field("value", "内容", shape)


@pytest.mark.parametrize(
    ("field", "typed", "printed"),
    [
        (shaped(Shape.TEXT), "王五", "王五"), (shaped(Shape.LINES), "甲\n乙", "甲\n乙"),
        (shaped(Shape.DAY), "2026-03-05", "2026年3月5日"), (shaped(Shape.DAY), "2024-02-29", "2024年2月29日"),
        (shaped(Shape.MOMENT), "2026-03-05T09:05", "2026年3月5日9时05分"),
        (shaped(Shape.MONEY), "3090", "人民币3,090.00元（大写：叁仟零玖拾元整）"),
        (CHOICE, "邮寄送达", "邮寄送达"), (TABLE, (("1", "照片"),), (("1", "照片"),)),
        (shaped(Shape.TEXT), "甲" * MAX_TEXT, "甲" * MAX_TEXT),
        (TABLE, (("1", ""),) * MAX_ROWS, (("1", ""),) * MAX_ROWS),
    ],
)  # fmt: skip
def test_a_typed_value_is_printed_as_a_clerk_writes_it(field: Field, typed: Value, printed: Value) -> None:
    assert as_printed(field, typed) == printed


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (shaped(Shape.TEXT), "甲" * (MAX_TEXT + 1)), (shaped(Shape.TEXT), (("甲",),)),
        (shaped(Shape.DAY), "2026-02-30"), (shaped(Shape.DAY), "2026-3-5"), (shaped(Shape.DAY), "20260305"),
        (shaped(Shape.MOMENT), "2026-03-05 09:05"), (shaped(Shape.MOMENT), "2026-03-05T25:00"),
        (shaped(Shape.MOMENT), "2026-03-05T09:05+08:00"), (shaped(Shape.MOMENT), "2026-02-30T09:05"),
        (shaped(Shape.MONEY), "3,090"), (shaped(Shape.MONEY), "3.001"), (shaped(Shape.MONEY), "-1"),
        (CHOICE, "留置送达"), (TABLE, "照片"), (TABLE, (("1",),)), (TABLE, (("1", "照片", "多"),)),
        (TABLE, (("1", ""),) * (MAX_ROWS + 1)),
    ],
)  # fmt: skip
def test_what_does_not_fit_its_field_is_refused_by_the_label(field: Field, typed: Value) -> None:
    with pytest.raises(Unacceptable) as caught:
        as_printed(field, typed)
    assert (caught.value.code, caught.value.where) == ("field.value", field.label)


def test_what_is_typed_goes_before_what_the_record_knows() -> None:
    field = Field("matter", "事由", known=lambda case, _facts: case.title)
    assert value_of(field, a_case(), some_facts()) == a_case().title
    typed = replace(some_facts(), values={"matter": "另一件事"})
    assert value_of(field, a_case(), typed) == "另一件事"
    assert value_of(field, a_case(), replace(typed, values={"matter": ""})) == a_case().title


def test_a_field_that_nobody_filled_is_empty_in_its_shape_and_missed_only_where_it_is_needed() -> None:
    fields = (replace(shaped(Shape.TEXT), needed=True), replace(TABLE, needed=True), CHOICE)
    values = Filled({field.name: value_of(field, a_case(), some_facts()) for field in fields})
    assert (values.text("value"), values.rows("rows"), values.text("rows"), values.rows("value")) == ("", (), "", ())
    assert [field.name for field in unfilled(fields, values)] == ["value", "rows"]


def test_a_check_looks_for_each_line_and_each_cell_that_says_something() -> None:
    values = Filled({"value": "甲 \n\n乙", "rows": (("1", ""), ("2", "照片"))})
    found = list(shown_values((shaped(Shape.LINES), TABLE), values))
    assert found == [("value", "甲"), ("value", "乙"), ("rows", "1"), ("rows", "2"), ("rows", "照片")]


@pytest.mark.parametrize(
    ("label", "typed", "shown"),
    [("受理日期", "2026-03-05", "2026年3月5日"), ("期限", "2026-03-05", "2026年3月5日"),
     ("保管期满日", "2056-12-31", "2056年12月31日"), ("受理日期", "三月初", "三月初"),
     ("编号", "2026-03-05", "2026-03-05")],
)  # fmt: skip
def test_a_day_typed_into_a_column_of_days_is_printed_as_a_day(label: str, typed: str, shown: str) -> None:
    assert as_printed(Field("rows", "表", Shape.ROWS, columns=(label,)), ((typed,),)) == ((shown,),)


def test_a_day_that_does_not_exist_in_a_column_of_days_is_refused() -> None:
    with pytest.raises(Unacceptable, match=r"field\.value"):
        as_printed(Field("rows", "表", Shape.ROWS, columns=("日期",)), (("2026-02-30",),))
