"""Journeys stay as short as they were, and no step of one holds the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.casework.desks import a_workshop
from tests.journeys import test_first_day
from tests.journeys.counted import LONGEST_S, TALLIES, Counted
from tests.ui.keyboard import a_window


def test_a_step_is_one_thing_to_know_however_many_keys_it_takes(tmp_path: Path) -> None:
    window = a_window(a_workshop(), tmp_path / "vault", tmp_path)
    keyboard = Counted(window, "数一数")
    keyboard.fill("某镇调委会", "331122101")
    keyboard.reach("下一步")
    keyboard.press("Enter")
    assert (keyboard.tally.steps, keyboard.tally.characters) == (4, 14)
    assert keyboard.tally.keys >= 4
    window.close()


@pytest.mark.full
def test_the_newcomers_way_is_no_longer_than_with_word_and_holds_no_key(tmp_path: Path) -> None:
    # the first page that a process ever draws also loads faces and libraries
    test_first_day.the_newcomers_way(tmp_path / "warm")
    test_first_day.the_newcomers_way(tmp_path / "counted")
    tally = TALLIES["新手的第一份协议"]
    assert tally.keys < 400
    assert tally.longest < 2 * LONGEST_S, tally.held
