"""`mediator`, `mediator app`, `mediator screenshots`: the doors to the screen, which the start-up file opens."""

from __future__ import annotations

from pathlib import Path

from mediator.commands.program import Call, Result


def app(call: Call) -> Result:
    """The desktop; returns when it is closed."""
    place = Path(call.options.vault) if call.options.vault else None
    return Result({}, (), call.program.open_desktop(call.workshop, place))


def screenshots(call: Call) -> Result:
    """Every page as PNG."""
    pages = call.program.render_screens(call.workshop, Path(call.options.out), call.options.every)
    return Result({"pages": pages}, tuple(f"{page['name']}\t{page['file']}" for page in pages))
