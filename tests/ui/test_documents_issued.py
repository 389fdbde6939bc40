"""After issuing: a copy that says so, a correction that takes the old one's place, a batch that can be stopped."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication

from mediator.casework import printing
from mediator.docs.finished import PdfFile
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import case_of
from tests.ui.issuing import AGREEMENT, answers, issue, papers
from tests.ui.scenes import desk_of


def press(window: Window, words: str) -> None:
    """A button by its words, as a finger does."""
    found = [each for each in window.findChildren(QAbstractButton) if each.isVisible() and each.text() == words]
    found[0].click()
    settle(window)


def test_a_copy_says_so_has_no_number_of_its_own_and_is_known_for_one(window: Window, tmp_path: Path) -> None:
    case, page = papers(window, tmp_path)
    issue(window, page, AGREEMENT)
    page.target.folder.setText(str(tmp_path / "copies"))
    press(window, "取副本")
    files = sorted((tmp_path / "copies").iterdir())
    assert [each.suffix for each in files] == [".docx", ".pdf"]
    assert all("副本" in each.name for each in files)
    assert len(case_of(desk_of(window), case).papers) == 1
    page.verdicts.verify(files)
    settle(window)
    assert answers(page) == ["相符", "相符"]
    assert all("这是副本" in each.note for each in page.verdicts.rows.rows)


def test_a_correction_names_the_old_number_and_the_old_one_is_said_to_be_replaced(
    window: Window, tmp_path: Path
) -> None:
    case, page = papers(window, tmp_path)
    issue(window, page, AGREEMENT)
    old = case_of(desk_of(window), case).papers[0]
    before = sorted((tmp_path / "papers").iterdir())
    press(window, "更正")
    assert page.kinds.ticked() == [AGREEMENT]
    assert old.number in page.replacing.words.words.text()
    assert old.number in "".join(PdfFile(page.beside.shown).bodies), "the preview does not say what it corrects"
    issue(window, page)
    new = case_of(desk_of(window), case).papers[1]
    assert new.replaces == old.id
    assert not page.replacing.isVisible()
    page.verdicts.verify(before)
    settle(window)
    assert answers(page) == ["已被替代", "已被替代"]
    page.verdicts.fold()
    page.issued.table.selectRow(0)
    press(window, "更正")
    assert "已经被另一份代替" in page.told.words.text()
    assert not page.replacing.isVisible()


def test_who_thinks_better_of_a_correction_issues_a_paper_that_stands_for_itself(
    window: Window, tmp_path: Path
) -> None:
    case, page = papers(window, tmp_path)
    issue(window, page, AGREEMENT)
    press(window, "更正")
    press(window, "不代替了")
    issue(window, page)
    assert [each.replaces for each in case_of(desk_of(window), case).papers] == [None, None]


def test_a_draft_of_a_correction_leaves_the_correction_to_be_issued(window: Window, tmp_path: Path) -> None:
    _, page = papers(window, tmp_path)
    issue(window, page, AGREEMENT)
    press(window, "更正")
    page.make(draft=True)
    settle(window)
    assert page.replacing.isVisible()


def test_a_batch_that_is_stopped_issues_nothing_and_leaves_no_file(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, page = papers(window, tmp_path)
    gate, real = Event(), printing.make
    monkeypatch.setattr(printing, "make", lambda *args, **named: gate.wait(20) and real(*args, **named))
    page.kinds.tick(AGREEMENT)
    page.kinds.tick("rights_notice")
    page.make(draft=False)
    while not page.running.isVisible():
        QApplication.processEvents()
    page.running.stop.click()
    gate.set()
    settle(window)
    assert page.told.words.text().startswith("已停止，一份也没有出具。")
    assert case_of(desk_of(window), case).papers == ()
    assert not list((tmp_path / "papers").glob("*"))
    assert page.kinds.ticked() != []
