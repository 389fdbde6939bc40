"""A power cut in the middle of a sentence: what was typed more than two seconds ago stands in the field again."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from mediator.casework import half_said, reading
from mediator.casework.desk import Desk
from mediator.core.records import CaseId, TurnId
from mediator.ui.pages.hearing import HearingPage
from mediator.ui.pages.hearing_half import EVERY_MS
from mediator.ui.pages.hearing_input import TurnInput
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.ui.keyboard import Keyboard
from tests.ui.recorders import unlock
from tests.ui.scenes import a_sitting, correct, desk_of, full_disk, page_of, say, turns


def kept(desk: Desk, case: CaseId) -> str:
    """What a power cut would leave of the field."""
    half = half_said.left(desk, reading.reread(desk, case).case.hearings[-1])
    return half.text if half else ""


def pass_time(window: Window, page: HearingPage) -> None:
    """The clock of the field runs out, if it runs."""
    if page.record.half.clock.isActive():
        page.record.half.clock.stop()
        page.record.half.keep()
    settle(window)


def after_a_cut(window: Window, page: HearingPage, case: CaseId) -> HearingPage:
    """The power goes, nothing is kept in going; then somebody opens the vault again."""
    page.record.input.blockSignals(True)
    page.record.input.clear()
    page.record.input.blockSignals(False)
    page.record.half.clock.stop()
    page.record.half.correcting = TurnId("")
    window.lock(whatever=True)
    settle(window)
    unlock(window)
    return page_of(window, HearingPage, case)


def composing(field: TurnInput, letters: str) -> None:
    """An input method shows letters that it has not handed over."""
    QApplication.sendEvent(field, QInputMethodEvent(letters, []))


@pytest.mark.threat("T22")
def test_what_is_typed_is_on_disk_before_two_seconds_and_back_in_the_field_after_a_cut(window: Window) -> None:
    case, _, page = a_sitting(window)
    assert EVERY_MS <= 1500
    keyboard = Keyboard(window)
    keyboard.press("F3")
    keyboard.type("我不是不给钱，")
    assert page.record.half.clock.isActive()
    pass_time(window, page)
    assert kept(desk_of(window), case) == "我不是不给钱，"
    keyboard.type("是没有钱。")
    pass_time(window, page)
    name = page.record.strip.speaker[0]
    again = after_a_cut(window, page, case)
    assert again.record.input.words == "我不是不给钱，是没有钱。"
    assert again.record.strip.speaker[0] == name
    assert again.record.note.isVisible()
    Keyboard(window).press("Enter")
    assert turns(window, case)[-1] == "我不是不给钱，是没有钱。"
    assert kept(desk_of(window), case) == ""


def test_nothing_is_written_while_nothing_changes_and_ending_a_turn_writes_nothing_more(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[object] = []
    real = half_said.keep

    def keep(desk: Desk, half: half_said.Half | None) -> None:
        written.append(half)
        real(desk, half)

    monkeypatch.setattr(half_said, "keep", keep)
    case, _, page = a_sitting(window)
    page.record.input.setPlainText("五千")
    pass_time(window, page)
    page.record.half.keep()
    settle(window)
    assert len(written) == 1
    page.record.end_turn()
    pass_time(window, page)
    assert len(written) == 1
    page.record.input.setPlainText("不写了")
    pass_time(window, page)
    page.record.input.clear()
    pass_time(window, page)
    assert [half is None for half in written] == [False, False, True]
    assert (turns(window, case), kept(desk_of(window), case)) == (["五千"], "")


def test_a_correction_half_typed_comes_back_as_the_correction_of_its_turn(window: Window) -> None:
    case, _, page = a_sitting(window)
    correct(window, page, "五千五。", "五千元")
    pass_time(window, page)
    page = after_a_cut(window, page, case)
    assert page.record.input.words == "五千元"
    say(window, page, "五千元。")
    assert turns(window, case) == ["五千元。"]
    pass_time(window, page)
    page.enter_again()
    settle(window)
    assert page.record.input.words == ""


@pytest.mark.threat("T04")
def test_letters_of_an_input_method_are_lost_neither_to_a_cut_nor_to_a_lock(window: Window) -> None:
    case, _, page = a_sitting(window)
    page.record.input.setPlainText("一共五千")
    page.record.input.moveCursor(page.record.input.textCursor().MoveOperation.End)
    composing(page.record.input, "wu")
    pass_time(window, page)
    assert kept(desk_of(window), case) == "一共五千wu"
    window.lock()
    settle(window)
    unlock(window)
    assert turns(window, case) == ["一共五千wu"]


def test_a_full_disk_says_so_and_the_next_letter_tries_again(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    case, _, page = a_sitting(window)
    with monkeypatch.context() as broken:
        full_disk(broken, half_said, "keep")
        page.record.input.setPlainText("五")
        pass_time(window, page)
    assert window.house is not None
    assert window.house.trouble.isVisible()
    page.record.input.setPlainText("五千")
    pass_time(window, page)
    assert kept(desk_of(window), case) == "五千"


def test_what_was_sent_while_a_reading_of_the_record_was_on_its_way_is_not_offered_again(window: Window) -> None:
    case, _, page = a_sitting(window)
    old = reading.reread(desk_of(window), case).case.hearings[-1]
    page.record.input.setPlainText("五千。")
    pass_time(window, page)
    page.record.end_turn()
    page.record.half.show_half(half_said.left(desk_of(window), old))
    settle(window)
    assert page.record.input.words == ""
    assert turns(window, case) == ["五千。"]
