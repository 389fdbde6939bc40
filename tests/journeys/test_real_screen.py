"""The journeys on a real screen: keys go through an X server, a window manager and, as on most desks, ibus."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.casework.desks import ROOT
from tests.ui.screens import a_screen

LONGEST_S = 900


def walk(*journeys: str, method: bool) -> None:
    """Journeys in a process of their own on a screen of their own; none of them, or one that fails, fails here."""
    command = [sys.executable, "-m", "pytest", "-p", "no:xdist", "-m", "not full", *journeys]
    with a_screen(method=method) as env:
        done = subprocess.run(
            command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=LONGEST_S
        )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_a_conflict_is_solved_and_a_lock_survived_on_a_screen_with_a_window_manager() -> None:
    walk("tests/journeys/test_short_ways.py", method=False)


@pytest.mark.full
@pytest.mark.parametrize("method", [False, True], ids=["plain", "ibus"])
def test_every_journey_is_walked_by_keys_that_a_server_gives(method: bool) -> None:
    walk("tests/journeys", "--deselect=tests/journeys/test_real_screen.py", method=method)
