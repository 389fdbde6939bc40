"""Bundles that were put aside whole, and a person's word on them (sync-design 7, T53): taken in or dropped."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, delete, select

from mediator.errors import RefusedByRule
from mediator.journal.streams import desk_stream
from sync.center.absorb import Taken, take_in
from sync.center.answering import read
from sync.center.chain import lock_desk, say
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.tables import QUARANTINE

REVOKED = "desk.revoked"


def adopt(center: Center, bundle: str, *, who: str) -> Taken:
    """Take in what a revoked or retired laptop sent; the laptop stays revoked.

    Raises RefusedByRule `aside.unknown`, `aside.fork` (a second history can only be dropped), `bundle.gap` when an
    earlier bundle has to be taken first.
    """
    up = read(center, held(center, bundle).bytes)

    def work(scope: Scope) -> Taken:
        lock_desk(scope, center.desk)  # before the laptop's row, as everybody who writes the center's chain
        desk = lock_desk(scope, up.desk)
        assert desk is not None  # `read` has found it
        taken = take_in(center, scope, up, desk)
        done_with(center, scope, bundle, kind="audit.bundle_adopted", who=who)
        return taken

    return center.database.write(work)


def held(center: Center, bundle: str) -> Row[Any]:
    """A bundle that may be adopted."""
    with center.database.reading() as scope:
        row = scope.one(select(QUARANTINE).where(QUARANTINE.c.bundle == bundle))
    if row is None:
        raise RefusedByRule("aside.unknown")
    if row.code != REVOKED:
        raise RefusedByRule("aside.fork")
    return row


def drop(center: Center, bundle: str, *, who: str) -> None:
    """Throw a bundle away; that it was there and who decided stays written. Raises RefusedByRule `aside.unknown`."""
    center.database.write(lambda scope: done_with(center, scope, bundle, kind="audit.bundle_dropped", who=who))


def done_with(center: Center, scope: Scope, bundle: str, *, kind: str, who: str) -> None:
    """The bundle goes, the decision stays; the last step of a transaction."""
    row = scope.one(select(QUARANTINE.c.desk, QUARANTINE.c.code).where(QUARANTINE.c.bundle == bundle))
    if row is None:
        raise RefusedByRule("aside.unknown")
    scope.change(delete(QUARANTINE).where(QUARANTINE.c.bundle == bundle))
    noted = {"login": who, "bundle": bundle, "desk": row.desk, "reason": row.code}
    say(center, scope, desk_stream(center.desk), kind, noted, feeds=[])
