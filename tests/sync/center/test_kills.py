"""The county is killed while a laptop talks to it: what it acknowledged is there when it comes back, and it comes back.

Three hundred kills on each database belong to the long tier; one is made every time.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from mediator.journal.entry import StreamId
from sync.carriers.http import HttpCarrier, client
from sync.session.joining import read_card, request_bundle
from sync.wire.cards import read_membership
from sync.wire.receipt import read_receipt
from tests.sync.center.conftest import fresh_database
from tests.sync.center.postgres import cluster
from tests.sync.center.program import County, Served
from tests.sync.center.real import Laptop, a_laptop

START = 5.0
ENTRIES = 400
KILLS, PARTS = 300, 15


@pytest.fixture
def durable() -> Iterator[str]:
    """A PostgreSQL that syncs its files, as one in use does."""
    with cluster(durable=True) as url:
        yield fresh_database(url)


def join(county: County, laptop: Laptop, url: str) -> None:
    """Over the network, by code."""
    with client(url) as http:
        road = HttpCarrier(http)
        card = read_card(road.card(), laptop.sealer)
        answer = road.enroll(request_bundle(laptop.request(county.code()), card, laptop.sealer, no=1, wall=1))
        laptop.settle(next(iter(answer.down)), card)


def kill_soon(running: Served, after: float) -> threading.Timer:
    """SIGKILL, by its process id, a little later."""
    timer = threading.Timer(after, lambda: os.kill(running.child.pid, signal.SIGKILL))
    timer.start()
    return timer


def acknowledged(laptop: Laptop) -> int:
    """Up to which entry the laptop has the county's word."""
    newest = laptop.shelf.receipt()
    return read_receipt(newest, read_key(laptop), laptop.sealer).n if newest else 0


def read_key(laptop: Laptop) -> bytes:
    """The county's key as the laptop knows it."""
    card = laptop.shelf.card()
    assert card
    return bytes.fromhex(read_membership(card).card.sign)


def talk(laptop: Laptop, url: str) -> str:
    """One exchange; its code, empty when it went well."""
    with client(url) as http:
        return laptop.exchange(HttpCarrier(http)).code


def kill_and_see(county: County, laptop: Laptop, *, kills: int, seed: int) -> list[str]:
    """Kill in so many exchanges; the codes with which they ended."""
    random, ended, usual = Random(seed), list[str](), 0.0
    for number in range(kills):
        laptop.tell(ENTRIES, case=StreamId(f"{number:032x}"))
        began = time.monotonic()
        with county.serving() as running:
            usual = max(usual, time.monotonic() - began)
            timer = kill_soon(running, random.uniform(0.0, 0.35))
            ended.append(talk(laptop, running.url))
            timer.join()
        began = time.monotonic()
        with county.serving() as again:
            assert time.monotonic() - began < START + 2 * usual, "a killed county starts as fast as any other"
            held = county("status").document["entries"]
            assert held >= acknowledged(laptop), "an acknowledged entry is gone"
            assert talk(laptop, again.url) == ""
            assert laptop.shelf.outgoing() is None
            assert acknowledged(laptop) == laptop.journal.top(laptop.id)[0]
    done = county("check").document
    assert (done["ok"], done["findings"]) == (True, [])
    assert done["cases"] == kills
    return ended


@pytest.mark.threat("T50")
def test_a_killed_county_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    county, laptop = County(tmp_path / "center"), a_laptop("desk-kill")
    county.init()
    with county.serving() as running:
        join(county, laptop, running.url)
    assert len(kill_and_see(county, laptop, kills=1, seed=50)) == 1


@pytest.mark.full
@pytest.mark.threat("T50")
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@pytest.mark.parametrize("part", range(PARTS))
def test_three_hundred_kills_in_exchanges_lose_nothing(tmp_path: Path, durable: str, kind: str, part: int) -> None:
    """In parts of twenty, each with a county and a seed of its own, so that they can be run one by one."""
    county, laptop = County(tmp_path / "center", url=durable if kind == "postgresql" else ""), a_laptop("desk-kill")
    county.init()
    with county.serving() as running:
        join(county, laptop, running.url)
    ended = kill_and_see(county, laptop, kills=KILLS // PARTS, seed=20 + part)
    assert set(ended) - {""}, "no kill ever met an exchange"
