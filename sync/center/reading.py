"""What people of the county look at: figures, lists, one case with its evidence, devices, a check of everything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Row, and_, func, select

from mediator.core.codes import CaseStatus
from mediator.core.records import Case, CaseId
from mediator.core.terms import kind_term
from mediator.errors import MediatorError, Unacceptable
from mediator.journal.canonical import decode_object
from mediator.journal.entry import DeskId, Entry, StreamId
from mediator.journal.fold import StreamLog
from mediator.journal.framing import verify_entry
from mediator.journal.reading import code
from mediator.journal.records import case_of
from mediator.journal.streams import desk_stream
from sync.center.absorb import NOT_READ
from sync.center.chain import say
from sync.center.county import Center
from sync.center.database import Scope
from sync.center.folding import place_of
from sync.center.rows import SHIPPED, entry_of
from sync.center.tables import CASE_ROW, DESK, ENTRY, QUARANTINE, WITHHELD

PAGE: Final = 50
SCAN: Final = 500
MEDIATING: Final = (CaseStatus.REGISTERED.value, CaseStatus.ACCEPTED.value, CaseStatus.IN_MEDIATION.value)
DAY: Final = 86_400_000


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in a list; names of persons are masked, but in `names`, which is for finding alone.

    `damaged` is a row that somebody changed behind the program's back: nothing of it can be shown.
    """

    id: str
    number: str
    title: str
    parties: str
    township: str
    status: CaseStatus | None
    accepted_on: str
    due: str
    late: bool
    conflicts: int
    as_of: int
    names: tuple[str, ...] = ()
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Which cases: all when everything is empty."""

    township: str = ""
    status: str = ""
    late: bool = False
    text: str = ""
    offset: int = 0
    limit: int = PAGE


@dataclass(frozen=True, slots=True)
class TownshipLine:
    """A township's figures as of its last exchange; `seen` is ms UTC, 0 when it never exchanged."""

    code: str
    name: str
    accepted: int
    mediating: int
    late: int
    desks: int
    seen: int


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as evidence: who wrote it and whether the author's signature holds."""

    entry: Entry
    author: str
    sound: bool

    @property
    def deed(self) -> str:
        """What happened, in words."""
        return kind_term(self.entry.kind)


