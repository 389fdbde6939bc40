"""Deadlines of a case: which run, until when, and what they say of themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from mediator.core.codes import AgreementForm, CaseKind, CaseStatus, Category, OrderSort, PeriodStep, Verdict
from mediator.core.course import Course, Order, OrderId, PeriodChange, PeriodId
from mediator.core.dates import BEIJING
from mediator.core.deadlines import DeadlineState, deadlines_of, dues_of, every_deadline
from mediator.core.records import Agreement, FollowUp, StatusMove
from mediator.core.rules import read_rules
from tests.core.matters import CALENDAR, ONE, TODAY, TWO, a_case, events, owed, paid, running, signed, told


@pytest.mark.parametrize("status", list(CaseStatus))
def test_mediation_is_concluded_within_a_month_while_it_lasts(status: CaseStatus) -> None:
    lasts = status in (CaseStatus.ACCEPTED, CaseStatus.IN_MEDIATION)
    case = a_case(status=status, accepted_on=date(2026, 9, 5))
    assert running(case) == ([("D02", "2026-09-14"), ("D03", "2026-10-08")] if lasts else [])


def test_without_a_day_of_acceptance_nothing_runs() -> None:
    assert running(a_case()) == []


def test_confirmation_may_be_asked_for_thirty_days_and_no_longer() -> None:
    case = a_case(status=CaseStatus.SIGNED, agreement=signed())
    assert ("D04", "2026-04-07") in running(case, date(2026, 4, 7))
    assert running(case, date(2026, 4, 8)) == [("D05", "2026-04-07")]
    late = {each.rule: each.state(date(2026, 4, 8)).value for each in every_deadline(case, calendar=CALENDAR)}
    assert late == {"D04": "lapsed", "D05": "overdue"}


@pytest.mark.parametrize(
    "agreement",
    [
        None, replace(signed(), digest=""), replace(signed(), signed_on=None), signed(form=AgreementForm.ORAL),
        replace(signed(owed(ONE, date(2026, 5, 1))), digest=""), replace(signed(owed(ONE, None)), signed_on=None),
    ],
)  # fmt: skip
def test_a_draft_or_an_oral_agreement_starts_no_confirmation(agreement: Agreement | None) -> None:
    assert running(a_case(status=CaseStatus.AGREED, agreement=agreement)) == []


def test_each_obligation_is_due_on_its_own_day_until_it_is_paid() -> None:
    agreement = signed(owed(TWO, date(2026, 6, 1)), owed(ONE, date(2026, 5, 1)), owed(ONE, None))
    case = a_case(status=CaseStatus.PERFORMING, agreement=agreement)
    dues = [each for each in running(case) if each[0] == "D06"]
    assert dues == [("D06", "2026-05-06"), ("D06", "2026-06-01")]  # 1 to 5 May 2026 are off
    assert ("D06", "2026-05-06") not in running(replace(case, payments=(paid(100),)), date(2026, 5, 2))
    assert ("D06", "2026-05-06") in running(replace(case, payments=(paid(100, voided=True), paid(99))))


def test_a_deadline_says_how_it_was_counted_and_what_was_skipped() -> None:
    (found,) = deadlines_of(a_case(agreement=signed()), today=TODAY, calendar=CALENDAR)
    assert found.explanation == (
        "书面协议生效（2026年3月5日）次日起算，三十日，至2026年4月4日，遇清明节假期，顺延至2026年4月7日。"
    )
    assert found.source == "《中华人民共和国人民调解法》第三十三条、《中华人民共和国民事诉讼法》第二百零五条"
    assert (found.amber_on, found.lapses, found.orders) == (date(2026, 3, 28), True, ())
    assert (found.label, found.starts_on, found.days_left(TODAY)) == ("申请司法确认", date(2026, 3, 5), 32)
    assert found.days_left(date(2026, 4, 9)) == -2


@pytest.mark.parametrize(
    ("accepted", "said"),
    [
        ("2026-05-15", "受理（2026年5月15日）次日起算，一个月，至2026年6月15日。"),
        ("2027-01-15", "受理（2027年1月15日）次日起算，一个月，至2027年2月15日。节假日数据未发布，按周末推算。"),
        (
            "2026-11-30",
            "受理（2026年11月30日）次日起算，一个月，至2026年12月30日。",
        ),
        ("2024-01-31", "受理（2024年1月31日）次日起算，一个月，至2024年2月29日。"),
        (
            "2023-11-30",
            "受理（2023年11月30日）次日起算，一个月，至2023年12月30日，当日休息，顺延至2024年1月2日。节假日数据未发布，按周末推算。",
        ),
    ],
)
def test_a_year_without_a_notice_is_told_beside_the_day(accepted: str, said: str) -> None:
    case = a_case(accepted_on=date.fromisoformat(accepted))
    found = deadlines_of(case, today=TODAY, calendar=CALENDAR)
    assert [each.explanation for each in found if each.rule == "D03"] == [said]


@pytest.mark.parametrize(
    ("day", "last", "words"),
    [
        (date(2026, 4, 7), date(2026, 4, 7), "协议约定2026年4月7日前履行。"),
        # National Day week off, 8 October is a working day; 20 September is a Sunday with work
        (date(2026, 10, 1), date(2026, 10, 8), "遇国庆节假期，顺延至2026年10月8日（民法典第二百零三条）。"),
        (date(2026, 9, 20), date(2026, 9, 20), "协议约定2026年9月20日前履行。"),
        (
            date(2031, 3, 1),
            date(2031, 3, 3),
            "至2031年3月3日（民法典第二百零三条）。节假日数据未发布，按周末推算。",
        ),
    ],
)
def test_a_due_day_explains_its_shift_to_a_working_day(day: date, last: date, words: str) -> None:
    (due,) = dues_of(Agreement(obligations=(owed(ONE, day), owed(TWO, None))), CALENDAR)
    assert (due.day, due.last) == (day, last)
    assert due.explanation.endswith(words)


def test_a_deadline_of_performance_says_what_the_calendar_of_dues_says() -> None:
    case = a_case(status=CaseStatus.PERFORMING, agreement=signed(owed(ONE, date(2026, 10, 1))))
    found = deadlines_of(case, today=TODAY, calendar=CALENDAR)
    assert case.agreement is not None
    assert [each.explanation for each in found if each.rule == "D06"] == [
        each.explanation for each in dues_of(case.agreement, CALENDAR)
    ]


def at(text: str) -> datetime:
    """A moment in Beijing."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


