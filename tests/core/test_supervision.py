"""Orders of supervision: what is raised on which day, how it stands, and that nobody is blamed for what he had not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.core.calendar import shipped_calendar
from mediator.core.codes import CaseStatus, OrderSort, OrderState, PeriodStep, Verdict
from mediator.core.course import Course, Order, OrderId, PeriodChange, PeriodId
from mediator.core.procedure import Advice
from mediator.core.published import Published, as_shipped, in_force
from mediator.core.records import CaseId
from mediator.core.supervision import (
    Matter,
    Standing,
    Task,
    Wanted,
    answer_by,
    matter_of,
    order_id,
    standing,
)
from mediator.core.supervision import wanted as wanted_by
from mediator.core.tables import shipped
from tests.core.matters import a_case

CALENDAR = shipped_calendar()
TABLES = as_shipped(CALENDAR)
CASE = CaseId("ab" * 16)
DUTY = Task("D03", "调解期限", date(2026, 3, 31), date(2026, 3, 24))
FLAW = Advice("L08", "follow_ups", "书面协议没有回访记录就已结案")
URGE, SUPERVISE, SUGGEST = OrderSort.URGE, OrderSort.SUPERVISE, OrderSort.SUGGEST


def wanted(matter: Matter, day: date) -> tuple[Wanted, ...]:
    """By the published calendar."""
    return wanted_by(matter, day, TABLES)


def raised(each: Wanted, on: date, **members: Any) -> Order:
    """The order as the record holds it once the room has raised it."""
    order = Order(each.id, each.sort, each.rule, each.text, due=each.due, place=each.place)
    return replace(order, issued_on=on, received_on=on, **members)


def with_orders(matter: Matter, *orders: Order) -> Matter:
    """The same matter with these orders more."""
    return replace(matter, orders=(*matter.orders, *orders))


def sorts(matter: Matter, day: date) -> list[OrderSort]:
    """What is wanted on a day."""
    return [each.sort for each in wanted(matter, day)]


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2026, 3, 23), []), (date(2026, 3, 24), [URGE]), (date(2026, 3, 31), [URGE]),
        (date(2026, 4, 1), [SUPERVISE]), (date(2027, 4, 1), [SUPERVISE]),
    ],
)  # fmt: skip
def test_a_duty_is_urged_from_its_amber_day_and_supervised_once_its_day_is_over(
    day: date, found: list[OrderSort]
) -> None:
    assert sorts(Matter(CASE, (DUTY,)), day) == found


def test_what_is_done_in_time_raises_nothing() -> None:
    assert wanted(Matter(CASE), date(2026, 4, 1)) == ()


def test_a_finding_of_procedure_is_advice_and_never_climbs_the_ladder() -> None:
    matter = Matter(CASE, advice=(FLAW,))
    (advice,) = wanted(matter, date(2026, 4, 1))
    assert (advice.sort, advice.rule, advice.place, advice.due) == (SUGGEST, "L08", "follow_ups", None)
    assert advice.text == "书面协议没有回访记录就已结案。请核实改正，在十个工作日内答复。"
    returned = raised(advice, date(2026, 4, 1), answer="知道了", verdict=Verdict.RETURNED)
    (again,) = wanted(with_orders(matter, returned), date(2026, 4, 2))
    assert (again.sort, again.id != advice.id) == (SUGGEST, True)
    assert again.text.startswith("上次的答复已被退回。")


def test_an_urge_that_is_answered_badly_or_not_at_all_becomes_supervision_before_the_day_is_over() -> None:
    matter, day = Matter(CASE, (DUTY,)), date(2026, 3, 25)
    (urge,) = wanted(matter, day)
    unanswered = with_orders(matter, raised(urge, day))
    assert [sorts(unanswered, date(2026, 3, last)) for last in (26, 27, 28, 29)] == [[], [], [SUPERVISE], [SUPERVISE]]
    unseen = with_orders(matter, replace(raised(urge, day), received_on=None))
    assert sorts(unseen, date(2026, 3, 31)) == [], "what the room never had it could not answer"
    for verdict, follows in ((None, []), (Verdict.ACCEPTED, []), (Verdict.RETURNED, [SUPERVISE])):
        held = with_orders(matter, raised(urge, day, answer="在办", verdict=verdict))
        assert sorts(held, day) == follows
        assert sorts(held, date(2026, 4, 1)) == [SUPERVISE], "an accepted answer to an urge is no end of the matter"


def test_supervision_whose_answer_is_returned_is_raised_once_more_and_an_accepted_one_is_not() -> None:
    matter, day = Matter(CASE, (DUTY,)), date(2026, 4, 1)
    (first,) = wanted(matter, day)
    returned = with_orders(matter, raised(first, day, answer="忙", verdict=Verdict.RETURNED))
    (second,) = wanted(returned, day)
    assert second.id == order_id(CASE, SUPERVISE, "D03", "2026-03-31", step=2)
    assert wanted(with_orders(returned, raised(second, day)), day) == ()
    assert wanted(with_orders(matter, raised(first, day, verdict=Verdict.ACCEPTED)), day) == ()


def test_the_text_says_what_and_until_when_and_nothing_of_the_day_of_computing() -> None:
    told = {wanted(Matter(CASE, (DUTY,)), DUTY.amber_on + timedelta(days))[0].text for days in range(8)}
    assert told == {"“调解期限”2026年3月31日到期，请抓紧办理，并在两个工作日内答复。"}
    (late,) = wanted(Matter(CASE, (DUTY,)), date(2026, 4, 20))
    assert late.text == (
        "“调解期限”2026年3月31日到期，至今没有办结，请书面说明原因和下一步措施，在三个工作日内答复，同时报告负责人。"
    )


@pytest.mark.parametrize(
    ("sort", "received", "by"),
    [
        # 2 working days over the holiday at the grave-sweeping feast (04-04 to 04-06), 3 and 10 as counted by hand.
        (URGE, date(2026, 4, 2), date(2026, 4, 7)), (SUPERVISE, date(2026, 4, 2), date(2026, 4, 8)),
        (SUGGEST, date(2026, 4, 2), date(2026, 4, 17)), (URGE, date(2026, 3, 2), date(2026, 3, 4)),
        (URGE, None, None),
    ],
)  # fmt: skip
def test_the_answer_is_counted_in_working_days_from_the_day_the_room_had_the_order(
    sort: OrderSort, received: date | None, by: date | None
) -> None:
    order = Order(OrderId("0a" * 16), sort, "D03", "-", issued_on=date(2026, 1, 5), received_on=received)
    assert answer_by(order, TABLES) == by
    if by:
        assert answer_by(replace(order, answer_by=date(2026, 1, 9)), TABLES) == by
        assert answer_by(replace(order, answer_by=date(2026, 6, 1)), TABLES) == date(2026, 6, 1)


def test_a_countys_table_moves_the_day_of_the_answer_and_the_words_from_its_day_on() -> None:
    content = dict(shipped("deadlines.json")["versions"][0])  # type: ignore[index]  # the table's own form
    rules = [{**row, "length": 6, "unit": "days"} if row["id"] == "D30" else row for row in content["rules"]]
    since = date(2026, 4, 1)
    own = Published("deadlines", "2", since, content | {"rules": [row for row in rules if row["id"] != "D31"]})
    tables = in_force(CALENDAR, [own])
    order = Order(OrderId("0a" * 16), URGE, "D03", "-", received_on=date(2026, 3, 31))
    assert answer_by(order, tables) == date(2026, 4, 2), "received before it counted"
    assert answer_by(replace(order, received_on=since), tables) == date(2026, 4, 7)
    assert answer_by(replace(order, sort=SUPERVISE, received_on=since), tables) == date(2026, 4, 7), "ours, left out"
    told = [wanted_by(Matter(CASE, (replace(DUTY, due=date(2026, 5, 9)),)), day, tables)[0].text
            for day in (date(2026, 3, 31), since)]  # fmt: skip
    assert [text.partition("并在")[2] for text in told] == ["两个工作日内答复。", "六日内答复。"]


def judged(order: Order, today: date, as_of: date | None = None, matter: Matter | None = None) -> Standing:
    """How it stands."""
    return standing(matter or Matter(CASE, (DUTY,)), order, today=today, tables=TABLES, as_of=as_of)


def test_an_order_stands_by_what_the_room_had_seen_and_told() -> None:
    (urge,) = wanted(Matter(CASE, (DUTY,)), date(2026, 3, 24))
    order = raised(urge, date(2026, 3, 24))
    unseen = judged(replace(order, received_on=None), date(2026, 6, 1))
    assert (unseen.state, unseen.words, unseen.open) == (OrderState.UNSEEN, "尚未收到", True)
    assert judged(order, date(2026, 3, 26)).words == "2026年3月26日前答复"
    late = judged(order, date(2026, 3, 30))
    assert (late.state, late.words) == (OrderState.LATE, "逾期4天未答复")
    silent = judged(order, date(2026, 3, 30), as_of=date(2026, 3, 26))
    assert (silent.state, silent.words, silent.late_days) == (OrderState.SILENT, "尚未看到答复", 0)
    assert judged(order, date(2026, 3, 30), as_of=date(2026, 3, 28)).words == "逾期2天未答复"
    assert judged(replace(order, answer="已约双方"), date(2026, 6, 1)).state is OrderState.ANSWERED
    for verdict, state in ((Verdict.ACCEPTED, OrderState.ACCEPTED), (Verdict.RETURNED, OrderState.RETURNED)):
        assert judged(replace(order, answer="办", verdict=verdict), date(2026, 6, 1)).state is state


def test_an_order_whose_day_was_moved_or_whose_matter_is_done_asks_for_nothing_and_stays() -> None:
    (urge,) = wanted(Matter(CASE, (DUTY,)), date(2026, 3, 24))
    order, later = raised(urge, date(2026, 3, 24)), replace(DUTY, due=date(2026, 4, 30), amber_on=date(2026, 4, 23))
    extended = Matter(CASE, (later,), extended=frozenset({"D03"}))
    found = judged(order, date(2026, 3, 30), matter=extended)
    assert (found.state, found.words, found.open) == (OrderState.MOVED, "期限已延长或者中止，不再催办", False)
    assert judged(order, date(2026, 3, 30), matter=replace(extended, extended=frozenset())).state is OrderState.DONE
    paused = Matter(CASE, stopped=frozenset({"D03"}))
    assert judged(order, date(2026, 3, 30), matter=paused).state is OrderState.MOVED
    assert judged(order, date(2026, 3, 30), matter=Matter(CASE)).words == "事项已办，不再催办"
    (advice,) = wanted(Matter(CASE, advice=(FLAW,)), date(2026, 4, 1))
    mended = judged(raised(advice, date(2026, 4, 1)), date(2026, 4, 2), matter=Matter(CASE))
    assert mended.words == "问题已改正，不必答复"
    free = Order(OrderId("0a" * 16), SUGGEST, "D32", "请主要负责人包案。", received_on=date(2026, 4, 1))
    assert judged(free, date(2026, 4, 2), matter=Matter(CASE)).state is OrderState.WAITING


def test_a_case_is_urged_by_its_own_deadlines_and_an_archived_one_by_nothing() -> None:
    case = a_case(status=CaseStatus.IN_MEDIATION, accepted_on=date(2026, 3, 2))
    day = date(2026, 3, 30)
    matter = matter_of(case, today=day, calendar=CALENDAR)
    assert ("D03", date(2026, 4, 2), URGE) in [(each.rule, each.due, each.sort) for each in wanted(matter, day)]
    urged = {each.rule for each in matter.duties}
    assert urged == {"D02", "D03"}
    archived = matter_of(replace(case, status=CaseStatus.ARCHIVED), today=day, calendar=CALENDAR)
    assert wanted(archived, day) == ()
    changes = (PeriodChange(PeriodId("1" * 32), "D03", PeriodStep.EXTENDED, day),)
    moved = matter_of(replace(case, course=Course(periods=changes)), today=day, calendar=CALENDAR)
    assert moved.extended == {"D03"}
    changes = (PeriodChange(PeriodId("1" * 32), "D03", PeriodStep.PAUSED, day),)
    still = matter_of(replace(case, course=Course(periods=changes)), today=day, calendar=CALENDAR)
    assert (set(still.stopped), {each.rule for each in still.duties}) == ({"D03"}, {"D02"})


def test_ids_differ_by_case_sort_rule_day_and_step_and_by_nothing_else() -> None:
    seen = {
        order_id(CaseId(case * 16), sort, rule, about, step=step)
        for case in ("ab", "cd") for sort in OrderSort for rule in ("D03", "D06") for about in ("2026-03-31", "parties")
        for step in (1, 2)
    }  # fmt: skip
    assert len(seen) == 2 * 3 * 2 * 2 * 2
    assert order_id(CASE, URGE, "D03", "2026-03-31") == "e7ad0071abbd5f7e8523ddebe8e333f5", (
        "held by vaults: never changes"
    )


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))
TASKS = st.builds(
    lambda rule, due, near: Task(rule, "期限", due, due - timedelta(near)),
    st.sampled_from(("D03", "D06", "D11")), DAYS, st.integers(0, 20),
)  # fmt: skip
FLAWS = st.builds(Advice, st.sampled_from(("L08", "V12")), st.sampled_from(("a", "b")), st.just("不合规范"))
MATTERS = st.builds(
    Matter, st.just(CASE), st.lists(TASKS, max_size=4).map(tuple), st.lists(FLAWS, max_size=3).map(tuple)
)
VERDICTS = st.sampled_from((None, Verdict.ACCEPTED, Verdict.RETURNED))


@given(MATTERS, st.lists(st.tuples(DAYS, VERDICTS), max_size=6))
def test_on_whatever_days_one_looks_no_order_is_raised_twice_and_none_before_its_time(
    matter: Matter, looks: list[tuple[date, Verdict | None]]
) -> None:
    for day, verdict in looks:
        found = wanted(matter, day)
        for each in found:
            near = [duty for duty in matter.duties if (duty.rule, duty.due) == (each.rule, each.due)]
            urged = matter.order(order_id(CASE, URGE, each.rule, str(each.due)))
            assert each.sort is not URGE or any(duty.amber_on <= day for duty in near)
            early = urged is not None and (urged.verdict is Verdict.RETURNED or day > (answer_by(urged, TABLES) or day))
            assert each.sort is not SUPERVISE or early or (each.due is not None and day > each.due)
        matter = with_orders(matter, *(raised(each, day, answer="答", verdict=verdict) for each in found))
        keys = [each.id for each in matter.orders]
        assert len(keys) == len(set(keys))
        if verdict is not Verdict.RETURNED:
            assert wanted(matter, day) == (), "asking again on the same day raises nothing"


@given(MATTERS, DAYS, st.randoms(use_true_random=False))
def test_in_whatever_order_a_record_lists_its_deadlines_the_same_orders_are_wanted(
    matter: Matter, day: date, random: Any
) -> None:
    duties, advice = list(matter.duties), list(matter.advice)
    random.shuffle(duties)
    random.shuffle(advice)
    mixed = replace(matter, duties=tuple(duties), advice=tuple(advice))
    assert {each.id: (each.sort, each.due) for each in wanted(mixed, day)} == {
        each.id: (each.sort, each.due) for each in wanted(matter, day)
    }


@given(DAYS, st.none() | DAYS, DAYS, st.sampled_from(list(OrderSort)))
def test_nobody_is_late_on_a_day_he_had_not_the_order_or_had_not_told_of(
    today: date, received: date | None, as_of: date, sort: OrderSort
) -> None:
    order = Order(OrderId("0a" * 16), sort, "D32", "-", received_on=received)
    found = standing(Matter(CASE), order, today=today, tables=TABLES, as_of=as_of)
    by = answer_by(order, TABLES)
    if found.state is OrderState.LATE:
        assert received
        assert by
        assert min(today, as_of) > by >= received
        assert (
            sum(CALENDAR.is_workday(received + timedelta(n)) for n in range(1, (by - received).days + 1))
            == {URGE: 2, SUPERVISE: 3, SUGGEST: 10}[sort]
        )
        assert found.late_days >= 1
    else:
        assert found.late_days == 0
    if received is None:
        assert found.state is OrderState.UNSEEN
