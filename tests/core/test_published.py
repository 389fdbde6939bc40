"""What the county publishes over the program's own calendar and rules, and what of it is left aside."""

from __future__ import annotations

from datetime import date
from typing import Any

from mediator.core.calendar import shipped_calendar
from mediator.core.deadlines import SHIPPED, program_rules
from mediator.core.lint_table import shipped_lint
from mediator.core.published import Published, as_shipped, in_force

BASE = shipped_calendar()
# The county writes down 2027 in November 2026; 3 January 2027 is a Sunday with work here.
YEAR = {"years": [{"year": 2027, "off": ["2027-01-01/2027-01-02 元旦"], "work": ["2027-01-03"]}]}
ROW: dict[str, Any] = {
    "id": "D03", "label": "调解期限", "start": "accepted", "length": 20, "unit": "days", "rolls": True, "amber": [5],
    "amber_unit": "days", "ends": ["concluded"], "orders": [], "follows": "结束", "source": "本县规定",
}  # fmt: skip


def table(content: object, *, name: str = "calendar", day: date = date(2027, 1, 1), order: int = 1) -> Published:
    """One published table."""
    return Published(name, "2027-1", day, content, order)


def test_a_year_of_the_county_counts_at_once_and_says_where_it_is_from() -> None:
    found = in_force(BASE, [table(YEAR)])
    assert [found.calendar.is_workday(date(2027, 1, day)) for day in (1, 2, 3)] == [False, False, True]
    assert found.calendar.is_workday(date(2026, 10, 10)) is True
    assert found.years[-2:] == ((2026, SHIPPED), (2027, "县中心下发，版本2027-1，自2027年1月1日起"))
    assert (found.rules, found.refused, found.hours_from) == (program_rules(), (), SHIPPED)


def test_of_two_tables_for_one_day_the_later_written_one_counts_in_whatever_order_they_came() -> None:
    other = {"years": [{"year": 2027, "off": ["2027-01-04"]}]}
    tables = [table(YEAR, order=1), table(other, order=2)]
    for some in (tables, tables[::-1]):
        assert in_force(BASE, some).calendar.is_workday(date(2027, 1, 3)) is False
        assert in_force(BASE, some).calendar.is_workday(date(2027, 1, 4)) is False


def test_opening_hours_of_the_county_take_the_place_of_the_shipped_ones() -> None:
    hours = {"hours": [{"valid_from": "2026-07-01", "open": ["08:00/11:30", "14:30/17:30"]}]}
    found = in_force(BASE, [table(hours)])
    assert found.calendar.openings(date(2026, 7, 1))[0][0].hour == 8
    assert found.hours_from.startswith("县中心下发")
    assert found.calendar.years == BASE.years


def test_rules_of_the_county_stand_beside_the_older_ones_by_their_day() -> None:
    rules = table({"rules": [ROW]}, name="deadlines", day=date(2026, 7, 1))
    found = in_force(BASE, [rules])
    assert [each.valid_from for each in found.rules] == [date(2000, 1, 1), date(2026, 7, 1)]
    later = table({"rules": [ROW | {"length": 9}]}, name="deadlines", day=date(2026, 7, 1), order=2)
    again = in_force(BASE, [rules, later])
    assert [each.rules[0].length for each in again.rules[1:]] == [9]
    whole = in_force(BASE, [table({"rules": [ROW]}, name="deadlines", day=date(2000, 1, 1))])
    assert [len(each.rules) for each in whole.rules] == [1]


def test_a_table_that_cannot_be_read_is_left_aside_and_named_and_the_others_count() -> None:
    bad = table({"rules": [ROW | {"unit": "weeks"}]}, name="deadlines", order=2)
    found = in_force(BASE, [bad, table(YEAR), table({"anything": 1}, name="interest_rates")])
    assert [(each.table, each.where) for each in found.refused] == [(bad, "rules.0.unit")]
    assert found.calendar.covers(2027)
    assert found.rules == program_rules()


def test_the_mark_changes_with_whatever_changes_a_day_and_with_nothing_else() -> None:
    plain = as_shipped(BASE)
    assert in_force(BASE, [table({"anything": 1}, name="interest_rates")]).mark == plain.mark
    marks = {
        plain.mark,
        in_force(BASE, [table(YEAR)]).mark,
        in_force(BASE, [table({"hours": [{"valid_from": "2026-07-01", "open": ["08:00/11:30"]}]})]).mark,
        in_force(BASE, [table({"rules": [ROW]}, name="deadlines")]).mark,
        in_force(BASE, [table({"rules": [ROW]}, name="deadlines", day=date(2027, 2, 1))]).mark,
        in_force(BASE, [table({"rules": [ROW | {"length": 21}]}, name="deadlines")]).mark,
    }
    assert len(marks) == 6


def test_thresholds_of_petitions_count_from_their_day_and_folded_rows_hold_the_groups() -> None:
    july = table({"repeat": 2, "group": 3}, name="petitions", day=date(2026, 7, 1))
    better = table({"repeat": 4, "group": 3}, name="petitions", day=date(2026, 7, 1), order=2)
    found = in_force(BASE, [better, july])
    assert [(each.valid_from, each.repeat) for each in found.petitions] == [
        (date(2000, 1, 1), 3), (date(2026, 7, 1), 4),
    ]  # fmt: skip
    assert found.petitions[1].origin == "县中心下发，版本2027-1，自2026年7月1日起"
    plain = in_force(BASE, [table({"repeat": 4, "group": 5}, name="petitions", day=date(2026, 7, 1))])
    assert len({found.mark, plain.mark, as_shipped(BASE).mark}) == 3
    broken = in_force(BASE, [table({"repeat": 1, "group": 3}, name="petitions")])
    assert ([each.repeat for each in broken.petitions], [each.where for each in broken.refused]) == ([3], ["repeat"])


def test_scores_count_from_their_day_and_no_folded_row_holds_them() -> None:
    parts = [{"indicator": "closing_rate", "weight": 1, "none": 0, "full": 100}]
    july = table({"indices": [{"name": "平安指数", "parts": parts}]}, name="indices", day=date(2026, 7, 1))
    broken = table({"indices": [{"name": "甲", "parts": []}]}, name="indices", order=2)
    found = in_force(BASE, [july, broken])
    assert [each.indices[0].name for each in found.indices] == ["工作力指数", "平安指数"]
    assert [each.where for each in found.refused] == ["indices.0.parts"]
    assert found.mark == as_shipped(BASE).mark


def test_a_county_makes_a_rule_of_the_lint_graver_and_a_milder_one_is_left_aside() -> None:
    graver = table({"severities": [["V22", "block"]]}, name="lint")
    milder = table({"severities": [["V24", "info"]]}, name="lint", order=2)
    found = in_force(shipped_calendar(), [graver, milder])
    assert [key for key, rule in found.lint.items() if rule != shipped_lint()[key]] == ["V22"]
    assert [(each.table.order, each.where) for each in found.refused] == [(2, "severities.0")]
    assert found.mark == as_shipped(shipped_calendar()).mark
