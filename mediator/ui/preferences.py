"""Theme and text size, remembered beside the program's data; nothing about a case or a person stands here."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from mediator.casework.files_out import staged
from mediator.ui.tokens import SIZES, THEMES, Look


@dataclass(slots=True)
class Preferences:
    """The chosen look and where it is kept."""

    path: Path
    look: Look

    def choose(self, look: Look) -> None:
        """Take a look and remember it; a disk that refuses costs only the memory."""
        self.look = look
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with staged({self.path: json.dumps(asdict(look)).encode()}):
            return


def remembered(path: Path) -> Preferences:
    """What was chosen last, else light and standard."""
    try:
        told = json.loads(path.read_bytes())
        look = Look(str(told["theme"]), str(told["size"]))
    except (OSError, ValueError, KeyError, TypeError):
        look = Look()
    known = look.theme in THEMES and look.size in SIZES
    return Preferences(path, look if known else Look())
