"""What holds on every page: names for the ear, words for the eye, room for the words, contrast, no foreign letters."""

from __future__ import annotations

import json
import re
from importlib import resources
from itertools import pairwise

import pytest
from PySide6.QtWidgets import QRadioButton, QWidget

from mediator.casework import reading
from mediator.casework.reading import RowQuery
from mediator.core.records import CaseId
from mediator.ui import tokens
from mediator.ui.frame import PAGES
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import a_document, an_agreement, taken_in
from tests.ui.eyes import contrast, cut_off, foreign, nameless
from tests.ui.keyboard import Keyboard, shown

NAMES = [page.name for page in PAGES]


def go(window: Window, name: str, case: str = "") -> None:
    """Show a page about a case, or the first in the list."""
    assert window.house is not None
    assert window.seat is not None
    case = case or reading.rows(window.seat.desk, RowQuery(limit=1))[0].id
    window.house.go(name, case if name in {"case_page", "hearing", "composer", "documents"} else "")
    settle(window)
    window.house.page.hurry()
    settle(window)


@pytest.mark.parametrize("name", NAMES)
def test_every_control_has_a_name_for_the_ear(window: Window, name: str) -> None:
    go(window, name)
    assert window.house is not None
    assert nameless(window.house) == []


@pytest.mark.parametrize("width", [1366, 1024])
@pytest.mark.parametrize("window", tokens.SIZES, indirect=True)
def test_no_word_is_cut_off_at_any_text_size_on_any_screen(window: Window, width: int) -> None:
    window.resize(width, 768 if width > 1024 else 700)
    case = long_words(window)
    for name in NAMES:
        go(window, name, case)
        assert window.width() == width, f"{name} is wider than the screen"
        assert window.house is not None
        cut = [f"{name}: {words}" for words in cut_off(window.house)]
        assert cut == [], f"at {window.preferences.look.size}"


def long_words(window: Window) -> CaseId:
    """A case with names and texts longer than any screen."""
    assert window.seat is not None
    name = "缙云县壶镇镇湖川村股份经济合作社道路硬化工程临时项目部" * 2
    parties = [{"ref": "a", "side": "applicant", "kind": "person", "name": "阿卜杜热合曼·买买提依明·艾合麦提江"},
               {"ref": "b", "side": "respondent", "kind": "organization", "name": name}]  # fmt: skip
    clause = "乙方于2026年4月1日前一次性付清，" * 12 + "双方再无争议。"
    document = a_document(
        title=name, facts="路窄。" * 300, parties=parties,
        agreement=an_agreement(clauses=[{"text": clause}], place=name, disputed_points="界址。" * 60),
    )  # fmt: skip
    return taken_in(window.seat.desk, document)


@pytest.mark.parametrize("empty", tokens.SIZES, indirect=True)
def test_no_word_is_cut_off_on_a_page_that_has_nothing_to_show(empty: Window) -> None:
    assert empty.house is not None
    for name in NAMES:
        empty.house.go(name)
        settle(empty)
        assert cut_off(empty.house) == [], name


@pytest.mark.parametrize("name", NAMES)
def test_no_foreign_word_is_left_on_a_page(window: Window, name: str) -> None:
    go(window, name)
    assert window.house is not None
    assert foreign(window.house) == []


@pytest.mark.parametrize("name", NAMES)
def test_tab_visits_every_control_of_a_page_once_in_the_order_of_reading(window: Window, name: str) -> None:
    go(window, name)
    keyboard = Keyboard(window)
    assert window.house is not None
    page = window.house.page
    assert page.isAncestorOf(keyboard.focus), "the focus is not on the page that was opened"
    wanted = [
        each for each in shown(window) if page.isAncestorOf(each) and not in_group(each) and each.focusProxy() is None
    ]
    order = walk(keyboard, len(shown(window)) + 5)
    missed = [each.accessibleName() or type(each).__name__ for each in wanted if each not in order]
    assert missed == []
    here = [each for each in order if page.isAncestorOf(each)]
    for first, second in pairwise(here):
        if first.parentWidget() is second.parentWidget() and second is not here[0]:
            upper, lower = first.geometry(), second.geometry()
            assert lower.bottom() >= upper.top(), f"{first.accessibleName()} → {second.accessibleName()}"


def walk(keyboard: Keyboard, limit: int) -> list[QWidget]:
    """Tab until a control comes again."""
    order: list[QWidget] = []
    for _ in range(limit):
        focus = keyboard.focus
        if focus in order:
            break
        order.append(focus)
        keyboard.press("Tab")
    return order


def in_group(each: QWidget) -> bool:
    """Of a group of choices Tab visits the chosen one, the arrows the others."""
    return isinstance(each, QRadioButton) and not each.isChecked()


def test_a_screen_never_has_more_controls_than_a_reader_of_the_screen_can_bear(window: Window) -> None:
    for name in NAMES:
        go(window, name)
        assert window.house is not None
        count = len([each for each in shown(window) if window.house.page.isAncestorOf(each)])
        assert count < 60, name


def test_every_text_stands_out_from_its_ground() -> None:
    table = tokens.table()
    for theme, pairs in table["contrast"].items():
        for pair in pairs:
            front, back = (table["colour"][theme][pair[side]] for side in ("front", "back"))
            assert contrast(front, back) >= pair["need"], f"{theme}: {pair['front']} on {pair['back']}"


def test_the_catalogue_of_words_holds_chinese_with_full_width_marks() -> None:
    folder = resources.files("mediator.ui").joinpath("data/words")
    for sheet in folder.iterdir():
        for key, text in json.loads(sheet.read_text(encoding="utf-8")).items():
            bare = re.sub(r"\{[^}]*\}|\(&[A-Z]\)|\(\*\.\w+( \*\.\w+)*\)|https?://", "", text)
            assert not re.search(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]", bare), (
                f"{sheet.name} {key}: {text}"
            )


def test_the_title_of_the_window_names_no_person(window: Window) -> None:
    for name in NAMES:
        go(window, name)
        assert window.windowTitle() == "调解助手"


def test_locking_closes_the_vault_and_blanking_hides_everything(window: Window) -> None:
    keyboard = Keyboard(window)
    keyboard.press("F12")
    assert window.stack.currentWidget() is window.cover
    keyboard.press("Esc")
    assert window.stack.currentWidget() is window.house
    keyboard.press("Ctrl+L")
    assert window.house is None
    assert window.seat is None
    assert window.stack.currentWidget() is window.gate


def test_another_text_size_is_worn_at_once_and_remembered(window: Window) -> None:
    assert window.seat is not None
    window.preferences.look = tokens.Look("dark", "large")
    window.preferences.keep()
    window.seat.look_changed.emit()
    settle(window)
    assert window.house is not None
    from mediator.ui.preferences import remembered

    assert remembered(window.preferences.path).look == tokens.Look("dark", "large")
