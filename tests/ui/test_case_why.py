"""Another's case is closed until somebody says why, and the reason stands under who looked (T05)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractItemView, QLabel, QPlainTextEdit, QTableView

from mediator.casework import looked, opening, reading
from mediator.casework.intake import CaseForm, open_case
from mediator.casework.reading import RowQuery
from mediator.core.records import CaseId
from mediator.errors import RefusedByRule
from mediator.ui.pages.case_page import CasePage
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import PASSWORD, ROOM, a_desk, a_document, a_hearing, a_workshop, taken_in
from tests.ui.conftest import put_away
from tests.ui.doors import NEW
from tests.ui.keyboard import Keyboard, a_window, sit_down
from tests.ui.scenes import desk_of, go, page_of

WHY = "同一当事人又来申请，要核对上次约定"
SECRET = "王二麻子"


@pytest.fixture
def colleague(tmp_path: Path) -> Iterator[tuple[Window, CaseId]]:
    """王调解 sits at the desk on which 李调解 took a case in; her own case lies beside it."""
    workshop = a_workshop()
    desk = a_desk(tmp_path / "vault", workshop=workshop)
    parties = [{"ref": "a", "side": "applicant", "kind": "person", "name": SECRET}]
    case = taken_in(desk, a_document(title="王家的房子", facts=f"{SECRET}占地。", parties=parties))
    opening.add_user(desk, login="wang", name="王调解", password=NEW, own_password=PASSWORD)
    opening.lock(desk)
    window = a_window(workshop, tmp_path / "vault", tmp_path)
    sit_down(window, opening.unlock(workshop, tmp_path / "vault", "wang", NEW))
    yield window, case
    put_away(window)


def shown_words(window: Window) -> str:
    """Everything the page shows, tables included."""
    assert window.house is not None
    page = window.house.page
    words = [each.text() for each in page.findChildren(QLabel) if each.isVisible()]
    words += [each.toPlainText() for each in page.findChildren(QPlainTextEdit) if each.isVisible()]
    for table in page.findChildren(QTableView):
        words += cells(table) if table.isVisible() else []
    return "".join(words)


def cells(view: QAbstractItemView) -> list[str]:
    """Words of a table's rows."""
    model = view.model()
    places = [(row, column) for row in range(model.rowCount()) for column in range(model.columnCount())]
    return [str(model.index(row, column).data() or "") for row, column in places]


@pytest.mark.threat("T05")
def test_anothers_case_shows_nothing_until_a_reason_stands_there(colleague: tuple[Window, CaseId]) -> None:
    window, case = colleague
    page = page_of(window, CasePage, case)
    assert page.why.isVisible()
    assert not page.tabs.isVisible()
    assert SECRET not in shown_words(window)
    assert "王家" not in shown_words(window)
    assert looked.who_looked(desk_of(window), case) == ()
    keyboard = Keyboard(window)
    keyboard.press("Enter")
    assert not page.tabs.isVisible(), "an empty line opens it"
    keyboard.type(WHY)
    keyboard.press("Enter")
    assert page.tabs.isVisible()
    assert SECRET in shown_words(window)
    assert [(each.user, each.reason) for each in looked.who_looked(desk_of(window), case)] == [("王调解", WHY)]


@pytest.mark.threat("T05")
def test_a_change_from_elsewhere_does_not_open_it(colleague: tuple[Window, CaseId]) -> None:
    window, case = colleague
    page = page_of(window, CasePage, case)
    assert window.seat is not None
    window.seat.changed.emit(frozenset({case}))
    window.house.enter_again()  # type: ignore[union-attr]  # somebody sits there
    settle(window)
    assert not page.tabs.isVisible()
    assert SECRET not in shown_words(window)


def test_ones_own_case_opens_without_a_question_also_right_after_anothers(colleague: tuple[Window, CaseId]) -> None:
    window, case = colleague
    own = open_case(desk_of(window), CaseForm("自己的", ""))
    page = page_of(window, CasePage, case)
    go(window, "case_page", own)
    assert page.tabs.isVisible()
    assert not page.why.isVisible()
    go(window, "case_page", case)
    assert page.why.isVisible(), "the reason for one visit does not count for the next"
    assert not page.why.reason.text()


@pytest.mark.threat("T05")
def test_the_deed_itself_asks_for_a_reason_and_whoever_sat_in_a_hearing_owes_none(tmp_path: Path) -> None:
    workshop = a_workshop()
    desk = a_desk(tmp_path / "vault", workshop=workshop)
    foreign = taken_in(desk, a_document())
    heard = taken_in(desk, a_document(hearings=[a_hearing(mediators=["王调解"])]))
    opening.add_user(desk, login="wang", name="王调解", password=NEW, own_password=PASSWORD)
    assert reading.look_in(desk, foreign).case.id == foreign
    opening.lock(desk)
    other = opening.unlock(workshop, tmp_path / "vault", "wang", NEW)
    before = other.vault.entry_count()
    for reason in ("", "  "):
        with pytest.raises(RefusedByRule, match=r"case\.others"):
            reading.look_in(other, foreign, reason)
    assert other.vault.entry_count() == before
    assert reading.look_in(other, heard).case.id == heard
    assert reading.look_in(other, foreign, WHY).case.id == foreign
    assert len(reading.rows(other, RowQuery())) == 2
    assert other.vault.user.login != ROOM.login
    opening.lock(other)


@pytest.mark.threat("T05")
@pytest.mark.parametrize("name", ["intake", "hearing", "composer", "documents", "performance"])
def test_no_page_works_on_anothers_case_before_the_reason_stands_there(
    colleague: tuple[Window, CaseId], name: str
) -> None:
    window, case = colleague
    go(window, name, case)
    assert window.house is not None
    page = window.house.page
    assert isinstance(page, CasePage)
    assert page.why.isVisible()
    assert SECRET not in shown_words(window)
    go(window, name)
    assert window.house.page.case == "", "the page still holds a case that it may not show"
    go(window, "case_page", case)
    Keyboard(window).type(WHY)
    Keyboard(window).press("Enter")
    go(window, name, case)
    assert window.house.page.name == name
    assert [each.reason for each in looked.who_looked(desk_of(window), case)] == [WHY]
