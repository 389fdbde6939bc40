"""The county's first pages over many cases: `python -m tests.bench.county 75000 [postgresql]`.

Each page comes through the real application with its session, its template and its sealed columns. The machine may be
busy, so both are told: the work of this process, and how long somebody waits.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

import httpx

from mediator.casework import importing, opening, practice
from mediator.crypto.columns import Columns
from mediator.journal.entry import StreamId
from mediator.journal.reach import Reach
from sync.center import folding, supervising
from sync.center.application import application
from sync.center.county import Center
from sync.center.judging import unfolded
from sync.center.keeping import Keeper
from sync.center.roles import Role
from sync.center.supervising import OrderQuery
from sync.center.tables import CASE_ROW
from tests.bench.county_rows import repeated
from tests.bench.measures import Measured
from tests.casework.desks import a_desk, encoded
from tests.sync.center.people import add_person, log_in, quick
from tests.sync.center.postgres import cluster
from tests.sync.center.serving import served
from tests.sync.center.test_exchange import by_network
from tests.sync.fakes import Clock, a_center
from tests.sync.world import TOWNSHIP, a_laptop

FIRST: Final = 500
FEW: Final = 5000
FIRST_PAGES: Final = (
    "/", "/cases", "/cases?late=1", "/orders", "/orders?state=late", "/statistics", "/statistics?kind=year",
    "/statistics?kind=mediation_statistics", "/rules",
)  # fmt: skip


def a_county(folder: Path, url: str) -> Center:
    """A center with the first cases, spread over its townships, which have all exchanged today."""
    center, desk, random = a_center(Random(5), url=url), a_desk(folder / "desk"), Random(3)
    center = replace(center, cabinet=Columns(bytes(32), owner="c" * 32))
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


def looked_at(center: Center) -> dict[str, tuple[float, float]]:
    """First pages by their addresses through the real application: own work and waiting in ms, the best of three."""
    found = {}
    add_person(center, role=Role.SUPERVISOR.value)
    with served(application(center, quick)) as url, httpx.Client(base_url=url, timeout=60, trust_env=False) as client:
        log_in(client)
        for page in FIRST_PAGES:
            found[page] = min(taken(client, page) for _ in range(3))
    return found


def taken(client: httpx.Client, page: str) -> tuple[float, float]:
    """This process's own work for a page, and how long somebody waits for it, in ms."""
    work, wall = time.process_time(), time.perf_counter()
    answer = client.get(page)
    assert answer.status_code == 200, page
    return (time.process_time() - work) * 1000, (time.perf_counter() - wall) * 1000


def first_pages(folder: Path) -> Iterator[Measured]:
    """The same over a few thousand cases, by this process's own work."""
    center = a_county(folder / "county", f"sqlite:///{folder}/county.db")
    repeated(center, FEW // FIRST)
    for page, (work, _) in looked_at(center).items():
        yield Measured(f"县中心 {page}，{FEW}件", work, "ms", 300)
    center.database.close()


COUNTY = (first_pages,)


def main(cases: int, database: str) -> None:
    """Fill, measure, tell."""
    with tempfile.TemporaryDirectory() as folder, cluster() if database == "postgresql" else nullcontext("") as url:
        start = time.perf_counter()
        center = a_county(Path(folder), url or f"sqlite:///{folder}/center.db")
        wanted = supervising.proposals(center, OrderQuery())[:10]
        supervising.issue(center, [(each.line.id, each.wanted.id) for each in wanted], who="shen")
        repeated(center, cases // FIRST)
        print(f"{database} {cases:,} cases in {time.perf_counter() - start:.0f} s")
        for name, (work, wall) in looked_at(center).items():
            print(f"{name}\t{work:.0f} ms of work, {wall:.0f} ms of waiting", flush=True)
        center.database.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "sqlite")
