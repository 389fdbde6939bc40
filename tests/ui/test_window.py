"""Locking, closing, covering: everything typed is kept first, nothing readable stays, what cannot be kept is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from mediator.casework import agreement, hearing, intake, opening, reading, searching
from mediator.core.records import CaseId
from mediator.ui.pages.composer import ComposerPage
from mediator.ui.pages.intake import IntakePage
from mediator.ui.pages.performance import PerformancePage
from mediator.ui.pages.sync import SyncPage
from mediator.ui.screenshots import settle
from mediator.ui.tokens import Look
from mediator.ui.window import Window
from tests.casework.desks import PASSWORD, a_signed_case, a_workshop
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import a_sitting, full_disk, newest, page_of, turns

FOUND = "王某"


def reopened(window: Window, folder: Path, case: CaseId) -> reading.Opened:
    """What another sitting at the same vault finds."""
    assert window.house is None
    desk = opening.unlock(a_workshop(), folder / "vault", "li", PASSWORD)
    try:
        return reading.reread(desk, case)
    finally:
        opening.lock(desk)


@pytest.mark.parametrize("way", ["lock", "close"])
def test_a_turn_half_typed_is_on_disk_when_the_window_is_locked_or_closed(
    window: Window, tmp_path: Path, way: str
) -> None:
    case, _, page = a_sitting(window)
    page.record.input.setPlainText("说到一半")
    getattr(window, way)()
    settle(window)
    found = reopened(window, tmp_path, case)
    assert [turn.text for turn in found.case.hearings[-1].turns] == ["说到一半"]


def test_words_typed_on_several_pages_are_all_on_disk_after_locking(window: Window, tmp_path: Path) -> None:
    case = newest(window)
    composer = page_of(window, ComposerPage, case)
    composer.fields["place"].input.setText("二楼")  # type: ignore[union-attr]  # a field of one line
    form = page_of(window, IntakePage)
    form.cards[0].fields["name"].input.setText("周某")  # type: ignore[union-attr]  # a field of one line
    window.lock()
    settle(window)
    found = reopened(window, tmp_path, case)
    assert found.case.agreement is not None
    assert found.case.agreement.place == "二楼"
    desk = opening.unlock(a_workshop(), tmp_path / "vault", "li", PASSWORD)
    assert searching.search(desk, "周某", 5).hits
    opening.lock(desk)


def in_hearing(window: Window, patch: pytest.MonkeyPatch) -> str:
    """A turn that the disk refuses."""
    full_disk(patch, hearing, "record_turn")
    a_sitting(window)[2].record.input.setPlainText("这句话不能丢。")
    return "调解"


def in_composer(window: Window, patch: pytest.MonkeyPatch) -> str:
    """A place that the disk refuses."""
    full_disk(patch, agreement, "save_agreement")
    page = page_of(window, ComposerPage, newest(window))
    page.fields["place"].input.setText("二楼")  # type: ignore[union-attr]  # a field of one line
    return "协议"


def in_intake(window: Window, patch: pytest.MonkeyPatch) -> str:
    """A name that the disk refuses."""
    full_disk(patch, intake, "open_case")
    page_of(window, IntakePage).cards[0].fields["name"].input.setText("周某")  # type: ignore[union-attr]  # one line
    return "登记"


def in_performance(window: Window, _patch: pytest.MonkeyPatch) -> str:
    """A visit nobody recorded yet."""
    assert window.seat is not None
    page_of(window, PerformancePage, a_signed_case(window.seat.desk)).visit.situation.setText("已经付清")
    return "履行回访"


@pytest.mark.parametrize("way", ["lock", "close"])
@pytest.mark.parametrize("scene", [in_hearing, in_composer, in_intake, in_performance])
def test_what_cannot_be_kept_holds_the_door_once_and_is_named(
    window: Window, monkeypatch: pytest.MonkeyPatch, scene: object, way: str
) -> None:
    named = scene(window, monkeypatch)  # type: ignore[operator]  # one of the four above
    getattr(window, way)()
    settle(window)
    assert window.house is not None
    assert window.house.trouble.isVisible()
    assert named in window.house.trouble.words.text()
    getattr(window, way)()
    settle(window)
    assert window.house is None


def test_covering_and_locking_leave_no_hit_of_a_search_on_the_screen(window: Window) -> None:
    keyboard = Keyboard(window)
    assert window.house is not None
    for leave in ("F12", "Ctrl+L"):
        keyboard.press("Ctrl+K")
        keyboard.type(FOUND)
        window.house.search.ask()
        settle(window)
        assert window.house.search.hits.isVisible()
        keyboard.press(leave)
        left = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not window]
        assert left == []
        if leave == "F12":
            keyboard.press("F12")


def test_a_lock_in_the_middle_of_many_deeds_waits_for_all_of_them(window: Window, tmp_path: Path) -> None:
    case, _, page = a_sitting(window)
    said = [f"第{number}句" for number in range(20)]
    for words in said:
        page.record.input.setPlainText(words)
        page.record.end_turn()
    window.lock()
    settle(window)
    assert window.worker.waiting == 0
    assert [turn.text for turn in reopened(window, tmp_path, case).case.hearings[-1].turns] == said


def test_pages_are_changed_in_the_middle_of_deeds_and_nothing_is_lost(window: Window) -> None:
    case, _, page = a_sitting(window)
    assert window.house is not None
    for number, name in enumerate(("workbench", "case_list", "sync", "hearing", "settings", "intake") * 3):
        page.record.input.setPlainText(f"第{number}句")
        window.house.go(name)
        window.house.go("hearing", case)
    settle(window)
    assert turns(window, case) == [f"第{number}句" for number in range(18)]


@pytest.mark.threat("T03")
def test_a_desk_nobody_touches_is_locked_after_a_warning(window: Window) -> None:
    assert window.house is not None
    window.idle.nearly()
    assert "锁定" in window.house.trouble.words.text()
    QApplication.sendEvent(window.windowHandle(), touch())
    assert not window.house.trouble.isVisible()
    window.idle.nearly()
    window.idle.over()
    settle(window)
    assert window.house is None


def test_a_hearing_is_left_open_longer_than_other_pages(window: Window) -> None:
    short = window.idle.minutes
    a_sitting(window)
    assert window.idle.minutes > short
    page_of(window, SyncPage)
    assert window.idle.minutes == short


def test_a_locked_desk_is_not_watched(window: Window) -> None:
    window.lock()
    settle(window)
    assert not window.idle.watching
    window.idle.over()
    assert window.stack.currentWidget() is window.gate


def touch() -> QKeyEvent:
    """Any key, as the platform hands it over."""
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier)


def test_words_of_an_input_method_count_as_somebody_being_there(window: Window) -> None:
    _, _, page = a_sitting(window)
    window.idle.nearly()
    Keyboard(window).type("他说三月还钱")
    assert page.record.input.words == "他说三月还钱"
    assert not window.idle.told


def test_another_look_in_the_middle_of_deeds_leaves_nothing_behind(window: Window) -> None:
    case, _, page = a_sitting(window)
    page.record.input.setPlainText("说到一半")
    window.preferences.look = Look("dark", "extra_large")
    window.redress()
    settle(window)
    assert turns(window, case) == ["说到一半"]
    assert window.house is not None
    assert window.house.page.name == "hearing"


def test_what_a_clock_of_a_page_still_asks_for_is_not_asked_behind_the_lock(window: Window) -> None:
    seat, asked = window.seat, list[str]()
    assert seat is not None
    window.lock(whatever=True)
    settle(window)
    seat.deed(lambda: asked.append("read"))
    seat.heavy(lambda: asked.append("drawn"))
    seat.once("sign", lambda: asked.append("signed"))
    settle(window)
    assert asked == []
