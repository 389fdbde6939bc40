"""Counting of periods: the worked days of the rules, and what must hold of any period."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.codes import PeriodStep
from mediator.core.dates import BEIJING
from mediator.core.periods import UNCHANGED, Changes, Stop, amber_moment, ambers, changes_for, count
from mediator.core.rules import Rule, Unit
from tests.core.counting import (
    ANY_RULE,
    CALENDAR,
    COUNTED,
    DAY,
    RULES,
    STARTS,
    change,
    ended,
    extension_of,
    rule_of,
)

WEEKDAYS = "一二三四五六日"
DAY_RULE = st.sampled_from([each for each in COUNTED if each.unit in (Unit.DAYS, Unit.MONTHS, Unit.YEARS)])
WORKDAY_RULE = st.sampled_from([each for each in COUNTED if each.unit is Unit.WORKING_DAYS])


def at_moment(text: str) -> datetime:
    """A moment in Beijing."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


@pytest.mark.parametrize(
    ("rule", "start", "last"),
    [
        ("D04", "2026-03-05 四", "2026-04-07 二"), ("D04", "2026-09-01 二", "2026-10-08 四"),
        ("D04", "2025-09-03 三", "2025-10-09 四"), ("D04", "2026-01-16 五", "2026-02-24 二"),
        ("D04", "2026-01-18 日", "2026-02-24 二"), ("D04", "2025-12-02 二", "2026-01-04 日"),
        ("D10", "2026-02-03 二", "2026-02-24 二"), ("D10", "2026-04-20 一", "2026-05-06 三"),
        ("D11", "2026-08-03 一", "2026-10-08 四"), ("D11", "2025-12-19 五", "2026-02-24 二"),
        ("D11+D12", "2026-08-03 一", "2026-11-02 一"), ("D03", "2026-01-31 六", "2026-02-28 六"),
        ("D03", "2024-01-31 三", "2024-02-29 四"), ("D03", "2026-03-31 二", "2026-04-30 四"),
        ("D03", "2026-09-05 六", "2026-10-08 四"), ("D03", "2026-05-15 五", "2026-06-15 一"),
        ("D01", "2026-09-24 四", "2026-09-30 三"), ("D01", "2026-02-13 五", "2026-02-25 三"),
        ("D01", "2026-04-30 四", "2026-05-08 五"), ("D24", "2025-09-26 五", "2025-10-10 五"),
        ("D24", "2026-09-18 五", "2026-09-24 四"),
    ],
)  # fmt: skip
def test_the_worked_days_of_the_rules(rule: str, start: str, last: str) -> None:
    (begin, begin_name), (end, end_name) = start.split(), last.split()
    first, key = date.fromisoformat(begin), rule.split("+", maxsplit=1)[0]
    longer = (change(PeriodStep.EXTENDED, first + 50 * DAY, 30),) if "+" in rule else ()
    counted = ended(rule_of(key), first, Changes(extended=longer))
    assert counted.due == date.fromisoformat(end)
    assert (WEEKDAYS[first.weekday()], WEEKDAYS[counted.due.weekday()]) == (begin_name, end_name)


@pytest.mark.parametrize(
    ("start", "due", "near"),
    [
        ("2026-03-05 08:30", "2026-03-05 14:30", "2026-03-05 11:30"),
        ("2026-03-05 09:15", "2026-03-05 15:15", "2026-03-05 14:15"),
        ("2026-03-05 16:00", "2026-03-06 11:00", "2026-03-06 10:00"),
        ("2026-03-05 12:30", "2026-03-06 09:00", "2026-03-05 17:00"),
        # Saturday before Labour Day week, which is a day off; 6 May is the first working day
        ("2026-04-30 17:30", "2026-05-06 14:30", "2026-05-06 11:30"),
        # 14 February is a make-up workday, then nine days off
        ("2026-02-14 15:30", "2026-02-24 10:30", "2026-02-24 09:30"),
    ],
)
def test_half_a_working_day_is_four_hours_of_opening_time(start: str, due: str, near: str) -> None:
    blue = rule_of("D20")
    counted = count(blue, date.fromisoformat(start[:10]), at_moment(start), CALENDAR)
    assert counted.due_at == at_moment(due)
    assert counted.due == at_moment(due).date()
    assert amber_moment(blue, at_moment(start), CALENDAR) == at_moment(near)


