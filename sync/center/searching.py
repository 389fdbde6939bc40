"""Finding cases: first by what a text names exactly, which opens no sealed row; then, if need be, by parts of words.

The second way opens every row of the list. It is the only one that finds words of a title and half a name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sync.center import reading
from sync.center.blind import cases_by
from sync.center.county import Center
from sync.center.reading import CaseLine, Query


@dataclass(frozen=True, slots=True)
class Found:
    """A page of cases and how many there are; `exact` says that the text names them, so that others may hold a part."""

    lines: tuple[CaseLine, ...]
    total: int
    exact: bool = False


def look_for(center: Center, query: Query, *, parts: bool = False) -> Found:
    """The cases of a query; with `parts` a text is looked for inside numbers, titles and names at once."""
    if query.text and not parts:
        with center.database.reading() as scope:
            named = cases_by(center, scope, query.text)
        lines, total = reading.cases(center, replace(query, text="", among=tuple(named))) if named else ((), 0)
        if total:
            return Found(lines, total, exact=True)
    return Found(*reading.cases(center, query))
