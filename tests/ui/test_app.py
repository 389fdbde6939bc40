"""Starting the desktop: the program outlives any number of signals and of painted lines."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

EMITS = """
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QImage, QPainter
from mediator.ui.app import hold_constants

class Bell(QObject):
    rung = Signal(int)

{guard}
bell = Bell()
for number in range(60_000):
    bell.rung.emit(number)
sheet = QImage(9, 9, QImage.Format.Format_RGB32)
painter, colour = QPainter(sheet), QColor("#123456")
for number in range(60_000):
    painter.setPen(colour)
painter.end()
print("alive")
"""


def run(guard: str) -> subprocess.CompletedProcess[str]:
    """A process of its own that rings a bell and takes up a pen more often than `True` and `None` have references."""
    text = EMITS.format(guard=guard)
    return subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, check=False, timeout=60)


def test_a_day_of_signals_and_of_painting_does_not_end_the_program() -> None:
    rung = run("hold_constants()")
    assert (rung.returncode, rung.stdout.strip(), rung.stderr) == (0, "alive", "")


DOOR = """
import sys
from pathlib import Path
from pathlib import Path
from mediator.ui.app import HOUSE, application
from mediator.ui.preferences import Preferences
from mediator.ui.tokens import Look
from mediator.ui.window import Window
from mediator.wiring import build_workshop
look, shop = Preferences(Path(sys.argv[1]) / "look.json", Look()), build_workshop()
running = application(shop, look)
window = Window(shop, Path(sys.argv[1]) / "vault", look)
window.show()
running.processEvents()
print(HOUSE in sys.modules, "openpyxl" in sys.modules)
"""


def test_the_door_opens_before_any_page_behind_it_is_read(tmp_path: Path) -> None:
    command = [sys.executable, "-c", DOOR, str(tmp_path)]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    shown = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, env=env)
    assert shown.stdout.split() == ["False", "False"]
