"""What the case page tells beside the record: deadlines, duties, links, steps and answers, in the desks' words.

How a deadline stands is judged on the day up to which the room has told, never on a later one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from mediator.core.codes import Code, LinkRole, Reception, Standing
from mediator.core.course import Event, Link, PeriodChange
from mediator.core.deadlines import Deadline, DeadlineState, every_deadline
from mediator.core.events import EventWord
from mediator.core.performing import Owed, obligations_now, standing_of
from mediator.core.published import InForce
from mediator.core.records import Case
from mediator.core.roads import Road, advised, road_named
from mediator.core.rules import Unit
from sync.center.county import Center, day_of
from sync.center.heard import heard_of, heard_places
from sync.center.published import tables_in
from sync.center.reading import CaseLine, line_of
from sync.center.tables import CASE_ROW

OVER = (DeadlineState.DONE, DeadlineState.LAPSED)


@dataclass(frozen=True, slots=True)
class Counted:
    """A deadline and how it stands."""

    deadline: Deadline
    state: DeadlineState
    days: int

    @property
    def words(self) -> str:
        """`逾期3天`, `还有2天`, `已办结 2026-03-05`."""
        if self.state is DeadlineState.OVERDUE:
            return f"逾期{-self.days}天"
        if self.state in (DeadlineState.RUNNING, DeadlineState.NEAR):
            return f"还有{self.days}天" if self.days else "今天到期"
        done = self.deadline.done_on if self.state is DeadlineState.DONE else None
        return f"{self.state.term} {done or ''}".strip()


@dataclass(frozen=True, slots=True)
class Linked:
    """A link with the other matter as lists show it, None for one that the county does not hold."""

    link: Link
    line: CaseLine | None

    @property
    def words(self) -> str:
        """From where it came, or where it went."""
        return "由此事项而来" if self.link.role is LinkRole.TARGET else "转出到此事项"


@dataclass(frozen=True, slots=True)
class Sight:
    """All of it; `heard` is the day up to which the room has told."""

    heard: date
    open: tuple[Counted, ...]
    over: tuple[Counted, ...]
    duties: tuple[tuple[Owed, Standing], ...]
    links: tuple[Linked, ...]
    events: tuple[tuple[str, Event], ...]
    periods: tuple[tuple[str, PeriodChange], ...]
    road: Road | None
    advice: tuple[Road, ...]
    names: dict[str, str]


def sight_of(center: Center, case: Case) -> Sight:
    """What is known of a folded case today."""
    with center.database.reading() as scope:
        rows = scope.rows(select(CASE_ROW).where(CASE_ROW.c.case == case.id))
        heard = heard_of(center, scope, rows).get(case.id, day_of(0))
        tables, places = tables_in(center, scope), heard_places(center, scope)
        others = [each.other for each in case.course.links]
        held = scope.rows(select(CASE_ROW).where(CASE_ROW.c.case.in_(others))) if others else ()
    lines = {row.case: line_of(center, row, places) for row in held}
    counted = tuple(counted_in(case, tables, heard))
    return Sight(
        heard,
        tuple(each for each in counted if each.state not in OVER),
        tuple(each for each in counted if each.state in OVER),
        tuple((each, standing_of(each, today=heard, calendar=tables.calendar)) for each in obligations_now(case)),
        tuple(Linked(each, lines.get(each.other)) for each in case.course.links),
        tuple((term_of(each.event, (EventWord, Reception)), each) for each in case.course.events),
        tuple((change_words(each.length, each.unit), each) for each in case.course.periods),
        road_named(case.road) if case.road else None,
        advised(case, heard, tables.calendar),
        labels(tables),
    )


def counted_in(case: Case, tables: InForce, heard: date) -> Iterator[Counted]:
    """Every deadline that ever started, the soonest first."""
    for each in every_deadline(case, calendar=tables.calendar, rules=tables.rules):
        yield Counted(each, each.state(heard), each.days_left(heard))


def term_of(word: str, lists: Iterable[type[Code]]) -> str:
    """The term of a word that stands in one of these code lists, the word itself for a newer program's."""
    return next((each.term for codes in lists for each in codes if each.value == word), word)


def change_words(length: int, unit: str) -> str:
    """`15日`, empty where no length is told."""
    return f"{length}{term_of(unit, (Unit,))}" if length else ""


def labels(tables: InForce) -> dict[str, str]:
    """What deadlines are called, by the newest rules that name them."""
    return {rule.id: rule.label for rules in tables.rules for rule in rules.rules}
