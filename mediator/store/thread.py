"""The one thread that owns the vault's connection; everybody else hands it work and waits (style.md 7)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from mediator.errors import NoAccess
from mediator.store.driver import translated

T = TypeVar("T")


class OwnerThread:
    """Runs work one piece after another; closing waits for the running piece and never kills it."""

    __slots__ = ("_executor", "_ident")

    def __init__(self) -> None:
        """Start the thread."""
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="vault")
        self._ident = self._executor.submit(threading.get_ident).result()

    def run(self, work: Callable[[], T]) -> T:
        """The result of `work`, done on the thread; raises what it raises, NoAccess `vault.closed` after closing.

        Whatever the database says on the way comes back as an error of ours.
        """
        if threading.get_ident() == self._ident:
            return work()
        try:
            done = self._executor.submit(told, work)
        except RuntimeError:  # shut down, perhaps between two lines of the caller
            raise NoAccess("vault.closed") from None
        return done.result()

    def close(self) -> None:
        """End the thread when its work is done; twice is harmless."""
        self._executor.shutdown(wait=True)


def told(work: Callable[[], T]) -> T:
    """The result of `work`, its database errors translated."""
    with translated():
        return work()
