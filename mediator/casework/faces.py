"""The faces of papers, parsed once a process."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from mediator.docs.fonts import Fonts


@lru_cache(maxsize=4)
def fonts_in(folder: Path) -> Fonts:
    """The faces of a folder; raises WorldFailed `fonts.missing`."""
    return Fonts.load(folder)
