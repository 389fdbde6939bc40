"""Facts of matters at the county: made by the room's code from the same entries, sealed, found by township and days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, select

from mediator.core.deadlines import Deadline
from mediator.core.fact_making import facts_of
from mediator.core.facts import CaseFacts
from mediator.core.published import InForce
from mediator.core.records import Case
from mediator.core.spans import Span
from mediator.journal.facts import FACTS_VERSION, days_of, facts_bytes, facts_from
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.sums import NOTHING, SUMS_VERSION, Place, Sum, less, sums_of
from sync.center.tables import CENTER_META, FACT_ROW, SUM_ROW

PLACE: Final = "fact/"
VERSION: Final = f"{FACTS_VERSION} {SUMS_VERSION}"
ADDENDS: Final = ("base", "hits", "total")


@dataclass(frozen=True, slots=True)
class Held:
    """What a row of facts says: whose the case is, its first and last day, whether it is worded, and all as bytes."""

    township: str
    first: str
    last: str
    worded: int
    facts: bytes


def place_of(case: str) -> bytes:
    """What sealed facts are bound to."""
    return f"{PLACE}{case}".encode()


def keep_facts(
    center: Center, scope: Scope, case: Case, *, township: str, tables: InForce, found: Sequence[Deadline]
) -> None:
    """The facts of a case that was folded now; only days and township lie open.

    Most of what comes in, a turn of a hearing above all, changes none of them, and then nothing is summed or written.
    """
    facts, before = facts_of(case, tables, found), held(center, scope, case.id)
    now = Held(township, *days_of(facts), int(is_worded(facts)), facts_bytes(facts))
    if now == before:
        return
    move_sums(scope, before, sums_of(facts), township=township)
    body = center.cabinet.seal(now.facts, place=place_of(case.id))
    row = {"case": case.id, "township": township, "first": now.first, "last": now.last, "worded": now.worded}
    scope.put(FACT_ROW, row | {"body": body})


def begin_anew(scope: Scope) -> None:
    """Drop facts and sums that a program of another version made: folding makes them again from nothing."""
    if scope.meta(CENTER_META, "sums") != VERSION:
        scope.change(delete(FACT_ROW))
        scope.change(delete(SUM_ROW))
        scope.put(CENTER_META, {"name": "sums", "value": VERSION})


def is_worded(facts: CaseFacts) -> bool:
    """True for a matter whose kind or origin was written in words of no official term."""
    return bool(facts.dispute_as_given or facts.came_as_given)


def held(center: Center, scope: Scope, case: str) -> Held | None:
    """What the row of a case holds, None without one.

    Raises Unacceptable `column.sealed` when that was changed behind the program's back: sums would be wrong unsaid.
    """
    row = scope.one(select(FACT_ROW).where(FACT_ROW.c.case == case))
    if row is None:
        return None
    facts = center.cabinet.open(row.body, place=place_of(case))
    return Held(row.township, row.first, row.last, row.worded, facts)


def move_sums(scope: Scope, before: Held | None, now: Mapping[Place, Sum], *, township: str) -> None:
    """Move the sums by what a matter adds now and did not before."""
    then = sums_of(facts_from(before.facts)) if before else {}
    if before and before.township != township:
        scope.add_up(SUM_ROW, [sum_row(before.township, at, less(NOTHING, told)) for at, told in then.items()])
        then = {}
    moved = {at: less(now.get(at, NOTHING), then.get(at, NOTHING)) for at in now.keys() | then.keys()}
    scope.add_up(SUM_ROW, [sum_row(township, at, told) for at, told in moved.items() if told != NOTHING])


def drop_facts(center: Center, scope: Scope, case: str) -> None:
    """Take a matter out of every figure: its facts and what they added."""
    move_sums(scope, held(center, scope, case), {}, township="")
    scope.change(delete(FACT_ROW).where(FACT_ROW.c.case == case))


def sum_row(township: str, at: Place, told: Sum) -> dict[str, object]:
    """A sum as it is kept."""
    place = {name: getattr(at, name) for name in at.__slots__}
    return place | {"township": township} | dict(zip(ADDENDS, told, strict=True))


def facts(center: Center, span: Span, *, township: str = "", worded: bool = False) -> tuple[CaseFacts, ...]:
    """Facts of all matters that a figure of this span may be about, of one township or of the whole county.

    `worded` asks only for those whose kind or origin was written in words of no official term.
    """
    return tuple(each for _, each in placed(center, span, township=township, worded=worded))


def placed(
    center: Center, span: Span, *, township: str = "", worded: bool = False
) -> tuple[tuple[str, CaseFacts], ...]:
    """The same with the township of each.

    Raises Unacceptable `column.sealed` for a row that was changed: a figure that leaves one out would be wrong unsaid.
    """
    wanted = select(FACT_ROW.c.case, FACT_ROW.c.township, FACT_ROW.c.body).where(
        FACT_ROW.c.first <= span.last.isoformat(), FACT_ROW.c.last >= span.first.isoformat()
    )
    if township:
        wanted = wanted.where(FACT_ROW.c.township == township)
    if worded:
        wanted = wanted.where(FACT_ROW.c.worded == 1)
    with center.database.reading() as scope:
        rows = scope.rows(wanted.order_by(FACT_ROW.c.case))
    opened = center.cabinet.open
    return tuple((row.township, facts_from(opened(row.body, place=place_of(row.case)))) for row in rows)
