"""Up to which day a room has told: what it did later the county cannot know, and holds nothing against it.

By network that is the day of the exchange, by stick the day on which the stick was written.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select

from sync.center.county import Center, day_of
from sync.center.database import Scope, chunks
from sync.center.judging import ENROLLED
from sync.center.tables import DESK, ENTRY


def heard_places(center: Center, scope: Scope) -> dict[str, date]:
    """Township -> the day of the latest word of any of its computers in use, never after today."""
    latest = select(DESK.c.township, func.max(DESK.c.told_until).label("until")).where(DESK.c.state == ENROLLED)
    today = center.today()
    rows = scope.rows(latest.group_by(DESK.c.township))
    return {row.township: min(today, day_of(int(row.until))) for row in rows}


def heard_of(center: Center, scope: Scope, rows: Sequence[Row[Any]]) -> dict[str, date]:
    """Case -> the day up to which its room has told, never after today.

    The computer that told least lately among those that wrote in the case counts, for the deed that is missed may lie
    there; a case none of whose computers is in use any more goes by the latest word of its township.
    """
    found: dict[str, date] = {}
    today, places = center.today(), heard_places(center, scope)
    for part in chunks([row.case for row in rows]):
        joined = ENTRY.join(DESK, ENTRY.c.desk == DESK.c.desk)
        told = select(ENTRY.c.stream, func.min(DESK.c.told_until).label("until")).select_from(joined)
        wrote = told.where(ENTRY.c.stream.in_(part), DESK.c.state == ENROLLED).group_by(ENTRY.c.stream)
        found |= {row.stream: min(today, day_of(int(row.until))) for row in scope.rows(wrote)}
    return {row.case: found.get(row.case, places.get(row.township, day_of(0))) for row in rows}
