"""Processes that work on a vault until they are killed, and tell the test what they were promised.

They are forked from a server that has imported everything once, so a kill costs no start of an interpreter; each is a
process of its own with its own handles, and SIGKILL ends it wherever it stands.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import Any

from mediator.casework import exchange, hearing, hearing_signing, opening, printing, reading
from mediator.casework.county import Exchanged
from mediator.casework.desk import Desk
from mediator.casework.hearing import HearingForm
from mediator.casework.hearing_signing import Answer, Signer
from mediator.core.records import CaseId, HearingId
from mediator.core.sittings import SignWay
from mediator.journal.sittings import pinned, record_digest
from mediator.wiring.county import CountyRoad
from tests.casework.desks import PASSWORD, StillClock, a_workshop

SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload(["tests.durability.children"])
ZHANG = Signer("张三", "申请人")
DRAWN = tuple((10 * n, 5 * n, 16 * n) for n in range(90))
PAPERS = ("mediation_agreement", "mediation_record")


@dataclass(frozen=True)
class Place:
    """Where a child works and on what; `round` makes its random ids its own."""

    vault: Path
    case: CaseId
    round: int = 0
    to: str = ""


def sit_down(place: Place) -> Desk:
    """By the start-up that everybody uses, with a road to a county."""
    workshop = replace(a_workshop(seed=1000 + place.round), exchange=CountyRoad(StillClock()))
    return opening.unlock(workshop, place.vault, None, PASSWORD)


def words_of(place: Place, number: int) -> str:
    """What is said in a turn."""
    return f"第{place.round}场第{number}句"


def speak(desk: Desk, place: Place, sitting: HearingId, number: int) -> None:
    """One turn."""
    hearing.record_turn(desk, place.case, sitting, speaker="张三", text=words_of(place, number))


def hear(told: Connection, place: Place) -> None:
    """A sitting without end; each turn is told once it is kept."""
    desk = sit_down(place)
    sitting = hearing.open_hearing(desk, place.case, HearingForm(place="镇调解室"))
    told.send("begun")
    for number in count():
        speak(desk, place, sitting, number)
        told.send(number)


def talk(told: Connection, place: Place) -> None:
    """Turns and exchanges by turns; `to` is an address or the folder of a stick."""
    desk = sit_down(place)
    sitting = hearing.open_hearing(desk, place.case, HearingForm(place="镇调解室"))
    told.send("begun")
    for number in count():
        speak(desk, place, sitting, number)
        told.send(number)
        if number % 10 == 9:
            meet(desk, place.to)


def lay_before(told: Connection, place: Place) -> None:
    """Turn after turn, each read back and the record signed again; told once the signature is kept."""
    desk = sit_down(place)
    sitting = hearing.open_hearing(desk, place.case, HearingForm(place="镇调解室"))
    told.send("begun")
    for number in count():
        speak(desk, place, sitting, number)
        turns = pinned(reading.reread(desk, place.case).case.hearings[-1].turns)
        hearing_signing.initial(desk, place.case, sitting, shown=turns[-1:], by=ZHANG)
        given = Answer(ZHANG, SignWay.STROKES, record_digest(turns), (DRAWN,))
        hearing_signing.answer(desk, place.case, sitting, given)
        told.send(number)


def meet(desk: Desk, to: str) -> Exchanged:
    """One exchange over either road."""
    done = exchange.by_network(desk, to) if to.startswith("http") else exchange.by_stick(desk, Path(to))
    assert done.code == "", done.code
    return done


def print_papers(told: Connection, place: Place) -> None:
    """Papers without end into one folder; whatever else the process writes goes to `temp` beside the vault."""
    elsewhere = str(place.vault.parent / "temp")
    os.environ |= {"TMPDIR": elsewhere, "HOME": elsewhere, "XDG_CACHE_HOME": elsewhere, "XDG_DATA_HOME": elsewhere}
    tempfile.tempdir = None
    os.chdir(elsewhere)
    desk = sit_down(place)
    told.send("begun")
    while True:
        made = printing.make(desk, place.case, PAPERS, formats=("docx", "pdf"), out=Path(place.to), draft=False)
        told.send([str(file.path) for paper in made for file in paper.files])


def killed(work: Callable[[Connection, Place], None], place: Place, random: Random, *, within: float) -> list[Any]:
    """Start a child, kill it at a random moment, mostly after it has begun; everything it told."""
    ours, theirs = SERVER.Pipe(duplex=False)
    child = SERVER.Process(target=work, args=(theirs, place))
    child.start()
    theirs.close()
    heard: list[Any] = []
    if random.random() < 0.85:
        heard.append(ours.recv())
    child.join(random.uniform(0.0, within))
    assert child.is_alive(), "the child ended by itself"
    child.kill()
    child.join()
    while ours.poll():
        try:
            heard.append(ours.recv())
        except EOFError:
            break
    ours.close()
    return heard[1:]
