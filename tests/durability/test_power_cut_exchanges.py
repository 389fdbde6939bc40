"""The power fails while desk, stick and county exchange: the next exchange makes both sides equal, nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from mediator.casework import exchange, opening
from tests.casework.desks import a_desk, a_document, taken_in
from tests.durability.cuts import Traced, losses, trace
from tests.durability.disk import Synced
from tests.durability.equality import at_desk, equal_again
from tests.durability.errand import ROUNDS, TURNS, place_of
from tests.sync.center.program import County

USUAL, FULL = 8, 200


@dataclass(frozen=True)
class Errand:
    """A traced errand about one case."""

    traced: Traced
    case: str
    lies: bool = False

    def judge(self, said: int, folder: Path) -> None:
        """Every turn told is at the desk, and one more exchange brings it to the county.

        What a lying stick damaged is complained of by the first exchange after it and by no other.
        """
        told = self.traced.said(self.traced.after(said) if said else 0).count("turn")
        if self.lies:
            place, county = place_of(folder, self.case), County(folder / "center")
            with at_desk(place) as desk:
                exchange.by_stick(desk, Path(place.to))
                county("usb", place.to)
                exchange.by_stick(desk, Path(place.to))
        equal_again(County(folder / "center"), place_of(folder, self.case), told)

    def losses(self, count: int, place: Path, *, seed: int) -> list[str]:
        """In so many worlds."""
        return losses(self.traced, self.traced.anywhere(count, seed=seed), place, seed=seed, judge=self.judge)

    def with_a_stick_that_lies(self) -> Errand:
        """The same, but the stick says that it has written and has not."""
        stick = str(self.traced.folder / "stick")
        steps = [step for step in self.traced.steps if not (isinstance(step, Synced) and step.path.startswith(stick))]
        assert len(steps) < len(self.traced.steps)
        return Errand(Traced(self.traced.folder, tuple(steps), self.traced.before), self.case, lies=True)


@pytest.fixture(scope="module")
def errand(tmp_path_factory: pytest.TempPathFactory) -> Errand:
    folder = tmp_path_factory.mktemp("errand") / "world"
    (folder / "stick").mkdir(parents=True)
    desk = a_desk(folder / "vault")
    case = taken_in(desk, a_document())
    opening.lock(desk)
    county = County(folder / "center")
    county.init()
    with county.serving() as running, at_desk(place_of(folder, case)) as desk:
        exchange.enroll_network(desk, running.url, county.code())
    made = trace("tests.durability.errand", folder, case)
    assert made.said(len(made.steps)) == [*["turn"] * TURNS, "laptop", "county", "laptop"] * ROUNDS
    return Errand(made, case)


@pytest.mark.threat("T49")
@pytest.mark.threat("T50")
@pytest.mark.parametrize("lies", [False, True], ids=["honest stick", "lying stick"])
def test_a_power_cut_in_an_exchange_is_made_good_by_the_next(errand: Errand, tmp_path: Path, *, lies: bool) -> None:
    told = errand.with_a_stick_that_lies() if lies else errand
    assert told.losses(USUAL, tmp_path / "cut", seed=49) == []


@pytest.mark.full
@pytest.mark.threat("T49")
@pytest.mark.threat("T50")
@pytest.mark.parametrize("lies", [False, True], ids=["honest stick", "lying stick"])
def test_two_hundred_power_cuts_in_exchanges_lose_nothing(errand: Errand, tmp_path: Path, *, lies: bool) -> None:
    told = errand.with_a_stick_that_lies() if lies else errand
    assert told.losses(FULL, tmp_path / "cut", seed=50) == []
