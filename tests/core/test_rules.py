"""The rule table: what it holds is what the rules of the field say, and a county's own is read strictly."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mediator.core.codes import CaseKind, Category
from mediator.core.deadlines import program_rules, set_of
from mediator.core.events import RECORDABLE, EventWord
from mediator.core.rules import Approver, Unit, read_rules
from mediator.errors import Unacceptable

RULES = program_rules()[0]
DAY = date(2026, 1, 1)


# The table of rules.md section 2, row by row: length, amber, whether it rolls to a working day.
@pytest.mark.parametrize(
    ("rule", "start", "length", "amber", "rolls"),
    [
        ("D01", "applied", "3 working_days", "1 working_days", False), ("D02", "accepted", "7 days", "2 days", True),
        ("D03", "accepted", "1 months", "7 days", True), ("D04", "written_in_force", "30 days", "10 days", True),
        ("D05/agreement", "written_in_force", "30 days", "5 days", True),
        ("D05/due", "due_over", "7 days", "5 days", True),
        ("D06", "agreed_day", "0 days", "7 3 1 0 days", True), ("D07", "closed", "15 days", "5 days", True),
        ("D08", "performance_over", "2 years", "60 days", True), ("D10", "registered", "15 days", "3 days", True),
        ("D11", "accepted", "60 days", "10 days", True), ("D13/request", "delivered", "30 days", "5 days", True),
        ("D13/decision", "review_asked", "30 days", "5 days", True),
        ("D14/request", "review_delivered", "30 days", "5 days", True),
        ("D14/decision", "second_review_asked", "30 days", "5 days", True),
        ("D20", "arrived", "1 half_working_days", "1 working_hours", False),
        ("D21/lead", "arrived", "1 working_days", "1 working_days", False),
        ("D21/answer", "arrived", "5 working_days", "1 working_days", False),
        ("D22", "arrived", "3 working_days", "1 working_days", False),
        ("D23/group", "arrived", "1 working_days", "2 working_days", False),
        ("D23/answer", "arrived", "10 working_days", "2 working_days", False),
        ("D24", "dispatched", "5 working_days", "1 working_days", False),
        ("D30", "urged", "2 working_days", "0 working_days", False),
        ("D31", "supervised", "3 working_days", "0 working_days", False),
        ("D32", "suggested", "10 working_days", "0 working_days", False),
        ("D33", "handed_over", "30 days", "5 days", True),
        ("D34", "failed_returned", "5 working_days", "1 working_days", False),
    ],
)  # fmt: skip
def test_the_table_says_what_the_rules_of_the_field_say(
    rule: str, start: str, length: str, amber: str, rolls: bool
) -> None:
    key, _, part = rule.partition("/")
    (row,) = (each for each in RULES.of(key) if each.part == part)
    assert row.start.value == start
    assert f"{row.length} {row.unit.value}" == length
    assert f"{' '.join(map(str, row.amber))} {row.amber_unit.value}" == amber
    assert (row.rolls, bool(row.source), bool(row.follows), bool(row.ends)) == (rolls, True, True, True)


def test_every_deadline_has_its_row_and_no_other_is_there() -> None:
    numbers = [*range(1, 9), 10, 11, 13, 14, *range(20, 25), *range(30, 35)]
    assert list(dict.fromkeys(each.id for each in RULES.rules)) == [f"D{number:02}" for number in numbers]
    assert [(each.id, each.of, each.times, each.most, each.unit, each.by) for each in RULES.extensions] == [
        ("D03", "D03", 1, 1, Unit.MONTHS, Approver.HEAD), ("D12", "D11", 1, 30, Unit.DAYS, Approver.HEAD),
    ]  # fmt: skip


def test_rights_lapse_and_lead_to_no_order_while_duties_do() -> None:
    lapsing = {f"{each.id}/{each.part}" for each in RULES.rules if each.lapses}
    assert lapsing == {"D04/", "D08/", "D13/request", "D14/request"}
    assert all(bool(each.orders) != each.lapses or each.id in ("D31",) for each in RULES.rules)
    assert {each.id for each in RULES.rules if each.pauses} == {"D03", "D11", "D13", "D14"}


def test_colours_are_categories_and_petitions_have_periods_of_their_own() -> None:
    assert {each.id: each.category for each in RULES.rules if each.category} == {
        "D20": Category.BLUE, "D21": Category.YELLOW, "D22": Category.ORANGE, "D23": Category.RED,
    }  # fmt: skip
    assert {each.id for each in RULES.rules if each.kinds == {CaseKind.PETITION}} == {"D10", "D11"}


def test_a_clerk_can_record_every_start_that_the_record_does_not_show_by_itself() -> None:
    computed = {"agreed_day", "due_over", "performance_over", "urged", "supervised", "suggested", "performed",
                "all_performed", "order_answered"}  # fmt: skip
    assert {each.value for each in EventWord} - {each.value for each in RECORDABLE} == computed
    assert len({each.term for each in EventWord}) == len(EventWord)


ROW: dict[str, Any] = {
    "id": "D03", "label": "调解期限", "start": "accepted", "length": 20, "unit": "days", "rolls": True, "amber": [2, 5],
    "amber_unit": "days", "ends": ["concluded"], "orders": ["D30"], "follows": "结束", "source": "本县规定",
}  # fmt: skip
LONGER: dict[str, Any] = {
    "id": "D12", "of": "D03", "label": "延长", "times": 1, "most": 5, "unit": "days", "by": "head",
    "source": "本县规定",
}  # fmt: skip


def test_a_table_of_a_county_is_read_and_what_is_newer_in_it_left_alone() -> None:
    told = read_rules({"rules": [ROW | {"tomorrow": {}}], "extensions": [LONGER]}, valid_from=DAY, origin="本县")
    (rule,) = told.rules
    assert (rule.length, rule.amber, rule.pauses, rule.lapses, rule.part, rule.kinds) == (
        20, (5, 2), False, False, "", frozenset(),
    )  # fmt: skip
    assert told.extension("D03") == told.extensions[0]
    assert told.extension("D04") is None


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"id": ""}, "id"), ({"label": 3}, "label"), ({"start": "yesterday"}, "start"), ({"length": -1}, "length"),
        ({"length": True}, "length"), ({"length": 100_001}, "length"), ({"unit": "weeks"}, "unit"),
        ({"unit": "working_hours"}, "unit"), ({"amber": [-1]}, "amber"), ({"amber": 3}, "amber"),
        ({"amber_unit": "months"}, "unit"), ({"rolls": "yes"}, "rolls"), ({"ends": ["x"]}, "ends"),
        ({"kinds": ["x"]}, "kinds"), ({"category": "green"}, "category"), ({"during": [1]}, "during"),
        ({"source": None}, "source"),
    ],
)  # fmt: skip
def test_a_row_that_says_nonsense_is_refused_with_its_place(change: dict[str, Any], where: str) -> None:
    with pytest.raises(Unacceptable) as told:
        read_rules({"rules": [ROW | {"id": "D01"}, ROW | change]}, valid_from=DAY, origin="")
    assert (told.value.code, told.value.where) == ("table.form", f"rules.1.{where}")


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (None, ""), ({}, "rules"), ({"rules": []}, "rules"), ({"rules": [ROW, ROW]}, "rules"),
        ({"rules": [3]}, "rules.0"),
        ({"rules": [ROW], "extensions": [LONGER | {"unit": "years"}]}, "extensions.0.unit"),
        ({"rules": [ROW], "extensions": [LONGER | {"by": "nobody"}]}, "extensions.0.by"),
    ],
)  # fmt: skip
def test_a_table_that_is_none_is_refused(content: object, where: str) -> None:
    with pytest.raises(Unacceptable) as told:
        read_rules(content, valid_from=DAY, origin="")
    assert (told.value.code, told.value.where) == ("table.form", where)


@pytest.mark.parametrize(
    ("day", "chosen"), [("2019-12-31", 0), ("2020-01-01", 0), ("2026-02-28", 0), ("2026-03-01", 1)]
)
def test_the_set_of_a_day_is_the_last_one_that_counts_from_it_on(day: str, chosen: int) -> None:
    sets = [read_rules({"rules": [ROW]}, valid_from=since, origin="") for since in (date(2020, 1, 1), date(2026, 3, 1))]
    assert set_of(sets, date.fromisoformat(day)) is sets[chosen]
