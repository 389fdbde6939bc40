"""What people of the county look at: figures, lists, one case with its evidence, devices, a check of everything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, and_, case, false, func, or_, select

from mediator.core.codes import CaseStatus
from mediator.core.records import Case, CaseId
from mediator.core.terms import kind_term
from mediator.errors import MediatorError, Unacceptable
from mediator.journal.canonical import decode_checked
from mediator.journal.entry import Entry, EntryId, StreamId
from mediator.journal.erasures import is_doomed
from mediator.journal.fold import StreamLog
from mediator.journal.framing import verify_entry
from mediator.journal.lending import after_hand_over
from mediator.journal.reading import code
from mediator.journal.records import case_of
from mediator.journal.streams import desk_stream
from sync.center.blind import cases_by, same_width
from sync.center.chain import say
from sync.center.county import Center
from sync.center.database import sight
from sync.center.doomed import Doomed, lawful
from sync.center.folding import GONE, next_due, place_of
from sync.center.heard import heard_places
from sync.center.judging import ENROLLED, NOT_READ, STANDINGS
from sync.center.published import tables_in
from sync.center.rows import SHIPPED, entry_of
from sync.center.tables import CASE_ROW, DESK, ENTRY, QUARANTINE
from sync.center.voices import signing_keys
from sync.wire.succession import by_any

PAGE: Final = 50
SCAN: Final = 500
MEDIATING: Final = (CaseStatus.REGISTERED.value, CaseStatus.ACCEPTED.value, CaseStatus.IN_MEDIATION.value)
DAY: Final = 86_400_000
NOTHING: Final = (0, 0, 0, 0)
Heard = Mapping[str, date]


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case in a list; names of persons are masked.

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
    late_days: int
    conflicts: int
    as_of: int
    damaged: bool = False

    @property
    def late(self) -> bool:
        """True when the next duty is past."""
        return self.late_days > 0


@dataclass(frozen=True, slots=True)
class Query:
    """Which cases: all when everything is empty; with `among` only some of these ids. `text` is for `searching`."""

    township: str = ""
    status: str = ""
    late: bool = False
    text: str = ""
    offset: int = 0
    limit: int = PAGE
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TownshipLine:
    """A township's figures as of its last exchange: accepted this year, agreed this month, in mediation and late now.

    `desks` counts computers in use; `seen` is ms UTC, 0 when none of them ever exchanged.
    """

    code: str
    name: str
    accepted: int
    mediating: int
    agreed: int
    late: int
    desks: int
    seen: int


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as evidence: who wrote it and whether the author's signature holds; `known` is false for a desk that
    this county never admitted, of which no signature can be checked.
    """

    entry: Entry
    author: str
    sound: bool
    known: bool = True

    @property
    def deed(self) -> str:
        """What happened, in words."""
        return kind_term(self.entry.kind)


@dataclass(frozen=True, slots=True)
class Shown:
    """One case, folded, with every entry it was folded from; `damaged` counts entries that cannot be read any more.

    `afterwards` are those that a room wrote after it had to give the case back.
    """

    case: Case
    township: str
    told: tuple[Told, ...]
    damaged: int
    due: str
    late_days: int
    afterwards: frozenset[EntryId] = frozenset()

    @property
    def sound(self) -> int:
        """How many author signatures hold."""
        return sum(each.sound for each in self.told)

    @property
    def unknown(self) -> int:
        """How many entries are of desks that nobody admitted."""
        return sum(not each.known for each in self.told)


def late(heard: Heard) -> Any:
    """The condition of a case whose next duty was past on the day up to which its township has told."""
    each = (and_(CASE_ROW.c.township == place, CASE_ROW.c.due < day.isoformat()) for place, day in heard.items())
    return and_(CASE_ROW.c.due != "", or_(false(), *each))


def told_in(center: Center, row: Row[Any]) -> dict[str, Any]:
    """What the fold wrote for lists; raises Unacceptable `column.sealed` for a row that was changed."""
    return decode_checked(center.cabinet.open(row.folded, place=place_of(row.case))) if row.folded else {}


def words_in(plain: bytes) -> tuple[str, ...]:
    """What a case is found by in what the fold wrote for lists: number, title, names as shown and whole."""
    told: dict[str, Any] = decode_checked(plain)
    shown = (told.get("number", ""), told.get("title", ""), *told.get("parties", ()))
    return (*shown, *told.get("names", ()))


def line_of(center: Center, row: Row[Any], heard: Heard) -> CaseLine:
    """A list line from a row; one that was changed is named as such and does not hide the others."""
    try:
        return line_with(center, row, told_in(center, row), heard)
    except MediatorError:
        return line_with(center, row, {}, heard, damaged=True)


