"""The road of a matter: advised, decided otherwise with a reason, and how far court and notary came."""

from __future__ import annotations

from datetime import date

import pytest

from mediator.casework import performing, roads
from mediator.casework.desk import Desk
from mediator.casework.drafting import pen_for
from mediator.core.codes import CaseStatus
from mediator.core.legal_roads import Path, Step, WhyNot
from mediator.core.money import Fen
from mediator.core.records import CaseId
from mediator.errors import RefusedByRule, Unacceptable
from tests.casework.desks import (
    StillClock,
    a_document,
    a_hearing,
    a_signed_case,
    an_agreement,
    case_of,
    led_to,
    taken_in,
)

CONSENT = {"text": "张三不履行的，自愿直接接受人民法院强制执行。"}
PAYING = {"text": "张三于2026年4月1日前一次性归还李四借款人民币3,000.00元（大写：叁仟元整）。"}


def names(sight: roads.RoadSight) -> list[str]:
    return [each.id for each in sight.advised]


def clock_of(desk: Desk) -> StillClock:
    clock = desk.workshop.clock
    assert isinstance(clock, StillClock)
    return clock


def test_the_confirmation_counts_down_and_is_no_longer_advised_after_its_last_day(desk: Desk) -> None:
    case = a_signed_case(desk)  # signed on 5 March 2026: the last day is 7 April (rules.md 2)
    confirmation, notary = roads.sight_of(desk, case).legal
    assert (confirmation.path, confirmation.due, confirmation.left) == (Path.CONFIRMATION, date(2026, 4, 7), 29)
    assert "三十日" in confirmation.explanation
    assert confirmation.open
    assert (notary.due, notary.left, notary.why_not, notary.open) == (None, None, (WhyNot.CLAUSE,), False)
    assert names(roads.sight_of(desk, case)) == ["confirmation", "notary"]
    clock_of(desk).move(days=29)
    assert "confirmation" not in names(roads.sight_of(desk, case))  # what was owed on 1 April is late by now
    assert roads.sight_of(desk, case).legal[0].left == 0
    clock_of(desk).move(days=1)
    over = roads.sight_of(desk, case)
    assert (over.legal[0].why_not, over.legal[0].left, over.legal[0].open) == ((WhyNot.OVER,), -1, False)
    assert names(over) == ["lawsuit"]


def test_the_packet_says_which_papers_are_there(desk: Desk) -> None:
    case = a_signed_case(desk)
    paper = {"kind": "mediation_agreement", "number": "协1", "title": "人民调解协议书", "pages": 1, "files": []}
    desk.vault.append([pen_for(desk, case).write("document.issued", id="d1" * 16, **paper)])
    (confirmation, _) = roads.sight_of(desk, case).legal
    assert [(each.title, each.there) for each in confirmation.packet] == [
        ("司法确认申请书", False), ("司法确认承诺书", False), ("人民调解协议书", True), ("人民调解记录", False),
    ]  # fmt: skip


def test_a_road_chosen_otherwise_needs_a_reason_that_is_kept(desk: Desk) -> None:
    case = a_signed_case(desk)
    roads.choose(desk, case, "confirmation")
    assert (case_of(desk, case).road, case_of(desk, case).road_reason) == ("confirmation", "")
    for empty in ("", "  ", "\u202e"):
        with pytest.raises(RefusedByRule, match=r"road\.reason"):
            roads.choose(desk, case, "petition", reason=empty)
    with pytest.raises(Unacceptable, match=r"road\.unknown"):
        roads.choose(desk, case, "somewhere", reason="想去")
    roads.choose(desk, case, "petition", reason="当事人坚持信访")
    sight = roads.sight_of(desk, case)
    assert (sight.chosen and sight.chosen.road, sight.reason) == ("信访途径", "当事人坚持信访")
    roads.choose(desk, case, "confirmation")
    assert roads.sight_of(desk, case).reason == "", "a reason for another road does not stand beside this one"


