"""A button pressed twice, or a key held down, does a deed once; what could not be done once may be pressed again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QPushButton

from mediator.casework import agreement, opening, performing, reading
from mediator.core.records import CaseId
from mediator.ui.page import Page
from mediator.ui.pages.composer import ComposerPage
from mediator.ui.pages.documents import DocumentsPage
from mediator.ui.pages.hearing import HearingPage
from mediator.ui.pages.performance import PerformancePage
from mediator.ui.pages.settings import SettingsPage
from mediator.ui.pieces.buttons import button
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import PASSWORD, a_document, a_signed_case, case_of, taken_in
from tests.ui.scenes import full_disk, newest, page_of

Ready = tuple[Callable[[], None], Callable[[], int]]


def owed(window: Window) -> CaseId:
    """A signed case that owes 3,000 yuan."""
    assert window.seat is not None
    return a_signed_case(window.seat.desk)


def payment(window: Window, _folder: Path) -> Ready:
    """Part of what is owed."""
    case = owed(window)
    page = page_of(window, PerformancePage, case)
    page.payment.amount.setText("1000.00")
    assert window.seat is not None
    desk = window.seat.desk
    return page.payment.send, lambda: len(case_of(desk, case).payments)


def visit(window: Window, _folder: Path) -> Ready:
    """A visit."""
    case = owed(window)
    page = page_of(window, PerformancePage, case)
    page.visit.situation.setText("已经付清")
    assert window.seat is not None
    desk = window.seat.desk
    return page.visit.send, lambda: len(case_of(desk, case).follow_ups)


def planned(window: Window, _folder: Path) -> Ready:
    """A payment in the plan."""
    case = newest(window)
    page = page_of(window, ComposerPage, case)
    page.payments.amount.setText("500")
    page.payments.due.setText("2026-05-01")
    assert window.seat is not None
    desk = window.seat.desk
    before = len(obligations(window, case))
    return page.payments.add, lambda: len(case_of(desk, case).agreement.obligations) - before  # type: ignore[union-attr]


def obligations(window: Window, case: CaseId) -> tuple[object, ...]:
    """What the agreement lists."""
    assert window.seat is not None
    found = case_of(window.seat.desk, case).agreement
    return found.obligations if found else ()


def sitting(window: Window, _folder: Path) -> Ready:
    """A hearing that is begun."""
    assert window.seat is not None
    desk = window.seat.desk
    case = taken_in(desk, a_document(accepted_on="2026-03-01"))
    page = page_of(window, HearingPage, case)
    return page.begin, lambda: len(case_of(desk, case).hearings)


def paper(window: Window, folder: Path) -> Ready:
    """A paper that takes a number."""
    case = owed(window)
    page = page_of(window, DocumentsPage, case)
    page.target.folder.setText(str(folder / "papers"))
    page.kinds.tick("rights_notice")
    assert window.seat is not None
    desk = window.seat.desk
    return lambda: page.make(draft=False), lambda: len(case_of(desk, case).papers)


def user(window: Window, _folder: Path) -> Ready:
    """Another user."""
    page = page_of(window, SettingsPage)
    card = page.users
    for field, words in ((card.login, "zhou"), (card.named, "周秀英"), (card.password, "石桥下的流水 77 声"),
                         (card.own, PASSWORD)):  # fmt: skip
        field.setText(words)
    assert window.seat is not None
    desk = window.seat.desk
    return card.add, lambda: len(opening.users(desk)) - 1


@pytest.mark.parametrize("deed", [payment, visit, planned, sitting, paper, user])
def test_a_button_pressed_twice_does_its_deed_once(
    window: Window, tmp_path: Path, deed: Callable[[Window, Path], Ready]
) -> None:
    press, count = deed(window, tmp_path)
    press()
    press()
    settle(window)
    assert count() == 1
    assert window.house is not None
    assert not window.house.trouble.isVisible()


def test_what_was_refused_may_be_pressed_again(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    case = owed(window)
    page = page_of(window, PerformancePage, case)
    page.payment.amount.setText("1000.00")
    with monkeypatch.context() as broken:
        full_disk(broken, performing, "record_payment")
        page.payment.send()
        settle(window)
    assert page.payment.amount.text() == "1000.00"
    page.payment.send()
    settle(window)
    assert window.seat is not None
    assert len(case_of(window.seat.desk, case).payments) == 1


def test_signing_twice_signs_once_and_says_so(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(window, ComposerPage, newest(window))
    asked: list[object] = []
    monkeypatch.setattr(agreement, "sign", lambda *facts, **_: asked.append(facts))
    page.checks.sign()
    page.checks.sign()
    settle(window)
    assert len(asked) == 1
    assert "已签订" in page.told.words.text()


def held(press: QPushButton, key: Qt.Key, times: int) -> None:
    """A key that is held down on a button: one press and its repeats."""
    for place in range(times):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            repeat = place > 0 if kind is QEvent.Type.KeyPress else place < times - 1
            QApplication.sendEvent(press, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", repeat))


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_a_key_that_is_held_down_presses_once(window: Window, key: Qt.Key) -> None:
    pressed: list[int] = []
    press = button("加一笔", lambda: pressed.append(1))
    held(press, key, 20)
    assert pressed == [1]


def test_a_shortcut_that_is_held_down_adds_one_clause(window: Window) -> None:
    page = page_of(window, ComposerPage, newest(window))
    before = len(page.clauses.rows)
    page.clauses.add()
    page.clauses.add()
    settle(window)
    assert len(page.clauses.rows) == before + 1


def test_no_case_is_changed_by_the_key_that_opened_its_page(window: Window) -> None:
    assert window.seat is not None
    before = {row.id: row.status for row in reading.rows(window.seat.desk, reading.RowQuery())}
    for name in ("case_page", "composer", "documents", "performance"):
        assert window.house is not None
        window.house.go(name, newest(window))
        settle(window)
        focus = QApplication.focusWidget()
        assert isinstance(window.house.page, Page)
        assert focus is not None
        assert focus.property("kind") != "primary", f"{name}: a second Enter would do {focus.accessibleName()}"
    assert {row.id: row.status for row in reading.rows(window.seat.desk, reading.RowQuery())} == before