PETITION = a_case(kind=CaseKind.PETITION)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("applied 2026-03-05", {}),
        ("registered 2026-02-03", {"D10": "02-24"}),
        ("registered 2026-02-03 decided 2026-02-24", {"D10": "02-24+02-24"}),
        ("registered 2026-02-03 decided 2026-02-02", {"D10": "02-24+02-02"}),
        ("review_asked 2026-03-09 reviewed 2026-03-08", {"D13/decision": "04-08"}),
        ("accepted 2026-08-03 answered 2026-10-09", {"D11": "10-08+10-09"}),
        ("delivered 2026-03-05", {"D13/request": "04-07"}),
        (
            "delivered 2026-03-05 review_asked 2026-03-09 reviewed 2026-04-01 review_delivered 2026-04-03",
            {"D13/request": "04-07+03-09", "D13/decision": "04-08+04-01", "D14/request": "05-06"},
        ),
        ("second_review_asked 2026-03-09 second_reviewed 2026-04-08", {"D14/decision": "04-08+04-08"}),
        ("dispatched 2026-09-18", {"D24": "09-24"}),
        ("dispatched 2026-09-18 return_by 2026-09-21 hotline_returned 2026-09-21", {"D24": "09-21+09-21"}),
        ("handed_over 2026-03-05 result_returned 2026-04-01", {"D33": "04-07+04-01"}),
        ("handed_over 2026-03-05 failed_returned 2026-04-01", {"D33": "04-07+04-01", "D34": "04-09"}),
        ("failed_returned 2026-04-01 next_decided 2026-04-02", {"D34": "04-09+04-02"}),
        ("delivered 2026-03-05 delivered 2026-03-09", {"D13/request": "04-08"}),
    ],
)  # fmt: skip
def test_a_petition_runs_through_its_periods(words: str, found: dict[str, str]) -> None:
    assert told(replace(PETITION, course=events(words))) == found


@pytest.mark.parametrize(
    ("category", "words", "found"),
    [
        (Category.BLUE, "", {"D20": "03-06"}), (Category.BLUE, "answered 2026-03-05", {"D20": "03-06+03-05"}),
        (Category.YELLOW, "lead_named 2026-03-06", {"D21/lead": "03-06+03-06", "D21/answer": "03-12"}),
        (Category.ORANGE, "legal_road 2026-03-09", {"D22": "03-10+03-09"}),
        (Category.RED, "answered 2026-03-09", {"D23/group": "03-06", "D23/answer": "03-19+03-09"}),
        (None, "", {}),
    ],
)  # fmt: skip
def test_a_work_order_has_the_periods_of_its_colour(
    category: Category | None, words: str, found: dict[str, str]
) -> None:
    arrived = at("2026-03-05 16:00")
    case = a_case(kind=CaseKind.WORK_ORDER, category=category, arrived_at=arrived, course=events(words))
    assert told(case) == found
    assert told(replace(case, kind=CaseKind.PEOPLE_MEDIATION)) == {}


