"""Supervision at the county: what it issues, to whom, once; how orders stand; and that nobody unheard is blamed."""

from __future__ import annotations

from argparse import Namespace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, cast

import pytest
from sqlalchemy import select, update

from mediator.core.codes import OrderSort, OrderState, Verdict
from mediator.errors import MediatorError, RefusedByRule, Unacceptable
from mediator.journal.entry import StreamId
from sync.carriers.stick import StickCarrier
from sync.center import deeds, reading, stick, supervising
from sync.center.checking import check
from sync.center.county import Center
from sync.center.folding import fold_dirty
from sync.center.reading import Query
from sync.center.supervising import Followed, OrderQuery
from sync.center.tables import CASE_ROW, DESK
from tests.sync.center.test_exchange import by_network, run
from tests.sync.center.watched import (
    ALL,
    CASE,
    a_matter,
    at_the_room,
    d03,
    issue_all,
    on_day,
    room_answers,
    room_looks,
    sent,
    stands,
)
from tests.sync.world import NEIGHBOR, Desk, a_laptop


@pytest.fixture
def desk(center: Center) -> Desk:
    """A laptop with one matter, exchanged on 5 March 2026."""
    on_day(center, date(2026, 3, 5))
    made = a_laptop(Random(1), center, "desk-watched")
    a_matter(made)
    sent(center, made)
    return made


def test_a_matter_is_urged_and_supervised_by_the_county_once_its_room_has_told_of_these_days(
    center: Center, desk: Desk
) -> None:
    for day, expected in ((25, []), (26, [OrderSort.URGE])):
        on_day(center, date(2026, 3, day))
        sent(center, desk)
        assert [sort for sort, _ in d03(center)] == expected
    assert issue_all(center) >= 1
    assert (d03(center), issue_all(center)) == ([], 0)
    assert stands(center) == [(OrderSort.URGE, OrderState.UNSEEN)]
    on_day(center, date(2026, 4, 3))
    sent(center, desk)
    assert [sort for sort, _ in d03(center)] == [OrderSort.SUPERVISE]


def test_a_room_that_was_silent_is_not_blamed_for_days_it_has_not_told_of(center: Center, desk: Desk) -> None:
    on_day(center, date(2026, 4, 20))
    assert d03(center) == [], "its last word is of 5 March"
    assert issue_all(center) == 0
    desk.writer.write(CASE, "case.moved", {"to": "not_agreed"})
    sent(center, desk)
    assert d03(center) == [], "it had ended the matter in time"


def test_lists_and_figures_call_nothing_late_of_which_the_room_has_not_told(center: Center, desk: Desk) -> None:
    on_day(center, date(2026, 4, 20))
    assert reading.cases(center, Query(late=True)) == ((), 0)
    assert sum(each.late for each in reading.townships(center)) == 0
    sent(center, desk)
    lines, total = reading.cases(center, Query(late=True))
    assert [(each.id, each.late_days) for each in lines] == [(CASE, 18)]
    assert (total, sum(each.late for each in reading.townships(center))) == (1, 1)
    on_day(center, date(2026, 5, 20))
    assert [each.late_days for each in reading.cases(center, Query())[0]] == [18], "more has not been told"
    assert reading.show(center, CASE, who="shen").late_days == 18


def test_a_stick_tells_of_the_day_it_was_written_and_not_of_the_day_it_is_read(
    center: Center, desk: Desk, tmp_path: Path
) -> None:
    on_day(center, date(2026, 4, 1))
    road = StickCarrier(tmp_path, center.card.center, desk.id)
    desk.writer.write(CASE, "case.set", {"fields": {"facts": "四月一日写下"}})
    run(center, desk, road)
    on_day(center, date(2026, 4, 10))
    assert stick.handle(center, tmp_path).rejected == ()
    fold_dirty(center)
    assert [sort for sort, _ in d03(center)] == [OrderSort.URGE], "of 1 April, not supervision of 10 April"


def test_of_two_computers_of_a_case_the_one_that_told_least_lately_counts(center: Center, desk: Desk) -> None:
    other = a_laptop(Random(2), center, "desk-other")
    by_network(center, other)
    other.writer.write(CASE, "case.set", {"fields": {"facts": "第二台写下"}})
    sent(center, other)
    on_day(center, date(2026, 3, 27))
    sent(center, other)
    assert d03(center) == [], "the first one has been silent since 5 March and may have ended the matter"
    sent(center, desk)
    assert [sort for sort, _ in d03(center)] == [OrderSort.URGE]
    center.database.write(lambda scope: scope.change(update(DESK).values(state="retired")))
    assert d03(center) == [], "no computer in use has told of anything"


