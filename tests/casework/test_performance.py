"""What stands after an agreement: obligations as later papers left them, visits that are due, where a breach leads."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mediator.casework import compiling, performance, performing, reviewing
from mediator.casework.desk import Desk
from mediator.casework.drafting import pen_for
from mediator.casework.performing import AmendmentForm, FollowUpForm
from mediator.casework.reviewing import SatisfactionForm
from mediator.core.codes import CaseStatus, Satisfied, SatisfiedWith, Standing
from mediator.core.deadlines import DeadlineState
from mediator.core.money import Fen
from mediator.core.performing import SUPPLEMENT
from mediator.core.records import CaseId
from mediator.errors import RefusedByRule, Unacceptable
from tests.casework.desks import a_document, a_hearing, an_agreement, case_of, led_to, taken_in

TODAY = date(2026, 3, 9)
TWO = [{"payer": "b", "payee": "a", "amount": "1000.00", "due": "2026-05-01", "method": "转账"},
       {"payer": "b", "payee": "a", "amount": "2000.00", "due": "2026-04-01", "method": "转账"}]  # fmt: skip
BOTH = "张三于2026年4月1日前归还李四2,000.00元（大写：贰仟元整），于2026年5月1日前归还1,000.00元（大写：壹仟元整）。"


@pytest.fixture
def case(desk: Desk) -> CaseId:
    """Signed on 5 March 2026, two sums."""
    agreement = an_agreement(payments=TWO, clauses=[{"text": BOTH}])
    document = a_document(accepted_on="2026-03-01", hearings=[a_hearing()], agreement=agreement, outcome="agreed")
    return taken_in(desk, document)


def supplement(desk: Desk, case: CaseId) -> None:
    """An issued 补充协议."""
    paper: dict[str, Any] = {"kind": SUPPLEMENT, "number": "补1", "title": "补充协议", "pages": 1, "files": []}
    desk.vault.append([pen_for(desk, case).write("document.issued", id="d1" * 16, **paper)])


def rows(desk: Desk, case: CaseId) -> list[tuple[int, Standing, date | None]]:
    """What is open, how it stands and its last day, of each obligation."""
    return [(each.owed.open, each.standing, each.last) for each in performance.sight_of(desk, case).duties]


def test_obligations_stand_by_their_day_a_day_off_shifted(desk: Desk, case: CaseId) -> None:
    # 1 to 5 May 2026 are off
    assert rows(desk, case) == [
        (200_000, Standing.OPEN, date(2026, 4, 1)), (100_000, Standing.OPEN, date(2026, 5, 6)),
    ]  # fmt: skip
    assert "顺延至2026年5月6日" in performance.sight_of(desk, case).duties[1].explanation


def test_a_supplement_moves_what_is_shown_and_voiding_moves_it_back(desk: Desk, case: CaseId) -> None:
    supplement(desk, case)
    first = performance.sight_of(desk, case).duties[0].owed.signed.id
    form = AmendmentForm(first, TODAY, "补1", amount=Fen(150_000), due_on=date(2026, 6, 1))
    made = performing.amend(desk, case, form)
    assert rows(desk, case) == [
        (100_000, Standing.OPEN, date(2026, 5, 6)), (150_000, Standing.OPEN, date(2026, 6, 1)),
    ]  # fmt: skip
    assert [each.day for each in compiling.dues(desk, case_of(desk, case))] == [date(2026, 5, 1), date(2026, 6, 1)]
    with pytest.raises(RefusedByRule, match=r"amendment\.reason"):
        performing.void_amendment(desk, case, made, reason=" ")
    performing.void_amendment(desk, case, made, reason="录错了")
    assert [open_ for open_, _, _ in rows(desk, case)] == [200_000, 100_000]
    with pytest.raises(Unacceptable, match=r"amendment\.unknown"):
        performing.void_amendment(desk, case, made, reason="再来")


def test_what_was_let_go_falls_due_no_longer(desk: Desk, case: CaseId) -> None:
    supplement(desk, case)
    first = performance.sight_of(desk, case).duties[0].owed.signed.id
    performing.amend(desk, case, AmendmentForm(first, TODAY, "补1", waived=True))
    assert [each.standing for each in performance.sight_of(desk, case).duties] == [Standing.WAIVED, Standing.OPEN]
    assert [each.day for each in compiling.dues(desk, case_of(desk, case))] == [date(2026, 5, 1)]


def test_visits_are_due_after_the_agreement_and_after_each_day(desk: Desk, case: CaseId) -> None:
    visits = performance.sight_of(desk, case).visits
    # 30 days after 5 March is 4 April, off until the 6th; 7 days after 1 April and after 6 May
    assert [(each.part, each.due, each.done) for each in visits] == [
        ("agreement", date(2026, 4, 7), False), ("due", date(2026, 4, 8), False), ("due", date(2026, 5, 13), False),
    ]  # fmt: skip
    performing.record_follow_up(desk, case, FollowUpForm(TODAY, "周监督", "李四", "尚未到期"))
    sight = performance.sight_of(desk, case)
    assert [each.visited for each in sight.made] == ["李四"]
    assert sight.visits[0].state(TODAY) is DeadlineState.DONE


def test_who_was_not_asked_about_is_named(desk: Desk, case: CaseId) -> None:
    assert performance.sight_of(desk, case).unasked == (SatisfiedWith.BODY,)
    form = SatisfactionForm(SatisfiedWith.BODY, Satisfied.SATISFIED, TODAY, "李四", "周监督")
    reviewing.record_satisfaction(desk, case, form)
    sight = performance.sight_of(desk, case)
    assert (sight.unasked, [each.answer for each in sight.satisfactions]) == ((), [Satisfied.SATISFIED])
    (answer,) = sight.satisfactions
    with pytest.raises(RefusedByRule, match=r"satisfaction\.reason"):
        reviewing.void_satisfaction(desk, case, answer.id, reason=" ")
    reviewing.void_satisfaction(desk, case, answer.id, reason="问错了人")
    assert performance.sight_of(desk, case).unasked == (SatisfiedWith.BODY,)
    with pytest.raises(Unacceptable, match=r"satisfaction\.unknown"):
        reviewing.void_satisfaction(desk, case, answer.id, reason="再来")
    petition = taken_in(desk, a_document(kind="petition"))
    assert performance.sight_of(desk, petition).unasked == tuple(SatisfiedWith)


def test_a_breach_leads_to_the_next_road_and_a_kept_agreement_to_none(desk: Desk, case: CaseId) -> None:
    assert performance.sight_of(desk, case).roads == ()
    led_to(desk, case, CaseStatus.BREACHED)
    (road,) = performance.sight_of(desk, case).roads
    assert (road.id, [each.key for each in road.sources]) == ("lawsuit", ["RTF.31", "RTF.32"])


def test_receipts_are_listed_as_they_were_issued(desk: Desk, case: CaseId) -> None:
    first = performance.sight_of(desk, case).duties[0].owed.signed.id
    assert performance.sight_of(desk, case).receipts == ()
    performing.record_payment(desk, case, first, amount=Fen(200_000), paid_on=TODAY)
    assert rows(desk, case)[0][1] is Standing.PAID
    paper: dict[str, Any] = {"kind": "receipt", "number": "收1", "title": "收条", "pages": 1, "files": []}
    desk.vault.append([pen_for(desk, case).write("document.issued", id="d2" * 16, **paper)])
    assert [each.number for each in performance.sight_of(desk, case).receipts] == ["收1"]


def test_a_draft_is_shown_as_typed_and_owes_no_visit(desk: Desk) -> None:
    case = taken_in(desk, a_document(hearings=[a_hearing()], agreement=an_agreement()))
    sight = performance.sight_of(desk, case)
    assert ([each.owed.open for each in sight.duties], sight.visits, sight.roads) == ([300_000], (), ())
    assert case_of(desk, case).status is CaseStatus.IN_MEDIATION
