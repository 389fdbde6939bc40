"""Starting the desktop: the program outlives any number of signals."""

from __future__ import annotations

import subprocess
import sys

EMITS = """
from PySide6.QtCore import QObject, Signal
from mediator.ui.app import hold_true

class Bell(QObject):
    rung = Signal(int)

{guard}
bell = Bell()
for number in range(60_000):
    bell.rung.emit(number)
print("alive")
"""


def run(guard: str) -> subprocess.CompletedProcess[str]:
    """A process of its own that rings a bell sixty thousand times: more than `True` has references at the start."""
    text = EMITS.format(guard=guard)
    return subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=False, timeout=60)


def test_a_day_of_signals_does_not_end_the_program() -> None:
    rung = run("hold_true()")
    assert (rung.returncode, rung.stdout.strip(), rung.stderr) == (0, "alive", "")
