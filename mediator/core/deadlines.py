"""Deadlines computed from what happened, each with its explanation (rules.md 2).

The rules are data (`core.rules`), the counting is in `core.periods`, what happened in `core.events`; here they meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from mediator.core.calendar import Calendar
from mediator.core.codes import Code
from mediator.core.dates import BEIJING, chinese_date
from mediator.core.events import EventWord, Happening, happenings, told_day
from mediator.core.periods import UNCHANGED, Changes, Counted, amber_moment, ambers, changes_for, count
from mediator.core.records import Agreement, Case, Obligation
from mediator.core.rules import Rule, RuleSet, Unit, shipped_rules

SHIPPED: Final = "随程序提供"
# Words of which each occurrence starts a period of its own; of the others the newest one counts.
EACH_COUNTS: Final = frozenset(
    {EventWord.AGREED_DAY, EventWord.DUE_OVER, EventWord.URGED, EventWord.SUPERVISED, EventWord.SUGGESTED}
)
# What was performed before its day is performed.
WHENEVER: Final = frozenset({EventWord.PERFORMED, EventWord.ALL_PERFORMED})
Endings = tuple[tuple[EventWord, Happening], ...]


class DeadlineState(Code):
    """How a deadline stands on a day; a right that was not used lapses, and nobody is late."""

    RUNNING = "running", "未到期"
    NEAR = "near", "即将到期"
    OVERDUE = "overdue", "已逾期"
    STOPPED = "stopped", "中止"
    DONE = "done", "已办结"
    LAPSED = "lapsed", "期限已过"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One due day: rule, its name, the day, how it was counted, and the day it was counted from.

    `about` is the obligation or order it is for, `part` tells two periods of one rule apart. `due_at` and `amber_at`
    stand where hours are counted, `ambers` are the days of calling. `done` says that what ends it has happened,
    `done_on` when, if that was noted; `stopped_on` that the clock stands since then. Nothing here moves with the day.
    """

    rule: str
    label: str
    due: date
    explanation: str
    starts_on: date
    part: str = ""
    about: str = ""
    due_at: datetime | None = None
    ambers: tuple[date, ...] = ()
    amber_at: datetime | None = None
    source: str = ""
    follows: str = ""
    orders: tuple[str, ...] = ()
    lapses: bool = False
    done: bool = False
    done_on: date | None = None
    stopped_on: date | None = None

    @property
    def amber_on(self) -> date:
        """The first day on which it is near."""
        return self.ambers[0] if self.ambers else self.due

    def days_left(self, today: date) -> int:
        """Days from today; negative when late."""
        return (self.due - today).days

    def state(self, today: date, now: datetime | None = None) -> DeadlineState:
        """How it stands on a day, at a moment where hours count; the last day itself is still in time."""
        if self.done:
            return DeadlineState.DONE
        if self.stopped_on:
            return DeadlineState.STOPPED
        if self.over(today, now):
            return DeadlineState.LAPSED if self.lapses else DeadlineState.OVERDUE
        return DeadlineState.NEAR if self.near(today, now) else DeadlineState.RUNNING

    def over(self, today: date, now: datetime | None) -> bool:
        """True after its last day, of one in hours after its last moment."""
        return today > self.due or (now is not None and self.due_at is not None and now > self.due_at)

    def near(self, today: date, now: datetime | None) -> bool:
        """True from its first day of calling on, of one in hours from that moment on."""
        return now >= self.amber_at if now and self.amber_at else today >= self.amber_on


@lru_cache(maxsize=1)
def program_rules() -> tuple[RuleSet, ...]:
    """The rule sets that come with the program, read once."""
    return shipped_rules(SHIPPED)


def set_of(rules: Sequence[RuleSet], day: date) -> RuleSet:
    """The set in force on a day: the last one from it on, the first one for days before all of them."""
    return next((each for each in reversed(rules) if each.valid_from <= day), rules[0])


def every_deadline(case: Case, *, calendar: Calendar, rules: Sequence[RuleSet] | None = None) -> tuple[Deadline, ...]:
    """All deadlines that ever started in a case, over or not, soonest first; `rules` are ascending by their day."""
    sets = rules or program_rules()
    found = [
        deadline
        for each in sets
        for rule in each.rules
        if concerns(rule, case)
        for deadline in deadlines_by(case, rule, each, sets=sets, calendar=calendar)
    ]
    return tuple(sorted(found, key=lambda each: (each.due, each.rule, each.part, each.about)))


def deadlines_by(
    case: Case, rule: Rule, rules: RuleSet, *, sets: Sequence[RuleSet], calendar: Calendar
) -> list[Deadline]:
    """Those of one rule that started while its set was in force; what ends them is looked up once for all of them."""
    starts = [each for each in starts_of(case, rule, calendar) if each.on and set_of(sets, each.on) is rules]
    ends = endings_of(case, rule, calendar) if starts else ()
    return [deadline_of(case, rule, rules, start=each, ends=ends, calendar=calendar) for each in starts]


def deadlines_of(
    case: Case, *, today: date, calendar: Calendar, rules: Sequence[RuleSet] | None = None
) -> tuple[Deadline, ...]:
    """All deadlines that are not over, soonest first; a right (D04, D08) falls away once its day is over."""
    return still_open(every_deadline(case, calendar=calendar, rules=rules), today)


