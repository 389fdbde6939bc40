"""The search above every page: by keyboard, no answer to an older question, nothing found stays when it is left."""

from __future__ import annotations

import pytest

from mediator.casework import searching
from mediator.ui.pages.case_page import CasePage
from mediator.ui.screenshots import settle
from mediator.ui.search import SearchBox
from mediator.ui.window import Window
from tests.casework.desks import a_document, taken_in
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import desk_of, full_disk


def searched(window: Window, words: str) -> tuple[Keyboard, SearchBox]:
    """Ctrl+K, words, and the answer."""
    assert window.house is not None
    keyboard = Keyboard(window)
    keyboard.press("Ctrl+K")
    keyboard.type(words)
    window.house.search.ask()
    settle(window)
    return keyboard, window.house.search


def test_a_case_is_found_by_one_character_and_opened_by_enter(window: Window) -> None:
    keyboard, box = searched(window, "厕")
    assert box.hits.isVisible()
    keyboard.press("Enter")
    assert window.house is not None
    assert isinstance(window.house.page, CasePage)
    assert "厕所" in window.house.page.aside.text()
    assert (box.text(), box.hits.isVisible()) == ("", False)


def test_the_arrows_move_in_the_hits_and_stop_at_both_ends(window: Window) -> None:
    keyboard, box = searched(window, "工")
    assert box.hits.count() > 1
    keyboard.press(*(["Down"] * (box.hits.count() + 3)))
    assert box.hits.currentRow() == box.hits.count() - 1
    keyboard.press(*(["Up"] * (box.hits.count() + 3)))
    assert box.hits.currentRow() == 0


def test_nothing_found_says_so_and_enter_goes_nowhere(window: Window) -> None:
    keyboard, box = searched(window, "没有这个词")
    assert box.hits.item(0).text().startswith("没有查到")
    keyboard.press("Enter")
    assert window.house is not None
    assert window.house.page.name == "workbench"


def test_esc_leaves_the_search_empty_and_gives_the_keyboard_back(window: Window) -> None:
    keyboard, box = searched(window, "厕")
    keyboard.press("Esc")
    assert (box.text(), box.hits.isVisible()) == ("", False)
    assert keyboard.focus is not box


def test_an_answer_to_an_older_question_is_thrown_away(window: Window) -> None:
    _, box = searched(window, "厕")
    box.setText("工")
    box.ask()
    box.setText("没有这个词")
    settle(window)
    assert all("没有查到" not in box.hits.item(row).text() for row in range(box.hits.count()))


def test_an_emptied_search_hides_its_hits_and_shows_its_key_again(window: Window) -> None:
    _, box = searched(window, "厕")
    assert box.key.isHidden()
    box.clear()
    box.ask()
    assert not box.hits.isVisible()
    assert not box.key.isHidden()


def test_a_search_that_fails_is_told_above_and_the_words_stay(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    full_disk(monkeypatch, searching, "search")
    _, box = searched(window, "厕")
    assert window.house is not None
    assert window.house.trouble.isVisible()
    assert box.text() == "厕"


def test_the_place_that_was_found_stands_in_brackets(window: Window) -> None:
    _, box = searched(window, "厕所")
    assert "【厕所】" in box.hits.item(0).text()


def test_a_case_is_found_by_the_pinyin_of_a_name_in_a_group_of_its_own_and_opened(window: Window) -> None:
    case = taken_in(desk_of(window), a_document(title="借款"))
    keyboard, box = searched(window, "lisi")
    texts = [box.hits.item(row).text() for row in range(box.hits.count())]
    assert texts[0].startswith("写法或读音相近的（")
    assert box.hits.currentRow() == 1, "a heading is passed over"
    keyboard.press("Up")
    assert box.hits.currentRow() == 1
    keyboard.press("Enter")
    assert window.house is not None
    assert (window.house.page.name, window.house.page.case) == ("case_page", case)
