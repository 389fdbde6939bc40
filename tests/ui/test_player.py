"""A turn is heard from where it begins, within the third of a second that a dispute waits for."""

from __future__ import annotations

from time import perf_counter

import pytest
from PySide6.QtCore import QEventLoop, QTimer

from mediator.casework import hearing, listening, recording
from mediator.casework.complaints import words_of
from mediator.casework.hearing import HearingForm
from mediator.core.recordings import RATE, ConsentWay, Ending, Position
from mediator.core.records import CaseId, HearingId
from mediator.store.tapes import tape_path
from mediator.ui.pages.hearing import HearingPage
from mediator.ui.player import HeardSpeaker, Player
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.tapes import Recorder, tone
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import desk_of, newest, page_of

SECONDS = 25


@pytest.fixture
def heard(window: Window) -> tuple[CaseId, HearingId, str]:
    """A sitting with a recording of 25 s and three turns, two of them said while it ran."""
    desk, case = desk_of(window), newest(window)
    sitting = hearing.open_hearing(desk, case, HearingForm(desk.workshop.clock.now(), "现场", ("李调解",), "李调解"))
    asked = recording.consents(desk, case, sitting).asked
    recording.agree(desk, case, sitting, asked, way=ConsentWay.ORAL)
    order = recording.begin(desk, case, sitting)
    recorder, tape = Recorder(order), order.label.recording
    recorder.hear(tone(SECONDS))
    for words, ms in (("五千五。", 3000), ("行。", 21_500)):
        hearing.record_turn(desk, case, sitting, speaker="吴某", text=words, sound=Position(tape, ms))
    recorder.taping.stop()
    recording.settle(desk, Ending.STOPPED)
    hearing.record_turn(desk, case, sitting, speaker="吴某", text="没有录。")
    return case, sitting, tape


def with_speaker(page: HearingPage, *, plugged: bool = True) -> HeardSpeaker:
    """The page's loudspeaker is one that keeps what it played."""
    page.record.player.speaker = speaker = HeardSpeaker(plugged=plugged)
    return speaker


def until_silent(player: Player) -> None:
    """Hear it to its end."""
    loop = QEventLoop()
    player.changed.connect(loop.quit)
    QTimer.singleShot(30_000, lambda: loop.exit(1))
    assert not player.on or loop.exec() == 0


def test_a_turn_is_heard_from_its_own_place_to_the_end(window: Window, heard: tuple[CaseId, HearingId, str]) -> None:
    page = page_of(window, HearingPage, heard[0])
    speaker, row = (
        with_speaker(page),
        next(at for at, line in enumerate(page.record.turns.lines) if line.text == "行。"),
    )
    page.record.list.setFocus()
    page.record.list.setCurrentIndex(page.record.turns.index(row))
    Keyboard(window).press("Ctrl+T")
    assert page.record.player.on
    assert page.record.note.isVisible()
    until_silent(page.record.player)
    assert speaker.heard == tone(SECONDS)[21_500 * RATE // 1000 * 2 :]
    assert not page.record.note.isVisible()
    traced = desk_of(window).vault.traces("access.recording_heard")
    assert [each.content()["recording"] for each in traced] == [heard[2]]


def test_the_same_key_silences_it_and_so_does_another_page(
    window: Window, heard: tuple[CaseId, HearingId, str]
) -> None:
    page = page_of(window, HearingPage, heard[0])
    speaker = with_speaker(page)
    place = Position(heard[2], 0)
    for end in (lambda: page.record.player.press(heard[0], None), lambda: page_of(window, HearingPage)):
        page.record.player.press(heard[0], place)
        settle(window)
        before = speaker.on
        end()
        page.leave()
        assert (before, speaker.on) == (True, False)
        assert len(speaker.heard) < len(tone(SECONDS))


@pytest.mark.parametrize(("row", "plugged", "code"), [(-1, True, "no_sound"), (0, False, "no_speaker")])
def test_what_cannot_be_heard_says_why(
    window: Window, heard: tuple[CaseId, HearingId, str], row: int, plugged: bool, code: str
) -> None:
    page = page_of(window, HearingPage, heard[0])
    with_speaker(page, plugged=plugged)
    place = [None, Position(heard[2], 0)][row + 1]
    page.record.player.press(heard[0], place)
    settle(window)
    assert window.house is not None
    assert words_of(f"recording.{code}") in window.house.trouble.words.text()
    assert not page.record.player.on


def test_a_damaged_piece_ends_it_with_a_sentence(window: Window, heard: tuple[CaseId, HearingId, str]) -> None:
    path = tape_path(desk_of(window).vault.folder, heard[2])
    data = bytearray(path.read_bytes())
    data[-2000] ^= 1
    path.write_bytes(bytes(data))
    page = page_of(window, HearingPage, heard[0])
    speaker = with_speaker(page)
    page.record.player.press(heard[0], Position(heard[2], 1000))
    settle(window)
    until_silent(page.record.player)
    assert window.house is not None
    assert words_of("recording.damaged") in window.house.trouble.words.text()
    assert tone(SECONDS)[2 * RATE :].startswith(speaker.heard)


@pytest.mark.full
def test_four_hours_are_opened_at_the_last_turn_within_three_tenths_of_a_second(
    window: Window, heard: tuple[CaseId, HearingId, str]
) -> None:
    desk, (case, sitting, _) = desk_of(window), heard
    order = recording.begin(desk, case, sitting)
    recorder, hour = Recorder(order), tone(1.6 * 5)
    for _ in range(4 * 3600 // 8):
        recorder.taping.hear(hour)
    recorder.taping.stop()
    recording.settle(desk, Ending.STOPPED)
    begun = perf_counter()
    sound = listening.listen(desk, case, order.label.recording)
    first = next(sound.pcm(Position(order.label.recording, 14_390_000).sample, RATE * 10))
    assert perf_counter() - begun < 0.3
    assert first == tone(2.0, first=14_390 * RATE)[: len(first)]
