"""A computer that goes out of use in good order: it is retired, or another one takes its place."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select

from mediator.errors import RefusedByRule
from mediator.journal.streams import desk_stream
from sync.center.chain import lock_desk, say
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.enrollment import Code, make_code
from sync.center.judging import ENROLLED
from sync.center.numbers import step_down
from sync.center.tables import DESK


def retire(center: Center, desk: str, *, who: str) -> None:
    """Nothing of it is refused that it sent; what it sends later waits for a person. Raises `desk.unknown`."""

    def work(scope: Scope) -> None:
        lock_desk(scope, center.desk)  # before the laptop's row, as everybody who writes the center's chain
        if not step_down(center, scope, desk):
            raise RefusedByRule("desk.unknown")
        say(center, scope, desk_stream(center.desk), "audit.desk_retired", {"login": who, "desk": desk}, feeds=[])

    center.database.write(work)


def replace(center: Center, desk: str, *, who: str) -> Code:
    """A code for the computer that takes this one's place in its room; once that joins, this one is retired.

    Raises RefusedByRule `desk.unknown`.
    """
    row = in_use(center, desk)
    return make_code(center, row.township, room=row.room, who=who, replaces=desk)


def in_use(center: Center, desk: str) -> Row[Any]:
    """The row of a desk that may send; raises RefusedByRule `desk.unknown`."""
    with center.database.reading() as scope:
        row = scope.one(select(DESK).where(DESK.c.desk == desk, DESK.c.state == ENROLLED))
    if row is None:
        raise RefusedByRule("desk.unknown")
    return row
