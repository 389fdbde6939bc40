"""A county's morning: `python -m tests.bench.morning 40 [sqlite|postgresql] [seconds] [workers]`.

Every laptop sends a day's work to the real service. Half an hour of arrivals is pressed into fewer seconds, which is
the harder test.
Told are the times of whole exchanges (bundle sealed, sent, receipt read and checked) and the memory of the largest of
the service's processes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path
from random import Random
from typing import Final

import httpx

from mediator.journal.entry import StreamId
from sync.carriers.http import HttpCarrier
from sync.center.__main__ import opened
from tests.sync.center.postgres import cluster
from tests.sync.center.program import County
from tests.sync.center.real import Laptop, joined
from tests.sync.center.test_running import wait_for

SECONDS: Final = 180
DAY: Final = 60
AT_ONCE: Final = 24
HALF_HOUR: Final = 1800


def laptops(county: County, count: int) -> list[Laptop]:
    """Laptops that have joined, each with a day's work unsent: two cases, sixty sentences."""
    options = argparse.Namespace(data=str(county.folder), database=county.url or None)
    with opened(options) as center:
        made = [joined(center, f"laptop-{number}") for number in range(count)]
    for number, each in enumerate(made):
        for case in range(2):
            each.tell(DAY // 2, case=StreamId(f"{number * 2 + case + 1:032x}"))
    return made


def exchanged(laptop: Laptop, url: str, address: str) -> float:
    """One exchange, in seconds; the service sees each laptop at an address of its own."""
    with httpx.Client(base_url=url, timeout=60, headers={"X-Forwarded-For": address}, trust_env=False) as http:
        start = time.perf_counter()
        done = laptop.exchange(HttpCarrier(http))
        spent = time.perf_counter() - start
    assert done.code == "", done.code
    assert laptop.shelf.receipt() is not None
    return spent


def arrive(made: list[Laptop], url: str, within: int) -> list[float]:
    """Everybody within so many seconds, at moments drawn once and for all."""
    random, start = Random(9), time.perf_counter()
    moments = sorted(random.uniform(0, within) for _ in made)

    def come(number: int) -> float:
        time.sleep(max(0.0, start + moments[number] - time.perf_counter()))
        return exchanged(made[number], url, f"10.1.{number // 200}.{number % 200 + 1}")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sorted(pool.map(come, range(len(made))))


def peak(process: int) -> int:
    """The most memory that a process held, in MiB."""
    status = Path(f"/proc/{process}/status").read_text("ascii")
    line = next(each for each in status.splitlines() if each.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


@contextmanager
def founded(folder: Path, database: str) -> Iterator[County]:
    """A county on either database, fsync on."""
    place = cluster(durable=True) if database == "postgresql" else nullcontext("")
    with place as url:
        county = County(folder / "center", url=url)
        assert county.init().code == 0
        yield county


def main(count: int, database: str = "sqlite", within: int = SECONDS, workers: int = 1) -> None:
    """Measure and tell."""
    with tempfile.TemporaryDirectory() as name, founded(Path(name), database) as county:
        made = laptops(county, count)
        with county.serving("--workers", str(workers)) as served:
            processes = wait_for(served.child.pid, workers) if workers > 1 else [served.child.pid]
            spent = arrive(made, served.url, within)
            memory = max(map(peak, processes))
        held = county("status").document
    place = [spent[int(len(spent) * share)] for share in (0.5, 0.95)]
    faster = HALF_HOUR // within
    told = f"{count} laptops on {database}, {workers} processes, in {within} s ({faster} times the rush)"
    print(f"{told}, {held['entries']} entries:")
    print(f"  exchange median {place[0]:.2f} s, p95 {place[1]:.2f} s, longest {spent[-1]:.2f} s; process {memory} MiB")


if __name__ == "__main__":
    given = sys.argv[2:]
    main(int(sys.argv[1]), given[0] if given else "sqlite", *map(int, given[1:]))
