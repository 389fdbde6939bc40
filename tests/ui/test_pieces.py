"""The small parts: words that give way, findings in order, papers drawn when seen, rings, shares of a table's width."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from mediator.casework import printing
from mediator.core.lint import Finding, Severity
from mediator.ui.pages.documents import DocumentsPage
from mediator.ui.pages.keys import GROUPS, keys_of
from mediator.ui.pieces.buttons import button
from mediator.ui.pieces.cards import tabbed
from mediator.ui.pieces.findings import FindingList
from mediator.ui.pieces.labels import Elided, Note, label, spoken, tag
from mediator.ui.pieces.paper import PaperView, Sheet
from mediator.ui.pieces.rings import Ring
from mediator.ui.pieces.tables import Column, Rows, Table
from mediator.ui.screenshots import settle
from mediator.ui.tokens import Look
from mediator.ui.window import Window
from tests.casework.desks import a_document, a_hearing, taken_in
from tests.ui.scenes import an_application, desk_of, page_of

LAW = "人民调解法第二十九条"
FOUND = (
    Finding("V1", Severity.INFO, "可以请村委写说明。", LAW, "facts"),
    Finding("V2", Severity.BLOCK, "没有写明签订日期", LAW, "signed_on"),
    Finding("V3", Severity.WARN, "缺少当事人身份信息：吴某斌没有证件号码", LAW, "parties.0.id_number"),
)


@pytest.fixture
def sheet() -> Iterator[QWidget]:
    """Something to put parts on."""
    an_application()
    made = QWidget()
    made.resize(400, 300)
    QVBoxLayout(made)
    yield made
    made.close()
    made.deleteLater()


def put(sheet: QWidget, part: QWidget) -> None:
    """Show a part."""
    layout = sheet.layout()
    assert layout is not None
    layout.addWidget(part)
    sheet.show()
    part.show()
    sheet.activateWindow()
    QTest.qWaitForWindowActive(sheet)
    QApplication.processEvents()


def test_words_without_room_end_in_an_ellipsis_and_stand_whole_in_the_tip(sheet: QWidget) -> None:
    words = Elided("缙云县壶镇镇湖川村股份经济合作社" * 4, "aside")
    put(sheet, words)
    sheet.grab()
    assert words.width() <= 400
    assert words.toolTip() == words.text()
    words.setText("湖川村")
    sheet.grab()
    assert words.toolTip() == ""


@pytest.mark.parametrize(
    ("words", "heard"), [("密码(&P)", "密码"), ("金额（元）(&A)", "金额（元）"), ("&File", "File"), ("住址", "住址")]
)
def test_a_letter_for_the_alt_key_is_not_read_aloud(words: str, heard: str) -> None:
    assert spoken(words) == heard


def test_no_label_reads_words_as_markup(sheet: QWidget) -> None:
    note = Note("<b>吴</b>")
    for part in (label("<b>吴</b>"), tag("<b>吴</b>"), Elided("<b>吴</b>"), note.words):
        assert part.textFormat() is Qt.TextFormat.PlainText


def test_a_note_without_words_takes_no_room(sheet: QWidget) -> None:
    note = Note("有三处要改。", "late")
    put(sheet, note)
    note.tell("")
    assert not note.isVisible()
    note.tell("已登记。", "calm")
    assert (note.isVisible(), note.property("tone")) == (True, "calm")


def test_findings_stand_with_the_blocking_ones_first_and_open_by_enter(sheet: QWidget) -> None:
    found = FindingList("检查", Look())
    put(sheet, found)
    found.show_findings(FOUND)
    assert [found.item(row).text()[:5] for row in range(3)] == ["【必须改】", "【请核对】", "【提示】可"]
    assert all(LAW in found.item(row).text() for row in range(3))
    chosen: list[str] = []
    found.chosen.connect(chosen.append)
    found.setFocus()
    QTest.keyClick(found, Qt.Key.Key_Down)
    QTest.keyClick(found, Qt.Key.Key_Return)
    assert chosen == ["parties.0.id_number"]


def test_the_same_findings_again_leave_the_chosen_one_chosen(sheet: QWidget) -> None:
    found = FindingList("检查", Look())
    put(sheet, found)
    found.show_findings(FOUND)
    found.setCurrentRow(2)
    found.show_findings(FOUND)
    assert found.currentRow() == 2
    found.show_findings(FOUND[1:2])
    assert (found.count(), found.currentRow()) == (1, 0)
    found.show_findings(())
    assert found.count() == 0


@pytest.mark.parametrize("size", ["standard", "extra_large"])
@pytest.mark.parametrize("width", [300, 640])
def test_a_finding_is_as_high_as_all_of_its_words_need(sheet: QWidget, size: str, width: int) -> None:
    sheet.resize(width, 300)
    found = FindingList("检查", Look(size=size))
    put(sheet, found)
    long = Finding("V9", Severity.WARN, "义务内容不完整，难以履行。" * 24, LAW, "obligations.0")
    found.show_findings((long, FOUND[2]))
    sheet.grab()
    high = [found.visualItemRect(found.item(row)).height() for row in range(2)]
    words, source = found.painter_of_findings.layout(found.viewport().width(), long)
    assert source.top() > words.bottom()
    assert high[0] > source.bottom()
    assert high[0] > 2 * high[1]
    assert words.right() <= found.viewport().width()


def test_a_ring_shows_where_the_keyboard_is_and_takes_no_click(sheet: QWidget) -> None:
    table = a_table()
    other = QPushButton("别处")
    put(sheet, table)
    put(sheet, other)
    ring = table.findChild(Ring)
    assert ring is not None
    table.setFocus()
    assert ring.isVisible()
    assert ring.geometry() == table.rect()
    assert ring.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    other.setFocus()
    assert not ring.isVisible()


def a_table(*rows: str, width: int = 10) -> Table:
    """A table of words and their length."""
    words: Column[str] = Column("事由", lambda row: row)
    length: Column[str] = Column("字数", lambda row: str(len(row)), width)
    model: Rows[str] = Rows((words, length))
    model.show_rows(rows)
    made = Table(model, "案件", look=Look())
    made.fit((words, length))
    made.model_kept = model  # type: ignore[attr-defined]  # Qt does not own a model
    return made


@pytest.mark.parametrize("room", [200, 400, 1200])
def test_columns_share_whatever_room_there_is(sheet: QWidget, room: int) -> None:
    sheet.resize(room, 300)
    table = a_table("占地")
    put(sheet, table)
    sheet.grab()
    assert sum(table.columnWidth(place) for place in range(2)) <= table.viewport().width() + 1
    assert table.horizontalScrollBar().maximum() == 0


def test_enter_opens_the_row_once_however_long_it_is_held(sheet: QWidget) -> None:
    table, opened = a_table("占地", "还款"), list[int]()
    put(sheet, table)
    table.opened.connect(opened.append)
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened == [1]


def test_parts_are_changed_by_the_arrows_and_named_for_the_ear(sheet: QWidget) -> None:
    parts = tabbed("案件的几个部分", [("概览", QLabel("一")), ("当事人", QLabel("二"))])
    put(sheet, parts)
    parts.tabBar().setFocus()
    QTest.keyClick(parts.tabBar(), Qt.Key.Key_Right)
    assert parts.currentIndex() == 1
    assert parts.tabBar().accessibleName() == "案件的几个部分"


def test_a_button_shows_its_key_and_is_named_without_it(sheet: QWidget) -> None:
    made = button("加一条", lambda: None, key="Ctrl+Return")
    assert (made.text(), made.accessibleName()) == ("加一条  Ctrl+回车", "加一条")


def test_a_paper_of_many_pages_draws_only_what_is_seen(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    turns = [{"speaker": "a", "text": f"第{number}段。" + "路是老路，走了三十年。" * 6} for number in range(120)]
    document = a_document(accepted_on="2026-03-01", hearings=[a_hearing(turns=turns)])
    case = taken_in(desk_of(window), document)
    page = page_of(window, DocumentsPage, case)
    record = next(info.id for info in printing.kinds() if info.title == "人民调解记录")
    view: PaperView = page.beside.paper
    drawn: list[int] = []
    page.look_at(record)
    settle(window)
    assert view.pages == len(view.sheets) > 4
    real = Sheet.picture

    def counted(sheet: Sheet) -> QPixmap:
        drawn.append(sheet.number)
        return real(sheet)

    monkeypatch.setattr(Sheet, "picture", counted)
    view.viewport().update()
    window.grab()
    assert drawn
    assert max(drawn) < view.pages - 1
    place = view.verticalScrollBar().maximum() // 2
    view.verticalScrollBar().setValue(place)
    page.look_at(record)
    settle(window)
    assert view.verticalScrollBar().value() == place, "a new preview jumped away from what was being read"


def test_every_key_on_the_sheet_of_keys_says_what_it_does() -> None:
    for group in GROUPS:
        lines = keys_of(group)
        assert len(lines) > 1
        assert all(key and what for key, what in lines)