def test_an_order_that_nobody_has_taken_is_unseen_and_its_answer_counted_from_the_day_it_was(
    center: Center, desk: Desk
) -> None:
    on_day(center, date(2026, 3, 26))
    sent(center, desk)
    issue_all(center)
    on_day(center, date(2026, 3, 31))
    assert stands(center) == [(OrderSort.URGE, OrderState.UNSEEN)]
    sent(center, desk)
    room_looks(desk, date(2026, 3, 31))
    sent(center, desk)
    (found,) = (each for each in supervising.followed(center, ALL)[0] if each.standing.order.rule == "D03")
    assert found.standing.words == "2026年4月2日前答复"
    (here,) = (each for each in at_the_room(desk).course.orders if each.rule == "D03")
    assert here == found.standing.order, "the same order, word for word, at both ends"


def test_the_room_and_the_county_that_raise_the_same_hold_one_order(center: Center, desk: Desk) -> None:
    on_day(center, date(2026, 3, 26))
    sent(center, desk)
    mine = room_looks(desk, date(2026, 3, 26))
    assert issue_all(center) == len(mine)
    for _ in range(2):
        sent(center, desk)
    assert stands(center) == [(OrderSort.URGE, OrderState.WAITING)]
    case = at_the_room(desk)
    assert sorted(each.id for each in case.course.orders) == sorted(mine)
    assert case.conflicts == ()
    assert check(center).findings == ()


def test_an_answer_is_judged_once_and_a_returned_one_leads_to_the_next_order(center: Center, desk: Desk) -> None:
    on_day(center, date(2026, 3, 26))
    room_looks(desk, date(2026, 3, 26))
    sent(center, desk)
    (order,) = (each.standing.order for each in supervising.followed(center, ALL)[0] if each.standing.order.due ==
                date(2026, 4, 2))  # fmt: skip
    with pytest.raises(RefusedByRule, match=r"order\.unanswered"):
        supervising.judge(center, CASE, order.id, verdict=Verdict.ACCEPTED, text="", who="shen")
    room_answers(desk, order.id, "忙", date(2026, 3, 26))
    sent(center, desk)
    assert stands(center) == [(OrderSort.URGE, OrderState.ANSWERED)]
    with pytest.raises(RefusedByRule, match=r"order\.reason"):
        supervising.judge(center, CASE, order.id, verdict=Verdict.RETURNED, text=" ", who="shen")
    supervising.judge(center, CASE, order.id, verdict=Verdict.RETURNED, text="没有措施", who="shen")
    with pytest.raises(RefusedByRule, match=r"order\.unanswered"):
        supervising.judge(center, CASE, order.id, verdict=Verdict.ACCEPTED, text="", who="shen")
    assert [sort for sort, _ in d03(center)] == [OrderSort.SUPERVISE]
    sent(center, desk)
    assert [each.verdict for each in at_the_room(desk).course.orders if each.id == order.id] == [Verdict.RETURNED]
    with pytest.raises(Unacceptable, match=r"order\.unknown"):
        supervising.judge(center, CASE, "0" * 32, verdict=Verdict.ACCEPTED, text="", who="shen")


def test_a_persons_advice_and_a_leaders_comment_reach_the_room_and_say_something(center: Center, desk: Desk) -> None:
    (key,) = supervising.instruct(center, [CASE], "请主要负责人包案\u202e。", who="shen")
    supervising.comment(center, CASE, "务必在本月办结。", who="shen")
    with pytest.raises(RefusedByRule, match=r"order\.none"):
        supervising.instruct(center, [], "查", who="shen")
    for word in (lambda case, text: supervising.instruct(center, [case], text, who="shen"),
                 lambda case, text: supervising.comment(center, case, text, who="shen")):  # fmt: skip
        with pytest.raises(RefusedByRule, match=r"order\.empty"):
            word(CASE, " \n")
        with pytest.raises(Unacceptable, match=r"case\.unknown"):
            word("0" * 32, "查")
    sent(center, desk)
    case = at_the_room(desk)
    (order,) = (each for each in case.course.orders if each.id == key)
    assert (order.sort, order.rule, order.text) == (OrderSort.SUGGEST, "D32", "请主要负责人包案。")
    assert case.orders == ("务必在本月办结。",)
    assert reading.show(center, CASE, who="shen").case.orders == case.orders


