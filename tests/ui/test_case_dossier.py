"""卷宗 on the screen: seen, excused, filled with scans, issued, bound, stopped and refused, all by keyboard."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

from mediator.casework import dossier, dossier_rules, due_papers, performing
from mediator.casework.desk import Desk
from mediator.core.lint import Finding
from mediator.core.money import Fen
from mediator.core.records import CaseId
from mediator.ui import tokens
from mediator.ui.pages.case_dossier import DossierPane
from mediator.ui.pages.case_page import CasePage
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import a_document, a_signed_case, case_of, taken_in
from tests.docs.foreign import page as a_page
from tests.docs.foreign import written
from tests.ui.eyes import cut_off
from tests.ui.keyboard import Keyboard, shown
from tests.ui.scenes import desk_of, full_disk, page_of

NEEDED = ("application", "acceptance_register", "rights_notice", "mediation_record", "mediation_agreement")


def pane_of(window: Window, case: CaseId) -> DossierPane:
    """The tab, by the arrows from the first."""
    page = page_of(window, CasePage, case)
    page.tabs.tabBar().setFocus()
    Keyboard(window).press(*["Right"] * 4)
    assert page.tabs.tabText(page.tabs.currentIndex()) == "卷宗"
    return page.dossier


def excused(desk: Desk) -> CaseId:
    """A signed case that lacks nothing without a reason."""
    case = a_signed_case(desk)
    for kind in NEEDED:
        dossier.excuse(desk, case, kind, "见旧卷")
    return case


def aim(pane: DossierPane, folder: Path) -> Path:
    """The folder for files, which need not be there."""
    pane.binding.folder.setText(str(folder))
    return folder


def press(window: Window, name: str) -> None:
    """A button by Tab and Enter."""
    keyboard = Keyboard(window)
    keyboard.reach(name)
    keyboard.press("Enter")


def photograph(folder: Path) -> Path:
    """A picture in a file."""
    path = folder / "IMG_0001.JPG"
    path.write_bytes(written(a_page(), "JPEG"))
    return path


def unperformed() -> Finding:
    """What the four equalities say while something is still owed."""
    return dossier_rules.must("还有约定没有履行", dossier_rules.PERFORMANCE, dossier_rules.EQUALITY)


def told(pane: DossierPane) -> str:
    """The sentence above."""
    return pane.told.words.text()


def test_an_empty_dossier_says_so_and_one_with_papers_shows_them_in_order(window: Window, tmp_path: Path) -> None:
    desk = desk_of(window)
    pane = pane_of(window, taken_in(desk, a_document()))
    assert (pane.items.rows.rowCount(), pane.missing.rows) == (0, [])
    assert pane.missing.none.isVisible()
    case = a_signed_case(desk)
    due_papers.make_due(desk, case, formats=("pdf",), out=tmp_path)
    pane = pane_of(window, case)
    assert [line.item.kind for line in pane.items.rows.rows] == list(NEEDED)
    assert pane.missing.none.isVisible()


def test_what_is_missing_is_excused_by_keyboard_and_the_next_line_waits(window: Window) -> None:
    case = a_signed_case(desk_of(window))
    pane = pane_of(window, case)
    wanted = [row.finding.place for row in pane.missing.rows][: len(NEEDED)]
    assert wanted == list(NEEDED)
    keyboard = Keyboard(window)
    keyboard.reach(pane.missing.rows[0].reason.accessibleName())
    keyboard.press("Enter")
    assert case_of(desk_of(window), case).excuses == (), "no reason, no excuse"
    assert told(pane)
    for reason in ("口头申请", "见旧卷"):
        keyboard.type(reason)
        keyboard.press("Enter")
    assert [(each.item, each.reason) for each in case_of(desk_of(window), case).excuses] == [
        ("application", "口头申请"), ("acceptance_register", "见旧卷"),
    ]  # fmt: skip
    assert keyboard.focus is pane.missing.rows[0].reason
    assert "口头申请" in pane.missing.excused.text()


def test_a_reason_the_disk_refuses_stays_in_its_line_and_holds_the_door(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = a_signed_case(desk_of(window))
    pane = pane_of(window, case)
    keyboard = Keyboard(window)
    row = pane.missing.rows[0]
    row.reason.setFocus()
    with monkeypatch.context() as patch:
        full_disk(patch, dossier, "excuse")
        keyboard.type("口头申请")
        keyboard.press("Enter")
    assert (row.reason.text(), pane.told.isVisible()) == ("口头申请", True)
    window.lock()
    settle(window)
    assert window.house is not None, "locked over words that are nowhere else"
    row.reason.setFocus()
    keyboard.press("Enter")
    assert case_of(desk_of(window), case).excuses[0].reason == "口头申请"


def test_a_photograph_is_attached_and_taken_out_with_a_reason_and_two_presses(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, desk = a_signed_case(desk_of(window)), desk_of(window)
    pane = pane_of(window, case)
    asked: list[str] = []
    file = photograph(tmp_path)

    def dialog(*_: object) -> tuple[str, str]:
        asked.append("file")
        return str(file), ""

    monkeypatch.setattr("mediator.ui.pages.case_dossier_items.QFileDialog.getOpenFileName", dialog)
    press(window, "附入扫描件或照片……")
    assert asked == [], "a scan without a name was asked for"
    Keyboard(window).type("现场照片")
    press(window, "附入扫描件或照片……")
    (kept,) = case_of(desk, case).evidence
    assert (kept.title, kept.place, pane.scans.name.text()) == ("现场照片", "evidence", "")
    assert [line.item.title for line in pane.items.rows.rows] == ["现场照片"]
    Keyboard(window).reach("撤下的理由")
    Keyboard(window).type("拍错了")
    press(window, "撤下选中的扫描件")
    assert case_of(desk, case).evidence == (kept,), "one press was enough"
    Keyboard(window).press("Enter")
    assert case_of(desk, case).evidence == ()
    assert pane.items.rows.rowCount() == 0


def test_a_file_that_is_no_picture_is_refused_and_its_title_stays(window: Window, tmp_path: Path) -> None:
    pane = pane_of(window, a_signed_case(desk_of(window)))
    file = tmp_path / "程序.exe"
    file.write_bytes(b"MZ\0\0")
    pane.scans.name.setText("现场照片")
    pane.scans.attach(file)
    settle(window)
    assert pane.scans.name.text() == "现场照片"
    assert "程序.exe" in told(pane)


def test_what_is_due_is_issued_and_the_folder_is_told(window: Window, tmp_path: Path) -> None:
    case = a_signed_case(desk_of(window))
    pane = pane_of(window, case)
    out = aim(pane, tmp_path / "卷")
    press(window, "出具到期文书")
    assert [paper.kind for paper in case_of(desk_of(window), case).papers] == list(NEEDED)
    assert str(out) in told(pane)
    assert pane.missing.none.isVisible()
    press(window, "出具到期文书")
    assert told(pane) == "没有应当出具而还没有的文书。"


def test_the_dossier_is_bound_and_its_pages_and_folder_are_told(window: Window, tmp_path: Path) -> None:
    pane = pane_of(window, excused(desk_of(window)))
    out = aim(pane, tmp_path / "卷")
    press(window, "装订卷宗")
    assert sorted(path.suffix for path in out.iterdir()) == [".json", ".pdf"]
    assert told(pane) == f"卷宗已装订，共 2 页，2 件。文件在：{out}"
    assert not pane.binding.running.isVisible()
    assert Keyboard(window).focus is pane.binding.bind


def test_a_binding_is_stopped_from_the_keyboard_and_leaves_no_file(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = pane_of(window, excused(desk_of(window)))
    out = aim(pane, tmp_path / "卷")
    gate, real = Event(), dossier.file
    monkeypatch.setattr(dossier, "file", lambda *args, **named: gate.wait(20) and real(*args, **named))
    pane.bind()
    pane.binding.running.stop.setFocus()
    assert pane.binding.running.isVisible()
    assert not pane.binding.bind.isEnabled()
    pane.binding.running.stop.click()
    gate.set()
    settle(window)
    assert told(pane).startswith("已停止，没有装订卷宗。")
    assert not out.exists() or list(out.iterdir()) == []
    assert pane.binding.bind.isEnabled()


def test_a_refusal_lists_everything_that_is_missing(window: Window, tmp_path: Path) -> None:
    pane = pane_of(window, a_signed_case(desk_of(window)))
    out = aim(pane, tmp_path / "卷")
    press(window, "装订卷宗")
    assert "5处" in told(pane)
    assert [row.finding.place for row in pane.missing.rows][: len(NEEDED)] == list(NEEDED)
    assert not out.exists()


def test_what_only_binding_finds_is_listed_and_a_reason_stands_for_it(window: Window, tmp_path: Path) -> None:
    desk = desk_of(window)
    case = excused(desk)
    agreement = case_of(desk, case).agreement
    assert agreement is not None
    performing.record_payment(desk, case, agreement.obligations[0].id, amount=Fen(1000), paid_on=date(2026, 3, 6))
    dossier.excuse(desk, case, "receipt", "见转账记录")
    pane = pane_of(window, case)
    pane.refused(dossier.Incomplete([found := unperformed()]))
    settle(window)
    row = next(row for row in pane.missing.rows if row.finding == found)
    row.reason.setFocus()
    Keyboard(window).type("债务人下落不明")
    Keyboard(window).press("Enter")
    assert found not in [row.finding for row in pane.missing.rows]


def test_a_full_disk_is_told_and_the_deeds_stand_ready_again(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = pane_of(window, excused(desk_of(window)))
    aim(pane, tmp_path / "卷")
    with monkeypatch.context() as patch:
        full_disk(patch, dossier, "file")
        press(window, "装订卷宗")
    assert pane.told.isVisible()
    press(window, "装订卷宗")
    assert told(pane).startswith("卷宗已装订")


@pytest.mark.parametrize("width", [1366, 1024])
@pytest.mark.parametrize("window", tokens.SIZES, indirect=True)
def test_no_word_is_cut_off_and_every_control_has_a_name(window: Window, width: int) -> None:
    window.resize(width, 768 if width > 1024 else 700)
    pane = pane_of(window, a_signed_case(desk_of(window)))
    pane.binding.running.show()
    settle(window)
    assert window.width() == width
    assert window.house is not None
    assert cut_off(window.house) == []
    inputs = (QLineEdit, QComboBox, QAbstractButton)
    assert [each for each in shown(window) if isinstance(each, inputs) and not each.accessibleName()] == []
