"""Every model under Qt's own checker, through everything that happens to it; thin adapters, tested without a window."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester

from mediator.casework.reading import CaseRow
from mediator.core.codes import CaseStatus
from mediator.core.records import CaseId, Turn, TurnId
from mediator.ui.pages.case_list import KEPT, WINDOW, CaseWindow
from mediator.ui.pages.documents_rows import FormRows
from mediator.ui.pages.hearing_turns import LINE, Line, Turns
from mediator.ui.pieces.tables import TONE, Column, Rows
from tests.ui.scenes import an_application

Role = Qt.ItemDataRole
WORDS: Column[str] = Column("事由", lambda row: row)
LENGTH: Column[str] = Column(
    "字数", lambda row: str(len(row)), 4, number=True, tone=lambda row: "late" if len(row) > 3 else ""
)
NUMBER: Column[CaseRow] = Column("案号", lambda row: row.number, tone=lambda _: "calm")


def checked(model: QAbstractItemModel) -> QAbstractItemModelTester:
    """Any broken promise of the model ends the test."""
    an_application()
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def a_turn(number: int) -> Turn:
    """A saved turn."""
    return Turn(TurnId(f"t{number}"), "李四", f"第{number}句", datetime(2026, 3, 9, 1, number % 60, tzinfo=UTC))


def test_rows_of_a_table_keep_qts_promises_whatever_is_shown() -> None:
    model = Rows((WORDS, LENGTH))
    watch = checked(model)
    for rows in ((), ("占地",), tuple(f"第{number}件" for number in range(300)), (), ("还款", "相邻通行")):
        model.show_rows(rows)
        assert (model.rowCount(), model.columnCount()) == (len(rows), 2)
        assert model.rowCount(model.index(0, 0)) == 0 or not rows
    assert watch.model() is model


def test_a_cell_says_its_words_to_the_eye_the_ear_and_whoever_rests_on_it() -> None:
    model = Rows((WORDS, LENGTH))
    model.show_rows(("相邻通行",))
    cell, number = model.index(0, 0), model.index(0, 1)
    assert [model.data(cell, role) for role in (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole)] == [
        "相邻通行"
    ] * 3
    assert (model.data(cell, TONE), model.data(number, TONE)) == (None, "late")
    assert model.data(number, Role.TextAlignmentRole) & int(Qt.AlignmentFlag.AlignRight)
    assert model.headerData(1, Qt.Orientation.Horizontal) == "字数"
    assert model.data(cell, Role.DecorationRole) is None


def test_a_row_with_a_hint_tells_it_instead_of_the_words() -> None:
    model = Rows((WORDS,), hint=lambda row: f"为什么：{row}")
    model.show_rows(("期限",))
    assert model.data(model.index(0, 0), Role.ToolTipRole) == "为什么：期限"


STEPS = st.lists(st.sampled_from(["add", "save", "fail", "correct", "reread"]), max_size=30)


@given(STEPS)
def test_a_record_keeps_qts_promises_in_any_order_of_turns_refusals_and_corrections(steps: list[str]) -> None:
    model = Turns()
    waiting: list[Line] = []
    checked(model)
    kept: list[str] = []
    for number, step in enumerate(steps, start=1):
        if step == "add":
            waiting.append(model.add("李四", f"第{number}句"))
        elif step == "save" and waiting:
            line = waiting.pop(0)
            model.change(line, time="09:30:00", id=f"t{number}")
            kept.append(line.text)
        elif step == "fail" and waiting:
            model.remove(waiting.pop())
        elif step == "correct" and (said := model.line_of(TurnId(f"t{number - 1}"))):
            model.change(said, text="改过的话", corrected=1)
            kept[kept.index(said.text)] = "改过的话"
        elif step == "reread":
            waiting.clear()
            model.show_all(tuple(replace(a_turn(at), text=words) for at, words in enumerate(kept)))
    shown = [line.text for line in model.lines if line.time]
    assert sorted(shown) == sorted(kept)
    assert model.said == sum(len(line.text) for line in model.lines)
    assert model.rowCount() == len(kept) + len(waiting)


def test_an_answer_about_a_line_that_was_read_anew_changes_nothing() -> None:
    model = Turns()
    line = model.add("李四", "请还钱。")
    model.show_all((a_turn(1),))
    model.change(line, time="09:30:00")
    model.remove(line)
    assert [each.text for each in model.lines] == ["第1句"]


def test_a_turn_reads_as_one_sentence_and_a_corrected_one_says_so() -> None:
    model = Turns()
    model.show_all((replace(a_turn(5), corrected_from=("旧话",), late=True),))
    assert model.data(model.index(0), Role.AccessibleTextRole) == "01:05:00 李四：第5句"
    line = model.data(model.index(0), LINE)
    assert isinstance(line, Line)
    assert (line.corrected, line.late) == (1, True)
    assert model.data(model.index(0), Role.DecorationRole) is None


CELLS = st.lists(
    st.one_of(
        st.tuples(st.just("type"), st.integers(0, 4), st.integers(0, 1), st.sampled_from(["", "借条", "1页"])),
        st.tuples(st.just("remove"), st.integers(-1, 4), st.just(0), st.just("")),
        st.tuples(st.just("show"), st.integers(0, 3), st.just(0), st.just("")),
    ),
    max_size=25,
)


@given(CELLS)
def test_rows_of_a_form_keep_qts_promises_and_one_free_row_whatever_is_typed(
    steps: list[tuple[str, int, int, str]],
) -> None:
    told: list[object] = []
    model = FormRows(("名称", "页数"), told.append)
    watch = checked(model)
    for step, row, column, words in steps:
        before, count = model.rows, len(told)
        if step == "type" and row < model.rowCount():
            assert model.setData(model.index(row, column), words)
        elif step == "remove":
            model.remove(row)
        elif step == "show":
            model.show_rows((("照片", "2"),) * row)
        assert not any(model.cells[-1]), "there is no free row"
        assert step == "show" or len(told) > count or model.rows == before, "a change was not told"
        assert all(any(row) for row in model.rows)
    assert watch.model() is model


def test_a_cell_of_a_form_is_heard_with_its_heading() -> None:
    model = FormRows(("名称", "页数"), lambda _: None)
    checked(model)
    model.show_rows((("借条", "1", "太多"), ("照片",)))
    assert model.rows == (("借条", "1"), ("照片", ""))
    cell = model.index(0, 0)
    assert (model.data(cell), model.data(cell, Role.AccessibleTextRole)) == ("借条", "名称：借条")
    assert model.flags(cell) & Qt.ItemFlag.ItemIsEditable
    assert not model.setData(model.index(9, 9), "无处")


def a_case(number: int) -> CaseRow:
    """A row of the case list."""
    return CaseRow(
        CaseId(f"c{number}"), f"第{number}号", "占地", "people_mediation", CaseStatus.ACCEPTED, "邻里纠纷", "李*",
        "李调解", "", "", "", 0, 0, 0, 0, False,
    )  # fmt: skip


@pytest.mark.parametrize("total", [0, 1, WINDOW, WINDOW + 1, 1003])
def test_the_case_list_keeps_qts_promises_while_windows_come_late_or_never(total: int) -> None:
    asked: list[int] = []
    model = CaseWindow((NUMBER,), asked.append)
    watch = checked(model)
    model.begin(total)
    for start in range(0, total, WINDOW):
        assert model.data(model.index(start, 0)) == "……"
        model.put(start, tuple(a_case(number) for number in range(start, min(start + WINDOW, total))))
        assert model.data(model.index(start, 0)) == f"第{start}号"
        assert model.data(model.index(start, 0), TONE) == "calm"
    assert asked == list(range(0, total, WINDOW)), "each window is asked for once"
    model.begin(0)
    assert watch.model() is model


def test_only_the_last_windows_are_kept_and_the_rest_is_asked_for_again() -> None:
    asked: list[int] = []
    model = CaseWindow((NUMBER,), asked.append)
    checked(model)
    model.begin((KEPT + 2) * WINDOW)
    for place in range(KEPT + 2):
        model.put(place * WINDOW, tuple(a_case(place * WINDOW + number) for number in range(WINDOW)))
    assert len(model.windows) == KEPT
    assert model.data(model.index(0, 0)) == "……"
    assert asked == [0]


def test_a_window_that_is_shorter_than_promised_leaves_dots_and_no_error() -> None:
    model = CaseWindow((NUMBER,), lambda _: None)
    checked(model)
    model.begin(3)
    model.put(0, (a_case(0),))
    assert [model.data(model.index(row, 0)) for row in range(3)] == ["第0号", "……", "……"]
    assert model.rowCount(model.index(0, 0)) == 0
