"""Nothing holds the screen: the longest stretch of its thread's own work is measured, however large the case."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mediator.casework import hearing, opening, reading
from mediator.casework.desk import Desk
from mediator.core.records import CaseId
from mediator.ui.frame import PAGES
from mediator.ui.page import Page
from mediator.ui.pages.case_page import CasePage
from mediator.ui.pages.hearing import HearingPage
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import PASSWORD, ROOM, a_document, a_hearing, taken_in
from tests.ui.pulse import Pulse
from tests.ui.scenes import a_sitting, desk_of, newest, page_of

# design/ui.md asks for 50 ms; the processor's own time of this thread is counted, so a busy machine is no excuse
LONGEST_S = 0.05
MANY, TRIES = 3000, 3
# Figures of speed belong to the long tier: the first page a process ever draws also loads faces and libraries.
pytestmark = pytest.mark.full


def longest(window: Window, deed: Callable[[], object]) -> float:
    """Seconds the screen was held at most, from the deed to the last answer."""
    pulse = Pulse()
    deed()
    pulse.beat()
    settle(window)
    window.grab()
    settle(window)
    pulse.timer.stop()
    return pulse.longest


def least(window: Window, deed: Callable[[], object]) -> float:
    """The same of a desk that was built anew, the best of some: what others do on the machine is no cost of ours."""
    best = longest(window, deed)
    for _ in range(TRIES - 1):
        if best < LONGEST_S:
            break
        window.sit_down(left(window))
        settle(window)
        best = min(best, longest(window, deed))
    return best


def left(window: Window) -> Desk:
    """The desk was locked, the vault is open again, nobody sits there yet."""
    window.lock(whatever=True)
    settle(window)
    return opening.unlock(window.workshop, window.gate.place, ROOM.login, PASSWORD)


def go(window: Window, name: str, case: str) -> None:
    """Another page."""
    assert window.house is not None
    window.house.go(name, case)


def long_record(window: Window) -> CaseId:
    """A case whose sitting has 3,000 turns and is still open."""
    words = "他说村里的路是老路，走了三十年，现在堵了不让走，车也进不来。"
    turns = [{"speaker": "ab"[number % 2], "text": f"第{number}段。{words}"} for number in range(MANY)]
    return taken_in(desk_of(window), a_document(accepted_on="2026-03-01", hearings=[a_hearing(turns=turns)]))


def test_a_turn_is_added_after_three_thousand_others_without_holding_the_screen(window: Window) -> None:
    case = long_record(window)
    _, _, page = a_sitting(window, case)
    many = reading.reread(desk_of(window), case).case.hearings[0].turns
    page.record.turns.show_all(many)
    settle(window)

    def add() -> None:
        page.record.input.setPlainText("再说一句。")
        page.record.end_turn()

    assert longest(window, add) < LONGEST_S


def test_a_record_of_three_thousand_turns_is_shown_bit_by_bit(window: Window) -> None:
    case = long_record(window)
    _, _, page = a_sitting(window, case)
    many = reading.reread(desk_of(window), case).case.hearings[0].turns
    assert longest(window, lambda: page.record.turns.show_all(many)) < LONGEST_S
    bar = page.record.list.verticalScrollBar()
    settle(window)
    assert bar.value() == bar.maximum() > 0, "the newest turn is not in view"


@pytest.mark.parametrize("sheet", ["read", "sign"])
def test_three_thousand_turns_are_laid_before_people_without_holding_the_screen(window: Window, sheet: str) -> None:
    case = long_record(window)
    _, _, page = a_sitting(window, case)
    page.record.sitting = reading.reread(desk_of(window), case).case.hearings[0].id
    show = page.read_out if sheet == "read" else page.sign
    assert longest(window, show) < LONGEST_S
    if sheet == "read":
        assert sum(map(len, page.reading.pages)) == MANY


def test_a_case_of_three_thousand_turns_opens_without_holding_the_screen(window: Window) -> None:
    case = long_record(window)
    page_of(window, CasePage)
    assert least(window, lambda: go(window, "case_page", case)) < LONGEST_S


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.name)
def test_a_page_is_built_and_entered_without_holding_the_screen(window: Window, kind: type[Page]) -> None:
    case = "" if kind.name in {"keys", "found", "intake"} else newest(window)
    assert least(window, lambda: go(window, kind.name, case)) < LONGEST_S


def test_a_registered_case_comes_back_into_the_form_without_holding_the_screen(window: Window) -> None:
    case = newest(window)
    assert least(window, lambda: go(window, "intake", case)) < LONGEST_S


def test_the_desk_is_built_without_holding_the_screen(window: Window) -> None:
    assert min(longest(window, lambda: window.sit_down(left(window))) for _ in range(TRIES)) < LONGEST_S


def test_typing_costs_the_same_in_the_first_and_the_last_minute(window: Window) -> None:
    case = long_record(window)
    _, _, page = a_sitting(window, case)
    assert isinstance(page, HearingPage)
    page.record.turns.show_all(reading.reread(desk_of(window), case).case.hearings[0].turns)
    settle(window)
    assert longest(window, lambda: page.record.input.insertPlainText("路")) < LONGEST_S / 2
    assert hearing.SCRIPT
