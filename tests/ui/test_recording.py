"""Recording on the screen: consent first, one key, a sign that stays, and every way it ends."""

from __future__ import annotations

from random import Random

import pytest

from mediator.casework import hearing, intake, listening, reading
from mediator.casework.complaints import words_of
from mediator.casework.desk import Desk
from mediator.casework.hearing import HearingForm
from mediator.core.codes import Side
from mediator.core.recordings import RATE, Ending, Position
from mediator.core.records import CaseId, Hearing
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.tapes import tone
from tests.ui.keyboard import Keyboard
from tests.ui.recorders import ended, recording, speak, unlock, until, with_recorder
from tests.ui.scenes import a_sitting, desk_of, go, say


def now(desk: Desk, case: CaseId) -> Hearing:
    """The newest sitting as it is on disk."""
    return reading.reread(desk, case).case.hearings[-1]


def say_turn(window: Window, words: str) -> None:
    """One turn, typed and ended."""
    page = window.house.page if window.house else None
    page.record.input.setPlainText(words)  # type: ignore[union-attr]  # the hearing page is on the screen
    page.record.end_turn()  # type: ignore[union-attr]  # see above
    settle(window)


def test_nobody_is_recorded_before_everybody_agreed_by_the_keyboard(window: Window) -> None:
    on_air, keyboard = with_recorder(window), Keyboard(window)
    case, _, page = a_sitting(window)
    keyboard.press("Ctrl+R")
    assert page.sheets.currentWidget() is page.consent
    people = page.consent.people.count()
    assert people >= 2
    page.consent.start()
    assert not on_air.running
    keyboard.reach("口头同意")
    keyboard.press("Enter")
    assert len(page.consent.shown.missing) == people - 1
    keyboard.reach("都口头同意")
    keyboard.press("Enter")
    assert page.consent.shown.missing == ()
    assert now(desk_of(window), case).recordings == ()
    keyboard.reach("开始录音")
    keyboard.press("Enter")
    until(on_air, on_air.ready)
    settle(window)
    sitting = now(desk_of(window), case)
    assert on_air.is_for(sitting.id)
    assert page.sheets.currentWidget() is page.record
    assert all(each.at is not None and sitting.recordings[0].begun_at >= each.at for each in sitting.consents)  # type: ignore[operator]  # it has begun
    assert "口头同意，开始录音。" in sitting.turns[-1].text
    keyboard.press("Ctrl+R")
    ended(window, on_air)
    assert now(desk_of(window), case).recordings[0].ending is Ending.STOPPED


def test_a_turn_is_heard_from_where_its_first_letter_was_typed(window: Window) -> None:
    case, _, page, on_air = recording(window)
    speak(on_air, 3.0)
    page.record.input.setPlainText("五")
    speak(on_air, 2.0)
    say(window, page, "五千五。")
    page.record.strip.choose(2)
    speak(on_air, 4.0)
    page.record.input.setPlainText("行。")
    page.record.end_turn()
    say(window, page, "好。")
    on_air.stop()
    ended(window, on_air)
    sitting = now(desk_of(window), case)
    tape = sitting.recordings[0]
    said = {turn.text: turn.sound for turn in sitting.turns}
    assert [said[each] for each in ("五千五。", "行。", "好。")] == [
        Position(tape.id, 3000), Position(tape.id, 5000), Position(tape.id, 9000),
    ]  # fmt: skip
    assert tape.samples == 9 * RATE
    say_turn(window, "录完以后说的。")
    assert now(desk_of(window), case).turns[-1].sound is None


@pytest.mark.threat("T04")
def test_a_recording_goes_on_through_a_lock_without_losing_a_sample(window: Window) -> None:
    case, _, _, on_air = recording(window)
    speak(on_air, 2.5)
    window.lock()
    settle(window)
    assert window.house is None
    assert on_air.on
    speak(on_air, 3.5)
    assert not window.bar.isHidden()
    assert window.bar.words.text() == "● 正在录音　0:06"
    unlock(window)
    speak(on_air, 1.0)
    desk = desk_of(window)
    go(window, "hearing", case)
    say_turn(window, "解锁以后说的。")
    on_air.stop()
    ended(window, on_air)
    (tape,) = now(desk, case).recordings
    assert (tape.samples, tape.ending) == (7 * RATE, Ending.STOPPED)
    pcm = b"".join(listening.listen(desk, case, tape.id).pcm())
    assert pcm == tone(2.5) + tone(3.5, first=40_000) + tone(1.0, first=96_000)
    assert now(desk, case).turns[-2].sound == Position(tape.id, 7000)


def test_a_recording_that_is_stopped_before_the_door_is_pinned_after_the_next_unlocking(window: Window) -> None:
    case, _, _, on_air = recording(window)
    speak(on_air, 2.0)
    window.lock()
    settle(window)
    on_air.stop()
    ended(window, on_air)
    assert window.bar.isHidden()
    unlock(window)
    settle(window)
    (tape,) = now(desk_of(window), case).recordings
    assert (tape.samples, tape.ending) == (2 * RATE, Ending.STOPPED)


