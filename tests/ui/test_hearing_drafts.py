"""Drafts beside the record: shown, put right, taken over one by one; without a model one sentence and a line for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mediator.casework import hearing, recording
from mediator.casework.complaints import words_of
from mediator.casework.hearing import HearingForm
from mediator.casework.speech import FILES, ToldTranscriber
from mediator.core.recordings import RATE, ConsentWay, Ending, Position
from mediator.core.records import CaseId
from mediator.ui.pages.hearing import HearingPage
from mediator.ui.player import HeardSpeaker
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.tapes import Recorder, tone
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import desk_of, newest, page_of, turns

SAID = ["五千五，不能再少。", "行。"]


@pytest.fixture
def spoken(window: Window, tmp_path: Path) -> tuple[CaseId, HearingPage]:
    """Two recorded turns on the screen, an engine that was told what to hear, a model in a folder."""
    assert window.seat is not None
    desk, case = desk_of(window), newest(window)
    sitting = hearing.open_hearing(desk, case, HearingForm(desk.workshop.clock.now(), "现场", ("李调解",), "李调解"))
    recording.agree(desk, case, sitting, recording.consents(desk, case, sitting).asked, way=ConsentWay.ORAL)
    order = recording.begin(desk, case, sitting)
    recorder = Recorder(order)
    recorder.hear(tone(4.0))
    for words, ms in (("五千无。", 500), ("行。", 3000)):
        place = Position(order.label.recording, ms)
        hearing.record_turn(desk, case, sitting, speaker="吴某", text=words, sound=place)
    recorder.taping.stop()
    recording.settle(desk, Ending.STOPPED)
    engine = replace(desk.workshop, engine=lambda _model: ToldTranscriber(SAID))
    window.seat.desk = replace(desk, workshop=engine)
    (tmp_path / "model").mkdir()
    for name in FILES:
        (tmp_path / "model" / name).write_bytes(b"weights")
    return case, page_of(window, HearingPage, case)


def test_without_a_model_it_says_so_once_one_is_entered_the_drafts_stand_there_and_typing_goes_on(
    window: Window, spoken: tuple[CaseId, HearingPage], tmp_path: Path
) -> None:
    case, page = spoken
    keyboard = Keyboard(window)
    keyboard.press("Ctrl+M")
    assert page.sheets.currentWidget() is page.drafts
    assert words_of("speech.none") in page.drafts.told.words.text()
    keyboard.reach("模型所在的文件夹，由管理员填写")
    keyboard.type(str(tmp_path / "model"))
    keyboard.reach("登记模型")
    keyboard.press("Enter")
    assert not page.drafts.model.isVisible()
    assert [(each.turn.text, each.text) for each in page.drafts.rows.rows] == [("五千无。", SAID[0]), ("行。", SAID[1])]
    assert turns(window, case)[1:3] == ["五千无。", "行。"]
    keyboard.press("Esc")
    assert page.sheets.currentWidget() is page.record


def test_a_draft_is_put_right_and_taken_over_by_enter_and_the_next_is_next(
    window: Window, spoken: tuple[CaseId, HearingPage], tmp_path: Path
) -> None:
    case, page = spoken
    page.show_drafts()
    settle(window)
    page.drafts.folder.setText(str(tmp_path / "model"))
    page.drafts.enter_model()
    settle(window)
    keyboard, page.drafts.player.speaker = Keyboard(window), (speaker := HeardSpeaker())
    keyboard.press("Ctrl+T")
    assert page.drafts.player.on
    keyboard.press("Ctrl+T")
    assert tone(4.0)[RATE:].startswith(speaker.heard[: 2 * RATE])
    keyboard.press("Enter")
    assert keyboard.focus is page.drafts.text
    page.drafts.text.setText("五千五，不能再少了。")
    keyboard.press("Enter")
    assert turns(window, case)[1] == "五千五，不能再少了。"
    assert [each.text for each in page.drafts.rows.rows] == ["行。"]
    assert page.drafts.text.text() == "行。"


def test_a_model_that_was_changed_is_named_and_can_be_entered_anew(
    window: Window, spoken: tuple[CaseId, HearingPage], tmp_path: Path
) -> None:
    _, page = spoken
    page.show_drafts()
    settle(window)
    page.drafts.folder.setText(str(tmp_path / "model"))
    page.drafts.enter_model()
    settle(window)
    (tmp_path / "model" / "tokens.txt").write_bytes(b"other")
    page.drafts.make()
    settle(window)
    assert "tokens.txt" in page.drafts.told.words.text()
    assert page.drafts.model.isVisible()


def test_a_sitting_without_sound_offers_no_drafts(window: Window, spoken: tuple[CaseId, HearingPage]) -> None:
    case, page = spoken
    assert page.record.aside.drafts.isVisible()
    hearing.close_hearing(desk_of(window), case, page.record.sitting)
    hearing.open_hearing(desk_of(window), case, HearingForm(desk_of(window).workshop.clock.now(), "现场"))
    page.enter(case)
    settle(window)
    assert not page.record.aside.drafts.isVisible()
