"""What must hold between a desk and its county after anything broke off: one more exchange makes them equal."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from mediator.casework import opening, reading
from mediator.casework.desk import Desk
from mediator.core.records import Case
from mediator.store.vault import Opened
from mediator.wiring.standing import membership_of, receipted
from tests.durability.children import Place, meet, sit_down, words_of
from tests.sync.center.program import County

START = 5.0


@contextmanager
def at_desk(place: Place) -> Iterator[Desk]:
    """The next start, at once, of a whole vault."""
    began = time.monotonic()
    desk = sit_down(replace(place, round=place.round + 500_000))
    try:
        assert time.monotonic() - began < START
        assert opening.check(desk, full=False).ok
        yield desk
    finally:
        opening.lock(desk)


def spoken(case: Case, place: Place) -> list[str]:
    """The turns of one round's sitting, if it was opened."""
    found = [turn.text for sitting in case.hearings for turn in sitting.turns]
    return [text for text in found if text.startswith(f"第{place.round}场")]


def stand_there(case: Case, place: Place, told: int) -> list[str]:
    """Every turn that was told, in order, and at most the one that was being written."""
    turns = spoken(case, place)
    assert turns == [words_of(place, number) for number in range(len(turns))]
    assert told <= len(turns) <= told + 1
    return turns


def equal_again(county: County, place: Place, told: int) -> list[str]:
    """One more exchange: nothing that was told is lost, nothing is doubled, both sides hold the same."""
    with at_desk(place) as desk:
        turns = stand_there(reading.reread(desk, place.case).case, place, told)
        top = desk.vault.top(desk.vault.desk)[0]
        meet(desk, place.to)
        if not place.to.startswith("http"):
            assert county("usb", place.to).code == 0
            meet(desk, place.to)
        membership = membership_of(desk.vault)
        assert membership
        assert receipted(desk.vault, membership) >= top
        the_same(desk.vault.case(place.case), county("case", "show", place.case).document["cases"][0], top)
    assert county("check").document["ok"]
    return turns


def the_same(here: Opened, there: dict[str, Any], top: int) -> None:
    """The county shows the turns the desk shows, and every entry up to `top`, once, with a sound signature.

    An exchange ends with entries that leave in the next one.
    """
    assert [[turn["text"] for turn in each] for each in there["hearings"]] == [
        [turn.text for turn in each.turns] for each in here.case.hearings
    ]
    kinds = [entry.kind for entry in here.entries if entry.n <= top]
    assert [each["kind"] for each in there["history"]][: len(kinds)] == kinds
    assert len(there["history"]) <= len(here.entries)
    assert all(each["signature"] for each in there["history"])
