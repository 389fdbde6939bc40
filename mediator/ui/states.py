"""Pictures of states: an empty vault page by page, practice room, help, a wrong password, cover, warning."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from mediator.casework import opening
from mediator.casework.desk import Desk, Workshop
from mediator.errors import NoAccess, WorldFailed
from mediator.ui.pages.door import DoorPage
from mediator.ui.pages.unlock import UnlockPage
from mediator.ui.preferences import Preferences
from mediator.ui.window import Window

ROOM: Final = opening.RoomForm("缙云县壶镇镇人民调解委员会", "331122101", "chen", "陈建国")
PASSWORD: Final = "湖川村口三棵树-2026"  # noqa: S105 — opens a throw-away vault of sample cases
Picture = Callable[[Window, str], None]
EMPTY: Final = (
    "workbench", "intake", "case_list", "hearing", "documents", "performance", "statistics", "sync", "imports",
)  # fmt: skip


def door_states(window: Window, picture: Picture) -> None:
    """A wrong password beside the field, then the way in by the recovery code."""
    door = window.gate.currentWidget()
    assert isinstance(door, UnlockPage)
    door.failed(NoAccess("vault.wrong_password"))
    picture(window, "unlock_wrong")
    door.show_recovery()
    picture(window, "unlock_recovery")


def house_states(window: Window, picture: Picture) -> None:
    """What may stand above any page, and what covers all of them."""
    house = window.house
    assert house is not None
    house.go("case_list")
    window.warn_idle()
    picture(window, "idle_warning")
    house.show_trouble(WorldFailed("vault.disk_full"))
    picture(window, "disk_full")
    house.go("hearing")
    house.show_keys()
    picture(window, "help_hearing")
    window.blank()
    picture(window, "blanked")
    window.uncover()


def practice_pictures(window: Window, picture: Picture) -> None:
    """From the door into the practice room: its first page, a case, and the second thought about beginning again."""
    door = window.gate.currentWidget()
    assert isinstance(door, DoorPage)
    door.practise()
    picture(window, "practice")
    assert window.house is not None
    window.house.go("case_list")
    picture(window, "practice_cases")
    window.lock(whatever=True)
    picture(window, "first_run_again")
    window.close()


def empty_pictures(workshop: Workshop, place: Path, preferences: Preferences, picture: Picture) -> None:
    """Every page of a vault in which nothing has happened yet; made at `place` on the first call."""
    desk = empty_desk(workshop, place)
    window = Window(workshop, place, preferences)
    window.show()
    window.sit_down(desk)
    assert window.house is not None
    for page in EMPTY:
        window.house.go(page)
        picture(window, f"empty_{page}")
    window.lock(whatever=True)
    picture(window, "unlock_empty")
    window.close()


def empty_desk(workshop: Workshop, place: Path) -> Desk:
    """A desk at a vault without any case."""
    if opening.vault_exists(place):
        return opening.unlock(workshop, place, ROOM.login, PASSWORD)
    return opening.create(workshop, place, ROOM, PASSWORD).desk
