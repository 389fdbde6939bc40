"""`mediator poster`: the procedure for the wall of the room."""

from __future__ import annotations

from pathlib import Path

from mediator.commands.desks import at_desk
from mediator.commands.program import Call, Result


def write(call: Call) -> Result:
    """A PDF of each size, from the rules in force."""
    from mediator.casework import poster

    sizes = tuple(part.strip() for part in call.options.size.split(",") if part.strip())
    with at_desk(call) as desk:
        files = poster.write(desk, Path(call.options.out), sizes=sizes or poster.SIZES)
    return Result({"files": [str(each) for each in files]}, tuple(map(str, files)))
