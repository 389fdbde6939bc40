"""The workbench: what today asks for, from folded rows; counts of the whole beside lists that can be shown."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from mediator.casework import hearing, intake, performing, periods, reports, supervising, workbench
from mediator.casework.desk import Desk
from mediator.casework.hearing import HearingForm
from mediator.core.codes import CaseStatus, Category, OrderSort
from mediator.core.deadlines import DeadlineState
from mediator.core.money import Fen
from mediator.core.records import CaseId
from tests.casework.desks import StillClock, a_document, a_hearing, a_signed_case, an_agreement, case_of, taken_in


def move(desk: Desk, **by: float) -> None:
    """Let time pass."""
    clock = desk.workshop.clock
    assert isinstance(clock, StillClock)
    clock.move(**by)


def a_work_order(desk: Desk, color: str | None, title: str) -> CaseId:
    """A work order in hand."""
    more = {"category_color": color} if color else {}
    return taken_in(desk, a_document(kind="work_order", title=title, **more))


def test_an_empty_day_has_empty_lists_and_seven_days(desk: Desk) -> None:
    found = workbench.bench(desk)
    assert (found.hearings, found.called, found.owed, found.queued, found.orders, found.undated) == ((),) * 6
    assert (found.late, found.near, found.undated_count, found.cases_under_order, found.unsent) == (
        0,
        0,
        0,
        0,
        found.sync.pending,
    )
    assert [day.on for day in found.week] == [date(2026, 3, 9) + timedelta(days=n) for n in range(7)]
    assert [count for _, count in found.queue] == [0, 0, 0, 0, 0]


def test_todays_sittings_stand_by_hour_and_those_of_other_days_in_the_week(desk: Desk) -> None:
    case = taken_in(desk, a_document(title="两次", accepted_on="2026-03-05"))
    for hour, day in ((6, 9), (1, 9), (1, 11)):  # 14:00 and 9:00 of today, 9:00 of Wednesday
        form = HearingForm(datetime(2026, 3, day, hour, tzinfo=UTC), "镇调解室", ("李调解",), "何记录")
        hearing.open_hearing(desk, case, form)
    found = workbench.bench(desk)
    assert [(each.at, each.title, each.place) for each in found.hearings] == [
        ("09:00", "两次", "镇调解室"), ("14:00", "两次", "镇调解室")
    ]  # fmt: skip
    assert [day.hearings for day in found.week] == [2, 0, 1, 0, 0, 0, 0]


def test_what_is_late_stands_before_what_is_near_and_says_how_it_was_counted(desk: Desk) -> None:
    near = taken_in(desk, a_document(title="快到期", accepted_on="2026-02-10", hearings=[a_hearing()]))
    late = taken_in(desk, a_document(title="逾期", accepted_on="2026-02-02", hearings=[a_hearing()]))
    found = workbench.bench(desk)
    rows = [(each.case, each.days, each.state) for each in found.called if each.rule == "D03"]
    assert rows == [(late, -7, DeadlineState.OVERDUE), (near, 1, DeadlineState.NEAR)]
    assert found.late == sum(each.state is DeadlineState.OVERDUE for each in found.called) > 0
    assert found.near == sum(each.state is DeadlineState.NEAR for each in found.called) > 0
    told = workbench.explained(desk, next(each for each in found.called if each.case == near and each.rule == "D03"))
    assert "2026年2月10日" in told or "2026-02-10" in told
    assert "起" in told


def test_an_obligation_stays_until_it_is_met_and_is_late_after_its_day(desk: Desk) -> None:
    case = a_signed_case(desk)
    assert workbench.bench(desk).owed == ()  # due on 1 April, more than fourteen days ahead
    move(desk, days=20)
    [owed] = workbench.bench(desk).owed
    assert (owed.words, owed.due_on, owed.late) == ("张*付李*3,000.00元", date(2026, 4, 1), False)
    duty = case_of(desk, case).agreement.obligations[0].id  # type: ignore[union-attr]  # a signed case has one
    performing.record_payment(desk, case, duty, amount=Fen(1000_00), paid_on=desk.today())
    move(desk, days=10)
    [owed] = workbench.bench(desk).owed
    assert (owed.words, owed.late, owed.obligation) == ("张*付李*2,000.00元", True, duty)
    performing.record_payment(desk, case, duty, amount=Fen(2000_00), paid_on=desk.today())
    assert workbench.bench(desk).owed == ()


def test_work_orders_are_queued_by_category_with_the_newest_three(desk: Desk) -> None:
    for number in range(5):
        a_work_order(desk, "blue", f"咨询{number}")
    red, plain = a_work_order(desk, "red", "举报"), a_work_order(desk, None, "没有分类")
    found = workbench.bench(desk)
    assert dict(found.queue) == {
        Category.BLUE: 5, Category.YELLOW: 0, Category.ORANGE: 0, Category.RED: 1, None: 1,
    }  # fmt: skip
    assert [each.category for each in found.queued] == [Category.BLUE] * 3 + [Category.RED, None]
    assert [each.case for each in found.queued[3:]] == [red, plain]


def test_a_withdrawn_work_order_leaves_the_queue(desk: Desk) -> None:
    order = a_work_order(desk, "red", "举报")
    assert dict(workbench.bench(desk).queue)[Category.RED] == 1
    intake.move(desk, order, CaseStatus.WITHDRAWN, "来电人撤回")
    found = workbench.bench(desk)
    assert dict(found.queue)[Category.RED] == 0
    assert found.queued == ()


def test_orders_of_supervision_stand_until_they_are_answered(desk: Desk) -> None:
    case = taken_in(desk, a_document(title="逾期", accepted_on="2026-01-10", hearings=[a_hearing()]))
    assert supervising.raise_due(desk)
    found = workbench.bench(desk)
    assert found.cases_under_order == 1
    assert {each.case for each in found.orders} == {case}
    assert OrderSort.SUPERVISE in {each.standing.order.sort for each in found.orders}


def test_open_cases_that_nothing_brings_up_again_are_listed_and_counted(desk: Desk) -> None:
    for number in range(workbench.SHOWN + 2):
        taken_in(desk, a_document(title=f"没有日子{number}", kind="settlement"))
    taken_in(desk, a_document(title="已撤回", kind="settlement", outcome="withdrawn"))
    found = workbench.bench(desk)
    assert found.undated_count == workbench.SHOWN + 2
    assert len(found.undated) == workbench.SHOWN
    assert all(row.title.startswith("没有日子") for row in found.undated)


def test_a_draft_owes_nothing_and_a_withdrawn_case_asks_for_nothing(desk: Desk) -> None:
    taken_in(desk, a_document(hearings=[a_hearing()], agreement=an_agreement(), accepted_on="2026-03-01"))
    intake.move(desk, taken_in(desk, a_document()), CaseStatus.WITHDRAWN)
    move(desk, days=20)
    found = workbench.bench(desk)
    assert (found.owed, found.undated, found.hearings) == ((), (), ())


def test_a_day_typed_for_never_leaves_every_page_and_look_standing(desk: Desk) -> None:
    payment = {"payer": "b", "payee": "a", "amount": "3000.00", "due": "9999-12-31", "method": "转账"}
    document = a_document(
        accepted_on="2026-03-01", hearings=[a_hearing()], agreement=an_agreement(payments=[payment]), outcome="agreed"
    )  # fmt: skip
    case = taken_in(desk, document)
    periods.record_event(desk, case, "return_by", on=date(9999, 12, 31))
    periods.record_event(desk, case, "dispatched", on=date(1, 1, 1))
    supervising.raise_due(desk)
    assert workbench.bench(desk).today == desk.today()
    kind = next(each for each in reports.KINDS if each.id == "year")
    assert reports.report(desk, kind, reports.span_of(desk, kind)).tables
