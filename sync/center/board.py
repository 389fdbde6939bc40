"""首页: what the county looks at first, by the same questions as the lists behind its figures."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import func, select

from mediator.core.calendar import months_later
from mediator.core.charts import Chart, Series, standing
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.tables import CASE_ROW

MONTHS: Final = 12
WIDE: Final = 560.0
HIGH: Final = 150.0
TITLE: Final = "近十二个月受理和达成协议"


def trend(center: Center) -> Chart:
    """Accepted and agreed of the running month and the eleven before it, by the days that the cases name."""
    first = months_later(center.today().replace(day=1), 1 - MONTHS)
    names = [months_later(first, n) for n in range(MONTHS)]
    with center.database.reading() as scope:
        counted = [by_month(scope, column, first) for column in (CASE_ROW.c.accepted_on, CASE_ROW.c.signed_on)]
    series = [
        Series(name, tuple(found.get(day.isoformat()[:7], 0) for day in names))
        for name, found in zip(("受理", "达成协议"), counted, strict=True)
    ]
    return standing(TITLE, [f"{day.month}月" for day in names], series, (WIDE, HIGH))


def by_month(scope: Scope, column: Any, first: date) -> dict[str, int]:
    """`2026-03` -> how many cases name a day of it, from a day on."""
    month = func.substr(column, 1, 7)
    counted = select(month.label("month"), func.count().label("held")).where(column >= first.isoformat())
    return {row.month: int(row.held) for row in scope.rows(counted.group_by(month))}
