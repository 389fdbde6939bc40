"""Finding cases: first by what a text names exactly, which opens no sealed row; then, if need be, by parts of words.

The second way opens the row of every case. It is the only one that finds words of a title and half a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import select

from mediator.errors import MediatorError
from sync.center import reading
from sync.center.blind import MOST, cases_by, same_width
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.folding import place_of
from sync.center.heard import heard_places
from sync.center.reading import SCAN, CaseLine, Query, conditions, words_in
from sync.center.tables import CASE_ROW


@dataclass(frozen=True, slots=True)
class Found:
    """A page of cases and how many there are; `exact` says that the text names them, so that others may hold a part."""

    lines: tuple[CaseLine, ...]
    total: int
    exact: bool = False


def look_for(center: Center, query: Query, *, parts: bool = False) -> Found:
    """The cases of a query; with `parts` a text is looked for inside numbers, titles and names at once.

    More than MOST cases are nobody's to leaf through: as many are found.
    """
    if not query.text:
        return Found(*reading.cases(center, query))
    with center.database.reading() as scope:
        named = [] if parts else cases_by(center, scope, query.text)
    found = among(center, query, named)
    if found.total:
        return replace(found, exact=True)
    with center.database.reading() as scope:
        held = list(holding(center, scope, query))
    return among(center, query, held)


def among(center: Center, query: Query, cases: list[str]) -> Found:
    """A page of these cases, as far as the rest of the query lets them through."""
    return Found(*reading.cases(center, replace(query, among=tuple(cases[:MOST])))) if cases else Found((), 0)


def holding(center: Center, scope: Scope, query: Query) -> Iterator[str]:
    """The cases of a query in whose words a text stands, at most MOST; a row that somebody changed is none of them."""
    wanted, text, after, left = conditions(query, heard_places(center, scope)), same_width(query.text), "", MOST
    step = select(CASE_ROW.c.case, CASE_ROW.c.folded).where(*wanted).order_by(CASE_ROW.c.case).limit(SCAN)
    while left and (rows := scope.rows(step.where(CASE_ROW.c.case > after))):
        hits = [row.case for row in rows if row.folded and holds(center, row.case, row.folded, text)][:left]
        yield from hits
        after, left = rows[-1].case, left - len(hits)


def holds(center: Center, case: str, folded: bytes, text: str) -> bool:
    """True when number, title or a name holds the text; what does not stand in the whole row is not taken apart."""
    try:
        plain = center.cabinet.open(folded, place=place_of(case))
    except MediatorError:
        return False
    if not any(sign in text for sign in '"\\') and text not in same_width(plain.decode()):
        return False
    return any(text in same_width(words) for words in words_in(plain))
