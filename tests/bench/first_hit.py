"""From the first letter to the first hit on the screen, and the longest hold: python -m tests.bench.first_hit.

A real window on the offscreen platform before a vault of made-up cases (5,000 unless a number is given). The clock on
the wall runs from the key to the moment at which the list of hits is painted, the pause after typing included.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from mediator.ui.screenshots import settle
from mediator.ui.window import Window
from tests.bench.growth import filled
from tests.casework.desks import a_desk, a_workshop
from tests.ui.keyboard import a_window, sit_down
from tests.ui.pulse import Pulse

CASES: Final = 5000
LETTERS: Final = "李路款树房村东王借水"
ALLOWED_S: Final = 0.15


def first_hit(window: Window, letter: str) -> tuple[float, float]:
    """Seconds to the painted list, and the longest hold of the screen's thread."""
    assert window.house is not None
    box = window.house.search
    box.take_focus()
    box.clear()
    settle(window)
    event, pulse = QInputMethodEvent(), Pulse()
    event.setCommitString(letter)
    begun = perf_counter()
    QApplication.sendEvent(box, event)
    while not box.hits.isVisible():
        QApplication.processEvents()
    box.hits.repaint()
    took = perf_counter() - begun
    pulse.rest()
    box.hits.hide()
    return took, pulse.longest


def measured(folder: Path, cases: int) -> list[tuple[str, float, float]]:
    """Each letter with its two figures; the first letter is typed once before, for faces and libraries."""
    workshop = a_workshop()
    desk = a_desk(folder / "vault", workshop=workshop)
    filled(desk, cases)
    window = a_window(workshop, folder / "vault", folder)
    sit_down(window, desk)
    first_hit(window, LETTERS[0])
    found = [(letter, *first_hit(window, letter)) for letter in LETTERS]
    window.lock(whatever=True)
    settle(window)
    window.close()
    return found


def main() -> int:
    """Print the figures; 1 when the slowest letter took longer than is allowed."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else CASES
    with tempfile.TemporaryDirectory() as folder:
        rows = measured(Path(folder), cases)
    for letter, took, held in rows:
        sys.stdout.write(f"{letter}\t{took * 1000:.0f} ms\tlongest hold {held * 1000:.0f} ms\n")
    every = [each[1] for each in rows]
    middle, slowest = (1000 * figure(every) for figure in (statistics.median, max))
    sys.stdout.write(f"{cases} cases: median {middle:.0f} ms, slowest {slowest:.0f} ms\n")
    return int(max(every) > ALLOWED_S)


if __name__ == "__main__":
    sys.exit(main())