@dataclass(frozen=True, slots=True)
class Shown:
    """One case, folded, with every entry it was folded from; `damaged` counts entries that cannot be read any more."""

    case: Case
    township: str
    told: tuple[Told, ...]
    damaged: int

    @property
    def sound(self) -> int:
        """How many author signatures hold."""
        return sum(each.sound for each in self.told)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of everything found; `findings` are codes with the place, never content."""

    entries: int
    cases: int
    findings: tuple[str, ...]


def late(center: Center) -> Any:
    """The condition of a case whose next duty is past."""
    return and_(CASE_ROW.c.due != "", CASE_ROW.c.due < center.today().isoformat())


def told_in(center: Center, row: Row[Any]) -> dict[str, Any]:
    """What the fold wrote for lists; raises Unacceptable `column.sealed` for a row that was changed."""
    return decode_object(center.cabinet.open(row.folded, place=place_of(row.case))) if row.folded else {}


def line_of(center: Center, row: Row[Any]) -> CaseLine:
    """A list line from a row; one that was changed is named as such and does not hide the others."""
    try:
        told, damaged = told_in(center, row), False
    except MediatorError:
        told, damaged = {}, True
    more = "等" if told.get("more") else ""
    return CaseLine(
        id=row.case, number=told.get("number", ""), title=told.get("title", ""),
        parties="、".join(told.get("parties", ())) + more, township=center.places.name(row.township),
        status=code(CaseStatus, row.status), accepted_on=row.accepted_on, due=row.due,
        late=bool(row.due) and row.due < center.today().isoformat(), conflicts=row.conflicts, as_of=row.as_of,
        names=tuple(told.get("names", ())), damaged=damaged,
    )  # fmt: skip


def conditions(center: Center, query: Query) -> list[Any]:
    """What a query asks of a row."""
    found: list[Any] = []
    if query.township:
        found.append(CASE_ROW.c.township == query.township)
    if query.status:
        found.append(CASE_ROW.c.status == query.status)
    return [*found, late(center)] if query.late else found


def cases(center: Center, query: Query) -> tuple[tuple[CaseLine, ...], int]:
    """A page of the list, newest first, and how many there are; a text looks into number, title and whole names."""
    wanted = conditions(center, query)
    ordered = select(CASE_ROW).where(*wanted).order_by(CASE_ROW.c.as_of.desc(), CASE_ROW.c.case)
    with center.database.reading() as scope:
        if query.text:
            found = [line for line in scan(center, scope, ordered) if holds(line, query.text)]
            return tuple(found[query.offset : query.offset + query.limit]), len(found)
        total = int(scope.value(select(func.count()).select_from(CASE_ROW).where(*wanted)) or 0)
        rows = scope.rows(ordered.offset(query.offset).limit(query.limit))
    return tuple(line_of(center, row) for row in rows), total


def holds(line: CaseLine, text: str) -> bool:
    """True when number, title or a name holds the text."""
    return any(text in part for part in (line.number, line.title, line.parties, *line.names))


def scan(center: Center, scope: Scope, ordered: Any) -> Iterator[CaseLine]:
    """Every line of a list, in steps."""
    start = 0
    while rows := scope.rows(ordered.offset(start).limit(SCAN)):
        yield from (line_of(center, row) for row in rows)
        start += len(rows)


def townships(center: Center) -> tuple[TownshipLine, ...]:
    """Every township of the county with its figures, also those that never exchanged."""
    with center.database.reading() as scope:
        total = grouped(scope, ())
        mediating = grouped(scope, (CASE_ROW.c.status.in_(MEDIATING),))
        overdue = grouped(scope, (late(center),))
        seen = select(DESK.c.township, func.max(DESK.c.last_seen).label("seen"), func.count().label("desks"))
        rows = scope.rows(seen.where(DESK.c.township != "").group_by(DESK.c.township))
    desks = {row.township: (int(row.desks), int(row.seen or 0)) for row in rows}
    codes = sorted({*center.places.townships(center.county), *total, *desks})
    return tuple(
        TownshipLine(
            code, center.places.name(code), total.get(code, 0), mediating.get(code, 0), overdue.get(code, 0),
            *desks.get(code, (0, 0)),
        )
        for code in codes
    )  # fmt: skip


def grouped(scope: Scope, wanted: Sequence[Any]) -> dict[str, int]:
    """Count of cases by township."""
    counted = select(CASE_ROW.c.township, func.count().label("held")).where(*wanted).group_by(CASE_ROW.c.township)
    return {row.township: int(row.held) for row in scope.rows(counted)}


def devices(center: Center) -> Sequence[Row[Any]]:
    """Every desk that was enrolled, by township."""
    with center.database.reading() as scope:
        return scope.rows(
            select(DESK)
            .where(DESK.c.enrolled_at > 0, DESK.c.desk != center.desk)
            .order_by(DESK.c.township, DESK.c.seat)
        )


def find(center: Center, ref: str) -> str:
    """The id of a case by id or printed number; raises Unacceptable `case.unknown`."""
    with center.database.reading() as scope:
        if scope.one(select(CASE_ROW.c.case).where(CASE_ROW.c.case == ref)) is not None:
            return ref
        ordered = select(CASE_ROW).order_by(CASE_ROW.c.case)
        found = next((line.id for line in scan(center, scope, ordered) if line.number == ref and ref), None)
    if found is None:
        raise Unacceptable("case.unknown")
    return found


def show(center: Center, case: str, *, who: str) -> Shown:
    """One case with its evidence; every author signature is checked now, and the look leaves an entry.

    Raises Unacceptable `case.unknown`.
    """
    stream = StreamId(case)
    with center.database.reading() as scope:
        row = scope.one(select(CASE_ROW.c.township).where(CASE_ROW.c.case == case))
        if row is None:
            raise Unacceptable("case.unknown")
        readable = select(*SHIPPED).where(ENTRY.c.stream == stream, ENTRY.c.code.notin_(sorted(NOT_READ)))
        rows = scope.rows(readable.order_by(ENTRY.c.arrived, ENTRY.c.n))
        authors = {each.desk: each for each in scope.rows(select(DESK.c.desk, DESK.c.sign, DESK.c.label))}
    findings: list[str] = []
    entries = list(read_rows(center, rows, findings))
    log = StreamLog()
    log.add(entries)
    looked = {"case": case, "login": who}
    center.database.write(
        lambda scope: say(center, scope, desk_stream(center.desk), "access.case_viewed", looked, feeds=[])
    )
    told = tuple(told_of(center, entry, authors.get(entry.desk)) for entry in entries)
    folded = case_of(CaseId(case), log.state, waiting=log.waiting)
    return Shown(folded, center.places.name(row.township), told, len(findings))


def told_of(center: Center, entry: Entry, author: Row[Any] | None) -> Told:
    """An entry with its author and whether the signature is the author's."""
    return Told(entry, author.label if author else "", bool(author) and signed_by(center, entry, author))


