"""What a table would change is told whole: no member of a rule, no day and no hour changes unseen."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from mediator.core.calendar import shipped_calendar
from mediator.core.codes import CaseKind, CaseStatus, Category
from mediator.core.deadlines import program_rules
from mediator.core.events import EventWord
from mediator.core.published import InForce, as_shipped, in_force
from mediator.core.rules import Approver, Extension, Rule, Unit
from sync.center.table_changes import Change, changes
from tests.core.test_published import YEAR, table

BASE = as_shipped(shipped_calendar())
DAY = date(2026, 7, 1)
D03 = next(each for each in BASE.rules[-1].rules if each.id == "D03")
OTHERS: dict[str, Any] = {
    "id": "D99", "part": "more", "label": "别的", "start": EventWord.HEARD, "length": 99, "unit": Unit.WORKING_DAYS,
    "rolls": not D03.rolls, "amber": (9,), "amber_unit": Unit.WORKING_DAYS, "pauses": not D03.pauses,
    "lapses": not D03.lapses, "ends": (EventWord.CLOSED,), "orders": ("D31",), "follows": "别的", "source": "别的",
    "kinds": frozenset({CaseKind.PETITION}), "category": Category.RED, "during": frozenset({CaseStatus.CLOSED}),
    "given": EventWord.RETURN_BY,
}  # fmt: skip
EXTENSION = BASE.rules[-1].extensions[0]
OTHER_EXTENSIONS: dict[str, Any] = {
    "id": "D98", "of": "D98", "label": "别的", "times": 9, "most": 99, "source": "别的",
    "unit": next(unit for unit in (Unit.DAYS, Unit.MONTHS) if unit is not EXTENSION.unit),
    "by": next(each for each in Approver if each is not EXTENSION.by),
}  # fmt: skip


def with_rule(old: Rule | Extension, new: Rule | Extension) -> InForce:
    """The program's rules with one row changed."""
    newest = program_rules()[-1]
    rules = tuple(new if each is old else each for each in newest.rules)
    extensions = tuple(new if each is old else each for each in newest.extensions)
    return replace(BASE, rules=(replace(newest, rules=rules, extensions=extensions),))  # type: ignore[arg-type]  # one of two kinds of row


@pytest.mark.parametrize("member", [each.name for each in fields(Rule)])
def test_no_member_of_a_rule_changes_unseen(member: str) -> None:
    found = changes(BASE, with_rule(D03, replace(D03, **{member: OTHERS[member]})), DAY)
    assert len(found) == (2 if member in ("id", "part") else 1)
    assert all(each.now != each.then for each in found)


@pytest.mark.parametrize("member", [each.name for each in fields(Extension)])
def test_no_member_of_what_makes_a_period_longer_changes_unseen(member: str) -> None:
    found = changes(BASE, with_rule(EXTENSION, replace(EXTENSION, **{member: OTHER_EXTENSIONS[member]})), DAY)
    assert found
    assert all(each.now != each.then for each in found)


def test_a_rule_is_told_by_what_differs_and_one_that_is_gone_as_gone() -> None:
    [found] = changes(BASE, with_rule(D03, replace(D03, length=20, unit=Unit.DAYS)), DAY)
    assert found == Change("D03 调解期限", "期限：1个月", "期限：20日")
    fewer = replace(BASE, rules=(replace(BASE.rules[-1], rules=tuple(r for r in BASE.rules[-1].rules if r != D03)),))
    [gone] = changes(BASE, fewer, DAY)
    assert (gone.about, gone.then) == ("D03 调解期限", "")
    assert "期限：1个月" in gone.now


def test_periods_that_start_before_the_day_of_a_set_are_not_told_as_changed() -> None:
    later = replace(BASE.rules[-1], valid_from=date(2027, 1, 1), rules=(D03,))
    after = replace(BASE, rules=(*BASE.rules, later))
    assert changes(BASE, after, DAY) == ()
    assert changes(BASE, after, date(2027, 1, 1))


def test_days_that_follow_each_other_are_one_line_and_a_new_year_is_named() -> None:
    after = in_force(shipped_calendar(), [table(YEAR)])
    assert changes(BASE, after, DAY) == (
        Change("2027年", "没有节假日表，按周末推算", "按这份表"),
        Change("2027年1月1日", "上班", "放假（元旦）"),
        Change("2027年1月2日", "休息", "放假（元旦）"),
        Change("2027年1月3日", "休息", "调休上班"),
    )
    long = {"years": [{"year": 2027, "off": ["2027-02-08/2027-02-12 春节"], "work": []}]}
    told = changes(BASE, in_force(shipped_calendar(), [table(long)]), DAY)
    assert told[1:] == (Change("2027年2月8日至2027年2月12日", "上班", "放假（春节）"),)
    year = {"years": [{"year": 2026}]}
    days = changes(BASE, in_force(shipped_calendar(), [table(year)]), DAY)
    assert Change("2026年10月10日", "调休上班", "休息") in days, "a year that is written anew loses what it had"


def test_opening_hours_are_told_whole() -> None:
    hours = {"hours": [{"valid_from": "2026-07-01", "open": ["08:00/11:30", "14:30/17:30"]}]}
    [found] = changes(BASE, in_force(shipped_calendar(), [table(hours)]), DAY)
    assert found.then == "自2026年7月1日起08:00至11:30、14:30至17:30"


def test_a_rule_of_the_lint_that_would_weigh_more_is_told() -> None:
    after = in_force(shipped_calendar(), [table({"severities": [["V22", "block"]]}, name="lint")])
    assert changes(BASE, after, DAY) == (Change("协议检查V22", "请核对", "必须改"),)


def test_thresholds_and_lists_of_petitions_are_told_item_by_item() -> None:
    item = {"label": "回访", "source": "本县规定", "events": ["visited"]}
    content = {"repeat": 2, "group": 5, "checklists": [{"kinds": ["petition"], "items": [item]}]}
    found = changes(BASE, in_force(shipped_calendar(), [table(content, name="petitions", day=DAY)]), DAY)
    assert found[0] == Change("重复信访", "3次起", "2次起")
    assert Change("办理清单：信访事项 回访", "依据：本县回访规则", "依据：本县规定") in found
    gone = next(each for each in found if each.about == "办理清单：信访事项 处理意见书送达")
    assert (gone.now[:3], gone.then) == ("依据：", "")
    assert "群体信访" not in {each.about for each in found}


def test_scores_are_told_part_by_part() -> None:
    parts = [
        {"indicator": "closing_rate", "weight": 20, "none": 60, "full": 95},
        {"indicator": "amount", "weight": 5, "none": 0, "full": 100_000},
    ]
    content = {"indices": [{"name": "工作力指数", "parts": parts}]}
    found = changes(BASE, in_force(shipped_calendar(), [table(content, name="indices", day=DAY)]), DAY)
    assert found[0] == Change("工作力指数：办结率", "零分线：50%", "零分线：60%")
    assert found[-1] == Change("工作力指数：协议金额", "", "权重：5；零分线：0元；满分线：100,000元")
    assert Change("工作力指数：满意率", "权重：10；零分线：70%；满分线：95%", "") in found