def test_steps_are_recorded_in_their_order_and_end_the_period(desk: Desk) -> None:
    case = a_signed_case(desk)
    for wrong in (Step.GRANTED, Step.REFUSED):
        with pytest.raises(RefusedByRule, match=r"legal_road\.order"):
            roads.take_step(desk, case, Path.CONFIRMATION, wrong)
    roads.take_step(desk, case, Path.CONFIRMATION, Step.ASKED, on=date(2026, 3, 6))
    with pytest.raises(RefusedByRule, match=r"legal_road\.order"):
        roads.take_step(desk, case, Path.CONFIRMATION, Step.ASKED)
    roads.take_step(desk, case, Path.CONFIRMATION, Step.REFUSED, text="内容不明确")
    roads.take_step(desk, case, Path.CONFIRMATION, Step.ASKED, text="补正后再次申请")
    roads.take_step(desk, case, Path.CONFIRMATION, Step.GRANTED, text="（2026）浙1122民特1号")
    (confirmation, _) = roads.sight_of(desk, case).legal
    assert [step for step, _ in confirmation.steps] == [Step.ASKED, Step.REFUSED, Step.ASKED, Step.GRANTED]
    assert (confirmation.step, confirmation.following, confirmation.open) == (Step.GRANTED, (), False)
    assert names(roads.sight_of(desk, case)) == ["notary"]


def test_what_was_asked_for_against_the_record_is_explained(desk: Desk) -> None:
    case = a_signed_case(desk)
    with pytest.raises(RefusedByRule, match=r"legal_road\.lacking") as caught:
        roads.take_step(desk, case, Path.NOTARY, Step.ASKED)
    assert caught.value.facts["reasons"] == WhyNot.CLAUSE.term
    roads.take_step(desk, case, Path.NOTARY, Step.ASKED, text="另签了还款合同")
    assert roads.sight_of(desk, case).legal[1].step is Step.ASKED


def test_an_agreement_that_says_so_may_go_to_the_notary(desk: Desk) -> None:
    document = a_document(
        accepted_on="2026-03-01", hearings=[a_hearing()], outcome="agreed",
        agreement=an_agreement(clauses=[PAYING, CONSENT]),
    )  # fmt: skip
    case = taken_in(desk, document)
    assert roads.sight_of(desk, case).legal[1].open
    roads.take_step(desk, case, Path.NOTARY, Step.ASKED)
    roads.take_step(desk, case, Path.NOTARY, Step.GRANTED)
    led_to(desk, case, CaseStatus.BREACHED)
    assert names(roads.sight_of(desk, case)) == ["notary_enforcement", "confirmation"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("村口的宅基地归李四所有。", WhyNot.TITLE), ("双方自愿离婚。", WhyNot.STATUS),
        ("李四把宅基地借给张三停车。", None),
    ],
)  # fmt: skip
def test_what_no_court_confirms_is_read_from_the_clauses(desk: Desk, text: str, reason: WhyNot | None) -> None:
    agreement = an_agreement(clauses=[PAYING, {"text": text}])
    document = a_document(accepted_on="2026-03-01", hearings=[a_hearing()], outcome="agreed", agreement=agreement)
    (confirmation, _) = roads.sight_of(desk, taken_in(desk, document)).legal
    assert confirmation.why_not == ((reason,) if reason else ())


def test_a_matter_that_was_performed_needs_no_court(desk: Desk) -> None:
    case = a_signed_case(desk)
    agreement = case_of(desk, case).agreement
    assert agreement is not None
    performing.record_payment(
        desk, case, agreement.obligations[0].id, amount=Fen(300_000), paid_on=date(2026, 3, 9)
    )  # fmt: skip
    sight = roads.sight_of(desk, case)
    assert (names(sight), sight.legal[0].why_not) == ([], (WhyNot.DONE,))


def test_a_matter_nobody_knows_has_no_road(desk: Desk) -> None:
    with pytest.raises(Unacceptable, match=r"case\.unknown"):
        roads.sight_of(desk, CaseId("f" * 32))
