"""The life that a restored county begins is one that no laptop has heard of, whatever the clock says."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.center.lives import NAME, SINCE, STEP, claim_epoch
from sync.wire.limits import MAX_EPOCH

NOW = 1_772_700_000_000


def test_two_folders_that_know_nothing_of_each_other_begin_different_lives_ten_minutes_apart(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for each in (first, second):
        each.mkdir()
    assert claim_epoch(first, above=1, now=NOW) + 1 == claim_epoch(second, above=1, now=NOW + STEP)


def test_one_folder_never_gives_the_same_life_twice_though_the_clock_goes_back(tmp_path: Path) -> None:
    given = [claim_epoch(tmp_path, above=1, now=now) for now in (NOW, NOW, NOW - 10 * STEP, SINCE, 0)]
    assert given == list(range(given[0], given[0] + 5))


@pytest.mark.parametrize(("above", "now"), [(7, 0), (MAX_EPOCH - 1, NOW), (7, SINCE + (MAX_EPOCH + 1) * STEP)])
def test_it_is_above_the_one_before_and_a_clock_far_ahead_does_not_use_lives_up(
    tmp_path: Path, above: int, now: int
) -> None:
    assert claim_epoch(tmp_path, above=above, now=now) == above + 1


def test_a_note_that_says_nothing_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / NAME).write_text("?")
    assert claim_epoch(tmp_path, above=41, now=0) == 42
