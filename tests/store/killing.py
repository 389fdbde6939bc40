"""A deed done in a process of its own that is killed at a named point, as a power switch would."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

Deed = Callable[[Callable[[str], None]], object]


def killed_at(point: str, deed: Deed) -> bool:
    """Run `deed(fault)` in a child that SIGKILLs itself at this point; True when it was killed, False when it ended."""

    def fault(name: str) -> None:
        if name == point:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        code = 1
        try:
            deed(fault)
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the deed failed by itself"
    return os.WIFSIGNALED(status)


def points_of(deed: Deed) -> list[str]:
    """The names of the points that a deed passes, in order."""
    seen: list[str] = []
    deed(seen.append)
    return seen
