"""A worker needs no more than 256 MiB, whatever laptops and strangers send at once (G10)."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from mediator.journal.entry import StreamId
from tests.bench.morning import peak
from tests.sync.center.program import County, Served
from tests.sync.center.real import Laptop, a_laptop
from tests.sync.center.test_kills import join, talk

MOST: int = 256
TRIES: int = 3
LAPTOPS, LARGE, LENGTH = 4, 20, 900_000
FOREIGN = os.urandom(1 << 20)


def laden(county: County, running: Served, number: int) -> Laptop:
    """A laptop with entries of a megabyte each, as a scanned text pasted whole would make them."""
    made = a_laptop(f"desk-{number}")
    join(county, made, running.url)
    for place in range(LARGE):
        text = f"{number}{place}" + os.urandom(LENGTH // 2).hex()
        made.tell(1, case=StreamId(f"{number + 1:032x}"), text=text)
    return made


def pestered(url: str) -> None:
    """A stranger sends what is none, as much as a door lets in."""
    with httpx.Client(base_url=url, trust_env=False, timeout=60) as http:
        for path in ("/sync/v1/exchange", "/sync/v1/enroll", "/login"):
            for _ in range(3):
                assert http.post(path, content=FOREIGN).status_code >= 400


@pytest.mark.full
@pytest.mark.threat("T45")
def test_a_worker_under_four_large_bundles_at_once_and_strangers_stays_within_256_mib(tmp_path: Path) -> None:
    county = County(tmp_path / "center")
    county.init()
    with county.serving() as running:
        made = [laden(county, running, number) for number in range(LAPTOPS)]
        before = peak(running.child.pid)
        with ThreadPoolExecutor(LAPTOPS + 2) as pool:
            strangers = [pool.submit(pestered, running.url) for _ in range(2)]
            codes = set(pool.map(lambda laptop: talk(laptop, running.url), made))
            for each in strangers:
                each.result()
        for laptop in made:
            ended = [talk(laptop, running.url) for _ in range(TRIES)]
            codes |= set(ended[:-1])
            assert ended[-1] == ""
        assert codes <= {"", "network.busy", "network.cut"}, "a busy machine may cut a line and nothing else"
        most = peak(running.child.pid)
    assert [each.journal.top(each.id)[0] for each in made] == [LARGE + 1] * LAPTOPS
    assert before < most < MOST, (before, most)
