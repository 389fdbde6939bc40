"""Leaving the house or another look: nothing waits on the screen's thread, nothing half typed is dropped."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtWidgets import QLineEdit

from mediator.casework import intake, searching
from mediator.ui.pages.documents import DocumentsPage
from mediator.ui.pages.intake import IntakePage
from mediator.ui.pages.performance import PerformancePage
from mediator.ui.pages.settings import SettingsPage
from mediator.ui.preferences import Preferences, remembered
from mediator.ui.screenshots import settle
from mediator.ui.tokens import Look
from mediator.ui.window import Window
from tests.casework.desks import a_document, a_signed_case, taken_in
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import a_sitting, desk_of, full_disk, go, newest, page_of


def name_of(page: IntakePage) -> QLineEdit:
    """The first party's name."""
    line = page.cards[0].fields["name"].input
    assert isinstance(line, QLineEdit)
    return line


@pytest.mark.parametrize("way", ["lock", "close"])
def test_a_slow_vault_holds_neither_the_screen_nor_its_cover(window: Window, way: str) -> None:
    gate = Event()
    assert window.seat is not None
    window.seat.deed(partial(gate.wait, 20))
    getattr(window, way)()
    assert window.stack.currentWidget() is window.leaving
    assert window.isVisible()
    window.close()
    assert window.isVisible(), "closed before every word was on disk"
    gate.set()
    settle(window)
    assert window.house is None
    assert not window.isVisible()


def test_a_sum_and_a_visit_half_typed_stay_when_the_text_size_is_changed(window: Window) -> None:
    case = a_signed_case(desk_of(window))
    page = page_of(window, PerformancePage, case)
    page.payment.amount.setText("123")
    page.visit.situation.setText("说好月底付清")
    page_of(window, SettingsPage).take_look("size", "large")
    settle(window)
    again = page_of(window, PerformancePage, case)
    assert (again.payment.amount.text(), again.visit.situation.text()) == ("123", "说好月底付清")
    again.payment.amount.clear()
    again.visit.situation.clear()
    go(window, "workbench")
    assert page_of(window, PerformancePage, case) is not page, "a page of the old size stays for good"


def test_words_the_disk_refuses_stay_when_the_text_size_is_changed(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        full_disk(patch, intake, "open_case")
        name_of(page_of(window, IntakePage)).setText("周某")
        page_of(window, SettingsPage).take_look("theme", "dark")
        settle(window)
    page = page_of(window, IntakePage)
    assert name_of(page).text() == "周某"
    page.leave()
    settle(window)
    assert searching.search(desk_of(window), "周某", 5).hits


def test_minutes_that_were_chosen_are_counted_at_once_and_remembered(window: Window) -> None:
    page = page_of(window, SettingsPage)
    for name, words in (("idle", "2"), ("hearing_idle", "15")):
        page.minutes[name].show_value(words)
        page.minutes[name].activated.emit(page.minutes[name].currentIndex())
    settle(window)
    assert window.idle.minutes == 2
    a_sitting(window)
    assert window.idle.minutes == 15
    told = remembered(window.preferences.path)
    assert (told.idle, told.hearing_idle) == (2, 15)


def test_ctrl_f_leads_to_the_line_of_the_page_or_to_the_search_above(window: Window) -> None:
    keyboard = Keyboard(window)
    assert window.house is not None
    keyboard.press("Ctrl+F")
    assert keyboard.focus is window.house.search
    page = page_of(window, DocumentsPage, newest(window))
    keyboard.press("Ctrl+F")
    assert keyboard.focus is page.finding


@pytest.mark.parametrize("way", ["another", "other case"])
def test_a_registration_that_cannot_be_kept_is_not_emptied_for_another(
    window: Window, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    case = taken_in(desk_of(window), a_document())
    page = page_of(window, IntakePage)
    with monkeypatch.context() as patch:
        full_disk(patch, intake, "open_case")
        name_of(page).setText("周某")
        if way == "another":
            page.another.click()
        else:
            go(window, "intake", case)
        settle(window)
        assert name_of(page).text() == "周某"
        assert "没存下来" in page.told.words.text()
    page.another.click()
    settle(window)
    assert name_of(page).text() == ""
    assert searching.search(desk_of(window), "周某", 5).hits


@pytest.mark.parametrize(
    ("told", "look", "minutes"),
    [
        ('{"theme": "dark", "size": "large", "idle": 2, "hearing_idle": 20}', Look("dark", "large"), (2, 20)),
        ('{"theme": "dark", "size": "large"}', Look("dark", "large"), (5, 30)),
        ('{"theme": "pink", "size": "large", "idle": 100000, "hearing_idle": "x"}', Look(), (5, 30)),
        ('{"theme": "dark", "size": "large", "idle": 0, "hearing_idle": 1}', Look("dark", "large"), (5, 30)),
        ("[1, 2]", Look(), (5, 30)),
        ("{", Look(), (5, 30)),
    ],
)
def test_what_was_chosen_last_is_worn_again_and_nothing_else(
    tmp_path: Path, told: str, look: Look, minutes: tuple[int, int]
) -> None:
    (tmp_path / "look.json").write_text(told, encoding="utf-8")
    found = remembered(tmp_path / "look.json")
    assert (found.look, (found.idle, found.hearing_idle)) == (look, minutes)


def test_choices_are_read_as_they_were_kept(tmp_path: Path) -> None:
    chosen = Preferences(tmp_path / "new" / "look.json", Look("high_contrast", "large"), 15, 10)
    chosen.keep()
    assert remembered(chosen.path) == chosen
