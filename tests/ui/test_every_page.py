"""What holds on every page: names for the ear, words for the eye, room for the words, contrast, no foreign letters."""

from __future__ import annotations

import json
import re
from importlib import resources
from itertools import pairwise

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QRadioButton, QWidget

from mediator.casework import reading
from mediator.casework.reading import RowQuery
from mediator.core.records import CaseId
from mediator.ui import tokens
from mediator.ui.frame import PAGES
from mediator.ui.pages.hearing_speakers import SpeakerButton
from mediator.ui.pieces.fields import MOST_ROWS, Lines
from mediator.ui.pieces.labels import Elided
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import a_document, an_agreement, taken_in
from tests.ui.keyboard import Keyboard, shown

NAMES = [page.name for page in PAGES]
LATIN = re.compile(r"[A-Za-z]{2,}")
KNOWN = re.compile(
    r"PDF|DOCX|USB|Ctrl|Alt|Shift|Tab|Esc|PageDown|Delete|F\d+|Apache-2\.0|https?://|JSON|[a-z]+(?=）)|/[\w/.-]+|临[0-9A-Z]+"
)


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
    inputs = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractButton)
    nameless = [
        type(each).__name__
        for each in shown(window)
        if isinstance(each, inputs) and not (each.accessibleName() or getattr(each, "text", lambda: "")())
    ]
    assert nameless == []


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


def cut_off(house: QWidget) -> list[str]:
    """Words that have less room than they need; what gives way on purpose says all of it in its tip."""
    labels = [each for each in house.findChildren(QLabel) if each.isVisible() and not isinstance(each, Elided)]
    presses = [each for each in house.findChildren(QAbstractButton) if each.isVisible() and each.text()]
    found = [each.text() for each in labels if is_cut(each)]
    found += [
        each.text()
        for each in presses
        if not isinstance(each, SpeakerButton)
        and each.width() < max(each.fontMetrics().horizontalAdvance(line) for line in each.text().split("\n"))
    ]
    lines = [each for each in house.findChildren(Lines) if each.isVisible()]
    found += [each.toPlainText() for each in lines if each.document().size().height() <= MOST_ROWS and scrolls(each)]
    return found


def scrolls(words: Lines) -> bool:
    """Whether some of the lines are out of sight."""
    return words.verticalScrollBar().maximum() > 0


def is_cut(words: QLabel) -> bool:
    """Whether a label shows less than all of its text."""
    if words.wordWrap():
        return words.height() < words.heightForWidth(words.width()) - 1
    return words.width() < words.sizeHint().width() - 1


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
    window.preferences.look = tokens.Look("dark", "large")
    window.preferences.keep()
    window.seat.look_changed.emit()
    settle(window)
    assert window.house is not None
    from mediator.ui.preferences import remembered

    assert remembered(window.preferences.path).look == tokens.Look("dark", "large")
