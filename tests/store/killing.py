"""A deed done in a process of its own that is killed at a named point, as a power switch would.

The processes are forked by a server that has no threads: a copy of this one could inherit a lock of the cipher
library that nobody will ever let go.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from functools import partial

Deed = Callable[..., object]
SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["tests.store.vaults"])


def dies_at(point: str, name: str) -> None:
    """A fault point that kills its process when its turn has come."""
    if name == point:
        die()


def die(*_: object) -> None:
    """The power is gone."""
    os.kill(os.getpid(), signal.SIGKILL)


def killed(deed: Deed) -> bool:
    """Run a deed (a function of a module, or a partial of one) apart; True when it was killed, False when it ended."""
    child = SERVER.Process(target=deed)
    child.start()
    child.join()
    code = child.exitcode
    child.close()
    assert code in (0, -signal.SIGKILL), "the deed failed by itself"
    return code != 0


def killed_at(point: str, deed: Deed) -> bool:
    """`killed` at a fault point of the deed."""
    return killed(partial(deed, fault=partial(dies_at, point)))


def points_of(deed: Deed) -> list[str]:
    """The names of the points that a deed passes, in order."""
    seen: list[str] = []
    deed(fault=seen.append)
    return seen
