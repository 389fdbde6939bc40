"""Fields: a value is told once and whole, nothing typed is overwritten, all of it is seen."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from mediator.ui.pieces.fields import MOST_ROWS, Choice, Field, Lines, Sent, labelled, read_day
from tests.ui.scenes import an_application


@pytest.fixture(autouse=True)
def _application() -> None:
    an_application()


def a_field(*, rows: int = 1, folds: bool = False) -> tuple[Field, list[str]]:
    """A field and what it told."""
    told: list[str] = []
    return Field("住址(&A)", told.append, rows=rows, folds=folds), told


def write(field: Field, words: str) -> None:
    """As after typing."""
    if isinstance(field.input, QLineEdit):
        field.input.setText(words)
    else:
        field.input.setPlainText(words)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-3-5", date(2026, 3, 5)), ("2026.03.05", date(2026, 3, 5)), ("2026/3/5", date(2026, 3, 5)),
        ("2026年3月5日", date(2026, 3, 5)), (" 2026 年 3 月 5 日 ", date(2026, 3, 5)), ("20260305", date(2026, 3, 5)),
        ("２０２６－３－５", date(2026, 3, 5)), ("2024-2-29", date(2024, 2, 29)), ("2026-2-29", None),
        ("2026-13-1", None),
        ("3月5日", None), ("", None), ("明天", None), ("2026-3", None), ("0000-1-1", None), ("12026-3-5", None),
    ],
)  # fmt: skip
def test_a_day_is_read_in_any_usual_form_and_never_guessed(typed: str, day: date | None) -> None:
    assert read_day(typed) == day


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)), st.sampled_from(["-", ".", "/"]))
def test_every_day_is_read_back_as_it_was_written(day: date, between: str) -> None:
    assert read_day(f"{day.year}{between}{day.month}{between}{day.day}") == day
    assert read_day(f"{day.year}年{day.month}月{day.day}日") == day
    assert read_day(f"{day:%Y%m%d}") == day


@given(st.text(max_size=20))
def test_whatever_is_typed_as_a_day_never_ends_in_an_error(typed: str) -> None:
    assert read_day(typed) is None or isinstance(read_day(typed), date)


@pytest.mark.parametrize(("rows", "kind"), [(1, QLineEdit), (3, Lines)])
def test_a_value_is_told_once_when_the_field_is_left(rows: int, kind: type) -> None:
    field, told = a_field(rows=rows)
    assert isinstance(field.input, kind)
    write(field, "湖川村")
    assert (field.dirty, told) == (True, [])
    field.flush()
    field.flush()
    assert (field.dirty, told) == (False, ["湖川村"])


def test_a_value_from_the_vault_is_shown_and_not_told_back() -> None:
    field, told = a_field()
    field.show_text("湖川村")
    field.flush()
    assert (field.text, told, field.dirty) == ("湖川村", [], False)


def test_words_not_yet_told_are_never_overwritten_focus_or_not() -> None:
    field, told = a_field()
    field.show_text("旧址")
    write(field, "新址")
    field.show_text("别处写的")
    assert field.text == "新址"
    field.flush()
    field.show_text("别处写的")
    assert (field.text, told) == ("别处写的", ["新址"])


def test_what_could_not_be_kept_stays_and_is_told_again() -> None:
    field, told = a_field()
    write(field, "新址")
    field.flush()
    field.not_kept()
    field.show_text("旧址")
    assert (field.text, field.dirty) == ("新址", True)
    field.flush()
    assert told == ["新址", "新址"]


def test_an_emptied_field_forgets_even_what_could_not_be_kept() -> None:
    field, told = a_field()
    write(field, "新址")
    field.flush()
    field.not_kept()
    field.empty()
    field.flush()
    assert (field.text, field.dirty, told) == ("", False, ["新址"])


def test_a_masked_value_cannot_be_typed_over_and_is_never_told() -> None:
    field, told = a_field()
    field.show_masked("3325****16", masked=True)
    assert field.input.isReadOnly()
    field.flush()
    field.show_masked("332522196801020016", masked=False)
    assert not field.input.isReadOnly()
    assert (field.text, told) == ("332522196801020016", [])


def test_a_fault_stands_below_and_goes_when_mended() -> None:
    field, _ = a_field()
    field.show_fault("手机号应为11位，现在是10位。")
    assert not field.fault.isHidden()
    assert field.input.property("fault") is True
    field.show_fault("")
    assert field.fault.isHidden()


def test_the_label_leads_to_the_field_and_its_letter_is_not_read_aloud() -> None:
    field, _ = a_field()
    words, _ = labelled("住址(&A)", field)
    assert words.buddy() is field
    assert field.input.accessibleName() == "住址"
    assert field.focusProxy() is field.input


@pytest.mark.parametrize(("lines", "rows"), [(1, 1), (4, 4), (MOST_ROWS, MOST_ROWS), (MOST_ROWS + 5, MOST_ROWS)])
def test_a_field_that_folds_is_as_high_as_its_words_up_to_a_limit(lines: int, rows: int) -> None:
    field, _ = a_field(folds=True)
    assert isinstance(field.input, QPlainTextEdit)
    low = field.input.height()
    write(field, "\n".join("一行" for _ in range(lines)))
    one = a_field(folds=True)[0]
    write(one, "一\n二")
    step = one.input.height() - low
    assert field.input.height() == low + (rows - 1) * step
    write(field, "")
    assert field.input.height() == low


def test_lines_that_were_sent_are_emptied_and_those_typed_since_stay() -> None:
    sum_, way = QLineEdit("500"), QLineEdit("现金")
    sent = Sent(sum_, way)
    sum_.setText("700")
    sent.clear()
    assert (sum_.text(), way.text()) == ("700", "")


def test_a_choice_tells_what_a_person_picks_and_not_what_is_shown() -> None:
    told: list[str] = []
    choice = Choice("性别(&X)", [("", "不详"), ("male", "男"), ("female", "女")], told.append)
    choice.show_value("female")
    assert (choice.value, told) == ("female", [])
    choice.show_value("没有这个")
    assert choice.value == ""
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    assert told == ["male"]
    assert choice.accessibleName() == "性别"
