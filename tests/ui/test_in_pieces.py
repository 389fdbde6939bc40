"""A page of many parts is built in turns: keys come between them, nothing typed early is lost, nothing stays behind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit

from mediator.casework import opening, reading
from mediator.casework.reading import RowQuery
from mediator.ui.frame import PAGES
from mediator.ui.page import Page
from mediator.ui.pages.hearing import HearingPage
from mediator.ui.pages.intake import IntakePage
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import PASSWORD, ROOM, case_of
from tests.ui.keyboard import sit_down
from tests.ui.scenes import desk_of, go, newest


def pieced(window: Window, done: list[str]) -> tuple[Page, list[Callable[[], None]]]:
    """A page and two pieces of it; in each somebody presses a key."""
    assert window.seat is not None
    page = Page(window.seat, "")

    def piece(name: str) -> Callable[[], None]:
        def build() -> None:
            done.append(name)
            QTimer.singleShot(0, page, lambda: done.append("key"))

        return build

    return page, [piece(name) for name in "ac"]


def test_between_two_pieces_a_key_has_its_turn_and_what_waits_for_the_whole_comes_last(window: Window) -> None:
    done: list[str] = []
    page, (first, last) = pieced(window, done)
    page.in_pieces(first, last)
    page.when_whole(lambda: done.append("whole"))
    assert (done, page.whole) == ([], False)
    while not page.at_rest:
        QCoreApplication.processEvents()
    assert done == ["a", "key", "c", "key", "whole"]
    page.when_whole(lambda: done.append("at once"))
    assert done[-1] == "at once"
    page.deleteLater()


def test_a_name_typed_before_the_form_stands_is_kept(window: Window) -> None:
    assert window.house is not None
    before = {row.id for row in reading.rows(desk_of(window), RowQuery())}
    window.house.go("intake")
    page = window.house.page
    assert isinstance(page, IntakePage)
    assert not page.whole
    typing = page.cards[0].fields["name"].input
    assert isinstance(typing, QLineEdit)
    assert QApplication.focusWidget() is typing
    typing.insert("钱多多")
    page.cards[0].fields["name"].flush()
    settle(window)
    assert page.at_rest
    (fresh,) = {row.id for row in reading.rows(desk_of(window), RowQuery())} - before
    assert [party.name for party in case_of(desk_of(window), fresh).parties] == ["钱多多"]
    assert page.cards[0].fields["name"].text == "钱多多"


def test_a_case_that_is_called_before_the_page_stands_is_shown_when_it_does(window: Window) -> None:
    assert window.house is not None
    case = newest(window)
    window.house.go("intake", case)
    settle(window)
    page = window.house.page
    assert isinstance(page, IntakePage)
    names = [party.name for party in case_of(desk_of(window), case).parties]
    assert [card.fields["name"].text for card in page.cards.values()] == names
    window.house.go("hearing", case)
    settle(window)
    hearing = window.house.page
    assert isinstance(hearing, HearingPage)
    assert hearing.shown in {"begin", "record"}


def test_the_case_before_leaves_nothing_on_the_cards_of_the_next(window: Window) -> None:
    go(window, "intake", newest(window))
    assert window.house is not None
    page = window.house.page
    assert isinstance(page, IntakePage)
    page.make_room(page.begin_new)
    settle(window)
    assert [card.side.value for card in page.cards.values()] == ["applicant", "respondent"]
    for card in page.cards.values():
        assert {name: each.text for name, each in card.fields.items() if each.text} == {}
        assert (card.acts_for.count(), card.masked, card.shown) == (1, False, None)
        assert not any(each.input.isReadOnly() for each in card.fields.values())


def strays(window: Window) -> Counter[str]:
    """Widgets that stand in no window that anybody sees."""
    settle(window)
    return Counter(type(each).__name__ for each in QApplication.allWidgets() if each.window() is not window)


def test_no_page_leaves_a_part_behind_when_the_desk_is_locked(window: Window) -> None:
    case = newest(window)

    def round_trip() -> Counter[str]:
        for kind in PAGES:
            go(window, kind.name, "" if kind.name in {"keys", "found"} else case)
        window.lock(whatever=True)
        settle(window)
        desk = opening.unlock(window.workshop, window.gate.place, ROOM.login, PASSWORD)
        sit_down(window, desk)
        return strays(window)

    once = round_trip()
    assert round_trip() - once == Counter()