def line_with(
    center: Center, row: Row[Any], told: Mapping[str, Any], heard: Heard, *, damaged: bool = False
) -> CaseLine:
    """The same of a row that is open already."""
    more = "等" if told.get("more") else ""
    return CaseLine(
        id=row.case, number=told.get("number", ""), title=told.get("title", ""),
        parties="、".join(told.get("parties", ())) + more, township=center.places.name(row.township),
        status=code(CaseStatus, row.status), accepted_on=row.accepted_on, due=row.due,
        late_days=days_late(row.due, heard.get(row.township)), conflicts=row.conflicts, as_of=row.as_of,
        damaged=damaged,
    )  # fmt: skip


def days_late(due: str, heard: date | None) -> int:
    """Days past a day by which something was owed, as far as the room has told; 0 when nothing is owed or in time."""
    return max((heard - date.fromisoformat(due)).days, 0) if due and heard else 0


def conditions(query: Query, heard: Heard) -> list[Any]:
    """What a query asks of a row."""
    found: list[Any] = [CASE_ROW.c.status != GONE]
    if query.township:
        found.append(CASE_ROW.c.township == query.township)
    if query.status:
        found.append(CASE_ROW.c.status == query.status)
    if query.among:
        found.append(CASE_ROW.c.case.in_(query.among))
    return [*found, late(heard)] if query.late else found


def cases(center: Center, query: Query) -> tuple[tuple[CaseLine, ...], int]:
    """A page of the list and how many there are: newest first, late ones by how long they are."""
    order = CASE_ROW.c.due if query.late else CASE_ROW.c.as_of.desc()
    with center.database.reading() as scope:
        heard = heard_places(center, scope)
        wanted = conditions(query, heard)
        ordered = select(CASE_ROW).where(*wanted).order_by(order, CASE_ROW.c.case)
        total = int(scope.value(select(func.count()).select_from(CASE_ROW).where(*wanted)) or 0)
        rows = scope.rows(ordered.offset(query.offset).limit(query.limit))
    return tuple(line_of(center, row, heard) for row in rows), total


def townships(center: Center) -> tuple[TownshipLine, ...]:
    """Every township of the county with its figures, also those that never exchanged; one pass over the cases."""
    year, month = (center.today().isoformat()[:size] for size in (4, 7))
    with center.database.reading() as scope:
        overdue = late(heard_places(center, scope))
        wanted: tuple[Any, ...] = (
            CASE_ROW.c.accepted_on >= year, CASE_ROW.c.status.in_(MEDIATING), CASE_ROW.c.signed_on >= month, overdue
        )  # fmt: skip
        sums = [func.sum(case((each, 1), else_=0)) for each in wanted]
        held = scope.rows(select(CASE_ROW.c.township, *sums).group_by(CASE_ROW.c.township))
        seen = select(DESK.c.township, func.max(DESK.c.last_seen).label("seen"), func.count().label("desks"))
        rows = scope.rows(seen.where(DESK.c.state == ENROLLED).group_by(DESK.c.township))
    desks = {row.township: (int(row.desks), int(row.seen or 0)) for row in rows}
    figures = {row[0]: list(map(int, row[1:])) for row in held}
    own = center.townships()
    codes = own if sight() else sorted({*own, *figures, *desks})
    return tuple(township_line(center, code, figures.get(code, NOTHING), desks) for code in codes)


def township_line(
    center: Center, code: str, figures: Sequence[int], desks: Mapping[str, tuple[int, int]]
) -> TownshipLine:
    """One township of the board."""
    accepted, mediating, agreed, overdue = figures
    count, seen = desks.get(code, (0, 0))
    return TownshipLine(code, center.places.name(code), accepted, mediating, agreed, overdue, count, seen)


def devices(center: Center) -> Sequence[Row[Any]]:
    """Every desk that was ever enrolled, by township."""
    with center.database.reading() as scope:
        return scope.rows(
            select(DESK).where(DESK.c.state.in_(sorted(STANDINGS))).order_by(DESK.c.township, DESK.c.seat)
        )


