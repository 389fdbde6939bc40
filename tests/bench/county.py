"""The county's first page and its reports over many cases: `python -m tests.bench.county 5000 [postgresql]`.

Folded rows of made-up cases are repeated under other ids, for pages read nothing else; one case in fifty of the first
ten thousand is under an order.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any, Final

from sqlalchemy import Table, select, text

from mediator.casework import importing, opening, practice
from mediator.core.reporting import KINDS, span_for
from mediator.journal.entry import StreamId
from mediator.journal.reach import Reach
from sync.center import figures, folding, statistics, supervising
from sync.center.accounts import FrontDoor
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.judging import unfolded
from sync.center.keeping import Keeper
from sync.center.limiting import Limiter
from sync.center.pages import KNOCKS, Pages, environment
from sync.center.supervising import OrderQuery
from sync.center.tables import CASE_ROW, FACT_ROW
from tests.bench.measures import timed
from tests.casework.desks import a_desk, encoded
from tests.sync.center.people import quick
from tests.sync.center.postgres import cluster
from tests.sync.center.test_exchange import by_network
from tests.sync.fakes import Clock, a_center
from tests.sync.world import TOWNSHIP, a_laptop

FIRST: Final = 500
UNDER_ORDER: Final = 20
Row = dict[str, Any]


def best(work: Callable[[], object]) -> float:
    """The quickest of three, in ms."""
    return min(timed(work) for _ in range(3)) * 1000


def a_county(folder: Path, url: str) -> Center:
    """A center with the first cases, spread over its townships, which have all exchanged today."""
    center, desk, random = a_center(Random(5), url=url), a_desk(folder / "desk"), Random(3)
    today = desk.today()
    assert isinstance(center.now, Clock)
    center.now.ms = int(datetime(today.year, today.month, today.day, 2, tzinfo=UTC).timestamp() * 1000)
    days = [today - timedelta(days=n) for n in range(795, -1, -1)]
    importing.import_file(desk, encoded(list(practice.made_up(7, FIRST, township=TOWNSHIP, days=days))))
    entries = [each for each in desk.vault.since(desk.vault.desk, 0, 1_000_000) if each.reach is Reach.COUNTY]
    opening.lock(desk)
    Keeper(center).absorb(entries)
    cases, places = sorted({each.stream for each in entries}), center.places.townships(center.county)
    rows = [unfolded(StreamId(case), random.choice(places), "") for case in cases]
    center.database.write(lambda scope: scope.add(CASE_ROW, rows))
    for number, place in enumerate(places):
        by_network(center, a_laptop(random, center, f"desk-{number}", township=place))
    folding.fold_dirty(center)
    return center


def opened(center: Center, row: Row, column: str, place: Callable[[str], bytes]) -> Row:
    """A row without its county, what is sealed in it opened."""
    plain = center.cabinet.open(row[column], place=place(row["case"]))
    return {name: value for name, value in row.items() if name != "county"} | {column: plain}


def copied(center: Center, row: Row, column: str, number: int) -> Row:
    """The same under another id."""
    case = f"ff{number:04x}{row['case'][6:]}"
    place = folding.place_of(case) if column == "folded" else figures.place_of(case)
    return row | {"case": case, column: center.cabinet.seal(row[column], place=place)}


def added(table: Table, rows: list[Row], scope: Scope) -> None:
    """Into the table."""
    scope.add(table, rows)


def repeated(center: Center, times: int) -> None:
    """Each folded row so many times in all, sealed under its own id."""
    with center.database.reading() as scope:
        cases = [dict(row._mapping) for row in scope.rows(select(CASE_ROW))]
        facts = [dict(row._mapping) for row in scope.rows(select(FACT_ROW))]
    opened_cases = [opened(center, row, "folded", folding.place_of) for row in cases]
    opened_facts = [opened(center, row, "body", figures.place_of) for row in facts]
    for number in range(1, times):
        more: Row = {"attended": 0} if number > UNDER_ORDER else {}
        rows = [copied(center, row | more, "folded", number) for row in opened_cases]
        bodies = [copied(center, row, "body", number) for row in opened_facts]
        center.database.write(partial(added, CASE_ROW, rows))
        center.database.write(partial(added, FACT_ROW, bodies))
    with center.database.engine.begin() as connection:
        connection.execute(text("ANALYZE"))


def measured(center: Center) -> dict[str, float]:
    """The first page and two reports, in ms."""
    pages = Pages(center, FrontDoor(center, quick), environment(), Limiter(**KNOCKS, now=center.now))
    found = {"首页": best(pages._home)}
    for kind in (KINDS[0], KINDS[2]):
        span = span_for(kind, center.today())
        found[kind.title] = best(lambda kind=kind, span=span: statistics.report(center, kind, span))  # type: ignore[misc]  # bound at once
    return found


def main(cases: int, database: str) -> None:
    """Fill, measure, tell."""
    with tempfile.TemporaryDirectory() as folder, cluster() if database == "postgresql" else nullcontext("") as url:
        center = a_county(Path(folder), url or f"sqlite:///{folder}/center.db")
        wanted = supervising.proposals(center, OrderQuery())[:10]
        supervising.issue(center, [(each.line.id, each.wanted.id) for each in wanted], who="shen")
        repeated(center, cases // FIRST)
        for name, ms in measured(center).items():
            print(f"{database} {cases:,} {name} {ms:.0f} ms")
        center.database.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "sqlite")
