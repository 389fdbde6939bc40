"""工作台: all that today asks for, from folded rows alone, as plain records for a page.

No case is opened for it but those under an order of supervision; how a date was counted is told when somebody asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from mediator.casework.county import SyncState
from mediator.casework.desk import Desk
from mediator.casework.exchange import status
from mediator.casework.guards import known
from mediator.casework.opening import last_backup
from mediator.casework.supervising import CaseOrder, open_orders
from mediator.core.agenda import Planned
from mediator.core.codes import CaseStatus, Category
from mediator.core.deadlines import DeadlineState, every_deadline
from mediator.core.records import CaseId
from mediator.store import today as store
from mediator.store.counting import Entry
from mediator.store.dues import DueRow
from mediator.store.listing import CaseRow

SHOWN: Final = 40
AHEAD: Final = timedelta(days=14)
OPEN: Final = (
    CaseStatus.REGISTERED, CaseStatus.ACCEPTED, CaseStatus.IN_MEDIATION, CaseStatus.AGREED, CaseStatus.SIGNED,
    CaseStatus.PERFORMING, CaseStatus.BREACHED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sitting:
    """A sitting of today: its hour as `HH:MM`, its place, its case."""

    case: CaseId
    hearing: str
    number: str
    title: str
    at: str
    place: str


@dataclass(frozen=True, slots=True)
class Called:
    """A deadline that is late or near; `days` are those left, below nothing when late. `about` is what it is for."""

    case: CaseId
    number: str
    title: str
    rule: str
    label: str
    due: date
    due_at: datetime | None
    days: int
    state: DeadlineState
    part: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Owed:
    """An open obligation in words, with its day."""

    case: CaseId
    number: str
    obligation: str
    words: str
    due_on: date
    late: bool


@dataclass(frozen=True, slots=True)
class Queued:
    """A work order in hand; `category` is what it is about, never how urgent."""

    case: CaseId
    number: str
    title: str
    category: Category | None
    arrived_on: date
    at: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day of this week: sittings, what falls due, visits, orders that came."""

    on: date
    hearings: int
    owed: int
    visits: int
    orders: int


@dataclass(frozen=True, slots=True)
class Bench:
    """The first page. Lists hold what a page can show, counts the whole; `late` and `near` stop at a thousand.

    `queue` counts by category. `later` are deadlines that somebody put off to another day.
    """

    today: date
    hearings: tuple[Sitting, ...]
    called: tuple[Called, ...]
    late: int
    near: int
    owed: tuple[Owed, ...]
    week: tuple[Day, ...]
    queue: tuple[tuple[Category | None, int], ...]
    queued: tuple[Queued, ...]
    orders: tuple[CaseOrder, ...]
    cases_under_order: int
    undated: tuple[CaseRow, ...]
    undated_count: int
    sync: SyncState
    last_backup: datetime | None
    later: tuple[Called, ...] = ()

    @property
    def conflicts(self) -> int:
        """Places where a person must choose between two values."""
        return self.sync.conflicts

    @property
    def unsent(self) -> int:
        """Entries that the county does not have yet."""
        return self.sync.pending


def bench(desk: Desk) -> Bench:
    """What today asks for."""
    today = desk.today()
    found = store.today_of(desk.vault, store.Asked(today, SHOWN, today + AHEAD, OPEN))
    return Bench(
        today=today,
        hearings=tuple(map(sitting_of, found.hearings)),
        called=tuple(called_of(each, today) for each in found.called),
        late=found.late,
        near=found.near,
        owed=tuple(owed_of(each, today) for each in found.owed),
        week=week_of(today, found.week),
        queue=tuple((each, found.orders.get(each.value if each else "", 0)) for each in (*Category, None)),
        queued=tuple(map(queued_of, found.newest_orders)),
        orders=open_orders(desk, SHOWN),
        cases_under_order=len(desk.vault.under_order()),
        undated=found.undated,
        undated_count=found.undated_count,
        sync=status(desk),
        last_backup=last_backup(desk),
    )


def explained(desk: Desk, called: Called) -> str:
    """How a date was counted, for who points at it; empty when it is no longer there."""
    case = known(desk, called.case).case
    found = every_deadline(case, calendar=desk.vault.calendar, rules=desk.vault.tables.rules)
    named = (called.rule, called.part, called.about)
    return next((each.explanation for each in found if (each.rule, each.part, each.about) == named), "")


def sitting_of(entry: Entry) -> Sitting:
    """A line of the calendar as a sitting."""
    line = entry.line
    return Sitting(entry.case, line.item, entry.number, entry.title, line.at, line.tag)


def called_of(row: DueRow, today: date) -> Called:
    """A row of the deadlines as the page tells it."""
    return Called(
        case=row.case, number=row.number, title=row.title, rule=row.rule, label=row.label, due=row.due,
        due_at=row.due_at, days=(row.due - today).days, state=row.state(today), part=row.part, about=row.about,
    )  # fmt: skip


def owed_of(entry: Entry, today: date) -> Owed:
    """A line of the calendar as an obligation."""
    line = entry.line
    return Owed(entry.case, entry.number, line.item, line.words, line.on, late=line.on < today)


def queued_of(entry: Entry) -> Queued:
    """A line of the calendar as a work order in hand."""
    line, known_tags = entry.line, {each.value: each for each in Category}
    return Queued(entry.case, entry.number, entry.title, known_tags.get(line.tag), line.on, line.at)


def week_of(today: date, counts: dict[tuple[str, str], int]) -> tuple[Day, ...]:
    """Monday to Sunday of this week."""
    monday = today - timedelta(days=today.weekday())
    order = (Planned.HEARING, Planned.OBLIGATION, Planned.VISIT, Planned.WORK_ORDER)
    days = (monday + timedelta(days=place) for place in range(7))
    return tuple(Day(day, *(counts.get((day.isoformat(), sort.value), 0) for sort in order)) for day in days)
