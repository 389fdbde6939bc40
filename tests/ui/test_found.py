"""The page of hits: every place by groups, narrowed by conditions, each opening its case at the very words."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediator.core.records import CaseId
from mediator.ui.pages.case_page import CasePage
from mediator.ui.pages.search import HIT, SearchPage
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import a_document, a_hearing, an_agreement, taken_in
from tests.ui.issuing import AGREEMENT, issue, papers
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import desk_of, go, page_of

RARE = "\U00020023"


def a_case(window: Window) -> CaseId:
    """Two sittings, an agreement: the word 石榴 stands in each, after a character that counts twice on the screen."""
    first = a_hearing(turns=[{"speaker": "a", "text": "先说别的。"}])
    turns = [{"speaker": "a", "text": f"{RARE}说，门口那棵石榴树不能挖。"}, {"speaker": "b", "text": "同意。"}]
    second = a_hearing(held_at="2026-03-06T09:30:00+08:00", turns=turns)
    clauses = [{"text": "石榴树归李四。"}, {"text": "双方再无争议。"}]
    document = a_document(
        title="石榴树", accepted_on="2026-03-01", hearings=[first, second], agreement=an_agreement(clauses=clauses)
    )  # fmt: skip
    return taken_in(desk_of(window), document)


def asked(window: Window, words: str) -> SearchPage:
    """Ctrl+K, the words, Ctrl+Enter."""
    keyboard = Keyboard(window)
    keyboard.press("Ctrl+K")
    keyboard.type(words)
    keyboard.press("Ctrl+Return")
    assert window.house is not None
    page = window.house.page
    assert isinstance(page, SearchPage)
    return page


def lines(page: SearchPage) -> list[str]:
    """Headings without their count, and the fields of the hits below them."""
    items = [page.list.item(row) for row in range(page.list.count())]
    return [each.data(HIT).field if each.data(HIT) else each.text().partition("（")[0] for each in items]


def open_at(window: Window, page: SearchPage, field: str) -> CasePage:
    """Enter on the first hit of a field."""
    page.list.setCurrentRow(lines(page).index(field))
    page.list.setFocus()
    Keyboard(window).press("Enter")
    assert window.house is not None
    shown = window.house.page
    assert isinstance(shown, CasePage)
    return shown


def test_hits_stand_in_groups_and_the_words_stay_to_be_changed(window: Window) -> None:
    a_case(window)
    page = asked(window, "石榴")
    assert lines(page) == [
        "登记的内容", "case.title", "调解笔录", "sentence.text", "协议与履行", "clause.text",
    ]  # fmt: skip
    assert page.typed.text() == "石榴"
    assert page.count.text().startswith("共 3 处")
    assert Keyboard(window).focus is page.list


def test_a_turn_a_clause_and_a_name_open_at_their_place(window: Window) -> None:
    case = a_case(window)
    shown = open_at(window, asked(window, "石榴"), "sentence.text")
    assert (shown.case, shown.tabs.currentIndex()) == (case, 2)
    assert shown.records.table.currentIndex().row() == 1
    assert shown.records.record.textCursor().selectedText() == "石榴"
    shown = open_at(window, asked(window, "石榴"), "clause.text")
    assert shown.tabs.currentIndex() == 3
    assert shown.agreement.words.textCursor().selectedText() == "石榴"
    shown = open_at(window, asked(window, "李四"), "party.name")
    assert shown.tabs.currentIndex() == 1


def test_a_paper_opens_at_its_row(window: Window, tmp_path: Path) -> None:
    _, page = papers(window, tmp_path)
    issue(window, page, "rights_notice")
    issue(window, page, AGREEMENT)
    shown = open_at(window, asked(window, "人民调解协议书"), "paper.title")
    place = shown.overview.paper_table.currentIndex().row()
    assert shown.overview.papers.rows[place].kind == AGREEMENT


def test_a_case_opened_otherwise_opens_at_its_beginning(window: Window) -> None:
    case = a_case(window)
    open_at(window, asked(window, "石榴"), "sentence.text")
    go(window, "workbench")
    other = taken_in(desk_of(window), a_document())
    assert page_of(window, CasePage, other).tabs.currentIndex() == 0
    assert page_of(window, CasePage, case).tabs.currentIndex() == 0


@pytest.mark.parametrize(("name", "value", "left"), [("since", "2026-2-1", 3), ("until", "2026-2-1", 0)])
def test_conditions_narrow_the_hits(window: Window, name: str, value: str, left: int) -> None:
    a_case(window)
    page = asked(window, "石榴")
    page.filters.lines[name].setText(value)
    page.ask()
    settle(window)
    assert sum(field.count(".") for field in lines(page)) == left
    if not left:
        assert lines(page) == ["没有查到。请少写几个字，或者放宽上面的条件。"]


def test_the_last_line_below_the_box_leads_to_the_page(window: Window) -> None:
    a_case(window)
    keyboard = Keyboard(window)
    keyboard.press("Ctrl+K")
    keyboard.type("石榴")
    assert window.house is not None
    window.house.search.ask()
    settle(window)
    keyboard.press("Down", "Down", "Down", "Down", "Enter")
    assert window.house.page.name == "found"
