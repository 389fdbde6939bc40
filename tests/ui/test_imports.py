"""导入台账: seen first, columns named by keyboard, bad lines given back, stopped and gone on with."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox

from mediator.casework import ledger_import, reading
from mediator.casework.reading import RowQuery
from mediator.core.codes import CaseKind
from mediator.ui.pages.imports import ImportsPage
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import desk_of, page_of

HEAD = ("序号", "受理日期", "申请人", "被申请人", "纠纷类型", "纠纷简要情况", "调解结果")


def a_ledger(folder: Path, *, good: int = 3, bad: int = 1, head: tuple[str, ...] = HEAD) -> Path:
    """A ledger of so many good and bad lines."""
    rows = [
        (n + 1, f"2025-{n % 12 + 1:02d}-08", f"王{n}芳", f"李{n}伟", "邻里", f"第{n}家的水沟。", "成功")
        for n in range(good)
    ]
    rows += [(good + n + 1, "某年某月", "赵某", "钱某", "邻里", "界址。", "成功") for n in range(bad)]
    path = folder / "旧台账.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([head, *rows])
    return path


def looked(window: Window, path: Path) -> ImportsPage:
    """The page with a file that was looked at."""
    page = page_of(window, ImportsPage)
    keyboard = Keyboard(window)
    keyboard.reach("文件")
    keyboard.type(str(path))
    keyboard.press("Enter")
    return page


def cases(window: Window) -> int:
    """How many the vault holds."""
    return reading.count(desk_of(window), RowQuery())


def test_a_ledger_with_a_bad_line_is_seen_taken_in_and_its_bad_line_given_back_by_keyboard(
    empty: Window, tmp_path: Path
) -> None:
    keyboard = Keyboard(empty)
    keyboard.press("Ctrl+3")
    keyboard.reach("导入台账……")
    keyboard.press("Enter")
    page = looked(empty, a_ledger(tmp_path))
    assert page.told.words.text() == "可以导入 3 件，以前导入过 0 件，需要修改 1 行。"
    assert cases(empty) == 0, "nothing is kept before somebody says so"
    assert "受理日期" in page.refused.rows[0][1].reasons[0]
    keyboard.reach("导入")
    keyboard.press("Enter")
    assert page.told.words.text() == "已导入 3 件；以前导入过、没有重复的 0 件；需要修改 1 行。"
    assert cases(empty) == 3
    keyboard.reach("存下需要修改的行")
    keyboard.press("Enter")
    back = (tmp_path / "旧台账-需要修改的行.csv").read_bytes()
    assert "退回原因" in back.decode("utf-8-sig")
    keyboard.reach("看一看")
    keyboard.press("Enter")
    assert page.told.words.text().startswith("可以导入 0 件，以前导入过 3 件")
    assert not page.take.isEnabled()


def test_a_column_nobody_knows_is_named_by_keyboard_and_remembered(empty: Window, tmp_path: Path) -> None:
    path = a_ledger(tmp_path, bad=0, head=(*HEAD[:2], "诉苦的人", *HEAD[3:]))
    page = looked(empty, path)
    assert len(page.refused.rows) == 3, "no applicant"
    keyboard = Keyboard(empty)
    keyboard.reach("每一栏是什么")
    page.table.selectRow([words for words, _ in page.heads.rows].index("诉苦的人"))
    keyboard.press("Enter")
    assert isinstance(keyboard.focus, QComboBox)
    wanted = page.meaning.findData("applicant.name")
    keyboard.press(*["Down"] * (wanted - page.meaning.currentIndex()))
    assert dict(page.heads.rows)["诉苦的人"] == "applicant.name"
    assert page.refused.rows == ()
    page.take_in()
    looked_again = page_of(empty, ImportsPage)
    looked_again.look()
    Keyboard(empty).press("Tab")
    assert dict(looked_again.heads.rows)["诉苦的人"] == "applicant.name"


def test_stopping_keeps_what_is_durable_and_the_next_run_adds_the_rest(
    empty: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_import, "BATCH", 2)
    page = looked(empty, a_ledger(tmp_path, good=5, bad=0))
    page.moved.connect(lambda *_: None)
    page.take_in()
    page.stop()
    Keyboard(empty).press("Tab")
    assert page.told.words.text().startswith("已停下，存好的留在这里：2 件。")
    assert cases(empty) == 2
    assert page.take.isEnabled()
    page.take_in()
    Keyboard(empty).press("Tab")
    assert cases(empty) == 5


def test_a_file_that_is_no_table_is_told_in_words_and_nothing_can_be_taken_in(empty: Window, tmp_path: Path) -> None:
    page = looked(empty, a_ledger(tmp_path))
    assert page.take.isEnabled()
    path = tmp_path / "乱.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing")
    Keyboard(empty).press("Ctrl+A")
    page = looked(empty, path)
    assert page.told.property("tone") == "late"
    assert not page.take.isEnabled()


def test_the_hotline_gets_its_receipt_once_its_orders_are_in(empty: Window, tmp_path: Path) -> None:
    path = tmp_path / "工单.csv"
    head = ("工单编号", "来电时间", "来电人", "来电号码", "诉求标题", "诉求内容")
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows([head, ("GD1", "2026-03-02", "王芳", "13800000001", "水渠", "水渠三天没水。")])
    page = page_of(empty, ImportsPage)
    page.kind.show_value(CaseKind.WORK_ORDER.value)
    page = looked(empty, path)
    assert not page.receipt.isVisible(), "nothing was taken in yet"
    page.take_in()
    settle(empty)
    assert page.receipt.isVisible()
    page.write_receipt(tmp_path / "回执.csv")
    settle(empty)
    assert str(tmp_path / "回执.csv") in page.told.words.text()
    rows = list(csv.reader((tmp_path / "回执.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row[:2] for row in rows[1:]] == [["GD1", "已接收"]]
