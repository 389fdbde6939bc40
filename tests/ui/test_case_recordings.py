"""The recordings of a case on its page: which there are, heard from the sentence one reads, taken out for a reason."""

from __future__ import annotations

import wave
from pathlib import Path

import pytest

from mediator.casework import hearing, reading, recording
from mediator.casework.complaints import words_of
from mediator.casework.hearing import HearingForm
from mediator.casework.reading import RowQuery
from mediator.core.recordings import RATE, ConsentWay, Ending, Position
from mediator.core.records import CaseId
from mediator.store.tapes import tape_path
from mediator.ui.pages.case_page import CasePage
from mediator.ui.pages.workbench import WorkbenchPage
from mediator.ui.player import HeardSpeaker
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.tapes import Recorder, tone
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import desk_of, newest, page_of
from tests.ui.test_player import until_silent

TAB = 2


@pytest.fixture
def heard(window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[CaseId, str, CasePage]:
    """The tab of the sittings: a recording of 7 s, a turn of two lines at 2 s and one at 5 s."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    desk, case = desk_of(window), newest(window)
    sitting = hearing.open_hearing(desk, case, HearingForm(desk.workshop.clock.now(), "现场", ("李调解",), "李调解"))
    recording.agree(desk, case, sitting, recording.consents(desk, case, sitting).asked, way=ConsentWay.WRITTEN)
    order = recording.begin(desk, case, sitting)
    recorder, tape = Recorder(order), order.label.recording
    recorder.hear(tone(7.0))
    for words, ms in (("五千五。\n不能再少。", 2000), ("行。", 5000)):
        hearing.record_turn(desk, case, sitting, speaker="吴某", text=words, sound=Position(tape, ms))
    recorder.taping.stop()
    recording.settle(desk, Ending.STOPPED)
    page = page_of(window, CasePage, case)
    page.tabs.setCurrentIndex(TAB)
    settle(window)
    page.records.sounds.player.speaker = HeardSpeaker()
    return case, tape, page


def played(page: CasePage) -> bytes:
    """What the loudspeaker played to the end."""
    speaker = page.records.sounds.player.speaker
    assert isinstance(speaker, HeardSpeaker)
    until_silent(page.records.sounds.player)
    return speaker.heard


def test_a_recording_stands_there_with_its_time_its_length_and_how_it_ended(
    window: Window, heard: tuple[CaseId, str, CasePage]
) -> None:
    _, tape, page = heard
    sounds = page.records.sounds
    assert sounds.isVisible()
    row = [sounds.rows.data(sounds.rows.index(0, column)) for column in range(3)]
    assert row == ["2026年3月9日9时30分", "0:07", "停止录音"]
    tape_path(desk_of(window).vault.folder, tape).unlink()
    sounds.ask()
    settle(window)
    assert sounds.rows.data(sounds.rows.index(0, 2)) == "不在这台电脑上"


@pytest.mark.parametrize(
    ("words", "ms"), [("五千五。", 2000), ("不能再少。", 2000), ("行。", 5000), ("开始录音", 0), (None, 0)]
)
def test_ctrl_t_plays_from_the_sentence_in_which_the_cursor_stands(
    window: Window, heard: tuple[CaseId, str, CasePage], words: str | None, ms: int
) -> None:
    page = heard[2]
    if words is not None:
        page.records.record.setFocus()
        assert page.records.record.find(words)
    Keyboard(window).press("Ctrl+T")
    settle(window)
    assert played(page) == tone(7.0)[2 * ms * RATE // 1000 :]


def test_a_file_is_written_for_a_typed_reason_and_the_line_says_where(
    window: Window, heard: tuple[CaseId, str, CasePage], tmp_path: Path
) -> None:
    page, keyboard = heard[2], Keyboard(window)
    keyboard.reach("导出录音的原因，回车导出")
    keyboard.press("Enter")
    assert words_of("recording.reason") in page.records.sounds.told.words.text()
    keyboard.type("人民法院调取")
    keyboard.press("Enter")
    (file,) = (tmp_path / "home").rglob("*.wav")
    assert str(file) in page.records.sounds.told.words.text()
    assert page.records.sounds.reason.text() == ""
    with wave.open(str(file)) as read:
        assert read.readframes(read.getnframes()) == tone(7.0)


def test_another_page_silences_it_and_a_case_without_sound_has_no_such_card(
    window: Window, heard: tuple[CaseId, str, CasePage]
) -> None:
    page = heard[2]
    page.records.sounds.press()
    settle(window)
    speaker = page.records.sounds.player.speaker
    assert isinstance(speaker, HeardSpeaker)
    before = speaker.on
    other = next(row.id for row in reading.rows(desk_of(window), RowQuery()) if row.id != heard[0])
    page_of(window, WorkbenchPage)
    assert (before, speaker.on) == (True, False)
    page_of(window, CasePage, other).tabs.setCurrentIndex(TAB)
    settle(window)
    assert not page.records.sounds.isVisible()


def test_a_recording_that_the_county_keeps_says_so_and_is_asked_back_by_a_press(
    window: Window, heard: tuple[CaseId, str, CasePage]
) -> None:
    _, tape, page = heard
    card, pieces = page.records.sounds, desk_of(window).vault.pieces
    assert not card.back.isVisible()
    named = pieces.named(tape)
    assert named is not None
    tape_path(desk_of(window).vault.folder, tape).unlink()
    card.ask()
    settle(window)
    assert card.rows.rows[0].place.value == "away"
    assert (card.rows.data(card.rows.index(0, 2)), card.back.isVisible()) == ("不在这台电脑上", False)
    pieces.told({named.blob: ()}, (named.blob,), 1)
    card.ask()
    settle(window)
    assert (card.rows.data(card.rows.index(0, 2)), card.back.isVisible()) == ("在县中心，可以取回", True)
    card.back.click()
    settle(window)
    assert (card.rows.data(card.rows.index(0, 2)), card.back.isVisible()) == ("录音还没有送到，同步时取回", False)
    assert card.told.isVisible()
    assert [each.blob for each in pieces.wanted()] == [named.blob]
