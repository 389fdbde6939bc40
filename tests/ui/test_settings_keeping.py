"""Recordings whose keeping is over: listed, destroyed by two persons, said to be gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediator.casework import listening, opening
from mediator.core.codes import CaseStatus
from mediator.ui.pages.case_recordings import state_of
from mediator.ui.pages.settings import SettingsPage
from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.casework.desks import PASSWORD, StillClock, led_to
from tests.casework.tapes import recorded
from tests.ui.scenes import desk_of, go, page_of

NEW = "石桥下的流水 77 声"


@pytest.mark.threat("T68")
def test_recordings_whose_keeping_is_over_go_by_two_persons_and_are_then_said_to_be_destroyed(
    empty: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    desk = desk_of(empty)
    opening.add_user(desk, login="wang", name="王调解", password=NEW, own_password=PASSWORD)
    case, _, recording = recorded(desk, 2)
    led_to(desk, case, CaseStatus.WITHDRAWN, CaseStatus.CLOSED)
    card = page_of(empty, SettingsPage).keeping
    assert (card.table.isVisible(), card.press.isVisible()) == (False, False)
    clock = desk.workshop.clock
    assert isinstance(clock, StillClock)
    clock.move(days=3 * 366)
    go(empty, "workbench")
    card = page_of(empty, SettingsPage).keeping
    assert [each.recording.id for each in card.rows.rows] == [recording]
    for login, password in (("li", PASSWORD), ("wang", "错的")):
        card.second.setText(login)
        card.password.setText(password)
        card.destroy_due()
        settle(empty)
        assert card.told.property("tone") == "late"
        assert listening.recordings(desk, case)[0].here
    clock.move(minutes=5)
    card.password.setText(NEW)
    card.destroy_due()
    settle(empty)
    assert listening.recordings(desk, case)[0].destroyed
    assert len(list((tmp_path / "调解文书").glob("录音销毁清单*.xlsx"))) == 1
    assert not card.table.isVisible()
    assert state_of(listening.recordings(desk, case)[0]) == "已依法销毁"