def find(center: Center, ref: str) -> str:
    """The id of a case by id or printed number; raises Unacceptable `case.unknown`."""
    with center.database.reading() as scope:
        if scope.one(select(CASE_ROW.c.case).where(CASE_ROW.c.case == ref)) is not None:
            return ref
        named = scope.rows(select(CASE_ROW).where(CASE_ROW.c.case.in_(cases_by(center, scope, ref))))
        lines = sorted((line_of(center, row, {}) for row in named), key=lambda line: line.id)
    found = next((line.id for line in lines if line.number and same_width(line.number) == same_width(ref)), None)
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
        heard, tables = heard_places(center, scope), tables_in(center, scope)
        readable = select(*SHIPPED).where(ENTRY.c.stream == stream, ENTRY.c.code.notin_(sorted(NOT_READ)))
        rows = scope.rows(readable.order_by(ENTRY.c.arrived, ENTRY.c.n))
        authors = {each.desk: each for each in scope.rows(select(DESK.c.desk, DESK.c.sign, DESK.c.label, DESK.c.state))}
        decided = lawful(center, scope, stream)
    findings: list[str] = []
    entries = list(read_rows(center, rows, findings, decided))
    log = StreamLog()
    log.add(entries)
    looked = {"case": case, "login": who}
    center.database.write(
        lambda scope: say(center, scope, desk_stream(center.desk), "access.case_viewed", looked, feeds=[])
    )
    told = tuple(told_of(center, entry, authors.get(entry.desk)) for entry in entries)
    folded = case_of(CaseId(case), log.state, waiting=log.waiting)
    due, _ = next_due(folded, tables, center.today())
    return Shown(
        folded, center.places.name(row.township), told, len(findings), due, days_late(due, heard.get(row.township)),
        after_hand_over(log.state, entries),
    )  # fmt: skip


def told_of(center: Center, entry: Entry, author: Row[Any] | None) -> Told:
    """An entry with its author and whether the signature is the author's."""
    known = author is not None and bool(author.sign)
    return Told(entry, author.label if author else "", known and signed_by(center, entry, author), known)


def signed_by(center: Center, entry: Entry, author: Row[Any] | None) -> bool:
    """True when the entry bears this desk's signature."""
    if author is None or not author.sign:
        return False

    def check(public: bytes) -> None:
        verify_entry(entry, lambda text, mark: center.sealer.verify(public, text, mark))

    try:
        by_any(signing_keys(center, author), check)
    except MediatorError:
        return False
    return True


def lines_of(center: Center, cases: Sequence[str]) -> tuple[CaseLine, ...]:
    """List lines of these cases by number; one that is not held is left out."""
    with center.database.reading() as scope:
        rows = scope.rows(select(CASE_ROW).where(CASE_ROW.c.case.in_(sorted(set(cases)))))
    return tuple(sorted((line_of(center, row, {}) for row in rows), key=lambda line: (line.number, line.id)))


def numbers_of(center: Center, cases: Sequence[str]) -> dict[str, str]:
    """Id -> printed number of these cases; one that has none or cannot be read is left out."""
    return {line.id: line.number for line in lines_of(center, cases) if line.number}


def put_aside(center: Center) -> Sequence[Row[Any]]:
    """Bundles that were put aside whole, newest first: each needs a person."""
    columns = (QUARANTINE.c.bundle, QUARANTINE.c.desk, QUARANTINE.c.code, QUARANTINE.c.arrived)
    held = select(*columns, DESK.c.label, DESK.c.seat, DESK.c.township, func.length(QUARANTINE.c.bytes).label("size"))
    with center.database.reading() as scope:
        joined = QUARANTINE.join(DESK, QUARANTINE.c.desk == DESK.c.desk)
        return scope.rows(held.select_from(joined).order_by(QUARANTINE.c.arrived.desc(), QUARANTINE.c.bundle))


def case_count(center: Center) -> int:
    """Cases held."""
    with center.database.reading() as scope:
        held = select(func.count()).select_from(CASE_ROW).where(CASE_ROW.c.status != GONE)
        return int(scope.value(held) or 0)


def entry_count(center: Center) -> int:
    """Entries held."""
    with center.database.reading() as scope:
        return int(scope.value(select(func.count()).select_from(ENTRY)) or 0)


def read_rows(
    center: Center, rows: Sequence[Row[Any]], findings: list[str], decided: Doomed
) -> Iterator[Entry]:  # fmt: skip
    """Entries of rows, checked anew; those that were changed are told in `findings`.

    An entry without its body verifies, for lawful erasure leaves it so; without a decision on it somebody did that.
    """
    for row in rows:
        try:
            entry = entry_of(row, center)
        except MediatorError as error:
            findings.append(f"{error.code} {row.desk}:{row.n}")
            continue
        if entry.erased and not is_doomed(entry, decided.get(entry.id, ())):
            findings.append(f"entry.erased {row.desk}:{row.n}")
        else:
            yield entry
