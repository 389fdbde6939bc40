"""SIGKILL at random moments: what was said to be saved stands there in order, nothing stands there by half.

Few kills are made every time, hundreds belong to the long tier. Imports are killed in tests/commands/test_processes.py,
the county in tests/sync/center/test_kills.py.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from mediator.casework import exchange, opening, reading
from mediator.casework.desk import Desk
from mediator.core.records import CaseId
from tests.casework.desks import a_desk, a_document, a_signed_case, taken_in
from tests.durability.children import DRAWN, Place, hear, killed, lay_before, print_papers, talk
from tests.durability.equality import at_desk, equal_again, stand_there
from tests.sync.center.program import County

CASES = 20
SLOW = [pytest.param(False, id="usual"), pytest.param(True, id="full", marks=pytest.mark.full)]


def whole(place: Place, said: dict[CaseId, list[str]]) -> None:
    """At the end: every turn of every round, once, in order, under every signature."""
    with at_desk(place) as desk:
        for case_id, texts in said.items():
            case = reading.reread(desk, case_id).case
            assert [turn.text for sitting in case.hearings for turn in sitting.turns] == texts
        assert opening.check(desk, full=True).ok


@pytest.mark.threat("T21")
@pytest.mark.threat("T22")
@pytest.mark.parametrize("full", SLOW)
def test_a_killed_hearing_keeps_every_acknowledged_turn_in_order(tmp_path: Path, *, full: bool) -> None:
    desk, random, told_in_all = a_desk(tmp_path / "vault"), Random(22), 0
    cases = [taken_in(desk, a_document()) for _ in range(CASES if full else 2)]
    opening.lock(desk)
    said: dict[CaseId, list[str]] = {case: [] for case in cases}
    for number in range(200 if full else 10):
        place = Place(tmp_path / "vault", cases[number % len(cases)], number)
        told = killed(hear, place, random, within=0.12)
        told_in_all += len(told)
        with at_desk(place) as desk:
            said[place.case] += stand_there(reading.reread(desk, place.case).case, place, len(told))
    assert told_in_all >= number, "the kills came before anything was said"
    whole(place, said)


@pytest.mark.threat("T21")
@pytest.mark.parametrize("full", SLOW)
def test_a_kill_between_reading_and_signing_leaves_every_acknowledged_signature_and_no_half_one(
    tmp_path: Path, *, full: bool
) -> None:
    desk, random, told_in_all = a_desk(tmp_path / "vault"), Random(24), 0
    case = taken_in(desk, a_document())
    opening.lock(desk)
    for number in range(60 if full else 3):
        place = Place(tmp_path / "vault", case, number)
        told = killed(lay_before, place, random, within=0.4)
        told_in_all += len(told)
        with at_desk(place) as desk:
            signatures_stand(desk, place, len(told))
    assert told_in_all >= number, "the kills came before anything was signed"
    with at_desk(place) as desk:
        assert opening.check(desk, full=True).ok


def signatures_stand(desk: Desk, place: Place, told: int) -> None:
    """Of this round's sitting, if it was opened: every signature that was told, and each word it is bound to."""
    opened = reading.reread(desk, place.case)
    kinds = [each.kind for each in opened.entries if each.kind.startswith("hearing.")]
    last = len(kinds) - kinds[::-1].index("hearing.opened") if "hearing.opened" in kinds else 0
    mine, sitting = kinds[last:], opened.case.hearings[-1] if opened.case.hearings else None
    fresh = sitting is not None and (not sitting.turns or sitting.turns[0].text.startswith(f"第{place.round}场"))
    if sitting is None or not fresh:
        assert told == 0
        return
    assert mine.count("hearing.signed") >= told
    assert all(each.fits for each in sitting.reads)
    if sitting.signatures:
        (found,) = sitting.signatures
        assert (found.strokes, found.fits) == ((DRAWN,), mine[-1] == "hearing.signed")


@pytest.mark.threat("T49")
@pytest.mark.threat("T50")
@pytest.mark.parametrize("road", ["stick", "network"])
@pytest.mark.parametrize("full", SLOW)
def test_a_laptop_killed_in_an_exchange_is_made_equal_by_the_next(tmp_path: Path, road: str, *, full: bool) -> None:
    county = County(tmp_path / "center")
    county.init()
    desk = a_desk(tmp_path / "vault")
    place = Place(tmp_path / "vault", taken_in(desk, a_document()))
    opening.lock(desk)
    (tmp_path / "stick").mkdir()
    said: list[str] = []
    with county.serving() as running:
        place = replace(place, to=running.url if road == "network" else str(tmp_path / "stick"))
        with at_desk(place) as desk:
            exchange.enroll_network(desk, running.url, county.code())
        random = Random(49)
        for number in range(50 if full else 3):
            place = replace(place, round=number)
            told = killed(talk, place, random, within=0.4)
            said += equal_again(county, place, len(told))
    whole(place, {place.case: said})


@pytest.mark.threat("T12")
@pytest.mark.threat("T24")
@pytest.mark.parametrize("full", SLOW)
def test_a_kill_while_papers_are_made_leaves_whole_papers_and_nothing_else(tmp_path: Path, *, full: bool) -> None:
    desk, random = a_desk(tmp_path / "vault"), Random(12)
    place = Place(tmp_path / "vault", a_signed_case(desk), to=str(tmp_path / "out"))
    opening.lock(desk)
    before = {path.name for path in tmp_path.iterdir()}
    (tmp_path / "temp").mkdir()
    for number in range(20 if full else 3):
        told = killed(print_papers, replace(place, round=number), random, within=1.2)
        with at_desk(place) as desk:
            issued = digests(desk, place.case)
        papers = sorted((tmp_path / "out").iterdir()) if told else list((tmp_path / "out").glob("*"))
        assert {hashlib.sha256(path.read_bytes()).hexdigest() for path in papers} <= issued
        assert {path for paths in told for path in paths} <= {str(path) for path in papers}
        assert list((tmp_path / "temp").rglob("*")) == []
    assert {path.name for path in tmp_path.iterdir()} <= before | {"temp", "out"}


def digests(desk: Desk, case: CaseId) -> set[str]:
    """Every issued file by its digest."""
    return {file.sha256 for paper in reading.reread(desk, case).case.papers for file in paper.files}
