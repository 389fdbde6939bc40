"""Whose a case is when its beginning comes late: after a backup came back, or at a county that took over a lost one.

A case belongs to the township of the computer that opened it. Until that has told, entries of others are kept and
nobody else reads them; then all are judged anew. Where the county's own word names the owner, that counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, select, update

from mediator.journal.entry import DeskId, Entry, StreamId
from sync.center.backlog import authors_of, catch_up
from sync.center.chain import CENTER_STATE
from sync.center.county import Center
from sync.center.custody import custodies
from sync.center.database import Scope, chunks
from sync.center.judging import SCOPE, UNCLAIMED
from sync.center.rows import ASIDE, NEW
from sync.center.tables import CASE_ROW, DESK, ENTRY


def claim_begun(center: Center, scope: Scope, desk: Row[Any], entries: Iterable[Entry]) -> None:
    """Cases that this desk opened and that nobody had claimed are its township's; after their entries were numbered."""
    begun = {entry.stream for entry in entries if not entry.marks and entry.desk == desk.desk}
    for case, of in sorted(custodies(scope, begun).items()):
        if of.township == UNCLAIMED:
            claim(center, scope, case, desk.township)


def claim(center: Center, scope: Scope, case: StreamId, township: str) -> None:
    """A case is this township's: what others wrote is set aside unless the county's word allows it, and fed to all."""
    row = update(CASE_ROW).where(CASE_ROW.c.case == case)
    scope.change(row.values(township=township, dirty=CASE_ROW.c.dirty + 1))
    own, foreign = writers(scope, case, township)
    for desks, held, now in ((own, SCOPE, ("", NEW)), (foreign, "", (SCOPE, ASIDE))):
        for part in chunks(desks):
            told = update(ENTRY).where(ENTRY.c.stream == case, ENTRY.c.desk.in_(part), ENTRY.c.code == held)
            scope.change(told.values(code=now[0], state=now[1]))
    catch_up(center, scope, case)


def writers(scope: Scope, case: StreamId, township: str) -> tuple[list[DeskId], list[DeskId]]:
    """Desks that wrote in a case: those of a township, and those of others; the center's own lives are neither."""
    desks = {DeskId(row.desk) for row in scope.rows(select(ENTRY.c.desk).where(ENTRY.c.stream == case).distinct())}
    lives = {row.desk for row in scope.rows(select(DESK.c.desk).where(DESK.c.state == CENTER_STATE))}
    places = authors_of(scope, desks - lives)
    own = sorted(desk for desk, place in places.items() if place.township == township)
    return own, sorted(set(places) - set(own))