def test_who_does_not_agree_any_more_stops_it_at_once_and_it_is_written(window: Window) -> None:
    case, _, page, on_air = recording(window)
    speak(on_air, 2.0)
    keyboard = Keyboard(window)
    keyboard.reach("谁同意")
    keyboard.press("Enter")
    assert not page.consent.begin.isVisible()
    page.consent.start()
    page.consent.people.setCurrentRow(1)
    keyboard.reach("不同意")
    keyboard.press("Enter")
    ended(window, on_air)
    found = now(desk_of(window), case)
    assert [each.stands for each in found.consents][1] is False
    assert (found.recordings[0].ending, found.recordings[0].samples) == (Ending.WITHDRAWN, 2 * RATE)
    page.consent.start()
    assert not on_air.running


@pytest.mark.parametrize("where", ["on the page", "on another page"])
def test_somebody_who_comes_in_and_was_not_asked_stops_it(window: Window, where: str) -> None:
    case, sitting, _, on_air = recording(window)
    speak(on_air, 2.0)
    desk = desk_of(window)
    if where == "on the page":
        hearing.save_hearing(desk, case, sitting, form=HearingForm(observers=("王代表",), mediators=("李调解",)))
        assert window.house is not None
        window.house.page.enter(case)
    else:
        go(window, "workbench")
        opened = reading.reread(desk, case)
        intake.add_party(desk, case, opened.seen, intake.PartyForm(Side.WITNESS, "后来的人"))
    ended(window, on_air)
    assert now(desk, case).recordings[0].ending is Ending.NEWCOMER
    assert window.house is not None
    assert words_of("recording.newcomer") in window.house.trouble.words.text()


def test_without_a_microphone_typing_goes_on_with_one_plain_sentence(window: Window) -> None:
    on_air = with_recorder(window, plugged=False)
    case, _, page = a_sitting(window)
    page.record_sound()
    settle(window)
    page.consent.all_agree()
    settle(window)
    page.consent.start()
    until(on_air, on_air.missing)
    settle(window)
    assert window.house is not None
    assert words_of("recording.no_microphone") in window.house.trouble.words.text()
    assert page.sheets.currentWidget() is page.record
    say_turn(window, "照样记。")
    found = now(desk_of(window), case)
    assert (found.turns[-1].text, found.recordings) == ("照样记。", ())


@pytest.mark.threat("T04")
def test_a_microphone_that_is_pulled_out_ends_the_sound_and_nothing_else(window: Window) -> None:
    case, _, _, on_air = recording(window)
    speak(on_air, 2.7)
    on_air._write("pull")
    ended(window, on_air)
    assert window.house is not None
    assert words_of("recording.microphone") in window.house.trouble.words.text()
    say_turn(window, "照样记。")
    found = now(desk_of(window), case)
    assert (found.recordings[0].ending, found.recordings[0].samples) == (Ending.MICROPHONE, round(2.7 * RATE))
    assert [turn.text for turn in found.turns][-2:] == ["09时30分，麦克风断开，录音停止。", "照样记。"]


def test_closing_the_record_and_closing_the_window_end_the_sound_first(window: Window) -> None:
    case, _, page, on_air = recording(window)
    speak(on_air, 1.0)
    page.ask_to_close()
    page.confirm.word.setText("结束")
    page.close_record()
    ended(window, on_air)
    found = now(desk_of(window), case)
    assert (found.closed, found.recordings[0].ending, found.recordings[0].samples) == (True, Ending.CLOSED, RATE)


@pytest.mark.parametrize(
    ("loud", "words"),
    [(9000, "声音正常"), (100, "听不到声音"), (1500, "声音太小，请把话筒挪近"), (65_400, "声音太大，请把话筒挪远")],
)
def test_how_loud_it_is_stands_there_in_words(window: Window, loud: int, words: str) -> None:
    _, _, page, on_air = recording(window)
    speak(on_air, 1.6, loud=loud)
    card = page.record.aside.sound
    assert (card.state.text(), card.time.text()) == (words, "0:01")
    on_air.stop()
    ended(window, on_air)
    assert card.off.isVisible()


@pytest.mark.threat("T04")
@pytest.mark.parametrize("times", [10, pytest.param(200, marks=pytest.mark.full)])
def test_locks_at_random_moments_lose_no_letter_and_no_sample(window: Window, times: int) -> None:
    case, _, page, on_air = recording(window)
    random, typed, heard = Random(48), "", 0
    for _ in range(times):
        go(window, "hearing", case)
        assert window.house is not None
        page = window.house.page  # type: ignore[assignment]  # the hearing page is on the screen
        words = "".join(random.choice("五千今天就能付清") for _ in range(random.randint(0, 20)))
        page.record.input.insertPlainText(words)
        if random.random() < 0.3:
            page.record.end_turn()
        typed += words
        for place in ("before", "behind the door"):
            tenths = random.randint(1, 25)
            speak(on_air, tenths / 10)
            heard += tenths * RATE // 10
            if place == "before":
                window.lock()
                settle(window)
        unlock(window)
    on_air.stop()
    ended(window, on_air)
    found = now(desk_of(window), case)
    assert "".join(turn.text for turn in found.turns if turn.speaker != "记事") == typed
    (tape,) = found.recordings
    assert tape.samples == heard
    assert b"".join(listening.listen(desk_of(window), case, tape.id).pcm()) == tone(heard / RATE)
