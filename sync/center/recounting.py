"""Sums counted again from the sealed facts of every matter: a change of either does not stay unseen (T64)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from sqlalchemy import select

from mediator.errors import MediatorError
from mediator.journal.facts import facts_from
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.figures import ADDENDS, place_of
from sync.center.sums import Place, sums_of
from sync.center.tables import FACT_ROW, SUM_ROW

STEP: Final = 500
Counts = Counter[tuple[Place, str]]


def wrong_sums(center: Center, scope: Scope) -> Iterator[str]:
    """Codes with the place of each sum that is not what the facts come to, township by township."""
    told = {row.township for table in (FACT_ROW, SUM_ROW) for row in scope.rows(select(table.c.township).distinct())}
    for township in sorted(told):
        findings: list[str] = []
        wanted, held = counted(center, scope, township, findings), kept(scope, township)
        yield from findings
        wrong = {at for at, _ in wanted.keys() | held.keys() if any(wanted[at, n] != held[at, n] for n in ADDENDS)}
        yield from (f"sum.row {at.code} {at.month} {township}" for at in sorted(wrong))


def counted(center: Center, scope: Scope, township: str, findings: list[str]) -> Counts:
    """What the facts of a township come to; those that do not open are told in `findings`."""
    found, after = Counts(), ""
    own = select(FACT_ROW.c.case, FACT_ROW.c.body).where(FACT_ROW.c.township == township).order_by(FACT_ROW.c.case)
    while rows := scope.rows(own.where(FACT_ROW.c.case > after).limit(STEP)):
        for row in rows:
            try:
                facts = facts_from(center.cabinet.open(row.body, place=place_of(row.case)))
            except MediatorError as error:
                findings.append(f"{error.code} fact {row.case}")
                continue
            for at, told in sums_of(facts).items():
                for name, value in zip(ADDENDS, told, strict=True):
                    found[at, name] += value
        after = rows[-1].case
    return found


def kept(scope: Scope, township: str) -> Counts:
    """The sums that are kept of a township."""
    rows = scope.rows(select(SUM_ROW).where(SUM_ROW.c.township == township))
    return Counts({(at_of(row), name): getattr(row, name) for row in rows for name in ADDENDS})


def at_of(row: object) -> Place:
    """Where a sum stands."""
    return Place(*(getattr(row, name) for name in Place.__slots__))
