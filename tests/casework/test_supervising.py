"""Supervision at the room: raised once, seen, answered; a case that needs nothing is not touched."""

from __future__ import annotations

from datetime import date

import pytest

from mediator.casework import agreement, performing, supervising
from mediator.casework.desk import Desk
from mediator.core.codes import OrderSort, OrderState
from mediator.core.money import Fen
from mediator.core.records import CaseId
from mediator.errors import RefusedByRule, Unacceptable
from mediator.journal.entry import DeskId, Draft, StreamId
from mediator.journal.framing import make_entry
from tests.casework.desks import StillClock, a_document, a_hearing, an_agreement, case_of, taken_in

COUNTY, OTHER = DeskId("c0" * 16), DeskId("d0" * 16)


@pytest.fixture
def case_id(desk: Desk) -> CaseId:
    """A signed case with a sum due on 1 April 2026, five working days after the clock's day is moved to 25 March."""
    document = a_document(
        accepted_on="2026-03-01", hearings=[a_hearing()], agreement=an_agreement(), outcome="agreed"
    )  # fmt: skip
    return taken_in(desk, document)


def move(desk: Desk, **by: float) -> None:
    """Let time pass."""
    clock = desk.workshop.clock
    assert isinstance(clock, StillClock)
    clock.move(**by)


def on_a_later_day(desk: Desk, day: date) -> None:
    """The clock stands on this day."""
    move(desk, days=(day - desk.today()).days)


def stand(desk: Desk, case_id: CaseId) -> list[tuple[OrderSort, OrderState]]:
    """Sort and state of each order of the obligation's day."""
    return [(each.order.sort, each.state) for each in supervising.orders_of(desk, case_id) if each.order.rule == "D06"]


def from_the_county(desk: Desk, case_id: CaseId, n: int, kind: str, body: dict[str, object]) -> None:
    """An entry of the county's own that an exchange brought."""
    draft = Draft(StreamId(case_id), kind, body, {}, desk.now_ms())
    entry = make_entry(draft, desk=COUNTY, n=n, prev="0" * 64, marks={}, salt=bytes(32), sign=lambda _: bytes(64))
    desk.vault.absorb([entry])


def test_a_day_that_comes_near_is_urged_once_and_once_it_is_over_supervised_once(desk: Desk, case_id: CaseId) -> None:
    assert supervising.raise_due(desk) == 0
    assert stand(desk, case_id) == []
    on_a_later_day(desk, date(2026, 3, 25))
    assert supervising.raise_due(desk) >= 1
    assert stand(desk, case_id) == [(OrderSort.URGE, OrderState.WAITING)]
    before = desk.vault.entry_count()
    assert [supervising.raise_due(desk) for _ in range(3)] == [0, 0, 0]
    assert desk.vault.entry_count() == before
    on_a_later_day(desk, date(2026, 4, 2))
    supervising.raise_due(desk)
    assert set(stand(desk, case_id)) == {
        (OrderSort.SUPERVISE, OrderState.WAITING),
        (OrderSort.URGE, OrderState.LATE),
    }


def test_what_is_paid_asks_for_no_answer_any_more(desk: Desk, case_id: CaseId) -> None:
    on_a_later_day(desk, date(2026, 3, 25))
    supervising.raise_due(desk)
    agreement = case_of(desk, case_id).agreement
    assert agreement
    (owed,) = agreement.obligations
    performing.record_payment(desk, case_id, owed.id, amount=Fen(300_000), paid_on=desk.today())
    on_a_later_day(desk, date(2026, 5, 6))
    supervising.raise_due(desk)
    assert stand(desk, case_id) == [(OrderSort.URGE, OrderState.DONE)]
    assert all(each.standing.order.rule != "D06" for each in supervising.open_orders(desk))


def test_an_answer_is_kept_with_its_day_and_author_and_may_be_bettered_until_it_is_judged(
    desk: Desk, case_id: CaseId
) -> None:
    on_a_later_day(desk, date(2026, 3, 25))
    supervising.raise_due(desk)
    (order,) = (each.order for each in supervising.orders_of(desk, case_id) if each.order.rule == "D06")
    for text in ("已电话提醒", "双方约定三月底付清\u202e"):
        supervising.answer(desk, case_id, order.id[:8], text)
    (told,) = (each.order for each in supervising.orders_of(desk, case_id) if each.order.rule == "D06")
    assert (told.answer, told.answered_by) == ("双方约定三月底付清", "李调解")
    assert told.answered_on == date(2026, 3, 25)
    from_the_county(desk, case_id, 1, "supervision.judged", {"id": order.id, "fields": {"verdict": "returned"}})
    with pytest.raises(RefusedByRule, match=r"order\.judged"):
        supervising.answer(desk, case_id, order.id, "再答")
    supervising.raise_due(desk)
    assert (OrderSort.SUPERVISE, OrderState.WAITING) in stand(desk, case_id), "a returned answer climbs the ladder"


