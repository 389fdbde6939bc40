"""Who takes a finished upload in: a lease of a minute, renewed while somebody is at it (sync-design 13; rows 16, 18).

Several workers may be asked for the same receipt at once. Taking it in twice would do no harm, but cost twice. When the
worker that was at it dies, its lease ends and another goes on; one that wakes late finds in its own transaction that
the upload is another's by now, and gives up before it reads anything to decide on.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final

from sqlalchemy import Row, select, update

from mediator.errors import RefusedByRule, WorldFailed
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.tables import UPLOAD

LEASE: Final = 60_000
RENEWED_AFTER: Final = 20.0
FREE: Final = {"holder": "", "lease": 0}
Check = Callable[[Scope], None]


@contextmanager
def leased(center: Center, ticket: str, *, wait: Callable[[threading.Event], bool] | None = None) -> Iterator[Check]:
    """Hold an upload while it is taken in; what is given checks inside a transaction that it is held still.

    Raises WorldFailed `upload.busy` while another is at it, RefusedByRule `upload.unknown`. `wait` ends with True when
    the work is done, with False each time that the lease is to be renewed.
    """
    holder, done = center.random(16).hex(), threading.Event()
    center.database.write(lambda scope: claim(scope, ticket, holder, now=center.now()))
    pause = wait or (lambda event: event.wait(RENEWED_AFTER))

    def renew() -> None:
        while not pause(done):
            with suppress(WorldFailed):
                center.database.write(lambda scope: extend(scope, ticket, holder, now=center.now()))

    renewing = threading.Thread(target=renew, daemon=True)
    renewing.start()
    try:
        yield lambda scope: held_by(scope, ticket, holder)
    finally:
        done.set()
        renewing.join()
        center.database.write(lambda scope: give_back(scope, ticket, holder))


def claim(scope: Scope, ticket: str, holder: str, *, now: int) -> None:
    """Take the lease when nobody has it; raises WorldFailed `upload.busy`, RefusedByRule `upload.unknown`."""
    row = locked(scope, ticket)
    if row.lease > now:
        raise WorldFailed("upload.busy")
    lease = {"holder": holder, "lease": now + LEASE}
    scope.change(update(UPLOAD).where(UPLOAD.c.ticket == ticket).values(**lease))


def extend(scope: Scope, ticket: str, holder: str, *, now: int) -> None:
    """Another minute for who holds it; for anybody else nothing."""
    own = update(UPLOAD).where(UPLOAD.c.ticket == ticket, UPLOAD.c.holder == holder)
    scope.change(own.values(lease=now + LEASE))


def held_by(scope: Scope, ticket: str, holder: str) -> None:
    """Raise WorldFailed `upload.busy` when the upload went to another meanwhile."""
    if locked(scope, ticket).holder != holder:
        raise WorldFailed("upload.busy")


def give_back(scope: Scope, ticket: str, holder: str) -> None:
    """Free it at once, if it is still held."""
    scope.change(update(UPLOAD).where(UPLOAD.c.ticket == ticket, UPLOAD.c.holder == holder).values(**FREE))


def locked(scope: Scope, ticket: str) -> Row[Any]:
    """The row of an upload, locked; raises RefusedByRule `upload.unknown`."""
    row = scope.locked(select(UPLOAD.c.holder, UPLOAD.c.lease).where(UPLOAD.c.ticket == ticket))
    if row is None:
        raise RefusedByRule("upload.unknown")
    return row
