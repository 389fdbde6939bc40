"""The door of a backup that came back: it tells why it stays shut and opens by a head's reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mediator.casework import opening
from mediator.casework.desk import Workshop
from tests.casework.desks import PASSWORD
from tests.ui.doors import close, unlock_page
from tests.ui.keyboard import Keyboard


@pytest.mark.threat("T68")
def test_a_backup_that_has_not_heard_shows_its_ways_and_opens_by_a_reason(
    locked: opening.Created, workshop: Workshop, at_door: Callable[[], Keyboard]
) -> None:
    place = locked.desk.vault.folder
    desk = opening.unlock(workshop, place, "li", PASSWORD)
    desk.vault.keep_setting(opening.ERASURE_LIST, opening.WANTED)
    opening.lock(desk)
    keyboard = at_door()
    page = unlock_page(keyboard)
    keyboard.type(PASSWORD)
    keyboard.press("Enter")
    assert page.unheard.isVisible()
    assert keyboard.focus is page.unheard.url
    keyboard.reach("不等清单，打开")
    keyboard.press("Space")
    assert page.unheard.isVisible(), "without a reason it stays shut"
    keyboard.reach("县中心不在了的，由负责人写明理由")
    keyboard.type("县中心已停止使用")
    keyboard.reach("不等清单，打开")
    keyboard.press("Space")
    assert keyboard.window.seat is not None
    close(keyboard.window)