def test_an_urging_in_own_words_goes_to_several_cases_and_is_answered_like_any_other(
    center: Center, desk: Desk
) -> None:
    other = a_laptop(Random(3), center, "desk-neighbor", township=NEIGHBOR)
    a_matter(other, StreamId("cd" * 16))
    on_day(center, day := date(2026, 3, 26))
    sent(center, desk)
    sent(center, other)
    keys = supervising.instruct(center, [CASE, "cd" * 16], "请在汛期前办结", who="shen", sort=OrderSort.URGE)
    assert len(set(keys)) == 2
    assert {state for _, state in free(center)} == {OrderState.UNSEEN}
    sent(center, desk)
    room_looks(desk, day)
    sent(center, desk)
    assert {state for _, state in free(center)} == {OrderState.UNSEEN, OrderState.WAITING}
    room_answers(desk, keys[0], "已约双方", day)
    sent(center, desk)
    on_day(center, date(2026, 9, 1))
    sent(center, desk)
    assert dict(free(center))[CASE] is OrderState.ANSWERED, "no duty outlives what names none"


def free(center: Center) -> list[tuple[str, OrderState]]:
    """Case and state of every order in a person's own words."""
    found, _ = supervising.followed(center, ALL)
    return [(each.line.id, each.standing.state) for each in found if each.standing.order.text == "请在汛期前办结"]


def test_lists_are_filtered_by_township_sort_and_state_and_turned_page_by_page(center: Center, desk: Desk) -> None:
    other = a_laptop(Random(3), center, "desk-neighbor", township=NEIGHBOR)
    a_matter(other, StreamId("cd" * 16))
    on_day(center, date(2026, 3, 26))
    sent(center, desk)
    sent(center, other)
    assert {case for _, case in d03(center)} == {CASE, "cd" * 16}
    near = supervising.proposals(center, OrderQuery(township=NEIGHBOR, sort="urge"))
    assert {each.line.id for each in near} == {"cd" * 16}
    assert supervising.proposals(center, OrderQuery(sort="suggest")) == ()
    issue_all(center)
    every, total = supervising.followed(center, ALL)
    assert len(every) == total
    pages: list[Followed] = []
    for offset in range(total):
        page, again = supervising.followed(center, OrderQuery(offset=offset, limit=1))
        assert (len(page), again) == (1, total)
        pages += page
    assert pages == list(every)
    assert supervising.followed(center, OrderQuery(township=NEIGHBOR, state="unseen"))[1] == total // 2
    assert supervising.followed(center, OrderQuery(state="accepted")) == ((), 0)


def test_an_order_goes_to_its_own_township_alone(center: Center, desk: Desk) -> None:
    other = a_laptop(Random(3), center, "desk-neighbor", township=NEIGHBOR)
    on_day(center, date(2026, 3, 26))
    sent(center, desk)
    issue_all(center)
    sent(center, other)
    assert not [each for each in other.journal.held.values() if each.kind.startswith("supervision.")]
    sent(center, desk)
    assert [each for each in desk.journal.held.values() if each.kind == "supervision.issued"]


def test_what_is_issued_is_noted_with_the_login_and_never_leaves(center: Center, desk: Desk) -> None:
    on_day(center, date(2026, 3, 26))
    sent(center, desk)
    issued = issue_all(center)
    sent(center, desk)
    assert not [each for each in desk.journal.held.values() if each.kind.startswith("audit.")]
    told = supervising.orders_of(center, reading.show(center, CASE, who="shen").case)
    assert len(told) == issued


def test_a_picked_order_that_is_no_longer_wanted_is_not_issued(center: Center, desk: Desk) -> None:
    on_day(center, date(2026, 3, 26))
    sent(center, desk)
    picked = [(each.line.id, each.wanted.id) for each in supervising.proposals(center, ALL)]
    desk.writer.write(CASE, "case.moved", {"to": "withdrawn"})
    by_network(center, desk)
    assert supervising.issue(center, [*picked, (CASE, "0" * 32)], who="shen") == 0
    with pytest.raises(Unacceptable, match=r"case\.unknown"):
        supervising.issue(center, [("0" * 32, picked[0][1])], who="shen")


