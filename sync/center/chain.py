"""The center's own chain: entries it adds about desks, numbers and orders, under the lock of its own desk row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Row, func, select, update

from mediator.errors import Bug
from mediator.journal.entry import DeskId, Draft, Entry, Marks, StreamId
from mediator.journal.framing import SALT, make_entry
from mediator.journal.marks import completed
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.feeds import number_in
from sync.center.rows import row_of
from sync.center.tables import DESK, ENTRY, NOTED

CENTER_STATE: Final = "center"
LOGGED: Final = ("audit.", "access.")
NOTHING_SEEN: Final[Marks] = {}
ABOUT: Final = ("case", "desk", "bundle", "person", "township")


def noted(entry: Entry, at: int) -> dict[str, object]:
    """What finds an entry of the center's own log again; what it says stands in the entry alone."""
    body = entry.content()
    about = next((str(body[name]) for name in ABOUT if body.get(name)), "")
    found = {"desk": entry.desk, "n": entry.n, "kind": entry.kind, "at": at}
    return found | {"login": str(body.get("login", "")), "about": about[:64]}


def lock_desk(scope: Scope, desk: DeskId) -> Row[Any] | None:
    """A desk's row, locked: the first step of every transaction that decides about a desk."""
    return scope.locked(select(DESK).where(DESK.c.desk == desk))


def say(
    center: Center, scope: Scope, stream: StreamId, kind: str, body: Mapping[str, object], *, feeds: Sequence[str],
    seen: Marks = NOTHING_SEEN,
) -> Entry:  # fmt: skip
    """Write one entry of the center's own and put it into feeds, inside the transaction of `scope`.

    `seen` are marks of what it speaks of. Call it last: it takes the locks of the center's desk row and of feed heads.
    """
    own = lock_desk(scope, center.desk)
    if own is None:
        raise Bug("center.no_desk")
    here = select(func.max(ENTRY.c.n)).where(ENTRY.c.desk == center.desk, ENTRY.c.stream == stream)
    marks = completed(seen, center.desk, int(scope.value(here) or 0))
    entry = make_entry(
        Draft(stream, kind, body, {}, center.now()), desk=center.desk, n=own.head_n + 1, prev=own.head_hash,
        marks=marks, salt=center.random(SALT), sign=center.sealer.sign,
    )  # fmt: skip
    scope.add(ENTRY, [row_of(entry, center)])
    if kind.startswith(LOGGED):
        scope.add(NOTED, [noted(entry, center.now())])
    scope.change(update(DESK).where(DESK.c.desk == center.desk).values(head_n=entry.n, head_hash=entry.hash))
    number_in(scope, center.card.epoch, {feed: [entry.id] for feed in feeds})
    return entry
