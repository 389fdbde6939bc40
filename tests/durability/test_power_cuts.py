"""The power fails at a random moment of a day: whatever somebody was told is there, nothing is damaged or by half.

The day is traced once; the folder is then rebuilt as the disk may give it back after a cut at any step, and opened by
the start-up that everybody uses. `tests/durability/disk.py` is the disk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from shutil import rmtree

import pytest

from mediator.casework import opening
from mediator.errors import MediatorError
from tests.casework.desks import PASSWORD, ROOM, a_workshop
from tests.durability.day import PLAN, look, promised
from tests.durability.disk import Disk, Said, Step, Synced
from tests.durability.tracing import Reader, traced

USUAL, FULL, PLANTED = 40, 500, 60


@dataclass(frozen=True)
class Traced:
    """The steps of a day in one folder."""

    folder: Path
    steps: tuple[Step, ...]

    def said(self, upto: int) -> int:
        """How many deeds were acknowledged by a step."""
        return sum(isinstance(step, Said) for step in self.steps[:upto])

    def after(self, deeds: int) -> int:
        """The step that follows an acknowledgement."""
        return [place for place, step in enumerate(self.steps, 1) if isinstance(step, Said)][deeds - 1]


def a_day(folder: Path, *faults: str) -> Traced:
    """Trace one."""
    vault = folder / "vault"
    steps = tuple(Reader(vault).steps(traced("tests.durability.day", str(vault), *faults)))
    assert [step.words for step in steps if isinstance(step, Said)] == list(PLAN)
    return Traced(vault, steps)


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Traced:
    return a_day(tmp_path_factory.mktemp("day"))


def worlds(day: Traced, cuts: list[int], random: Random) -> Iterator[tuple[int, dict[str, bytes]]]:
    """Cuts in order, and what each leaves on the disk."""
    disk, done = Disk(), 0
    for cut in sorted(cuts):
        for step in day.steps[done:cut]:
            disk.take(step)
        done = cut
        yield cut, disk.after_cut(random)


def rebuild(day: Traced, world: dict[str, bytes], place: Path) -> Path:
    """The folder as the disk gives it back."""
    rmtree(place, ignore_errors=True)
    vault = place / "vault"
    vault.mkdir(parents=True)
    for path, data in world.items():
        (vault / Path(path).relative_to(day.folder)).write_bytes(data)
    return vault


def loss(day: Traced, cut: int, vault: Path) -> str:
    """What is wrong with a folder after a cut; empty when everything acknowledged is there and nothing by half."""
    said = day.said(cut)
    try:
        seen = look(vault)
        if not seen.vault:
            opening.lock(opening.create(a_workshop(), vault, ROOM, PASSWORD).desk)
    except (MediatorError, AssertionError) as error:
        return f"cut {cut} after {said} deeds: {error!r}"
    fine = seen in (promised(said), promised(min(said + 1, len(PLAN))))
    return "" if fine else f"cut {cut} after {said} deeds: {seen}"


def losses(day: Traced, cuts: list[int], place: Path, *, seed: int) -> list[str]:
    """Everything that goes wrong in so many worlds."""
    found = (loss(day, cut, rebuild(day, world, place)) for cut, world in worlds(day, cuts, Random(seed)))
    return [each for each in found if each]


def anywhere(day: Traced, count: int, *, seed: int) -> list[int]:
    """Moments of a day, any with the same chance."""
    return Random(seed).choices(range(len(day.steps) + 1), k=count)


@pytest.mark.threat("T21")
@pytest.mark.threat("T22")
@pytest.mark.threat("T24")
def test_a_power_cut_takes_nothing_that_was_said_to_be_saved(day: Traced, tmp_path: Path) -> None:
    assert losses(day, anywhere(day, USUAL, seed=21), tmp_path / "cut", seed=22) == []


@pytest.mark.full
@pytest.mark.threat("T21")
@pytest.mark.threat("T22")
@pytest.mark.threat("T24")
def test_five_hundred_power_cuts_take_nothing(day: Traced, tmp_path: Path) -> None:
    assert losses(day, anywhere(day, FULL, seed=211), tmp_path / "cut", seed=212) == []


@pytest.mark.threat("T21")
def test_the_replay_sees_a_vault_that_does_not_sync_its_commits(tmp_path: Path) -> None:
    planted = a_day(tmp_path, "NORMAL")
    assert losses(planted, anywhere(planted, PLANTED, seed=3), tmp_path / "cut", seed=4)


@pytest.mark.threat("T21")
def test_the_replay_sees_a_single_sync_that_is_left_out(day: Traced, tmp_path: Path) -> None:
    cut = day.after(PLAN.index("turn") + 3)
    last = max(place for place, step in enumerate(day.steps[:cut]) if isinstance(step, Synced))
    assert losses(day, [cut] * 10, tmp_path / "cut", seed=5) == []
    without = Traced(day.folder, (*day.steps[:last], *day.steps[last + 1 :]))
    assert losses(without, [cut - 1] * 10, tmp_path / "cut", seed=5)
