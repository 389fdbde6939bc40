"""The county's own erasures of whole cases whose keeping is over, and who has not carried out which erasure yet (T68).

One person asks for it, another decides; both stand in the entry. Here it takes at once; a laptop takes it when
somebody there says yes (T75), and answers `erasure.done`. Until every computer that may hold the case has answered, it
is named in the list.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, delete, or_, select, update

from mediator.core.erasures import ErasureGround
from mediator.errors import RefusedByRule, Unacceptable
from mediator.journal.entry import DeskId, Entry, EntryId, StreamId
from mediator.journal.erasures import CASE_ERASED, DECISIONS, DONE, reaches, targets_in, targets_of
from mediator.journal.reach import Reach
from mediator.journal.streams import desk_stream
from sync.center import doomed
from sync.center.chain import lock_desk, say
from sync.center.county import Center
from sync.center.custody import custodies, open_feeds
from sync.center.database import Scope
from sync.center.folding import GONE, fold_one, log_of
from sync.center.judging import ENROLLED, STANDINGS
from sync.center.reading import numbers_of
from sync.center.rows import SHIPPED, entry_of
from sync.center.supervising import locked_case
from sync.center.tables import CASE_ROW, DESK, ENTRY, ERASURE_ASKED

ASKED: Final = "audit.erasure_asked"
DECIDED: Final = "audit.erasure_decided"
DROPPED: Final = "audit.erasure_dropped"


@dataclass(frozen=True, slots=True)
class Asked:
    """An erasure that waits for a second person; `at` is ms UTC."""

    case: str
    number: str
    ground: str
    by: str
    at: int


@dataclass(frozen=True, slots=True)
class Line:
    """An erasure: whose decision, how many entries it names, and which computers have not said yet that it is done.

    `off` are among them those that are no longer in use and will never say it: their vaults must be destroyed by hand.
    """

    case: str
    number: str
    whole: bool
    ground: str
    decided_by: Sequence[str]
    at: int
    named: int
    waiting: Sequence[str]
    off: Sequence[str]


def ground_of(value: str) -> ErasureGround:
    """A ground of the law; raises Unacceptable `erasure.ground`."""
    found = next((each for each in ErasureGround if each.value == value), None)
    if found is None:
        raise Unacceptable("erasure.ground")
    return found


def ask(center: Center, case: str, ground: str, *, who: str) -> None:
    """The first person's word on a whole case.

    Raises Unacceptable `case.unknown`, `erasure.ground`, RefusedByRule `erasure.asked`, `erasure.gone`.
    """
    why = ground_of(ground).value

    def work(scope: Scope) -> None:
        row = held(center, scope, case)
        if row.status == GONE:
            raise RefusedByRule("erasure.gone")
        if scope.one(select(ERASURE_ASKED).where(ERASURE_ASKED.c.case == case)) is not None:
            raise RefusedByRule("erasure.asked")
        scope.add(ERASURE_ASKED, [{"case": case, "ground": why, "by": who, "at": center.now()}])
        note(center, scope, ASKED, case, ground=why, who=who)

    center.database.write(work)


def decide(center: Center, case: str, *, who: str) -> None:
    """The second person's word: the case loses every body here, and every computer that has it is told.

    Raises Unacceptable `case.unknown`, RefusedByRule `erasure.none`, `erasure.second_person`.
    """

    def work(scope: Scope) -> None:
        row = held(center, scope, case)
        asked = waiting(scope, case)
        if asked.by == who:
            raise RefusedByRule("erasure.second_person")
        stream = StreamId(case)
        body = {"targets": targets_in_case(scope, stream), "ground": asked.ground, "decided_by": [asked.by, who]}
        seen = log_of(center, scope, stream).seen(Reach.COUNTY)
        decision = say(center, scope, stream, CASE_ERASED, body, feeds=open_feeds(scope, stream), seen=seen)
        doomed.take_bodies(scope, decision)
        scope.change(delete(ERASURE_ASKED).where(ERASURE_ASKED.c.case == case))
        note(center, scope, DECIDED, case, ground=asked.ground, who=who)
        scope.change(update(CASE_ROW).where(CASE_ROW.c.case == row.case).values(dirty=CASE_ROW.c.dirty + 1))

    center.database.write(work)
    fold_one(center, StreamId(case))
    doomed.wash(center)


def drop(center: Center, case: str, *, who: str) -> None:
    """Nothing is erased; that it was asked for stays in the log. Raises RefusedByRule `erasure.none`."""

    def work(scope: Scope) -> None:
        held(center, scope, case)
        asked = waiting(scope, case)
        scope.change(delete(ERASURE_ASKED).where(ERASURE_ASKED.c.case == case))
        note(center, scope, DROPPED, case, ground=asked.ground, who=who)

    center.database.write(work)


def held(center: Center, scope: Scope, case: str) -> Row[Any]:
    """The locked row of a case, after the center's own desk as everybody who writes its chain."""
    lock_desk(scope, center.desk)
    return locked_case(scope, StreamId(case))


