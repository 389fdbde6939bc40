"""What the neighbour at the table and the next person at the machine must not find."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QTextEdit,
    QWidget,
)

from mediator.casework import importing
from mediator.casework.practice import made_up
from mediator.core.records import CaseId
from mediator.ui.frame import PAGES
from mediator.ui.idle import SLEPT_S, IdleWatch
from mediator.ui.pages.case_page import CasePage
from mediator.ui.pages.documents import DocumentsPage
from mediator.ui.pieces.printers import named
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import ROOT, StillClock, a_document, taken_in
from tests.ui.scenes import an_application, desk_of, go, page_of

NAMES = [page.name for page in PAGES if page.name not in {"keys", "manual"}]
NUMBER, PHONE, HOUSE = "990000199001011235", "10098765432", "湖川村民主路17号"


def people() -> list[dict[str, object]]:
    """Two sides with everything a neighbour would like to know."""
    return [
        {"ref": "a", "side": "applicant", "kind": "person", "name": "李四", "id_type": "resident_id",
         "id_number": NUMBER, "phone": PHONE, "address": f"缙云县壶镇镇{HOUSE}"},
        {"ref": "b", "side": "respondent", "kind": "person", "name": "张三"},
    ]  # fmt: skip


def words_in(widget: QWidget) -> Iterator[str]:
    """Everything a person could read or hear there: texts, tips, names for the ear, every cell of every table."""
    for each in (widget, *widget.findChildren(QWidget)):
        yield from (each.toolTip(), each.accessibleName(), each.accessibleDescription(), each.windowTitle())
        if isinstance(each, QLabel | QAbstractButton | QLineEdit):
            yield each.text()
        if isinstance(each, QLineEdit):
            yield each.placeholderText()
        if isinstance(each, QPlainTextEdit | QTextEdit):
            yield each.toPlainText()
        if isinstance(each, QAbstractItemView) and each.model() is not None:
            model = each.model()
            for row in range(model.rowCount()):
                columns = model.columnCount() if isinstance(each, QTableView) else 1
                yield from (str(model.index(row, column).data() or "") for column in range(columns))


@pytest.mark.threat("T10")
def test_no_page_shows_a_whole_number_telephone_or_house_before_a_reason_was_given(window: Window) -> None:
    case = taken_in(desk_of(window), a_document(parties=people()))
    for name in NAMES:
        go(window, name, case if name in {"case_page", "hearing", "composer", "documents", "intake"} else "")
        assert window.house is not None
        look_through(window, name)
    page = page_of(window, CasePage, case)
    for place in range(page.tabs.count()):
        page.tabs.setCurrentIndex(place)
        settle(window)
        look_through(window, f"case_page {place}")


def look_through(window: Window, where: str) -> None:
    """None of the three, nor the middle of one."""
    for words in words_in(window):
        for secret in (NUMBER, NUMBER[3:16], PHONE, PHONE[3:7], HOUSE[3:]):
            assert secret not in words, f"{where}: {words}"


@pytest.mark.threat("T10")
def test_made_up_cases_of_a_whole_month_show_none_of_their_numbers_in_any_list(window: Window) -> None:
    documents = list(made_up(4, 20, township="331122101", days=[desk_of(window).today()]))
    importing.import_file(desk_of(window), json.dumps(documents, ensure_ascii=False).encode())
    numbers = [each[key] for whole in documents for each in whole["parties"] for key in ("id_number", "phone")]
    names = [each["name"] for whole in documents for each in whole["parties"] if len(each["name"]) > 2]
    for name in NAMES:
        go(window, name)
        told = "\n".join(words_in(window))
        assert [each for each in numbers if each in told] == [], name
        if name in {"workbench", "case_list"}:  # what lies open on the table while somebody waits
            assert [each for each in names if each in told] == [], name


@pytest.mark.threat("T15")
def test_no_title_of_a_window_names_more_than_the_program(window: Window) -> None:
    taken_in(desk_of(window), a_document(title="李四欠款", parties=people()[1:]))
    for name in NAMES:
        go(window, name)
        assert window.windowTitle() == "调解助手"
        assert {each.windowTitle() for each in window.findChildren(QWidget)} <= {"", "调解助手"}


@pytest.mark.threat("T16")
def test_the_name_of_a_job_for_the_printer_holds_the_number_of_the_case_and_nobodys_name(
    window: Window, tmp_path: Path
) -> None:
    case: CaseId = taken_in(desk_of(window), a_document(title="李四欠款"))
    page = page_of(window, DocumentsPage, case)
    page.look_at("rights_notice")
    settle(window)
    page.print_paper()
    printer = a_file_printer(tmp_path / "job.pdf")
    page.sheet.send(printer)
    settle(window)
    assert re.fullmatch(r"调解助手 临\w{5}-\d{4}", printer.docName()), printer.docName()
    told = (tmp_path / "job.pdf").read_bytes()
    for secret in ("李四", "张三"):
        assert secret.encode("utf-16-be") not in told
        assert secret.encode() not in told


def a_file_printer(path: Path) -> QPrinter:
    """A printer that prints into a file, its spool as it were."""
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


@pytest.mark.threat("T16")
def test_a_job_without_a_case_is_named_after_the_program_alone() -> None:
    an_application()
    assert named(QPrinter()).docName() == "调解助手"


CHOOSES = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from mediator.ui.app import leave_no_history
leave_no_history()
running = QApplication([])
dialog = QFileDialog(None, "", sys.argv[1])
dialog.setFileMode(QFileDialog.FileMode.Directory)
QTimer.singleShot(0, dialog.accept)
dialog.exec()
del dialog
"""


