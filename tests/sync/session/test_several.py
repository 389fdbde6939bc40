"""More unsent than a bundle holds: several in chain order on a stick, any of them lost, for the memory of one."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mediator.journal.entry import DeskId
from sync.carriers.stick import StickCarrier, found_in
from sync.session import packing
from sync.session.packing import own_run
from tests.casework.desks import ROOT
from tests.sync.carriers.test_roads import Way, taken
from tests.sync.session.county import CENTER, Laptop, SmallCounty, a_laptop

SMALL = 2_000
MOST_MIB = 200


@pytest.fixture
def laptop(monkeypatch: pytest.MonkeyPatch) -> Laptop:
    """With twenty entries and a note for itself among them, where a bundle holds two or three."""
    monkeypatch.setattr(packing, "MAX_RAW_UP", SMALL)
    made = a_laptop()
    made.tell(10)
    made.tell(1, kind="note.private")
    made.tell(10)
    return made


def visit(laptop: Laptop, folder: Path) -> list[tuple[int, int]]:
    """The laptop's turn with a stick; which entries lie in which file."""
    carrier = StickCarrier(folder, CENTER, laptop.id)
    done = laptop.exchange(carrier)
    assert done.code == ""
    return [(each.first, each.last) for each in carrier.parcels]


def test_one_visit_takes_everything_in_files_that_join(laptop: Laptop, tmp_path: Path) -> None:
    runs = visit(laptop, tmp_path)
    assert len(runs) > 5
    assert (runs[0][0], runs[-1][1]) == (1, 21)
    assert [last + 1 for _, last in runs[:-1]] == [first for first, _ in runs[1:]]
    county = SmallCounty(laptop)
    stick = Way(StickCarrier(tmp_path, CENTER, laptop.id), laptop, county, tmp_path)
    stick.carried()
    assert county.head == 21
    assert visit(laptop, tmp_path) == [(22, 21)], "nothing new is one small file"
    assert laptop.shelf.outgoing() is None
    assert len(list(found_in(tmp_path, direction="up"))) == 1


@pytest.mark.parametrize("lost", [0, 1, -1])
def test_a_file_that_is_lost_costs_a_visit_and_nothing_else(laptop: Laptop, tmp_path: Path, lost: int) -> None:
    visit(laptop, tmp_path)
    files = sorted(tmp_path.iterdir())
    files[lost].unlink()
    county = SmallCounty(laptop)
    codes = [taken(county, path.read_bytes()).code for path in sorted(tmp_path.iterdir())]
    assert set(codes) <= {"", "bundle.gap"}
    assert county.head < 21
    stick = Way(StickCarrier(tmp_path, CENTER, laptop.id), laptop, county, tmp_path)
    visit(laptop, tmp_path)
    stick.carried()
    assert county.head == 21


def test_what_is_written_meanwhile_waits_for_the_next_visit(
    laptop: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = StickCarrier.offer

    def busy(carrier: StickCarrier, outgoing: object) -> object:
        laptop.tell(1)
        return plain(carrier, outgoing)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(StickCarrier, "offer", busy)
    runs = visit(laptop, tmp_path)
    assert runs[-1][1] in (21, 22, 23), "who types during a visit does not keep it going"


def test_a_network_after_a_stick_of_several_begins_at_the_receipt(laptop: Laptop, tmp_path: Path) -> None:
    visit(laptop, tmp_path)
    county = SmallCounty(laptop)
    done = laptop.exchange(county)
    assert (done.code, done.pending, county.head) == ("", 0, 21)
    assert county.ups[0].hello.base == 0


def test_large_entries_are_read_few_at_a_time(laptop: Laptop) -> None:
    asked: list[int] = []
    journal = laptop.writer.journal
    plain = journal.since

    def since(desk: DeskId, after: int, limit: int) -> object:
        asked.append(limit)
        return plain(desk, after, limit)

    journal.since = since  # type: ignore[method-assign, assignment]
    try:
        assert len(list(own_run(journal, laptop.id, 0))) == 21
    finally:
        journal.since = plain  # type: ignore[method-assign]
    assert asked[0] <= 16, "a first look that a megabyte an entry may cost"
    assert asked[1] > 1_000


@pytest.mark.full
def test_a_hundred_megabytes_of_large_entries_leave_within_200_mib(tmp_path: Path) -> None:
    """Measured in a process of its own, with the real ciphers (G10)."""
    command = [sys.executable, "-m", "tests.sync.session.outgrown", str(tmp_path), "130", str(900_000)]
    done = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=300).stdout)
    assert (done["code"], done["sent"], done["runs"][-1][1]) == ("", 130, 130)
    assert len(done["runs"]) >= 3
    assert done["peak_mib"] < MOST_MIB, done
