"""What the page of a case shows of its periods: each with its state and what may be changed, and what may be noted now.

Which happenings may be noted follows from the rule table in force: a county that changes the table changes this.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mediator.casework.desk import Desk
from mediator.casework.guards import known
from mediator.core.calendar import Calendar
from mediator.core.codes import Code, PeriodStep, Reception
from mediator.core.course import Event, PeriodChange
from mediator.core.deadlines import Deadline, DeadlineState, concerns, every_deadline, set_of
from mediator.core.events import MADE_BY_MOVES, READERS, RECORDABLE, EventWord, happenings
from mediator.core.life import PETITIONS
from mediator.core.records import Case, CaseId
from mediator.core.rules import Rule, RuleSet

# What the record itself shows is not typed beside it; when a lead body was named nobody can read from the record.
NOTED: Final = frozenset(RECORDABLE) - (frozenset({*READERS, *MADE_BY_MOVES}) - {EventWord.LEAD_NAMED})


@dataclass(frozen=True, slots=True)
class Period:
    """One deadline with how it stands today and what the head may approve of it."""

    deadline: Deadline
    state: DeadlineState
    steps: tuple[PeriodStep, ...]


@dataclass(frozen=True, slots=True)
class PeriodSight:
    """All periods of a case, those that run first; `words` may be noted now, `events` and `changes` were.

    Of a petition or a work order the receptions (接访下访) as well."""

    periods: tuple[Period, ...]
    words: tuple[Code, ...]
    events: tuple[Event, ...]
    changes: tuple[PeriodChange, ...]


def sight_of(desk: Desk, case_id: CaseId) -> PeriodSight:
    """How every period stands; raises Unacceptable `case.unknown`."""
    case, tables, today = known(desk, case_id).case, desk.vault.tables, desk.today()
    found = every_deadline(case, calendar=tables.calendar, rules=tables.rules)
    now = desk.workshop.clock.now()
    periods = [
        Period(each, each.state(today, now), tuple(steps_for(each, set_of(tables.rules, each.starts_on))))
        for each in found
    ]
    over = {DeadlineState.DONE, DeadlineState.LAPSED}
    named = notable(case, set_of(tables.rules, today), found, tables.calendar)
    words = tuple(dict.fromkeys([*named, *(Reception if case.kind in PETITIONS else ())]))
    return PeriodSight(
        tuple(sorted(periods, key=lambda each: each.state in over)), words, case.course.events, case.course.periods
    )


def steps_for(each: Deadline, rules: RuleSet) -> Iterator[PeriodStep]:
    """What may be approved of a period that is not over; how often and how long is the deed's own question."""
    if each.done or each.about or each.lapses:
        return
    row = next((row for row in rules.of(each.rule) if row.part == each.part), None)
    if rules.extension(each.rule):
        yield PeriodStep.EXTENDED
    if row and row.pauses:
        yield PeriodStep.RESUMED if each.stopped_on else PeriodStep.PAUSED


def notable(case: Case, rules: RuleSet, found: tuple[Deadline, ...], calendar: Calendar) -> Iterator[EventWord]:
    """What ends a period that runs, then what starts one that has not begun."""
    mine = [each for each in rules.rules if concerns(each, case)]
    running = {(each.rule, each.part) for each in found if not each.done}
    for rule in mine:
        if (rule.id, rule.part) in running:
            yield from (word for word in rule.ends if word in NOTED)
    yield from (word for rule in mine for word in starting(rule) if not happenings(case, word, calendar))


def starting(rule: Rule) -> Iterator[EventWord]:
    """What a rule starts with, or is given by, where a clerk notes it."""
    if rule.start in NOTED:
        yield rule.start
    if rule.given in NOTED:
        yield rule.given
