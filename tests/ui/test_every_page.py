"""What holds on every page: names for the ear, words for the eye, room for the words, contrast, no foreign letters."""

from __future__ import annotations

import json
import re
from importlib import resources

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from mediator.casework import reading
from mediator.casework.reading import RowQuery
from mediator.ui import tokens
from mediator.ui.frame import PAGES
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.ui.keyboard import Keyboard, shown

NAMES = [page.name for page in PAGES]
LATIN = re.compile(r"[A-Za-z]{2,}")
KNOWN = re.compile(
    r"PDF|DOCX|USB|Ctrl|Alt|Shift|Tab|Esc|PageDown|F\d+|Apache-2\.0|https?://|JSON|[a-z]+(?=）)|/[\w/.-]+|临[0-9A-Z]+"
)


def go(window: Window, name: str) -> None:
    """Show a page about the newest case."""
    assert window.house is not None
    assert window.seat is not None
    case = reading.rows(window.seat.desk, RowQuery(limit=1))[0].id
    window.house.go(name, case if name in {"case_page", "hearing", "composer", "documents"} else "")
    settle(window)
    window.house.page.hurry()
    settle(window)


@pytest.mark.parametrize("name", NAMES)
def test_every_control_has_a_name_for_the_ear(window: Window, name: str) -> None:
    go(window, name)
    inputs = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractButton)
    nameless = [
        type(each).__name__
        for each in shown(window)
        if isinstance(each, inputs) and not (each.accessibleName() or getattr(each, "text", lambda: "")())
    ]
    assert nameless == []


@pytest.mark.parametrize("window", tokens.SIZES, indirect=True)
def test_no_button_is_too_narrow_for_its_words(window: Window) -> None:
    for name in NAMES:
        go(window, name)
        assert window.house is not None
        for each in window.house.page.findChildren(QPushButton):
            if each.isVisible() and each.property("kind") not in {"nav", "speaker"} and not each.property("left"):
                needed = each.fontMetrics().horizontalAdvance(each.text())
                assert needed <= each.width(), f"{name}: {each.text()} at {window.preferences.look.size}"


@pytest.mark.parametrize("name", NAMES)
def test_no_foreign_word_is_left_on_a_page(window: Window, name: str) -> None:
    go(window, name)
    assert window.house is not None
    kinds: tuple[type[QLabel | QAbstractButton], ...] = (QLabel, QAbstractButton)
    texts = [each.text() for kind in kinds for each in window.house.findChildren(kind) if each.isVisible()]
    texts += [each.placeholderText() for each in window.house.findChildren(QLineEdit) if each.isVisible()]
    left = [text for text in texts if LATIN.search(KNOWN.sub("", text))]
    assert left == []


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_left_and_entered_by_keys_and_the_focus_is_on_it(window: Window, name: str) -> None:
    go(window, name)
    keyboard = Keyboard(window)
    assert window.house is not None
    assert window.house.page.isAncestorOf(keyboard.focus)
    seen = set()
    for _ in range(150):
        seen.add(id(keyboard.focus))
        keyboard.press("Tab")
        if len(seen) > 1 and id(keyboard.focus) in seen:
            break
    assert len(seen) > 3, "Tab goes nowhere"


def test_every_text_stands_out_from_its_ground() -> None:
    table = tokens.table()
    for theme, pairs in table["contrast"].items():
        for pair in pairs:
            front, back = (table["colour"][theme][pair[side]] for side in ("front", "back"))
            assert contrast(front, back) >= pair["need"], f"{theme}: {pair['front']} on {pair['back']}"


def contrast(front: str, back: str) -> float:
    """Contrast of two colours by relative luminance."""
    light, dark = sorted((luminance(front), luminance(back)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB`."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


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
    window.preferences.choose(tokens.Look("dark", "large"))
    window.seat.look_changed.emit()
    settle(window)
    assert window.house is not None
    from mediator.ui.preferences import remembered

    assert remembered(window.preferences.path).look == tokens.Look("dark", "large")
