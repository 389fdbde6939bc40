"""A province in one database: `python -m tests.bench.province 90 [URL of a Citus coordinator]`.

Counties of one shape are founded, each takes in the cases of its laptop through the real exchange, then pages are
made and the province is summed up. The same on plain PostgreSQL and, where a URL is given, on tables spread over
machines, in one run. Ciphers are the tests' cheap ones: it is the database that is measured.
"""

from __future__ import annotations

import secrets
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from random import Random
from statistics import median
from typing import Final

import psycopg
from sqlalchemy import func, select, text

from mediator.core.calendar import shipped_calendar
from mediator.core.divisions import division_names
from mediator.journal.entry import StreamId
from sync.center import reading
from sync.center.accounts import FrontDoor
from sync.center.county import Center, Places
from sync.center.database import Database, open_engine
from sync.center.distributing import distribute, machines
from sync.center.folding import fold_dirty
from sync.center.limiting import Limiter
from sync.center.opening import Ground, found, open_center
from sync.center.pages import KNOCKS, Pages, environment
from sync.center.tables import ENTRY
from tests.bench.measures import timed
from tests.sync.center.people import quick
from tests.sync.center.postgres import cluster
from tests.sync.center.test_exchange import by_network
from tests.sync.fakes import Clock, FakeSealer, OpenCabinet
from tests.sync.world import Desk, a_laptop

MODEL: Final = "331122"
CASES: Final = 20
SENTENCES: Final = 59
WORKERS: Final = 4
LOOKED_AT: Final = 9


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one county took in; `seconds` are those of its exchange alone."""

    county: str
    entries: int
    seconds: float


def counties(count: int) -> list[str]:
    """Six digits each, no two alike."""
    return [f"33{number // 100:02d}{number % 100:02d}" for number in range(count)]


def names_of(county: str) -> Places:
    """The model county's places under another code."""
    return Places({county + code[6:]: name for code, name in division_names(MODEL).items() if len(code) > len(MODEL)})


def ground_of(county: str) -> Ground:
    """What a county stands on."""
    random = Random(county)
    return Ground(FakeSealer(county), OpenCabinet(), Clock(), random.randbytes, names_of(county), shipped_calendar())


def a_county(url: str, county: str) -> Center:
    """Founded, nothing in it."""
    return found(Database(open_engine(url), county), ground_of(county), center=county.rjust(32, "0"), name=county)


def written(center: Center) -> Desk:
    """A laptop with its cases."""
    desk = a_laptop(Random(1), center, f"desk-{center.county}", township=f"{center.county}101")
    for number in range(CASES):
        stream = StreamId(f"{number:032x}")
        desk.writer.write(stream, "case.opened", {"fields": {"title": "相邻通行", "kind": "people_mediation"}})
        for place in range(SENTENCES):
            body = {"id": f"{place:032x}", "hearing": "0" * 32, "speaker": "王某", "text": f"第{place}句", "at": 1}
            desk.writer.write(stream, "hearing.sentence", body)
    return desk


def load(url: str, county: str) -> Loaded:
    """One county in a process of its own: founded, a laptop joins, its entries come in and are folded."""
    center = a_county(url, county)
    desk = written(center)
    start = time.perf_counter()
    by_network(center, desk)
    fold_dirty(center)
    seconds = time.perf_counter() - start
    count = reading.entry_count(center)
    center.database.close()
    return Loaded(county, count, seconds)


def sums(url: str) -> dict[str, int]:
    """Entries of every county, asked by whoever runs the database: no county's window shows another's rows."""
    engine = open_engine(url)
    with engine.connect() as connection:
        rows = connection.execute(select(ENTRY.c.county, func.count()).group_by(ENTRY.c.county)).all()
    engine.dispose()
    return {row[0]: row[1] for row in rows}


def page_ms(url: str, county: str) -> float:
    """The first page of a county, the better of two."""
    center = open_center(url, county, ground_of(county))
    pages = Pages(center, FrontDoor(center, quick), environment(), Limiter(**KNOCKS, now=center.now))
    best = min(timed(pages._home) for _ in range(2)) * 1000
    center.database.close()
    return best


def measured(name: str, url: str, codes: Sequence[str]) -> None:
    """Load, look, sum up and tell; a sum that is not what the counties hold ends the run."""
    start = time.perf_counter()
    with ProcessPoolExecutor(WORKERS) as pool:
        held = list(pool.map(partial(load, url), codes[1:]))
    whole = time.perf_counter() - start
    entries = sum(each.entries for each in held)
    engine = open_engine(url)
    with engine.connect() as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()
    counted: dict[str, int] = {}
    summing = timed(lambda: counted.update(sums(url)))
    assert {each.county: each.entries for each in held}.items() <= counted.items(), "the province's sums are wrong"
    pages = [page_ms(url, code) for code in codes[1 :: max(1, len(codes) // LOOKED_AT)]]
    rate = entries / sum(each.seconds for each in held) * WORKERS
    print(f"{name}: {len(held)} counties, {entries:,} entries in {whole:.0f} s with founding and joining")
    print(f"  exchange and folding alone {rate:,.0f} entries/s by {WORKERS} processes")
    print(f"  first page {median(pages):.0f} ms, provincial sum {summing * 1000:.0f} ms")


@contextmanager
def apart(url: str) -> Iterator[str]:
    """A schema of its own in somebody's database, dropped at the end."""
    name = f"p{secrets.token_hex(6)}"
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")
    try:
        yield f"{url}?options=-csearch_path%3D{name}"
    finally:
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(f"DROP SCHEMA {name} CASCADE")


def main(count: int, citus: str = "") -> None:
    """Plain PostgreSQL first, then the machines."""
    codes = counties(count + 1)
    with cluster() as url:
        a_county(url, codes[0]).database.close()
        measured("PostgreSQL", url, codes)
    if citus:
        with apart(citus) as url:
            first = a_county(url, codes[0])
            distribute(first.database.engine)
            name = f"Citus, {machines(first.database.engine)} machines"
            first.database.close()
            measured(name, url, codes)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
