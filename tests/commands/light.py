"""The real command line with cheap passwords: `python -m tests.commands.light …`, for tests that need a process."""

from __future__ import annotations

import sys
from dataclasses import replace

from mediator.commands.main import run, system_streams
from mediator.commands.program import Program
from mediator.wiring import build_workshop
from tests.casework.desks import light_ground

if __name__ == "__main__":
    program = Program(lambda: replace(build_workshop(), ground=light_ground), lambda *_: 0, lambda *_: [])
    sys.exit(run(sys.argv[1:], program, system_streams()))
