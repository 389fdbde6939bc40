"""The page of the hearing: nothing typed is lost, nobody's words become another's, however fast it goes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mediator.casework import hearing, intake, reading
from mediator.casework.intake import PartyForm
from mediator.core.codes import Side
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import a_sitting, correct, finish, full_disk, newest, say, speakers, turns


def saying(*words: str) -> Callable[..., bool]:
    """Only calls about these words."""
    return lambda *_, text, **__: text in words


def test_words_typed_while_a_correction_is_being_saved_stay_in_the_field(window: Window) -> None:
    _, _, page = a_sitting(window)
    correct(window, page, "五千五。", "五千元。")
    page.record.end_turn()
    page.record.input.insertPlainText("下一句")
    settle(window)
    assert page.record.turns.lines[-1].text == "五千元。"
    assert page.record.input.words == "下一句"


def test_enter_pressed_twice_corrects_once(window: Window) -> None:
    case, _, page = a_sitting(window)
    correct(window, page, "五千五。", "五千元。")
    page.record.end_turn()
    page.record.end_turn()
    settle(window)
    assert window.seat is not None
    turn = reading.reread(window.seat.desk, case).case.hearings[-1].turns[-1]
    assert turn.corrected_from == ("五千五。",)
    assert turns(window, case) == ["五千元。"]


def test_a_correction_that_was_refused_comes_back_as_a_correction(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _, page = a_sitting(window)
    say(window, page, "五千五。")
    with monkeypatch.context() as broken:
        full_disk(broken, hearing, "correct_turn")
        page.record.correct_last()
        say(window, page, "五千元。")
    assert page.record.input.words == "五千元。"
    assert page.record.note.isVisible()
    page.record.end_turn()
    settle(window)
    assert turns(window, case) == ["五千元。"]


def test_a_turn_that_was_saved_after_one_that_was_not_gets_its_own_time(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _, page = a_sitting(window)
    full_disk(monkeypatch, hearing, "record_turn", when=saying("第一句"))
    for words in ("第一句", "第二句"):
        page.record.input.setPlainText(words)
        page.record.end_turn()
    settle(window)
    assert turns(window, case) == ["第二句"]
    assert [(line.text, bool(line.time)) for line in page.record.turns.lines] == [("第二句", True)]
    assert page.record.input.words == "第一句"


def test_refused_words_come_back_in_the_order_they_were_said_each_with_its_speaker(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, _, page = a_sitting(window)
    with monkeypatch.context() as broken:
        full_disk(broken, hearing, "record_turn")
        for place, words in ((1, "我要五千五。"), (2, "我出五千。")):
            page.record.strip.choose(place)
            page.record.input.setPlainText(words)
            page.record.end_turn()
        page.record.input.insertPlainText("还在打")
        settle(window)
    first, second = page.record.strip.speakers[1][1], page.record.strip.speakers[2][1]
    assert page.record.input.toPlainText() == f"{first}：我要五千五。\n{second}：我出五千。\n还在打"


def test_one_refused_turn_is_said_again_by_the_one_who_said_it(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    case, _, page = a_sitting(window)
    with monkeypatch.context() as broken:
        full_disk(broken, hearing, "record_turn")
        page.record.strip.choose(2)
        page.record.input.setPlainText("我出五千。")
        page.record.end_turn()
        page.record.strip.choose(1)
        settle(window)
    page.record.end_turn()
    settle(window)
    assert (turns(window, case), speakers(window, case)) == (["我出五千。"], [page.record.strip.speakers[2][1]])


def test_a_correction_half_typed_is_kept_when_the_vault_is_locked(window: Window) -> None:
    case, _, page = a_sitting(window)
    correct(window, page, "五千五。", "五千元。")
    kept: list[list[str]] = []
    assert window.house is not None
    window.house.close_pages()
    finish(window.worker)
    kept.append(turns(window, case))
    assert kept == [["五千元。"]]


def test_enter_held_down_ends_one_turn(window: Window) -> None:
    case, _, page = a_sitting(window)
    page.record.input.setPlainText("一句")
    keyboard = Keyboard(window)
    keyboard.press("Enter", "Enter", "Enter", "Enter")
    assert turns(window, case) == ["一句"]


def test_the_name_of_a_party_without_a_key_of_its_own_still_links_to_the_party(window: Window) -> None:
    assert window.seat is not None
    desk, case = window.seat.desk, newest(window)
    for number in range(40):
        intake.add_party(desk, case, reading.reread(desk, case).seen, PartyForm(Side.APPLICANT, f"工友{number}"))
    _, _, page = a_sitting(window, case)
    assert len(page.record.strip.speakers) == 8
    page.record.strip.choose(7)
    page.record.strip.other.setText("工友39")
    say(window, page, "欠我三千。")
    found = reading.reread(desk, case).case
    assert found.hearings[-1].turns[-1].party == next(each.id for each in found.parties if each.name == "工友39")
