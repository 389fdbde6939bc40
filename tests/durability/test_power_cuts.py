"""The power fails at a random moment of a day: whatever somebody was told is there, nothing is damaged or by half.

The day is traced once; the folder is then rebuilt as the disk may give it back after a cut at any step, and opened by
the start-up that everybody uses. `tests/durability/disk.py` is the disk.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from mediator.casework import opening
from tests.casework.desks import PASSWORD, ROOM, a_workshop
from tests.durability.cuts import Traced, losses, trace
from tests.durability.day import PLAN, look, promised
from tests.durability.disk import Synced

USUAL, FULL, PLANTED = 40, 500, 60


def a_day(folder: Path, *faults: str) -> Traced:
    """Trace one, from the first run on."""
    vault = folder / "vault"
    made = trace("tests.durability.day", vault, *faults)
    assert made.said(len(made.steps)) == list(PLAN)
    return made


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Traced:
    return a_day(tmp_path_factory.mktemp("day"))


def holds_what_was_said(said: int, vault: Path) -> None:
    """Everything acknowledged, at most the deed that was running, nothing by half; without a vault one can be made."""
    seen = look(vault)
    assert seen in (promised(said), promised(min(said + 1, len(PLAN))))
    if not seen.vault:
        opening.lock(opening.create(a_workshop(), vault, ROOM, PASSWORD).desk)


lost = partial(losses, judge=holds_what_was_said)


@pytest.mark.threat("T21")
@pytest.mark.threat("T22")
@pytest.mark.threat("T24")
def test_a_power_cut_takes_nothing_that_was_said_to_be_saved(day: Traced, tmp_path: Path) -> None:
    assert lost(day, day.anywhere(USUAL, seed=21), tmp_path / "cut", seed=22) == []


@pytest.mark.full
@pytest.mark.threat("T21")
@pytest.mark.threat("T22")
@pytest.mark.threat("T24")
def test_five_hundred_power_cuts_take_nothing(day: Traced, tmp_path: Path) -> None:
    assert lost(day, day.anywhere(FULL, seed=211), tmp_path / "cut", seed=212) == []


@pytest.mark.threat("T21")
def test_the_replay_sees_a_vault_that_does_not_sync_its_commits(tmp_path: Path) -> None:
    planted = a_day(tmp_path, "NORMAL")
    assert lost(planted, planted.anywhere(PLANTED, seed=3), tmp_path / "cut", seed=4)


@pytest.mark.threat("T21")
def test_the_replay_sees_a_single_sync_that_is_left_out(day: Traced, tmp_path: Path) -> None:
    cut = day.after(PLAN.index("turn") + 3)
    last = max(place for place, step in enumerate(day.steps[:cut]) if isinstance(step, Synced))
    assert lost(day, [cut] * 10, tmp_path / "cut", seed=5) == []
    without = Traced(day.folder, (*day.steps[:last], *day.steps[last + 1 :]))
    assert lost(without, [cut - 1] * 10, tmp_path / "cut", seed=5)
