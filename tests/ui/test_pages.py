"""Single pages: what is said to be saved is saved, what fails is not lost, long lists ask for little."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mediator.casework import hearing, reading
from mediator.casework.reading import CaseRow, RowQuery
from mediator.core.codes import CaseStatus
from mediator.errors import WorldFailed
from mediator.ui.pages.case_list import KEPT, WINDOW, CaseListPage
from mediator.ui.pages.intake import IntakePage
from mediator.ui.pages.sync import SyncPage
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.ui.keyboard import Keyboard
from tests.ui.scenes import a_sitting, say, turns


def test_saved_is_said_after_the_commit_and_not_before(window: Window) -> None:
    case, _, page = a_sitting(window)
    page.saved.hide()
    page.record.input.setPlainText("我来平整。")
    page.record.end_turn()
    assert page.record.turns.lines[-1].time == ""
    assert not page.saved.isVisible()
    settle(window)
    assert turns(window, case)[-1] == "我来平整。"
    assert page.record.turns.lines[-1].time
    assert page.saved.isVisible()


def test_words_that_could_not_be_saved_stand_in_the_field_again(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _, page = a_sitting(window)
    before = turns(window, case)

    def full(*_: object, **__: object) -> None:
        raise WorldFailed("vault.full")

    monkeypatch.setattr(hearing, "record_turn", full)
    say(window, page, "这句话不能丢。")
    assert page.record.input.words == "这句话不能丢。"
    assert [line.text for line in page.record.turns.lines] == before
    assert window.house is not None
    assert window.house.trouble.isVisible()


def test_an_input_method_may_use_enter_for_itself(window: Window) -> None:
    case, _, page = a_sitting(window)
    page.record.input.setPlainText("还在选字")
    page.record.input.composed_now = "wu"
    Keyboard(window).press("Enter")
    assert "还在选字" not in turns(window, case)


def test_leaving_the_page_keeps_what_stands_in_the_field(window: Window) -> None:
    case, _, page = a_sitting(window)
    page.record.input.setPlainText("说到一半")
    assert window.house is not None
    window.house.go("workbench")
    settle(window)
    assert turns(window, case)[-1] == "说到一半"


def test_a_correction_keeps_the_old_words(window: Window) -> None:
    case, _, page = a_sitting(window)
    say(window, page, "五千五。")
    keyboard = Keyboard(window)
    keyboard.press("Up")
    assert page.record.input.words == "五千五。"
    page.record.input.setPlainText("五千元。")
    keyboard.press("Enter")
    assert window.seat is not None
    turn = reading.reread(window.seat.desk, case).case.hearings[-1].turns[-1]
    assert (turn.text, turn.corrected_from) == ("五千元。", ("五千五。",))


def test_the_first_word_opens_a_case_and_every_further_one_is_kept(window: Window) -> None:
    assert window.house is not None
    assert window.seat is not None
    window.house.go("intake")
    settle(window)
    page = window.house.page
    assert isinstance(page, IntakePage)
    keyboard = Keyboard(window)
    keyboard.type("周某")
    keyboard.press("Tab", "Tab")
    keyboard.type("110101199003074477")
    keyboard.press("Tab")
    case = reading.reread(window.seat.desk, page.registration.case).case
    assert case.status is CaseStatus.REGISTERED
    party = case.parties[0]
    assert (party.name, party.id_number, str(party.birth_date)) == ("周某", "110101199003074477", "1990-03-07")


def test_a_wrong_identity_number_is_told_beside_the_field_and_kept_all_the_same(window: Window) -> None:
    assert window.house is not None
    window.house.go("intake")
    settle(window)
    page = window.house.page
    assert isinstance(page, IntakePage)
    field = page.cards[0].fields["id_number"]
    field.input.setText("110101199003074478")  # type: ignore[union-attr]  # a field of one line
    field.flush()
    settle(window)
    assert field.fault.isVisible()
    assert window.seat is not None
    assert reading.reread(window.seat.desk, page.registration.case).case.parties[0].id_number == "110101199003074478"


def test_a_list_of_100000_cases_asks_only_for_what_is_seen(window: Window) -> None:
    assert window.house is not None
    assert window.seat is not None
    template = reading.rows(window.seat.desk, RowQuery(limit=1))[0]
    window.house.go("case_list")
    settle(window)
    page = window.house.page
    assert isinstance(page, CaseListPage)
    asked: list[int] = []

    def window_of(start: int) -> None:
        asked.append(start)
        page.model.put(start, tuple(numbered(template, start + place) for place in range(WINDOW)))

    page.model.ask = window_of
    page.model.begin(100_000)
    for place in (0, 50_000, 99_999, 12_345):
        page.table.scrollTo(page.model.index(place, 0))
        window.grab()
        settle(window)
    assert len(asked) < 20
    assert len(page.model.windows) <= KEPT
    assert page.model.data(page.model.index(12_345, 0)) == "第12345号"


def numbered(template: CaseRow, number: int) -> CaseRow:
    """A row with its number."""
    return replace(template, number=f"第{number}号")


def test_an_exchange_without_a_county_is_not_offered(window: Window) -> None:
    assert window.house is not None
    window.house.go("sync")
    settle(window)
    page = window.house.page
    assert isinstance(page, SyncPage)
    assert not any(press.isEnabled() for press in page.pressed)
    assert page.joining.isVisible()