def still_open(found: Iterable[Deadline], today: date) -> tuple[Deadline, ...]:
    """Those that are neither ended nor lapsed on a day."""
    over = (DeadlineState.DONE, DeadlineState.LAPSED)
    return tuple(each for each in found if each.state(today) not in over)


def concerns(rule: Rule, case: Case) -> bool:
    """True when a rule is one for this kind of matter and this category."""
    return (not rule.kinds or case.kind in rule.kinds) and rule.category in (None, case.category)


def starts_of(case: Case, rule: Rule, calendar: Calendar) -> tuple[Happening, ...]:
    """What the periods of a rule start from; a day given beforehand takes the place of a counted one."""
    found = happenings(case, rule.start, calendar)
    if rule.start not in EACH_COUNTS:
        found = found[-1:]
    if rule.given:
        given = next(iter(reversed(happenings(case, rule.given, calendar))), None)
        if given and given.on:
            told = f"{rule.given.term}为{chinese_date(given.on)}。"
            return tuple(Happening(each.on, each.at, each.about, given.on, told) for each in found)
    return found


def deadline_of(
    case: Case, rule: Rule, rules: RuleSet, *, start: Happening, ends: Endings, calendar: Calendar
) -> Deadline:
    """One deadline, counted and explained."""
    begun = start.on or date.max
    extension = rules.extension(rule.id) if rule.length else None
    changes = changes_for(rule, extension, case.course.periods, start=begun) if rule.length else UNCHANGED
    if start.due:
        counted = Counted(start.due, start.due, None, start.told)
    else:
        counted = count(rule, begun, start.at, calendar, extension=extension, changes=changes)
    return with_end(rule, counted, end_of(case, rule, start, ends), start=start, changes=changes, calendar=calendar)


def with_end(
    rule: Rule, counted: Counted, end: Happening | None, *, start: Happening, changes: Changes, calendar: Calendar
) -> Deadline:
    """A counted period with what calls it, what follows, and what ended it."""
    begun = start.on or date.max
    hourly = rule.unit is Unit.HALF_WORKING_DAYS
    moment = (start.at or datetime.combine(begun, datetime.min.time(), BEIJING)) if hourly else None
    return Deadline(
        rule=rule.id, label=rule.label, due=counted.due, explanation=counted.explanation, starts_on=begun,
        part=rule.part, about=start.about, due_at=counted.due_at,
        ambers=ambers(rule, counted, start=begun, calendar=calendar), amber_at=amber_moment(rule, moment, calendar),
        source=rule.source, follows=rule.follows, orders=rule.orders, lapses=rule.lapses,
        done=end is not None, done_on=end.on if end else None, stopped_on=changes.stopped_on,
    )  # fmt: skip


def endings_of(case: Case, rule: Rule, calendar: Calendar) -> Endings:
    """All that happened in a case that may end periods of a rule, with its word."""
    return tuple((word, each) for word in rule.ends for each in happenings(case, word, calendar))


def end_of(case: Case, rule: Rule, start: Happening, ends: Endings) -> Happening | None:
    """What ended a period: the first of its ending words since it started, or the case having left its states.

    While a person has not yet chosen between two moves of a case, its deadlines go on (rules.md 1).
    """
    found = [each for word, each in ends if is_about(each, start) and (always_ends(rule, word) or since(each, start))]
    if found:
        return min(found, key=lambda each: each.on or date.max)
    return Happening(left_on(case)) if has_left(case, rule) else None


def is_about(end: Happening, start: Happening) -> bool:
    """True for what happened to the thing that a period is about, or to the matter as a whole."""
    return end.about in ("", start.about)


def has_left(case: Case, rule: Rule) -> bool:
    """True when a rule runs in some states alone and the case, without a doubt, is in none of them."""
    return bool(rule.during) and case.status not in rule.during and not case.in_doubt


def always_ends(rule: Rule, word: EventWord) -> bool:
    """True for what was performed before its day, and for all that was done before a matter was registered late."""
    return word in WHENEVER or rule.start is EventWord.REGISTERED


def since(end: Happening, start: Happening) -> bool:
    """True for what happened on the day of the start or later, and where nobody noted a day."""
    return end.on is None or start.on is None or end.on >= start.on


def left_on(case: Case) -> date | None:
    """The day of the last move, if it is known."""
    moved = case.moves[-1].on if case.moves else None
    return moved.astimezone(BEIJING).date() if moved else None


@dataclass(frozen=True, slots=True)
class Due:
    """An obligation with its day; `last` is the working day that counts where the day itself is a day off (MFD 203)."""

    obligation: Obligation
    day: date
    last: date
    explanation: str


def dues_of(agreement: Agreement, calendar: Calendar) -> tuple[Due, ...]:
    """The calendar of what falls due by the day, signed or still a draft, soonest first."""
    found = [due_of(each, each.due_on, calendar) for each in agreement.obligations if each.due_on]
    return tuple(sorted(found, key=lambda each: each.day))


def due_of(obligation: Obligation, day: date, calendar: Calendar) -> Due:
    """One of them, with the shift to a working day and whether the days off of its year are known."""
    return Due(obligation, day, calendar.on_or_after(day), told_day(day, calendar))
