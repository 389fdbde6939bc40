"""Periods at a desk: events that start and end them, extensions and stops with approval, and what is refused why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from mediator.casework import checking, intake, periods
from mediator.casework.complaints import complain
from mediator.casework.desk import Desk
from mediator.casework.periods import Approval
from mediator.core.course import EventId, PeriodId
from mediator.core.records import CaseId
from mediator.errors import MediatorError, RefusedByRule, Unacceptable
from tests.casework.desks import StillClock, a_document, case_of, taken_in

HEAD = Approval("王主任", "当事人外出，需要再约一次", date(2026, 3, 9))


@pytest.fixture
def case_id(desk: Desk) -> CaseId:
    """A case accepted on 2 March 2026; the desk's day is the 9th."""
    made = taken_in(desk, a_document(accepted_on="2026-03-02"))
    if case_of(desk, made).status.value == "registered":
        intake.accept(desk, made, date(2026, 3, 2))
    return made


def later(desk: Desk, days: int) -> None:
    """So many days go by."""
    clock = desk.workshop.clock
    assert isinstance(clock, StillClock)
    clock.move(days=days)


def due(desk: Desk, case_id: CaseId, rule: str = "D03") -> str:
    """The last day of a deadline that is not over, empty when there is none."""
    found = checking.deadlines(desk, case_of(desk, case_id))
    return next((each.due.isoformat() for each in found if each.rule == rule), "")


def refused(deed: Callable[[], object], error: type[MediatorError] = RefusedByRule) -> str:
    """The code a deed is refused with, and that its sentence has every fact filled in."""
    with pytest.raises(error) as told:
        deed()
    said = complain(told.value)
    assert "—" not in said.message + said.next
    return told.value.code


def test_mediation_may_be_extended_once_by_a_month_and_says_who_approved_it(desk: Desk, case_id: CaseId) -> None:
    assert due(desk, case_id) == "2026-04-02"
    periods.extend(desk, case_id, "D03", length=1, approval=HEAD)
    assert due(desk, case_id) == "2026-05-06"  # 2 May is in the week of Labour Day
    (found,) = (each for each in checking.deadlines(desk, case_of(desk, case_id)) if each.rule == "D03")
    assert "经王主任批准延长一个月，至2026年5月2日，遇劳动节假期，顺延至2026年5月6日" in found.explanation
    (kept,) = case_of(desk, case_id).course.periods
    assert (kept.approved_by, kept.reason, kept.unit) == (HEAD.by, HEAD.reason, "months")
    assert refused(lambda: periods.extend(desk, case_id, "D03", length=1, approval=HEAD)) == "period.extended"
    periods.void_change(desk, case_id, kept.id, reason="登记错了")
    assert due(desk, case_id) == "2026-04-02"


def test_a_stop_moves_the_last_day_by_its_days(desk: Desk, case_id: CaseId) -> None:
    periods.pause(desk, case_id, "D03", approval=HEAD)
    assert refused(lambda: periods.pause(desk, case_id, "D03", approval=HEAD)) == "period.paused"
    later(desk, 10)
    periods.resume(desk, case_id, "D03", approval=Approval("王主任", "鉴定意见已到", date(2026, 3, 19)))
    assert due(desk, case_id) == "2026-04-13"  # ten days on is Sunday the 12th
    again = Approval("王主任", "又一次鉴定", date(2026, 3, 12))
    assert refused(lambda: periods.pause(desk, case_id, "D03", approval=again)) == "period.day"


@pytest.mark.parametrize(
    ("asked", "approval", "code"),
    [
        ("D03 2", HEAD, "period.length"), ("D03 0", HEAD, "period.length"), ("D02 1", HEAD, "period.fixed"),
        ("D11 1", HEAD, "period.none"), ("D12 1", HEAD, "period.none"), ("D99 1", HEAD, "period.none"),
        ("D03 1", replace(HEAD, by=" "), "period.approval"), ("D03 1", replace(HEAD, reason=""), "period.approval"),
        ("D03 1", replace(HEAD, on=date(2026, 3, 10)), "period.day"),
        ("D03 1", replace(HEAD, on=date(2026, 3, 1)), "period.day"),
    ],
)  # fmt: skip
def test_an_extension_that_the_rules_do_not_allow_is_refused_in_words(
    desk: Desk, case_id: CaseId, asked: str, approval: Approval, code: str
) -> None:
    (rule, length), before = asked.split(), case_of(desk, case_id)
    assert refused(lambda: periods.extend(desk, case_id, rule, length=int(length), approval=approval)) == code
    assert case_of(desk, case_id) == before


def test_what_is_over_is_not_extended_unless_it_was_approved_in_time(desk: Desk, case_id: CaseId) -> None:
    later(desk, 40)
    late = Approval("王主任", "忘了")
    assert refused(lambda: periods.extend(desk, case_id, "D03", length=1, approval=late)) == "period.over"
    assert refused(lambda: periods.pause(desk, case_id, "D03", approval=late)) == "period.over"
    periods.extend(desk, case_id, "D03", length=1, approval=HEAD)
    assert due(desk, case_id) == "2026-05-06"


def test_a_petition_is_extended_under_the_rule_of_extension_and_its_review_may_stand_still(desk: Desk) -> None:
    case_id = taken_in(desk, a_document(kind="petition", accepted_on="2026-03-02"))
    approval = Approval("王主任", "情况复杂")
    assert due(desk, case_id, "D11") == "2026-05-06"
    assert refused(lambda: periods.extend(desk, case_id, "D12", length=31, approval=approval)) == "period.length"
    periods.extend(desk, case_id, "D12", length=30, approval=approval)
    assert due(desk, case_id, "D11") == "2026-06-01"  # ninety days to Sunday 31 May
    periods.record_event(desk, case_id, "second_review_asked", on=date(2026, 3, 5))
    periods.pause(desk, case_id, "D14", approval=Approval("王主任", "举行听证"))
    assert due(desk, case_id, "D14") == "2026-04-07"
    assert refused(lambda: periods.resume(desk, case_id, "D11", approval=approval)) == "period.not_paused"


def test_an_event_starts_and_ends_a_period_and_may_be_taken_back(desk: Desk, case_id: CaseId) -> None:
    periods.record_event(desk, case_id, "handed_over", on=date(2026, 3, 5), text="移交调解门诊", by="赵干部")
    assert due(desk, case_id, "D33") == "2026-04-07"
    done = periods.record_event(desk, case_id, "result_returned")
    assert due(desk, case_id, "D33") == ""
    periods.void_event(desk, case_id, done, reason="还没有反馈")
    assert due(desk, case_id, "D33") == "2026-04-07"
    (kept,) = case_of(desk, case_id).course.events
    assert (kept.event, kept.by, kept.text) == ("handed_over", "赵干部", "移交调解门诊")


def test_an_event_that_nobody_can_record_is_refused(desk: Desk, case_id: CaseId) -> None:
    assert refused(lambda: periods.record_event(desk, case_id, "due_over"), Unacceptable) == "event.word"
    assert refused(lambda: periods.record_event(desk, case_id, "yesterday"), Unacceptable) == "event.word"
    assert refused(lambda: periods.record_event(desk, case_id, "answered", on=date(2026, 3, 10))) == "event.future"
    periods.record_event(desk, case_id, "return_by", on=date(2026, 3, 20))
    assert refused(lambda: periods.void_event(desk, case_id, EventId("00" * 16)), Unacceptable) == "event.unknown"
    assert refused(lambda: periods.void_change(desk, case_id, PeriodId("00" * 16)), Unacceptable) == "period.unknown"
