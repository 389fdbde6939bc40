"""Periods as the tests of counting take them: rules of the shipped table, changes, and a foreign calendar."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
from hypothesis import strategies as st

from mediator.core.calendar import shipped_calendar
from mediator.core.codes import PeriodStep
from mediator.core.course import PeriodChange, PeriodId
from mediator.core.deadlines import program_rules
from mediator.core.periods import UNCHANGED, Changes, Counted, count
from mediator.core.rules import Extension, Rule

CALENDAR = shipped_calendar()
RULES = program_rules()[0]
COUNTED = tuple(each for each in RULES.rules if each.length)
DAY = timedelta(days=1)
STARTS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
ANY_RULE = st.sampled_from(COUNTED)


def rule_of(name: str) -> Rule:
    """`D13/decision`, or the only row of a deadline."""
    key, _, part = name.partition("/")
    return next(each for each in RULES.of(key) if part in ("", each.part))


def extension_of(rule: str) -> Extension:
    """What makes this deadline longer."""
    found = RULES.extension(rule)
    assert found
    return found


def change(step: PeriodStep, on: date, length: int = 0, rule: str = "D11") -> PeriodChange:
    """One approved change."""
    return PeriodChange(PeriodId("0c" * 16), rule, step, on, length, approved_by="王主任")


def ended(rule: Rule, start: date, changes: Changes = UNCHANGED) -> Counted:
    """The end of a period without an hour."""
    return count(rule, start, None, CALENDAR, extension=RULES.extension(rule.id), changes=changes)


def works(day: date) -> bool:
    """Whether the foreign calendar has work on a day; it knows no year after 2026."""
    return bool(chinese_calendar.is_workday(day)) if day.year <= 2026 else day.weekday() < 5