@pytest.mark.parametrize("ref", ["", "00", "ffff0000", "督办"])
def test_an_order_that_is_not_there_cannot_be_answered(desk: Desk, case_id: CaseId, ref: str) -> None:
    with pytest.raises(Unacceptable, match=r"order\.unknown"):
        supervising.answer(desk, case_id, ref, "办理")


def test_an_empty_answer_is_none(desk: Desk, case_id: CaseId) -> None:
    on_a_later_day(desk, date(2026, 3, 25))
    supervising.raise_due(desk)
    (order, *_) = supervising.orders_of(desk, case_id)
    with pytest.raises(RefusedByRule, match=r"order\.answer"):
        supervising.answer(desk, case_id, order.order.id, " \n")


def test_the_countys_order_is_noted_on_the_day_it_came_and_its_answer_counted_from_there(
    desk: Desk, case_id: CaseId
) -> None:
    advice: dict[str, object] = {
        "id": "0a" * 16,
        "fields": {"sort": "suggest", "rule": "D32", "text": "请主要负责人包案。"},
    }
    from_the_county(desk, case_id, 1, "supervision.issued", advice)
    move(desk, days=4)
    assert supervising.acknowledge(desk) == 1
    assert supervising.acknowledge(desk) == 0
    (found,) = supervising.orders_of(desk, case_id)
    assert (found.order.received_on, found.order.issued_by_county) == (date(2026, 3, 13), True)
    assert found.answer_by == date(2026, 3, 27), "ten working days"
    (listed,) = supervising.open_orders(desk)
    assert (listed.case, listed.standing.words) == (case_id, "2026年3月27日前答复")


def test_a_flaw_that_comes_with_a_change_is_found_and_one_from_before_the_first_look_is_not(
    desk: Desk, case_id: CaseId
) -> None:
    assert supervising.raise_due(desk) == 0
    document = a_document(
        accepted_on="2026-03-01", hearings=[{**a_hearing(), "mediators": []}], agreement=an_agreement(),
        outcome="agreed", title="没有调解员",
    )  # fmt: skip
    other = taken_in(desk, document)
    assert supervising.raise_due(desk) >= 1
    assert [each.order.rule for each in supervising.orders_of(desk, other)].count("L03") == 1
    assert supervising.raise_due(desk) == 0


def test_a_matter_at_work_on_another_computer_of_the_room_is_left_to_it(desk: Desk, case_id: CaseId) -> None:
    told = Draft(StreamId(case_id), "case.set", {"fields": {"requests": "尽快"}}, {}, desk.now_ms())
    seen = desk.vault.case(case_id).seen
    desk.vault.absorb(
        [make_entry(told, desk=OTHER, n=1, prev="0" * 64, marks=seen, salt=bytes(32), sign=lambda _: bytes(64))]
    )
    on_a_later_day(desk, date(2026, 4, 2))
    assert supervising.raise_due(desk) == 0, "what is missing here may have been done there"
    performing.record_follow_up(desk, case_id, performing.FollowUpForm(date(2026, 4, 2)))
    assert supervising.raise_due(desk) >= 1
    assert (OrderSort.SUPERVISE, OrderState.WAITING) in stand(desk, case_id)


def test_a_clock_that_ran_ahead_and_was_set_back_hides_no_day(desk: Desk, case_id: CaseId) -> None:
    on_a_later_day(desk, date(2026, 3, 2))
    supervising.raise_due(desk)
    assert stand(desk, case_id) == []
    other = taken_in(desk, a_document(title="另一件"))
    on_a_later_day(desk, date(2027, 3, 2))
    desk.vault.keep_setting(supervising.LOOKED, f"{desk.now_ms()} {supervising.counted_by(desk)}")
    on_a_later_day(desk, date(2026, 3, 25))
    assert supervising.raise_due(desk) >= 1
    assert stand(desk, case_id) == [(OrderSort.URGE, OrderState.WAITING)]
    assert supervising.orders_of(desk, other) == ()


def test_two_answers_to_one_order_are_no_doubt_about_the_agreement(desk: Desk) -> None:
    drafted = {name: each for name, each in an_agreement().items() if name != "signed_on"}
    case = taken_in(desk, a_document(accepted_on="2026-03-01", hearings=[a_hearing()], agreement=drafted))
    advice: dict[str, object] = {"id": "0a" * 16, "fields": {"sort": "suggest", "rule": "D32", "text": "请包案。"}}
    from_the_county(desk, case, 1, "supervision.issued", advice)
    supervising.answer(desk, case, "0a0a", "已包案")
    other: dict[str, object] = {
        "id": "0a" * 16,
        "fields": {"answer": "还没有", "answered_on": "2026-03-09", "answered_by": "章"},
    }
    told = Draft(StreamId(case), "supervision.answered", other, {}, desk.now_ms())
    desk.vault.absorb(
        [make_entry(told, desk=OTHER, n=1, prev="0" * 64, marks={COUNTY: 1}, salt=bytes(32), sign=lambda _: bytes(64))]
    )
    assert case_of(desk, case).conflicts
    with pytest.raises(RefusedByRule, match=r"agreement\.findings"):  # what is looked at is the agreement
        agreement.sign(desk, case, date(2026, 3, 9))
