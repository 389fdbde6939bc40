"""The road that is tried by itself: what is typed stays, the focus stays, and a failed try says when the next comes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from mediator.casework import intake, opening, reading, retrying
from mediator.store.vault import Vault
from mediator.ui.pages.intake import IntakePage
from mediator.ui.pages.settings import SettingsPage
from mediator.ui.pages.sync import SyncPage
from mediator.ui.roadwatch import RoadWatch
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import a_desk, a_document, a_workshop, case_of, taken_in
from tests.ui.counties import PaperCounty
from tests.ui.keyboard import Keyboard
from tests.ui.pulse import Pulse
from tests.ui.scenes import desk_of, page_of


def watch_of(window: Window) -> RoadWatch:
    """The one that runs at this desk."""
    assert window.road is not None
    return window.road


def look(window: Window) -> None:
    """A minute went by."""
    watch_of(window).look()
    settle(window)


def test_a_minute_with_a_road_exchanges_and_is_told_below(empty: Window, county: PaperCounty) -> None:
    assert watch_of(empty).timer.isActive()
    assert watch_of(empty).timer.interval() == 60_000
    look(empty)
    assert county.asked == ["reachable", "network"]
    assert empty.house is not None
    assert "上次同步：" in empty.house.parts["exchanged"].text()


def test_a_failed_try_shows_when_the_next_comes(empty: Window, county: PaperCounty) -> None:
    county.away = True
    look(empty)
    page = page_of(empty, SyncPage)
    retry = retrying.shown(desk_of(empty).vault, member=True)
    assert retry.again is not None
    assert f"{retry.again:%H:%M} 自动再试" in page.retry.text()
    assert "连不上县中心。数据没有丢失。" in page.retry.text()
    assert empty.house is not None
    assert empty.house.parts["exchanged"].text() == f"没有连上县中心，{retry.again:%H:%M} 再试"
    assert not page.told.isVisible(), "nobody pressed, so nothing is said in the middle"
    county.away = False
    page.by_network()
    settle(empty)
    assert "一切正常" in page.retry.text()


def test_what_only_a_person_can_mend_promises_no_try(empty: Window, county: PaperCounty) -> None:
    county.fails = "desk.revoked"
    look(empty)
    page = page_of(empty, SyncPage)
    assert "不再自动试" in page.retry.text()


def test_a_desk_that_is_left_asks_no_more(empty: Window, county: PaperCounty) -> None:
    watch = watch_of(empty)
    empty.lock(whatever=True)
    settle(empty)
    watch.look()
    settle(empty)
    assert county.asked == []
    assert not watch.timer.isActive()
    assert empty.road is None


def test_settings_keep_the_switch_and_the_proxy(empty: Window, county: PaperCounty) -> None:
    page = page_of(empty, SettingsPage)
    settle(empty)
    vault = desk_of(empty).vault
    assert page.road.by_itself.isChecked()
    page.road.by_itself.click()
    page.road.proxy.setFocus()
    page.road.proxy.insert("nonsense")
    page.road.keep()
    settle(empty)
    assert "只写主机和端口" in page.road.told.words.text()
    assert page.road.proxy.text() == "nonsense", "what was typed stays"
    page.road.proxy.clear()
    page.road.proxy.insert("li:geheim@10.1.2.3:8080")
    page.road.keep()
    settle(empty)
    assert (vault.setting("proxy"), page.road.proxy.text()) == ("http://li:geheim@10.1.2.3:8080", "10.1.2.3:8080")
    look(empty)
    assert county.asked == [], "switched off"


def test_what_comes_while_a_form_is_open_is_shown_and_takes_neither_words_nor_focus(
    empty: Window, county: PaperCounty, tmp_path: Path
) -> None:
    case = taken_in(desk_of(empty), a_document())
    page = page_of(empty, IntakePage, case)

    def neighbour(vault: Vault) -> None:
        """Another desk's words on the same case, of the same field and of another."""
        other = a_desk(tmp_path / "other", workshop=a_workshop(seed=8))
        stream = vault.case(case).entries[0].stream
        other.vault.absorb(vault.stream(stream))
        intake.save_case(other, case, reading.reread(other, case).seen, {"title": "借款乙", "origin": "来访"})
        vault.absorb(other.vault.stream(stream))
        opening.lock(other)

    county.brings = neighbour
    page.fields["title"]._pause.setInterval(3_600_000)  # whoever types on makes no pause, however slow the machine
    page.fields["title"].setFocus()
    Keyboard(empty).type("甲")
    held, typed = QApplication.focusWidget(), page.fields["title"].text
    look(empty)
    assert county.asked == ["reachable", "network"]
    assert empty.house is not None
    assert "另一台电脑刚送来了这个案件的改动" in empty.house.trouble.words.text()
    assert QApplication.focusWidget() is held
    assert page.fields["title"].text == typed
    page.fields["title"].flush()
    settle(empty)
    assert page.fields["origin"].text == "来访"
    (conflict,) = case_of(desk_of(empty), case).conflicts
    assert (conflict.field, "借款乙" in conflict.values) == ("title", True)


@pytest.mark.full
def test_a_minute_holds_the_screen_for_less_than_it_can_be_felt(empty: Window, county: PaperCounty) -> None:
    for number in range(50):
        taken_in(desk_of(empty), a_document(title=f"第{number}件"))
    page_of(empty, SyncPage)
    look(empty)
    pulse = Pulse()
    for _ in range(5):
        retrying.keep_pace(desk_of(empty).vault, retrying.Pace())
        watch_of(empty).look()
        pulse.beat()
        settle(empty)
    pulse.timer.stop()
    assert county.asked.count("network") == 6
    assert pulse.longest < 0.05
