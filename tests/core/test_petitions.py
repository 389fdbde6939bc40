"""Thresholds and lists of petitions: read strictly, by the table of the day, each item shown by the record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mediator.core.codes import CaseKind, CaseStatus, Category, PartyKind, Satisfied, SatisfiedWith, Side, Visit
from mediator.core.course import Course, Satisfaction, SatisfactionId
from mediator.core.petitions import (
    Item,
    checklist_of,
    petitioners,
    program_petitions,
    read_petitions,
    rules_on,
    visit_by,
    visit_words,
)
from mediator.core.records import Case, DocumentId, FollowUp, IssuedPaper, Party, PartyId, StatusMove
from mediator.errors import Unacceptable
from tests.core.matters import CALENDAR, a_case, events

RULES = program_petitions()


@pytest.mark.parametrize(
    ("count", "visit", "words"),
    [
        (1, Visit.FIRST, "初信初访"), (2, None, "再次反映（第二次）"), (3, Visit.REPEATED, "重复信访（第三次）"),
        (12, Visit.REPEATED, "重复信访（第十二次）"),
    ],
)  # fmt: skip
def test_three_times_on_one_matter_is_repeated(count: int, visit: Visit | None, words: str) -> None:
    assert (RULES.repeat, RULES.group) == (3, 5)  # rules.md S10
    assert visit_by(count, RULES) is visit
    assert visit_words(count, visit) == words


def test_a_county_s_own_threshold_counts() -> None:
    assert visit_by(2, read_petitions({"repeat": 2, "group": 10})) is Visit.REPEATED


@pytest.mark.parametrize(
    ("content", "where"),
    [
        ({"group": 5}, "repeat"), ({"repeat": 1, "group": 5}, "repeat"), ({"repeat": 3, "group": "5"}, "group"),
        ({"repeat": 3, "group": 5, "checklists": [{"kinds": ["petitions"]}]}, "checklists.0.kinds"),
        ({"repeat": 3, "group": 5, "checklists": [{"items": [{"label": "回访"}]}]}, "checklists.0.items.0.source"),
        ([], ""),
    ],
)  # fmt: skip
def test_a_table_that_says_nothing_is_refused_with_its_place(content: object, where: str) -> None:
    with pytest.raises(Unacceptable) as caught:
        read_petitions(content)
    assert (caught.value.code, caught.value.where) == ("table.form", where)


def test_what_came_in_keeps_the_table_of_its_day() -> None:
    new = replace(RULES, valid_from=date(2026, 7, 1), repeat=2)
    assert rules_on((new, RULES), date(2026, 6, 30)) is RULES
    assert rules_on((new, RULES), date(2026, 7, 1)) is new
    assert rules_on((new,), date(2026, 6, 30)) is new


def test_a_group_is_those_who_came_not_those_complained_of() -> None:
    rows = [Party(PartyId(f"{n}"), "", Side.APPLICANT, PartyKind.PERSON, f"甲{n}") for n in range(4)]
    rows.append(Party(PartyId("9"), "", Side.RESPONDENT, PartyKind.ORGANIZATION, "某公司"))
    case = a_case(kind=CaseKind.PETITION, parties=tuple(rows))
    assert petitioners(case) == 4
    assert petitioners(replace(case, people=30)) == 30


def done(case: Case) -> list[str]:
    """The labels of what the record shows."""
    return [each.item.label for each in checklist_of(case, RULES, CALENDAR) if each.done]


BARE = a_case(kind=CaseKind.PETITION, status=CaseStatus.REGISTERED)
ANSWER = Satisfaction(SatisfactionId("5a" * 16), date(2026, 3, 9), SatisfiedWith.OFFICE, Satisfied.MOSTLY)
LETTER = IssuedPaper(DocumentId("dd" * 16), "petition_answer", "信答1", "信访事项处理意见书", (), 1)


@pytest.mark.parametrize(
    ("members", "label"),
    [
        ({"status": CaseStatus.JUDGED}, "甄别：受理、诉访分离、访调对接或者转办"),
        ({"moves": (StatusMove(CaseStatus.JUDGED, None),)}, "甄别：受理、诉访分离、访调对接或者转办"),
        ({"accepted_on": date(2026, 3, 2)}, "书面告知是否受理"),
        ({"course": events("investigated 2026-03-03")}, "调查反馈"),
        ({"papers": (LETTER,)}, "出具处理意见书"),
        ({"course": events("answered 2026-03-03")}, "出具处理意见书"),
        ({"course": events("delivered 2026-03-03")}, "处理意见书送达"),
        ({"follow_ups": (FollowUp(date(2026, 3, 9), "", "", "", ""),)}, "回访"),
        ({"course": Course(satisfactions=(ANSWER,))}, "询问对信访工作机构是否满意"),
    ],
)
def test_an_item_is_ticked_by_what_the_record_shows(members: dict[str, Any], label: str) -> None:
    assert done(BARE) == []
    assert done(replace(BARE, **members)) == [label]


@pytest.mark.parametrize(
    ("category", "own"),
    [
        (Category.BLUE, ["答复来电人"]), (Category.YELLOW, ["确定牵头单位", "答复来电人"]),
        (Category.ORANGE, ["转入法定途径并告知来电人"]), (Category.RED, ["成立工作专班", "答复来电人"]), (None, []),
    ],
)  # fmt: skip
def test_a_work_order_has_the_items_of_its_colour(category: Category | None, own: list[str]) -> None:
    order = a_case(kind=CaseKind.WORK_ORDER, category=category)
    labels = [each.item.label for each in checklist_of(order, RULES, CALENDAR)]
    assert labels == [*own, "向12345反馈", "回访", "询问对承办单位是否满意"]


def test_a_mediation_has_no_such_list() -> None:
    assert checklist_of(a_case(), RULES, CALENDAR) == ()


def test_every_item_leaves_a_trace_and_rests_on_something() -> None:
    items: list[Item] = [each for row in RULES.checklists for each in row.items]
    assert all(each.source and (each.events or each.states or each.papers or each.asked) for each in items)
    assert any("《信访工作条例》" in each.source for each in items)
