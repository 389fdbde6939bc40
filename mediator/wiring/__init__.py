"""Start-up of the desk side: builds the workshop and hands each room what it needs. Nobody imports this but `__main__`.

The road to the county is put together in this folder, for casework may not know `sync` and `sync` may not know the
vault. The rooms of `sync` are imported when an exchange begins, so that every other command starts fast.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

from mediator.casework.desk import SystemClock, Workshop
from mediator.commands.places import data_folder, default_vault
from mediator.errors import WorldFailed
from mediator.wiring.county import CountyRoad

FONTS: Final = ".fonts"


def fonts_folder() -> Path:
    """The faces of papers: in the checkout, else in the platform's data folder."""
    checkout = Path(__file__).parents[2] / FONTS
    return checkout if checkout.is_dir() else data_folder() / "fonts"


def build_workshop() -> Workshop:
    """The workshop of a real desk."""
    clock = SystemClock()
    return Workshop(clock=clock, random=secrets.token_bytes, fonts_folder=fonts_folder(), exchange=CountyRoad(clock))


def run_desktop(workshop: Workshop, place: Path | None) -> int:
    """Open the desktop; raises WorldFailed `desktop.missing` where its library or a screen is missing."""
    try:
        from mediator.ui.app import run
    except ImportError:
        raise WorldFailed("desktop.missing") from None
    return run(workshop, place or default_vault())


def render_screens(workshop: Workshop, out: Path, every: bool = False) -> list[dict[str, str]]:
    """Every page of the desktop as PNG; `every` theme, text size and screen, else a slice of them."""
    try:
        from mediator.ui.screenshots import render
    except ImportError:
        raise WorldFailed("desktop.missing") from None
    return render(workshop, out, every=every)