@given(ANY_RULE, STARTS, st.integers(0, 400))
def test_who_starts_later_is_never_due_earlier(rule: Rule, start: date, later: int) -> None:
    assert ended(rule, start + later * DAY).due >= ended(rule, start).due


@given(ANY_RULE, STARTS)
def test_no_period_ends_on_a_day_off_or_before_its_day(rule: Rule, start: date) -> None:
    counted = ended(rule, start)
    assert CALENDAR.is_workday(counted.due)
    assert start < counted.due or rule.unit is Unit.HALF_WORKING_DAYS
    assert not any(CALENDAR.is_workday(counted.last + n * DAY) for n in range((counted.due - counted.last).days))


@given(STARTS, st.integers(1, 60), st.integers(0, 40))
def test_an_extension_never_shortens_and_counts_no_more_than_allowed(start: date, length: int, after: int) -> None:
    for rule in (rule_of("D03"), rule_of("D11")):
        extension = extension_of(rule.id)
        made = [change(PeriodStep.EXTENDED, start + after * DAY, length, rule.id)]
        plain = ended(rule, start)
        once = ended(rule, start, changes_for(rule, extension, made, start=start))
        assert once.last > plain.last
        assert once == ended(rule, start, changes_for(rule, extension, [*made, *made], start=start))
        most = ended(rule, start, Changes(extended=(replace(made[0], length=extension.most),)))
        assert once.last <= most.last


@given(DAY_RULE, STARTS, st.integers(1, 7), st.integers(1, 90))
def test_a_stop_of_days_moves_the_end_by_just_as_many(rule: Rule, start: date, after: int, days: int) -> None:
    begin = start + after * DAY
    stopped = ended(rule, start, Changes(stops=(Stop(begin, begin + days * DAY),)))
    plain = ended(rule, start)
    assert stopped.last == plain.last + days * DAY
    assert stopped.due >= plain.due


@given(WORKDAY_RULE, STARTS, st.integers(1, 30))
def test_a_stop_takes_its_working_days_out_of_the_count(rule: Rule, start: date, days: int) -> None:
    stop = Stop(start + DAY, start + (1 + days) * DAY)
    assert ended(rule, start, Changes(stops=(stop,))).due == ended(rule, stop.until - DAY).due


@pytest.mark.parametrize(
    ("steps", "stops", "open_since"),
    [
        ("p5 r9", [(5, 9)], None), ("r3 p5 p6 r9 r10", [(5, 9)], None), ("p5 r9 p12", [(5, 9)], 12),
        ("p5 r5", [], None), ("p0 r3", [(1, 3)], None), ("p5", [], 5), ("p8 r9 p2 r4", [(2, 4), (8, 9)], None),
    ],
)  # fmt: skip
def test_stops_are_paired_in_the_order_of_their_days(
    steps: str, stops: list[tuple[int, int]], open_since: int | None
) -> None:
    start, rule = date(2026, 8, 3), rule_of("D11")
    words = {"p": PeriodStep.PAUSED, "r": PeriodStep.RESUMED}
    made = [change(words[each[0]], start + int(each[1:]) * DAY) for each in steps.split()]
    found = changes_for(rule, RULES.extension("D11"), made, start=start)
    assert [((each.on - start).days, (each.until - start).days) for each in found.stops] == stops
    assert found.stopped_on == (None if open_since is None else start + open_since * DAY)


def test_a_right_that_cannot_be_extended_or_stopped_is_not() -> None:
    made = [
        change(PeriodStep.EXTENDED, date(2026, 3, 6), 30, "D04"),
        change(PeriodStep.PAUSED, date(2026, 3, 7), 0, "D04"),
    ]
    assert changes_for(rule_of("D04"), RULES.extension("D04"), made, start=date(2026, 3, 5)) == UNCHANGED
    assert changes_for(rule_of("D11"), RULES.extension("D11"), made, start=date(2026, 3, 5)) == UNCHANGED


@given(ANY_RULE, STARTS)
def test_what_is_near_is_called_before_it_is_over_and_not_before_it_began(rule: Rule, start: date) -> None:
    counted = ended(rule, start)
    found = ambers(rule, counted, start=start, calendar=CALENDAR)
    assert start <= found[0] <= found[-1] <= counted.due
    if rule.amber_unit is Unit.DAYS and rule.length > rule.amber[0]:
        assert found[0] == counted.due - rule.amber[0] * DAY