def signed_by(center: Center, entry: Entry, author: Row[Any] | None) -> bool:
    """True when the entry bears this desk's signature."""
    if author is None or not author.sign:
        return False
    public = bytes.fromhex(author.sign)
    try:
        verify_entry(entry, lambda text, mark: center.sealer.verify(public, text, mark))
    except MediatorError:
        return False
    return True


def waiting_for_people(center: Center) -> int:
    """Bundles put aside and entries set aside: each needs a person."""
    with center.database.reading() as scope:
        return int(scope.value(select(func.count()).select_from(QUARANTINE)) or 0)


def entry_count(center: Center) -> int:
    """Entries held."""
    with center.database.reading() as scope:
        return int(scope.value(select(func.count()).select_from(ENTRY)) or 0)


def check(center: Center) -> Checked:
    """Every entry read again, its chain and its author's signature; every row of the list opened."""
    findings: list[str] = []
    total = 0
    with center.database.reading() as scope:
        for desk in scope.rows(select(DESK).order_by(DESK.c.desk)):
            for entry in entries_of(center, scope, DeskId(desk.desk), findings):
                total += 1
                if not signed_by(center, entry, desk):
                    findings.append(f"entry.signature {desk.desk}:{entry.n}")
            findings += broken_chain(scope, DeskId(desk.desk))
        rows = scope.rows(select(CASE_ROW).order_by(CASE_ROW.c.case))
        for row in rows:
            try:
                told_in(center, row)
            except MediatorError as error:
                findings.append(f"{error.code} case {row.case}")
    return Checked(total, len(rows), tuple(findings))


def entries_of(center: Center, scope: Scope, desk: DeskId, findings: list[str]) -> Iterator[Entry]:
    """The entries of a desk that can be read; the others are told in `findings`."""
    after = 0
    own = select(*SHIPPED).where(ENTRY.c.desk == desk).order_by(ENTRY.c.n)
    while rows := scope.rows(own.where(ENTRY.c.n > after).limit(SCAN)):
        yield from read_rows(center, rows, findings)
        after = rows[-1].n


def read_rows(center: Center, rows: Sequence[Row[Any]], findings: list[str]) -> Iterator[Entry]:
    """Entries of rows, checked anew; those that were changed are told in `findings`."""
    for row in rows:
        try:
            yield entry_of(row, center)
        except MediatorError as error:
            findings.append(f"{error.code} {row.desk}:{row.n}")


def broken_chain(scope: Scope, desk: DeskId) -> list[str]:
    """Places where an entry does not name the hash of the one before it, which is held too."""
    hashes = {row.n: row.hash for row in scope.rows(select(ENTRY.c.n, ENTRY.c.hash).where(ENTRY.c.desk == desk))}
    gaps = {
        row.last: row.hash
        for row in scope.rows(select(WITHHELD.c.last, WITHHELD.c.hash).where(WITHHELD.c.desk == desk))
    }
    known = gaps | hashes
    heads = scope.rows(select(ENTRY.c.n, ENTRY.c.head).where(ENTRY.c.desk == desk))
    wrong = [row.n for row in heads if known.get(row.n - 1, previous(row.head)) != previous(row.head)]
    return [f"entry.chain {desk}:{n}" for n in wrong]


def previous(head: bytes) -> str:
    """The hash that a head names as the one before."""
    return str(decode_object(head).get("p", ""))
