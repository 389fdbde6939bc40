"""Periods against the calendar of others (`chinesecalendar`), counted day by day and minute by minute."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random

import pytest

from mediator.core.dates import BEIJING
from mediator.core.periods import count
from mediator.core.rules import Rule, Unit
from tests.core.counting import CALENDAR, COUNTED, DAY, ended, rule_of, works


def judged(rule: Rule, start: date) -> date:
    """The due day as the foreign calendar has it, counted day by day."""
    day = start
    if rule.unit is Unit.WORKING_DAYS:
        left = rule.length
        while left:
            day += DAY
            left -= works(day)
        return day
    if rule.unit is Unit.DAYS:
        day = start + rule.length * DAY
    else:
        month = start.month + rule.length * (12 if rule.unit is Unit.YEARS else 1)
        following = date(start.year + month // 12, month % 12 + 1, 1)
        day = min((following - DAY).replace(day=min(start.day, (following - DAY).day)), following - DAY)
    while not works(day):
        day += DAY
    return day


@lru_cache(maxsize=1)
def open_minutes() -> list[datetime]:
    """Every minute of opening time from 2024 to spring 2027, by the foreign calendar."""
    days = (date(2024, 1, 1) + n * DAY for n in range(1180))
    minutes = [*range(8 * 60 + 30, 12 * 60), *range(14 * 60, 17 * 60 + 30)]
    midnights = (datetime(each.year, each.month, each.day, tzinfo=BEIJING) for each in days if works(each))
    return [midnight + timedelta(minutes=n) for midnight in midnights for n in minutes]


def differences(rule: Rule, starts: int) -> list[tuple[date, date, date]]:
    """Random starts of 2024-2026 on which we and the foreign calendar disagree."""
    random, found = Random(f"{rule.id}/{rule.part}"), []
    for _ in range(starts):
        start = date(2024, 1, 1) + random.randrange(1096) * DAY
        due, wanted = ended(rule, start).due, judged(rule, start)
        found += [(start, due, wanted)] if due != wanted else []
    return found


def hour_differences(starts: int) -> list[tuple[datetime, datetime]]:
    """Random moments of 2024-2026 on which the four hours end otherwise."""
    random, minutes, found, blue = Random(20), open_minutes(), [], rule_of("D20")
    for _ in range(starts):
        start = datetime(2024, 1, 1, tzinfo=BEIJING) + timedelta(minutes=random.randrange(1096 * 1440))
        wanted = minutes[bisect_left(minutes, start) + 239] + timedelta(minutes=1)
        due = count(blue, start.date(), start, CALENDAR).due_at
        found += [(start, wanted)] if due != wanted else []
    return found


FAMILIES = {f"{each.length} {each.unit.value}": each for each in COUNTED if each.unit is not Unit.HALF_WORKING_DAYS}


@pytest.mark.parametrize("family", FAMILIES)
def test_no_difference_to_a_calendar_of_others(family: str) -> None:
    assert differences(FAMILIES[family], 300) == []


def test_no_difference_to_counting_minutes_of_opening_time() -> None:
    assert hour_differences(300) == []


@pytest.mark.full
@pytest.mark.parametrize("family", FAMILIES)
def test_no_difference_to_a_calendar_of_others_in_twenty_thousand_starts(family: str) -> None:
    assert differences(FAMILIES[family], 20_000) == []


@pytest.mark.full
def test_no_difference_to_counting_minutes_in_twenty_thousand_starts() -> None:
    assert hour_differences(20_000) == []
