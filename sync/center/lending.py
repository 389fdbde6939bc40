"""转办: the county lends a case to a room of another township and takes it back (三调联动).

The room gets the whole case in causal order and everything that comes later, until it is taken back; then nothing more
flows, and what it has stays with it to look at. What it had written meanwhile without having heard is taken in all the
same, told apart, and shown to both rooms (rows 52, 53). The case stays its own township's and is counted there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, select, update

from mediator.errors import RefusedByRule
from mediator.journal.custody import Reader
from mediator.journal.entry import StreamId
from mediator.journal.lending import GRANTED, RELEASED
from mediator.journal.reach import Reach
from mediator.journal.streams import desk_stream
from sync.center.backlog import catch_up, told_of
from sync.center.chain import lock_desk, say
from sync.center.county import Center
from sync.center.custody import custodies
from sync.center.database import Scope
from sync.center.folding import fold_one
from sync.center.judging import ENROLLED
from sync.center.supervising import locked_case, said
from sync.center.tables import CASE_ROW, DESK

NOTED: Final = {GRANTED: "audit.case_granted", RELEASED: "audit.case_released"}


@dataclass(frozen=True, slots=True)
class Place:
    """A room that a case can be lent to: its short name, its township, and what people call it."""

    room: str
    township: str
    name: str


def places(center: Center, case: str) -> list[Place]:
    """Rooms of other townships with a computer in use that do not have the case, by township."""
    with center.database.reading() as scope:
        of = custodies(scope, [StreamId(case)]).get(StreamId(case))
        rows = scope.rows(select(DESK.c.township, DESK.c.room).where(DESK.c.state == ENROLLED).distinct())
    if of is None:
        return []
    has = {each for each, until in of.rooms.items() if until is None}
    free = sorted((row.township, row.room) for row in rows if row.township != of.township and row.room)
    named = [(Reader(township, room), center.places.name(township)) for township, room in free]
    return [Place(each.room, each.township, name) for each, name in named if each not in has]


def grant(center: Center, case: str, room: str, *, reason: str, who: str) -> None:
    """Lend a case to a room. Raises Unacceptable `case.unknown`, RefusedByRule `lend.room` for one that cannot get it,
    `lend.reason`.
    """
    why = said(reason)
    if not why:
        raise RefusedByRule("lend.reason")
    place = next((each for each in places(center, case) if each.room == room), None)

    def work(scope: Scope) -> None:
        row = held(center, scope, case)
        if place is None or custodies(scope, [row.case])[row.case].rooms.get(Reader(place.township, room), 0) is None:
            raise RefusedByRule("lend.room")
        told = {"room": room, "township": place.township, "name": place.name, "owner": row.township, "reason": why}
        speak(center, scope, row, GRANTED, told, who=who)

    center.database.write(work)
    fold_one(center, StreamId(case))


def release(center: Center, case: str, room: str, *, who: str) -> None:
    """Take a case back from a room. Raises Unacceptable `case.unknown`, RefusedByRule `lend.none`."""

    def work(scope: Scope) -> None:
        row = held(center, scope, case)
        of = custodies(scope, [row.case])[row.case]
        place = next((each for each, until in of.rooms.items() if each.room == room and until is None), None)
        if place is None:
            raise RefusedByRule("lend.none")
        desks = select(DESK.c.desk).where(DESK.c.township == place.township, DESK.c.room == room)
        body: dict[str, object] = {"room": room, "desks": sorted(each.desk for each in scope.rows(desks))}
        speak(center, scope, row, RELEASED, body, who=who)

    center.database.write(work)
    fold_one(center, StreamId(case))


def held(center: Center, scope: Scope, case: str) -> Row[Any]:
    """The locked row of a case, after the center's own desk as everybody who writes its chain."""
    lock_desk(scope, center.desk)
    return locked_case(scope, StreamId(case))


def speak(center: Center, scope: Scope, row: Row[Any], kind: str, body: dict[str, object], *, who: str) -> None:
    """The county's word with what it holds of the case, who said it, and every feed brought up to it."""
    case = StreamId(row.case)
    log, _ = told_of(center, scope, case)
    say(center, scope, case, kind, body, feeds=[], seen=log.seen(Reach.COUNTY))
    noted = {"login": who, "case": row.case, "room": body["room"]}
    say(center, scope, desk_stream(center.desk), NOTED[kind], noted, feeds=[])
    scope.change(update(CASE_ROW).where(CASE_ROW.c.case == case).values(dirty=CASE_ROW.c.dirty + 1))
    catch_up(center, scope, case)