def test_a_row_that_somebody_changed_hides_no_other(center: Center, desk: Desk) -> None:
    a_matter(desk, StreamId("cd" * 16))
    on_day(center, date(2026, 3, 26))
    sent(center, desk)
    spoil = update(CASE_ROW).where(CASE_ROW.c.case == CASE).values(folded=b"x" * 40)
    center.database.write(lambda scope: scope.change(spoil))
    assert {case for _, case in d03(center)} == {"cd" * 16}


def test_the_command_lists_what_is_due_issues_it_when_asked_and_says_what_needs_a_person(
    center: Center, desk: Desk
) -> None:
    on_day(center, date(2026, 3, 26))
    sent(center, desk)
    document, lines, code = deeds.supervise(center, Namespace(township=None, issue=False))
    assert (code, document["issued"], document["answered"]) == (5, 0, 0)
    rows = cast("list[dict[str, object]]", document["orders"])
    assert ("urge", "D03", "2026-04-02", "2026-03-26") in [(r["sort"], r["rule"], r["due"], r["heard"]) for r in rows]
    assert lines[-1] == f"应当下发{len(rows)}份，已下发0份，等待审核的答复0份。"
    assert deeds.supervise(center, Namespace(township=NEIGHBOR, issue=True))[2] == 0
    document, _, code = deeds.supervise(center, Namespace(township=None, issue=True))
    assert (code, document["issued"]) == (0, len(rows))
    assert deeds.supervise(center, Namespace(township=None, issue=True))[0]["orders"] == []


LAST = date(2026, 5, 8)


@pytest.mark.parametrize("seed", range(6))
def test_over_two_months_with_a_silent_one_no_order_is_raised_twice_and_both_ends_agree(
    center: Center, seed: int
) -> None:
    """Two rooms' worth of days in random order: looks, exchanges, the county's issues; one desk is away for a month."""
    random = Random(seed)
    on_day(center, date(2026, 3, 5))
    desks = [a_laptop(random, center, f"desk-{seed}-{n}") for n in range(2)]
    a_matter(desks[0])
    for each in desks:
        sent(center, each)
    away = range(date(2026, 3, 16).toordinal(), date(2026, 4, 17).toordinal())
    day = date(2026, 3, 6)
    while day <= LAST:
        on_day(center, day)
        deeds: list[Any] = [lambda at=day, who=each: room_looks(who, at) for each in desks]
        deeds += [lambda who=desks[0]: sent(center, who), lambda: issue_all(center)]
        deeds += [] if day.toordinal() in away else [lambda who=desks[1]: sent(center, who)]
        for deed in random.sample(deeds, random.randint(0, len(deeds))):
            deed()
        day += timedelta(days=random.randint(1, 4))
    on_day(center, LAST)
    for each in (*desks, *desks):
        sent(center, each)
    for each in desks:
        room_looks(each, LAST)
        sent(center, each)
    for each in desks:
        sent(center, each)
    rooms = [at_the_room(each) for each in desks]
    county = reading.show(center, CASE, who="shen").case
    assert rooms[0].course.orders == rooms[1].course.orders == county.course.orders
    keys = [each.id for each in county.course.orders]
    assert len(keys) == len(set(keys))
    assert county.conflicts == ()
    own = [(each.sort, each.due) for each in county.course.orders if each.rule == "D03"]
    assert (OrderSort.SUPERVISE, date(2026, 4, 2)) in own
    assert len(own) == len(set(own)), "one of each sort for each day"
    for order in county.course.orders:
        assert order.received_on is not None
        assert order.sort is not OrderSort.URGE or order.issued_on is None or order.issued_on >= date(2026, 3, 5)
    assert all(each.received_on >= date(2026, 3, 26) for each in county.course.orders if each.rule == "D03")  # type: ignore[operator]  # asserted above
    with center.database.reading() as scope:
        assert scope.value(select(CASE_ROW.c.dirty)) == 0
    assert issue_all(center) == 0
    with pytest.raises(MediatorError):
        supervising.judge(center, CASE, keys[0], verdict=Verdict.ACCEPTED, text="", who="shen")
