"""What a form knows from the course of its matter; a typed value always wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

import pytest

from mediator.core.calendar import Calendar
from mediator.core.codes import LinkReason, LinkRole, PeriodStep, Visit
from mediator.core.course import (
    Course,
    Event,
    EventId,
    Link,
    LinkId,
    Order,
    OrderId,
    PeriodChange,
    PeriodId,
)
from mediator.core.dates import BEIJING
from mediator.core.procedure import Advice
from mediator.core.published import as_shipped
from mediator.core.records import Case, CaseId, Value
from mediator.core.supervision import Matter, Task, wanted
from mediator.docs.catalogue import kind_of
from mediator.docs.fields import filled
from tests.docs.papers import a_case, some_facts

DUE: Final = date(2026, 3, 9)
DAYS: Final = {"D03": date(2026, 4, 9), "D04": date(2025, 12, 10), "D11": date(2026, 5, 1), "D33": date(2026, 3, 30)}
TASK: Final = Task("D03", "调解期限", DUE, date(2026, 3, 2))
ADVICE: Final = Advice("L08", "follow_ups", "书面协议没有回访记录就已结案")


def known(kind: str, case: Case, typed: Mapping[str, Value] | None = None) -> dict[str, Value]:
    """Every value of a form, by its name."""
    facts = replace(some_facts(), values=typed or {}, days=DAYS)
    return dict(filled(kind_of(kind).fields, case, facts).values)


def with_course(**lists: object) -> Case:
    """The case with some of its course."""
    return replace(a_case(), lead_body="壶镇镇自然资源所", course=Course(**lists))  # type: ignore[arg-type]  # lists by name


def raised(day: date, **more: object) -> Order:
    """The order that the engine raises on a day about the period that ends on DUE, or about a finding."""
    matter = Matter(CaseId("c"), duties=(TASK,)) if day > date(2026, 1, 1) else Matter(CaseId("c"), advice=(ADVICE,))
    (each,) = wanted(matter, day, as_shipped(Calendar(frozenset(), frozenset(), frozenset())))
    return Order(each.id, each.sort, each.rule, each.text, due=each.due, place=each.place, **more)  # type: ignore[arg-type]  # fields by name


URGED: Final = raised(
    date(2026, 3, 3), answer_by=date(2026, 3, 5), answer="已约定三月六日调解。", answered_on=date(2026, 3, 4)
)
SUPERVISED: Final = raised(date(2026, 3, 10), answer_by=date(2026, 3, 13))
ADVISED: Final = raised(date(2025, 3, 10), answer_by=date(2026, 3, 24))
ORDERS: Final = with_course(orders=(SUPERVISED, URGED, ADVISED))


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("urge_order", {"receiver": "壶镇镇自然资源所", "due": "2026年3月9日",
                        "demand": "请抓紧办理，并在两个工作日内答复。",
                        "answer_by": "2026年3月5日", "answer": "已约定三月六日调解。", "answered_on": "2026年3月4日"}),
        ("supervise_order", {"due": "2026年3月9日", "reason": "“调解期限”2026年3月9日到期，至今没有办结。",
                             "demand": "请书面说明原因和下一步措施，在三个工作日内答复，同时报告负责人。",
                             "answer_by": "2026年3月13日", "answer": "", "answered_on": ""}),
        ("work_proposal", {"finding": "书面协议没有回访记录就已结案。", "advice": "请核实改正，在十个工作日内答复。",
                           "answer_by": "2026年3月24日", "rule": ""}),
    ],
)  # fmt: skip
def test_a_paper_of_supervision_says_what_its_order_says(kind: str, told: dict[str, str]) -> None:
    found = known(kind, ORDERS)
    assert {name: found[name] for name in told} == told


def test_advice_in_a_persons_own_words_is_told_whole_and_asks_for_an_answer_in_the_usual_time() -> None:
    told = known("work_proposal", with_course(orders=(replace(ADVISED, text="请核实邻里往来。"),)))
    assert (told["finding"], told["advice"]) == ("请核实邻里往来。", "请核实改正，在规定期限内答复。")


def test_without_an_order_of_its_sort_nothing_is_claimed() -> None:
    found = known("urge_order", with_course(orders=(ADVISED,)))
    assert [found[name] for name in ("due", "demand", "answer_by", "answer")] == [""] * 4


def test_the_newest_order_counts_and_the_counted_day_where_none_was_set() -> None:
    later = replace(URGED, id=OrderId("D03"), due=date(2026, 4, 1), answer="", answer_by=None)
    found = known("urge_order", with_course(orders=(URGED, later)))
    assert (found["due"], found["answer"], found["answer_by"]) == ("2026年4月1日", "", "2026年4月9日")


def extended(rule: str) -> Case:
    """The case with a period made longer."""
    step = PeriodStep.EXTENDED
    change = PeriodChange(PeriodId("p"), rule, step, date(2026, 3, 8), 1, "months", "周主任", "等待村里复测。")
    return with_course(periods=(change,))


def test_an_approval_asks_from_the_running_day_and_then_tells_the_new_one() -> None:
    before, after = known("extension_approval", a_case()), known("extension_approval", extended("D03"))
    assert (before["until"], before["new_day"], before["reason"]) == ("2026年4月9日", "", "")
    assert (after["until"], after["new_day"], after["reason"]) == ("", "2026年4月9日", "等待村里复测。")


def test_the_notice_of_a_longer_period_goes_by_the_petition_s_own() -> None:
    told = known("petition_extension", extended("D11"))
    assert (told["new_day"], told["reason"]) == ("2026年5月1日", "等待村里复测。")
    assert known("petition_extension", extended("D03"))["new_day"] == ""
    assert known("petition_acceptance", a_case())["within"] == "2026年5月1日"


@pytest.mark.parametrize(
    ("reason", "role", "word"),
    [
        (LinkReason.PETITION_TO_MEDIATION, LinkRole.ORIGIN, "访调对接"),
        (LinkReason.LITIGATION_APART, LinkRole.ORIGIN, "诉访分离"),
        (LinkReason.JOINT, LinkRole.ORIGIN, "三调联动"),
        (LinkReason.HANDED_ON, LinkRole.ORIGIN, ""),
        (LinkReason.PETITION_TO_MEDIATION, LinkRole.TARGET, ""),
    ],
)
def test_a_slip_says_why_the_matter_went_on(reason: LinkReason, role: LinkRole, word: str) -> None:
    found = known("transfer_slip", with_course(links=(Link(LinkId("l"), "x", reason, role),)))
    assert (found["purpose"], found["back_by"]) == (word, "2026年3月30日")


def event(word: str, text: str, day: int = 1) -> Event:
    """Something that happened in March."""
    return Event(EventId(word), word, date(2026, 3, day), text=text, by="陈建国")


def test_the_answer_to_the_sender_is_the_reported_one_else_what_was_agreed() -> None:
    reported = with_course(events=(event("failed_returned", "双方差距较大，调解不成。"),))
    assert known("return_slip", reported)["outcome"] == "双方差距较大，调解不成。"
    assert str(known("return_slip", a_case())["outcome"]).startswith("一、吴某斌以人民币5,000.00元")
    assert known("return_slip", replace(a_case(), agreement=None))["outcome"] == ""


STEPS: Final = with_course(
    events=(event("investigated", "应发31户，已发30户。", 2), event("analysed", "账号有误，应当补发。", 3),
            event("approved", "同意。", 4), event("answered", "已电话答复。", 5))
)  # fmt: skip


def test_the_three_steps_of_a_review_stand_where_they_belong() -> None:
    opinion = known("petition_answer", STEPS)
    assert (opinion["found"], opinion["opinion"]) == ("应发31户，已发30户。", "账号有误，应当补发。")
    assert known("closing_report", STEPS)["opinion"] == "同意。"
    whole = (
        "2026年3月2日调查反馈（陈建国）：应发31户，已发30户。\n2026年3月3日科室分析（陈建国）：账号有误，应当补发。\n"
        "2026年3月4日领导审核（陈建国）：同意。"
    )
    assert known("case_sheet", STEPS)["progress"] == known("work_order_sheet", STEPS)["measures"] == whole
    assert known("work_order_sheet", STEPS)["reply"] == "已电话答复。"


def test_a_visit_and_a_query_slip_know_who_came_when_and_how_it_stands() -> None:
    moment = datetime(2026, 3, 2, 9, 30, tzinfo=BEIJING)
    case = replace(a_case(), people=3, arrived_at=moment, visit=Visit.REPEATED)
    visit, slip = known("visit_register", case), known("status_slip", case)
    assert [visit[name] for name in ("petitioner", "phone", "count", "came_on", "times")] == [
        "吴某斌", "13700002210", "3人", "2026年3月2日9时30分", "重复信访",
    ]  # fmt: skip
    assert (slip["stage"], slip["next_date"]) == ("登记", "2025年12月10日")


def test_the_last_day_before_the_court_is_the_counted_one() -> None:
    assert known("confirmation_application", a_case())["last_day"] == "2025年12月10日"
    assert known("arbitration_review_application", a_case())["last_day"] == ""


@pytest.mark.parametrize(
    ("kind", "typed", "printed"),
    [
        ("urge_order", {"demand": "请报进展。"}, "请报进展。"),
        ("confirmation_application", {"last_day": "2025-12-11"}, "2025年12月11日"),
        ("petition_answer", {"found": "另查明。"}, "另查明。"),
    ],
)
def test_what_a_clerk_typed_wins(kind: str, typed: dict[str, Value], printed: str) -> None:
    (name,) = typed
    case = replace(ORDERS, course=replace(ORDERS.course, events=STEPS.course.events))
    assert known(kind, case, typed)[name] == printed