def test_a_blue_order_is_late_from_the_minute_after_its_moment() -> None:
    arrived = at("2026-03-05 16:00")
    case = a_case(kind=CaseKind.WORK_ORDER, category=Category.BLUE, arrived_at=arrived)
    (found,) = every_deadline(case, calendar=CALENDAR)
    said = "收件（2026年3月5日16时00分）起算，四个工作小时（办公时间），至2026年3月6日11时00分。"
    assert (found.due_at, found.explanation) == (at("2026-03-06 11:00"), said)
    moments = ("2026-03-06 09:59", "2026-03-06 10:00", "2026-03-06 11:00", "2026-03-06 11:01")
    states = [found.state(date(2026, 3, 6), at(each)).value for each in moments]
    assert states == ["running", "near", "near", "overdue"]
    assert found.state(date(2026, 3, 9)) is DeadlineState.OVERDUE


def test_an_agreement_is_visited_and_each_due_day_again_unless_it_was_paid() -> None:
    case = a_case(
        status=CaseStatus.PERFORMING,
        agreement=signed(owed(ONE, date(2026, 3, 31)), owed(TWO, date(2026, 5, 1))),
        payments=(paid(100, on=date(2026, 3, 30)),),
    )
    assert told(case) == {
        "D04": "04-07", "D05/agreement": "04-07", "D05/due/01": "04-07+03-30", "D05/due/02": "05-13",
        "D06/01": "03-31+03-30", "D06/02": "05-06",
    }  # fmt: skip
    visited = told(replace(case, follow_ups=(FollowUp(date(2026, 4, 3)), FollowUp(date(2026, 5, 8)))))
    assert (visited["D05/agreement"], visited["D05/due/02"]) == ("04-07+04-03", "05-13+05-08")


def test_a_visit_after_the_agreement_is_none_for_the_days_that_are_still_to_come() -> None:
    agreement = signed(owed(ONE, date(2026, 5, 1)))
    seen = (FollowUp(date(2026, 3, 20)),)
    case = a_case(status=CaseStatus.FOLLOWED_UP, agreement=agreement, follow_ups=seen)
    assert [each for each in running(case) if each[0] == "D05"] == [("D05", "2026-05-13")]


@pytest.mark.parametrize(
    ("kind", "category", "rule"), [(CaseKind.PETITION, None, "D11"), (CaseKind.WORK_ORDER, Category.BLUE, "D20")]
)
def test_a_petition_that_was_moved_on_as_answered_is_answered(
    kind: CaseKind, category: Category | None, rule: str
) -> None:
    at = datetime(2026, 3, 5, 9, tzinfo=BEIJING)
    told = {"arrived_at": at, "accepted_on": at.date(), "status": CaseStatus.ANSWERED}
    case = a_case(kind=kind, category=category, **told)
    move = StatusMove(CaseStatus.ANSWERED, CaseStatus.HANDLING, datetime(2026, 3, 6, 9, tzinfo=BEIJING))
    assert rule in {each for each, _ in running(case)}
    assert rule not in {each for each, _ in running(replace(case, moves=(move,)))}


def test_enforcement_may_be_asked_for_two_years_after_the_last_instalment_of_a_confirmed_agreement() -> None:
    agreement = signed(owed(ONE, date(2026, 3, 31)), owed(TWO, date(2026, 5, 1)))
    case = a_case(status=CaseStatus.PERFORMING, agreement=agreement, course=events("confirmed 2026-03-20"))
    (found,) = (each for each in every_deadline(case, calendar=CALENDAR) if each.rule == "D08")
    assert (found.starts_on, found.due, found.lapses) == (date(2026, 5, 6), date(2028, 5, 8), True)
    assert told(case)["D04"] == "04-07+03-20"
    done = (paid(100, ONE, on=date(2026, 3, 30)), paid(100, TWO, on=date(2026, 4, 30)))
    assert told(replace(case, payments=done))["D08"].endswith("+04-30")
    assert "D08" not in told(replace(case, course=Course()))


def test_a_closed_case_is_filed_in_fifteen_days() -> None:
    moves = (StatusMove(CaseStatus.CLOSED, CaseStatus.PERFORMED, at("2026-03-05 23:30")),)
    case = a_case(status=CaseStatus.CLOSED, moves=moves)
    assert told(case) == {"D07": "03-20"}
    filed = StatusMove(CaseStatus.ARCHIVED, CaseStatus.CLOSED, at("2026-03-18 09:00"))
    assert told(replace(case, moves=(*moves, filed))) == {"D07": "03-20+03-18"}