def waiting(scope: Scope, case: str) -> Row[Any]:
    """What was asked for a case; raises RefusedByRule `erasure.none`."""
    asked = scope.one(select(ERASURE_ASKED).where(ERASURE_ASKED.c.case == case))
    if asked is None:
        raise RefusedByRule("erasure.none")
    return asked


def note(center: Center, scope: Scope, kind: str, case: str, *, ground: str, who: str) -> None:
    """A line of the center's own log."""
    say(center, scope, desk_stream(center.desk), kind, {"login": who, "case": case, "ground": ground}, feeds=[])


def targets_in_case(scope: Scope, case: StreamId) -> list[list[object]]:
    """Every entry of a case that the county's decision reaches, also those that were emptied before."""
    rows = scope.rows(select(ENTRY.c.desk, ENTRY.c.n, ENTRY.c.kind).where(ENTRY.c.stream == case))
    return targets_of((DeskId(row.desk), row.n) for row in rows if reaches(row.kind, CASE_ERASED))


def asked_for(center: Center) -> tuple[Asked, ...]:
    """Everything that waits for a second person, the longest first."""
    with center.database.reading() as scope:
        rows = scope.rows(select(ERASURE_ASKED).order_by(ERASURE_ASKED.c.at, ERASURE_ASKED.c.case))
    numbers = numbers_of(center, [row.case for row in rows])
    return tuple(Asked(row.case, numbers.get(row.case, ""), row.ground, row.by, row.at) for row in rows)


def listed(center: Center) -> tuple[Line, ...]:
    """Every erasure, the newest first."""
    with center.database.reading() as scope:
        decisions = read(center, scope, sorted(DECISIONS))
        done = answered(read(center, scope, [DONE]))
        holders = {case: holders_of(scope, case) for case in {each.stream for each in decisions}}
    numbers = numbers_of(center, sorted(holders))
    lines = [line_of(each, numbers, holders[each.stream], done.get(each.id, set())) for each in decisions]
    return tuple(sorted(lines, key=lambda line: (-line.at, line.case)))


def read(center: Center, scope: Scope, kinds: Iterable[str]) -> list[Entry]:
    """Sound entries of these kinds."""
    rows = scope.rows(select(*SHIPPED).where(ENTRY.c.kind.in_(list(kinds)), ENTRY.c.code == ""))
    return [entry_of(row, center) for row in rows]


def answered(done: Iterable[Entry]) -> dict[EntryId, set[str]]:
    """Decision -> the computers that said it is done."""
    found: dict[EntryId, set[str]] = {}
    for each in done:
        match each.content():
            case {"desk": str(desk), "n": int(n)}:
                found.setdefault((DeskId(desk), n), set()).add(each.desk)
    return found


def holders_of(scope: Scope, case: StreamId) -> Sequence[Row[Any]]:
    """The computers that may hold a case: those of its township, and of rooms that have or had it."""
    of = custodies(scope, [case]).get(case)
    if of is None:
        return ()
    rooms = [(DESK.c.township == each.township) & (DESK.c.room == each.room) for each in of.rooms]
    theirs = select(DESK.c.desk, DESK.c.label, DESK.c.seat, DESK.c.state)
    theirs = theirs.where(or_(DESK.c.township == of.township, *rooms), DESK.c.state.in_(sorted(STANDINGS)))
    return scope.rows(theirs.order_by(DESK.c.seat))


def line_of(decision: Entry, numbers: dict[str, str], holders: Sequence[Row[Any]], done: set[str]) -> Line:
    """One erasure."""
    body = decision.content()
    by = body.get("decided_by")
    left = [row for row in holders if row.desk not in done]
    return Line(
        case=decision.stream, number=numbers.get(decision.stream, ""), whole=decision.kind == CASE_ERASED,
        ground=str(body.get("ground", "")), decided_by=[str(each) for each in by] if isinstance(by, list) else [],
        at=decision.wall, named=len(targets_in(body)),
        waiting=[named(row) for row in left if row.state == ENROLLED],
        off=[named(row) for row in left if row.state != ENROLLED],
    )  # fmt: skip


def named(row: Row[Any]) -> str:
    """A computer as people know it."""
    return f"{row.seat}　{row.label}"
