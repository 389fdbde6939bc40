"""A vault comes into being whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediator.casework import opening
from mediator.casework.desk import Desk
from mediator.errors import NoAccess
from mediator.store import backups, founding
from mediator.store.beginning import MARK, beginning, exists
from mediator.store.founding import NewVault
from tests.casework.desks import PASSWORD, ROOM, StillClock, a_desk, a_workshop, light_ground

NEW = NewVault("某镇调委会", "331122101", "li", "李调解")
GROUND = light_ground(StillClock())


def pulled(_: object) -> None:
    """The plug, at the last moment before there is a vault."""
    raise KeyboardInterrupt


def opens_anew(folder: Path) -> None:
    """The folder counts as empty, and a first run succeeds in it."""
    assert not exists(folder)
    with pytest.raises(NoAccess, match=r"vault\.none"):
        opening.unlock(a_workshop(), folder, None, PASSWORD)
    made = opening.create(a_workshop(), folder, ROOM, PASSWORD)
    assert opening.check(made.desk, full=True).ok
    opening.lock(made.desk)
    assert exists(folder)
    assert not list(folder.glob(f"{MARK}*"))


@pytest.mark.threat("T24")
def test_a_first_run_that_was_interrupted_begins_anew(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        founding.create(tmp_path, NEW, password=PASSWORD, ground=GROUND, first=pulled)
    opens_anew(tmp_path)


@pytest.mark.threat("T24")
def test_an_interrupted_restore_never_leaves_a_vault_with_the_old_desk(desk: Desk, tmp_path: Path) -> None:
    source, place = opening.backup(desk, tmp_path / "out").folder, tmp_path / "new"
    with pytest.raises(KeyboardInterrupt):
        backups.restore(source, place, login=None, password=PASSWORD, ground=GROUND, first=pulled)
    opens_anew(place)


def test_two_first_runs_at_once_make_one_vault(tmp_path: Path) -> None:
    with beginning(tmp_path) as lock, pytest.raises(NoAccess, match=r"vault\.locked_by_other"):
        a_desk(tmp_path)
    lock.release()
