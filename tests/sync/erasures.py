"""Lawful erasures in a history: two persons of the county decide, somebody at a desk says yes, nothing comes back."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from sqlalchemy import select

from mediator.core.erasures import ErasureGround
from mediator.errors import MediatorError
from mediator.journal.entry import DeskId, EntryId
from mediator.journal.erasures import is_doomed, without
from sync.center import doomed, erasing
from sync.center.tables import ENTRY
from tests.sync.roads import Crash
from tests.sync.world import SwiftJournal

if TYPE_CHECKING:
    from tests.sync.histories import World
    from tests.sync.world import Desk


def erase(world: World) -> None:
    """A whole case, by two persons of the county; its machine may die between them or of it."""
    stream = world.random.choice(list(world.streams))
    with suppress(Crash, MediatorError):
        erasing.ask(world.center, stream, ErasureGround.PERIOD_OVER.value, who="admin")
    with suppress(Crash, MediatorError):
        erasing.decide(world.center, stream, who="shen")


def carry_out(desk: Desk) -> None:
    """Somebody says yes: whatever the decisions that are held here name is emptied, also in the frozen bundle."""
    journal = desk.journal
    assert isinstance(journal, SwiftJournal)
    anew = {each.id: each for each in without(journal.held.values(), journal.doomed(()))}
    if sum(each.erased for each in anew.values()) > sum(each.erased for each in journal.held.values()):
        desk.writer.journal = desk.shelf.journal = SwiftJournal(held=anew, decisions=dict(journal.decisions))
        desk.shelf.drop_bundle()


def still_held(world: World) -> set[EntryId]:
    """I4: entries that the county's own decisions name and whose bodies it holds."""
    with world.center.database.reading() as scope:
        named: Mapping[EntryId, list[tuple[str, str]]] = doomed.lawful(world.center, scope)
        rows = scope.rows(select(ENTRY.c.desk, ENTRY.c.n, ENTRY.c.stream, ENTRY.c.kind, ENTRY.c.sealed))
        full = {(DeskId(row.desk), row.n): row for row in rows if row.sealed is not None}
    return {
        target
        for target, by in named.items()
        if target in full and is_doomed(full[target], by)  # type: ignore[arg-type]  # a row has stream and kind too
    }
