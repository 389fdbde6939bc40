"""The program `mediator`: desktop and command line of the laptop."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from mediator.commands.main import run, system_streams
from mediator.commands.program import Program

if TYPE_CHECKING:
    from mediator.casework.desk import Workshop


def workshop() -> Workshop:
    """The workshop, its rooms imported now."""
    from mediator.wiring import build_workshop

    return build_workshop()


def open_desktop(shop: Workshop, place: Path | None) -> int:
    """The desktop."""
    from mediator.wiring import run_desktop

    return run_desktop(shop, place)


def render_screens(shop: Workshop, out: Path, every: bool) -> list[dict[str, str]]:
    """Every page of the desktop as PNG."""
    from mediator.wiring import render_screens as render

    return render(shop, out, every)


def main() -> int:
    """Run the command line of this process; the exit code is that of `product` (0-6)."""
    return run(sys.argv[1:], Program(workshop, open_desktop, render_screens), system_streams())


if __name__ == "__main__":
    sys.exit(main())
