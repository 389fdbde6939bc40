"""Several processes behind one address: a killed one is replaced, SQLite gets one, and what is amiss is told."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import httpx
import pytest

from mediator.journal.entry import StreamId
from sync.center.cautions import NO_WALL, ONE_WRITER
from sync.center.commands import MOST_WORKERS
from tests.sync.center.conftest import fresh_database
from tests.sync.center.program import County
from tests.sync.center.real import Laptop, a_laptop
from tests.sync.center.test_kills import join, talk


def workers_of(parent: int) -> list[int]:
    """The serving processes below a service."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            told, line = path.read_text(), path.with_name("cmdline").read_bytes()
        except OSError:
            continue
        if told.rpartition(")")[2].split()[1] == str(parent) and b"spawn_main" in line:
            found.append(int(path.parent.name))
    return sorted(found)


def wait_for(parent: int, count: int, *, without: int = 0) -> list[int]:
    """The same as soon as there are so many."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        found = [each for each in workers_of(parent) if each != without]
        if len(found) == count:
            return found
    raise AssertionError("the workers did not come")


def written(laptop: Laptop, number: int) -> Laptop:
    """A case more."""
    laptop.tell(5, case=StreamId(f"{number:032x}"))
    return laptop


@pytest.mark.threat("T50")
def test_a_worker_that_is_killed_is_replaced_and_the_laptops_go_on(server: str, tmp_path: Path) -> None:
    county, laptop = County(tmp_path / "center", url=fresh_database(server)), a_laptop("desk-workers")
    county.init()
    with county.serving("--workers", "2") as running:
        first, _second = wait_for(running.child.pid, 2)
        join(county, laptop, running.url)
        assert talk(written(laptop, 1), running.url) == ""
        os.kill(first, signal.SIGKILL)
        assert {talk(written(laptop, number), running.url) for number in (2, 3)} <= {"", "network.cut"}
        wait_for(running.child.pid, 2, without=first)
        assert talk(written(laptop, 4), running.url) == ""
    assert workers_of(running.child.pid) == [], "nobody is left behind"
    told = county("check").document
    assert (told["ok"], told["cases"]) == (True, 4)


def test_sqlite_is_served_by_one_process_and_says_why(tmp_path: Path) -> None:
    county = County(tmp_path / "center")
    county.init()
    with county.serving("--workers", "3") as running:
        assert running.child.stderr
        assert ONE_WRITER in running.child.stderr.readline().decode()
        assert httpx.get(f"{running.url}/login", trust_env=False).status_code == 200
        assert workers_of(running.child.pid) == []
    assert county("status").document["warnings"] == []


def test_a_database_user_above_the_wall_is_told_of(server: str, tmp_path: Path) -> None:
    county = County(tmp_path / "center", url=fresh_database(server))
    county.init()
    assert county("status").document["warnings"] == [NO_WALL]
    assert NO_WALL in county.in_words("status").out
    with county.serving() as running:
        assert running.child.stderr
        assert NO_WALL in running.child.stderr.readline().decode()


@pytest.mark.parametrize("count", ["0", "-1", "x", str(MOST_WORKERS + 1)])
def test_a_number_of_processes_that_is_none_is_wrong_use(tmp_path: Path, count: str) -> None:
    assert County(tmp_path / "center")("serve", "--workers", count).code == 2
