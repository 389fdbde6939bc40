"""Starting the desktop."""

from __future__ import annotations

import ctypes
import os
import sys
from importlib import import_module
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from mediator.casework.desk import Workshop
from mediator.errors import WorldFailed
from mediator.ui.preferences import Preferences, remembered
from mediator.ui.theme import dress, load_faces
from mediator.ui.window import Window

PREFERENCES = "look.json"
ENOUGH = 1 << 40
# every page and what papers are written with: read while somebody types the password
HOUSE = "mediator.ui.frame"


def has_screen() -> bool:
    """Whether there is anything to show a window on; Qt itself would end the process without one."""
    named = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    return named or not sys.platform.startswith("linux")


def hold_constants() -> None:
    """Keep `True` and `None` alive for as long as the program runs.

    PySide6 6.12.0 drops one reference to `True` at every `emit` and one to `None` at every overloaded call that returns
    nothing (each `setPen`, each painted cell), and never takes one. From Python 3.12 on that is harmless; before, some
    ten thousand signals or a few hundred painted tables end the program in the middle of a hearing.
    """
    if sys.version_info < (3, 12):
        for constant in (True, None):
            ctypes.c_ssize_t.from_address(id(constant)).value += ENOUGH


def leave_no_history() -> None:
    """Qt's own dialogs write down which folders were opened; a place that cannot be written keeps nothing (T15)."""
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, os.devnull)


def application(workshop: Workshop, preferences: Preferences) -> QApplication:
    """The one application of this process, dressed."""
    known = QApplication.instance()
    if known is None:
        hold_constants()
        leave_no_history()
    made = known if isinstance(known, QApplication) else QApplication(sys.argv[:1])
    load_faces(workshop.fonts_folder)
    dress(made, preferences.look)
    return made


def run(workshop: Workshop, place: Path) -> int:
    """Show the window for the vault at `place` and return the exit code once it is closed.

    Raises WorldFailed `desktop.missing` where there is no screen.
    """
    if not has_screen():
        raise WorldFailed("desktop.missing")
    preferences = remembered(place.parent / PREFERENCES)
    running = application(workshop, preferences)
    window = Window(workshop, place, preferences)
    window.show()
    Thread(target=import_module, args=(HOUSE,), daemon=True).start()
    return running.exec()