@pytest.mark.threat("T15")
def test_the_dialogs_for_folders_write_down_nowhere_what_was_opened(tmp_path: Path) -> None:
    folder = tmp_path / "张三李四的案子"
    folder.mkdir()
    places = {"HOME": tmp_path / "home", "XDG_CONFIG_HOME": tmp_path / "config", "XDG_DATA_HOME": tmp_path / "data"}
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    env |= {name: str(place) for name, place in places.items()}
    subprocess.run([sys.executable, "-c", CHOOSES, str(folder)], check=True, env=env, capture_output=True)
    left = [each for place in places.values() for each in place.rglob("*") if each.is_file()]
    assert [each for each in left if "张三".encode() in each.read_bytes() or b"%E5%BC%A0" in each.read_bytes()] == []


@pytest.mark.threat("T03")
def test_a_computer_that_slept_is_locked_when_it_wakes_and_one_that_was_busy_is_not(window: Window) -> None:
    clock = StillClock()
    watch = IdleWatch(lambda: clock.now().timestamp())
    locked: list[str] = []
    watch.expired.connect(lambda: locked.append("locked"))
    watch.watch(15)
    clock.move(seconds=SLEPT_S - 1)  # a long print, a slow disk
    watch.beat()
    assert locked == []
    clock.move(hours=1)
    watch.beat()
    assert locked == ["locked"]
    watch.stop()
    clock.move(hours=1)
    watch.beat()
    assert locked == ["locked"], "behind the lock there is nothing to guard"


@pytest.mark.threat("T03")
def test_nothing_of_a_case_is_left_among_the_widgets_after_a_lock(window: Window) -> None:
    case = taken_in(desk_of(window), a_document(title="李四欠款不还", parties=people()[1:]))
    for name in ("case_page", "hearing", "composer", "documents", "case_list"):
        go(window, name, case)
    assert any("李四欠款不还" in words for words in words_in(window))
    window.lock(whatever=True)
    settle(window)
    assert not any(word in words for words in words_in(window) for word in ("欠款不还", "张三"))
    assert (window.seat, window.house) == (None, None)
