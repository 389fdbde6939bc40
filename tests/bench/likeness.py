"""Duplicates and similar cases among 5,000 made-up ones; with MEDIATOR_BENCH_GROWTH=1 among 50,000 too."""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from random import Random

from mediator.casework import importing, likeness, opening, practice
from mediator.core.records import CaseId
from tests.bench.measures import PASSWORD, Measured, a_house, a_workshop, timed
from tests.casework.desks import encoded

TOWNSHIP = "331122101"
DAYS = [date(2024, 1, 1) + timedelta(days=day) for day in range(800)]
ASKED, PORTION = 200, 250


def medians(folder: Path, count: int) -> tuple[float, float]:
    """Milliseconds of a duplicate scan and of a look for similar cases, in the middle of 200."""
    ids: list[CaseId] = []
    documents = practice.made_up(11, count, township=TOWNSHIP, days=DAYS)
    with a_house(folder) as desk:
        while portion := list(islice(documents, PORTION)):
            ids += [each.id for each in importing.import_file(desk, encoded(portion)).cases]
    desk = opening.unlock(a_workshop(), folder, None, PASSWORD)
    try:
        asked = Random(1).sample(ids, ASKED)
        for case in asked:  # what is measured is the scan and not the first opening of a case
            desk.vault.case(case)
        scans = [timed(lambda case=case: likeness.duplicates_of(desk, case)) for case in asked]  # type: ignore[misc]
        looks = [timed(lambda case=case: likeness.similar_to(desk, case)) for case in asked]  # type: ignore[misc]
    finally:
        opening.lock(desk)
    return statistics.median(scans) * 1000, statistics.median(looks) * 1000


def alike(folder: Path) -> Iterator[Measured]:
    """The bars of the scans, and how they grow."""
    scan, look = medians(folder / "alike", 5000)
    yield Measured("五千件中查重一件", scan, "ms", 100)
    yield Measured("五千件中找类案一次", look, "ms", 100)
    if os.environ.get("MEDIATOR_BENCH_GROWTH"):
        large_scan, large_look = medians(folder / "alike50", 50_000)
        yield Measured("五万件比五千件，查重", large_scan / scan, "×", 1.5)
        yield Measured("五万件比五千件，找类案", large_look / look, "×", 1.5)


LIKENESS = (alike,)
