"""Starting the desktop."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from mediator.casework.desk import Workshop
from mediator.ui.preferences import Preferences, remembered
from mediator.ui.theme import dress, load_faces
from mediator.ui.window import Window

PREFERENCES = "look.json"


def application(workshop: Workshop, preferences: Preferences) -> QApplication:
    """The one application of this process, dressed."""
    known = QApplication.instance()
    made = known if isinstance(known, QApplication) else QApplication(sys.argv[:1])
    load_faces(workshop.fonts_folder)
    dress(made, preferences.look)
    return made


def run(workshop: Workshop, place: Path) -> int:
    """Show the window for the vault at `place` and return the exit code once it is closed."""
    preferences = remembered(place.parent / PREFERENCES)
    running = application(workshop, preferences)
    window = Window(workshop, place, preferences)
    window.show()
    return running.exec()
