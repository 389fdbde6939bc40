"""Theme, text size and minutes, remembered beside the program's data; nothing about a case or a person stands here."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from mediator.casework.files_out import staged
from mediator.ui.tokens import SIZES, THEMES, Look

IDLE: Final = (1, 2, 3, 5, 8, 10, 15)
HEARING_IDLE: Final = (5, 10, 15, 20, 30)
USUAL, HEARING = 5, 30
FARTHEST: Final = 20.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The printer that was used last, whether on both sides, and by how many millimetres it must be moved."""

    printer: str = ""
    duplex: bool = False
    right: float = 0.0
    down: float = 0.0


@dataclass(slots=True)
class Preferences:
    """The chosen look, after how many minutes without a touch the vault is locked, and where all that is kept.

    `sheet` is what was set for the printer. `hints` asks for two sentences about each page above it; a newcomer has
    them until he knows.
    """

    path: Path
    look: Look
    idle: int = USUAL
    hearing_idle: int = HEARING
    hints: bool = False
    sheet: Sheet = Sheet()

    def keep(self) -> None:
        """Remember what is chosen; a disk that refuses raises WorldFailed `file.write`."""
        told = {**asdict(self.look), "idle": self.idle, "hearing_idle": self.hearing_idle, "hints": self.hints}
        told["sheet"] = asdict(self.sheet)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with staged({self.path: json.dumps(told).encode()}):
            return


def remembered(path: Path) -> Preferences:
    """What was chosen last; whatever is none of the choices is as it was at first: light, standard, 5 and 30."""
    try:
        read = json.loads(path.read_bytes())
    except (OSError, ValueError):
        read = None
    told: Mapping[str, Any] = read if isinstance(read, dict) else {}
    theme, size = told.get("theme"), told.get("size")
    look = Look(str(theme), str(size)) if theme in THEMES and size in SIZES else Look()
    return Preferences(
        path,
        look,
        one_of(told.get("idle"), IDLE, USUAL),
        one_of(told.get("hearing_idle"), HEARING_IDLE, HEARING),
        told.get("hints") is True,
        sheet_of(told.get("sheet")),
    )


def sheet_of(told: object) -> Sheet:
    """What was set for the printer; an offset beyond two centimetres is none that a printer has."""
    read: Mapping[str, Any] = told if isinstance(told, dict) else {}
    right, down = (measured(read.get(name)) for name in ("right", "down"))
    return Sheet(str(read.get("printer", "")), read.get("duplex") is True, right, down)


def measured(told: object) -> float:
    """Millimetres within reach, else none."""
    fit = isinstance(told, int | float) and not isinstance(told, bool) and -FARTHEST <= told <= FARTHEST
    return float(told) if fit and isinstance(told, int | float) else 0.0


def one_of(told: object, choices: tuple[int, ...], usual: int) -> int:
    """A number of minutes that can be chosen."""
    return next((each for each in choices if each == told), usual)