def test_an_order_is_answered_within_its_days_or_by_its_own_and_one_sent_back_runs_on() -> None:
    order = Order(OrderId("0a" * 16), OrderSort.URGE, "D03", "请尽快办理", received_on=date(2026, 3, 5))
    case = a_case(status=CaseStatus.CLOSED, course=Course(orders=(order,)))
    assert told(case) == {"D30/0a": "03-09"}
    own = replace(order, sort=OrderSort.SUPERVISE, answer_by=date(2026, 3, 6), answered_on=date(2026, 3, 6))
    assert told(replace(case, course=Course(orders=(own,)))) == {"D31/0a": "03-06+03-06"}
    back = replace(own, verdict=Verdict.RETURNED)
    assert told(replace(case, course=Course(orders=(back,)))) == {"D31/0a": "03-06"}


def test_a_case_with_two_moves_at_once_keeps_its_deadlines_until_a_person_has_chosen() -> None:
    case = a_case(status=CaseStatus.WITHDRAWN, accepted_on=date(2026, 3, 2))
    assert told(case) == {"D02": "03-09+", "D03": "04-02+"}
    assert told(replace(case, in_doubt=True)) == {"D02": "03-09", "D03": "04-02"}


def test_a_stopped_period_is_neither_near_nor_late() -> None:
    stop = PeriodChange(PeriodId("0c" * 16), "D03", PeriodStep.PAUSED, date(2026, 3, 20))
    case = a_case(accepted_on=date(2026, 3, 2), course=Course(periods=(stop,)))
    (found,) = (each for each in every_deadline(case, calendar=CALENDAR) if each.rule == "D03")
    assert found.state(date(2026, 6, 1)) is DeadlineState.STOPPED
    assert found.explanation.endswith("一个月，自2026年3月20日起中止，至2026年4月2日。")


@pytest.mark.parametrize(
    ("today", "state"),
    [("2026-04-28", "running"), ("2026-04-29", "near"), ("2026-05-06", "near"), ("2026-05-07", "overdue")],
)
def test_what_is_owed_is_near_seven_days_before_and_late_after_its_working_day(today: str, state: str) -> None:
    case = a_case(status=CaseStatus.PERFORMING, agreement=signed(owed(ONE, date(2026, 5, 1))))
    (found,) = (each for each in every_deadline(case, calendar=CALENDAR) if each.rule == "D06")
    assert found.state(date.fromisoformat(today)).value == state
    assert [each.isoformat()[5:] for each in found.ambers] == ["04-29", "05-03", "05-05", "05-06"]


def test_a_change_of_the_rules_keeps_the_old_rule_for_what_started_before() -> None:
    row = {
        "id": "D03", "label": "调解期限", "start": "accepted", "unit": "days", "rolls": False, "amber": [1],
        "amber_unit": "days", "ends": ["concluded"], "orders": [], "follows": "结束", "source": "本县规定",
    }  # fmt: skip
    old = read_rules({"rules": [row | {"length": 10}]}, valid_from=date(2020, 1, 1), origin="旧")
    new = read_rules({"rules": [row | {"length": 20}]}, valid_from=date(2026, 3, 10), origin="新")
    days = [
        deadlines_of(a_case(accepted_on=start), today=TODAY, calendar=CALENDAR, rules=(old, new))[0].due.isoformat()
        for start in (date(2019, 12, 1), date(2026, 3, 9), date(2026, 3, 10))
    ]
    assert days == ["2019-12-11", "2026-03-19", "2026-03-30"]


@pytest.mark.parametrize("day", [date.max, date(9999, 12, 1), date(9998, 12, 1), date(1, 1, 2), date.min])
@pytest.mark.parametrize("word", ["", "applied", "dispatched", "handed_over", "confirmed", "delivered", "return_by"])
@pytest.mark.parametrize("kind", [CaseKind.PEOPLE_MEDIATION, CaseKind.PETITION])
def test_a_day_typed_for_never_stops_nobodys_work(day: date, word: str, kind: CaseKind) -> None:
    course = events(f"{word} {day.isoformat()}") if word else Course()
    case = a_case(kind=kind, accepted_on=day, agreement=signed(owed(ONE, day)), course=course)
    found = every_deadline(case, calendar=CALENDAR)
    assert {each.rule for each in found} >= {"D06"}
    assert all(each.due >= min(each.starts_on, day) and each.amber_on <= each.due for each in found)


@pytest.mark.parametrize("unit", ["days", "months", "years", "working_days"])
def test_the_longest_period_that_a_table_may_name_can_be_counted(unit: str) -> None:
    row = {"id": "D03", "label": "调解期限", "start": "accepted", "length": 100_000, "unit": unit, "rolls": True,
           "amber": [100_000], "amber_unit": "days", "ends": [], "follows": "无", "source": "无"}  # fmt: skip
    rules = read_rules({"rules": [row]}, valid_from=date(2000, 1, 1), origin="试")
    (found,) = every_deadline(a_case(accepted_on=TODAY), calendar=CALENDAR, rules=(rules,))
    assert TODAY <= found.amber_on < found.due
