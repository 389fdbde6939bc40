"""Commands that are promised and not there yet: each says so, and the help shows what there is."""

from __future__ import annotations

from typing import NoReturn

from mediator.commands.program import Call
from mediator.commands.wording import UsageProblem


def later(call: Call) -> NoReturn:
    """Raise UsageProblem `command.later`."""
    raise UsageProblem("command.later", where=call.options.command_name)
