"""Facts of matters at the county: made by the room's code from the same entries, sealed, found by township and days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from mediator.core.deadlines import Deadline
from mediator.core.fact_making import facts_of
from mediator.core.facts import CaseFacts
from mediator.core.published import InForce
from mediator.core.records import Case
from mediator.core.spans import Span
from mediator.journal.facts import days_of, facts_bytes, facts_from
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.tables import FACT_ROW

PLACE: Final = "fact/"


def place_of(case: str) -> bytes:
    """What sealed facts are bound to."""
    return f"{PLACE}{case}".encode()


def keep_facts(
    center: Center, scope: Scope, case: Case, *, township: str, tables: InForce, found: Sequence[Deadline]
) -> None:
    """The facts of a case that was folded now; only days and township lie open."""
    facts = facts_of(case, tables, found)
    first, last = days_of(facts)
    body = center.cabinet.seal(facts_bytes(facts), place=place_of(case.id))
    scope.put(FACT_ROW, {"case": case.id, "township": township, "first": first, "last": last, "body": body})


def facts(center: Center, span: Span, *, township: str = "") -> tuple[CaseFacts, ...]:
    """Facts of all matters that a figure of this span may be about, of one township or of the whole county."""
    return tuple(each for _, each in placed(center, span, township=township))


def placed(center: Center, span: Span, *, township: str = "") -> tuple[tuple[str, CaseFacts], ...]:
    """The same with the township of each.

    Raises Unacceptable `column.sealed` for a row that was changed: a figure that leaves one out would be wrong unsaid.
    """
    wanted = select(FACT_ROW.c.case, FACT_ROW.c.township, FACT_ROW.c.body).where(
        FACT_ROW.c.first <= span.last.isoformat(), FACT_ROW.c.last >= span.first.isoformat()
    )
    if township:
        wanted = wanted.where(FACT_ROW.c.township == township)
    with center.database.reading() as scope:
        rows = scope.rows(wanted.order_by(FACT_ROW.c.case))
    opened = center.cabinet.open
    return tuple((row.township, facts_from(opened(row.body, place=place_of(row.case)))) for row in rows)
