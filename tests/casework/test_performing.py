"""After the agreement: payments and visits move the case as L07 and L08 say, and nothing counts twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mediator.casework import intake, performing
from mediator.casework.desk import Desk
from mediator.casework.drafting import pen_for
from mediator.casework.performing import AmendmentForm, FollowUpForm
from mediator.core.codes import CaseStatus
from mediator.core.money import Fen
from mediator.core.performing import obligations_now
from mediator.core.records import Case, CaseId, ObligationId, PaymentId
from mediator.errors import RefusedByRule, Unacceptable
from tests.casework.desks import a_document, a_hearing, an_agreement, case_of, heard, led_to, taken_in

DAY = date(2026, 3, 9)
TWO = [{"payer": "b", "payee": "a", "amount": "1000.00", "due": "2026-04-01", "method": "转账"},
       {"payer": "b", "payee": "a", "goods": "稻谷二百斤", "due": "2026-04-01", "method": "送到家"}]  # fmt: skip
BOTH = "张三于2026年4月1日前一次性归还李四借款人民币1,000.00元（大写：壹仟元整），并送还稻谷二百斤。"


@pytest.fixture
def case_id(desk: Desk) -> CaseId:
    """A signed case that owes a sum and goods."""
    agreement = an_agreement(payments=TWO, clauses=[{"text": BOTH}])
    document = a_document(accepted_on="2026-03-01", hearings=[a_hearing()], agreement=agreement, outcome="agreed")
    made = taken_in(desk, document)
    assert case_of(desk, made).status is CaseStatus.SIGNED
    return made


def owed(desk: Desk, case_id: CaseId) -> tuple[ObligationId, ObligationId]:
    """The sum and the goods."""
    agreement = case_of(desk, case_id).agreement
    assert agreement is not None
    money, goods = agreement.obligations
    return money.id, goods.id


def pay(desk: Desk, case_id: CaseId, obligation: ObligationId, amount: int) -> PaymentId:
    """A payment of so many fen."""
    return performing.record_payment(desk, case_id, obligation, amount=Fen(amount), paid_on=DAY)


def statuses(case: Case) -> list[CaseStatus]:
    """The states after signing."""
    moves = [move.to for move in case.moves]
    return moves[moves.index(CaseStatus.SIGNED) + 1 :]


def test_a_part_begins_performance_and_the_whole_ends_it(desk: Desk, case_id: CaseId) -> None:
    money, goods = owed(desk, case_id)
    pay(desk, case_id, money, 40_000)
    pay(desk, case_id, money, 60_000)
    assert statuses(case_of(desk, case_id)) == [CaseStatus.PERFORMING]
    pay(desk, case_id, goods, 0)
    assert statuses(case_of(desk, case_id)) == [CaseStatus.PERFORMING, CaseStatus.PERFORMED]


def test_a_voided_payment_stays_and_counts_no_longer(desk: Desk, case_id: CaseId) -> None:
    money, goods = owed(desk, case_id)
    wrong = pay(desk, case_id, money, 100_000)
    performing.void_payment(desk, case_id, wrong, reason="录错")
    assert [each.paid for each in obligations_now(case_of(desk, case_id))] == [0, 0]
    pay(desk, case_id, goods, 0)
    assert case_of(desk, case_id).status is CaseStatus.PERFORMING
    with pytest.raises(Unacceptable, match=r"payment\.unknown"):
        performing.void_payment(desk, case_id, wrong, reason="再来一次")


def test_what_was_performed_by_mistake_is_being_performed_again(desk: Desk, case_id: CaseId) -> None:
    money, goods = owed(desk, case_id)
    pay(desk, case_id, goods, 0)
    wrong = pay(desk, case_id, money, 300_000)
    assert case_of(desk, case_id).status is CaseStatus.PERFORMED
    performing.void_payment(desk, case_id, wrong, reason="记到别的案件了")
    assert case_of(desk, case_id).status is CaseStatus.PERFORMING


@pytest.mark.parametrize("reason", ["", "  ", "\u202e"])
def test_a_payment_is_voided_for_a_reason_alone(desk: Desk, case_id: CaseId, reason: str) -> None:
    paid = pay(desk, case_id, owed(desk, case_id)[0], 1)
    with pytest.raises(RefusedByRule, match=r"payment\.reason"):
        performing.void_payment(desk, case_id, paid, reason=reason)


def test_a_payment_below_nothing_is_refused(desk: Desk, case_id: CaseId) -> None:
    with pytest.raises(Unacceptable, match=r"payment\.amount"):
        pay(desk, case_id, owed(desk, case_id)[0], -1)


def test_a_payment_on_a_draft_is_kept_and_moves_nothing(desk: Desk) -> None:
    case_id = taken_in(desk, a_document(hearings=[a_hearing()], agreement=an_agreement()))
    agreement = case_of(desk, case_id).agreement
    assert agreement is not None
    pay(desk, case_id, agreement.obligations[0].id, 300_000)
    case = case_of(desk, case_id)
    assert (case.status, len(case.payments)) == (CaseStatus.IN_MEDIATION, 1)


def test_money_that_comes_after_the_end_is_kept_and_moves_nothing(desk: Desk, case_id: CaseId) -> None:
    money, goods = owed(desk, case_id)
    pay(desk, case_id, goods, 0)
    pay(desk, case_id, money, 100_000)
    led_to(desk, case_id, CaseStatus.CLOSED)
    pay(desk, case_id, money, 5)
    case = case_of(desk, case_id)
    assert (case.status, len(case.payments)) == (CaseStatus.CLOSED, 3)


def test_a_breach_is_healed_by_payment(desk: Desk, case_id: CaseId) -> None:
    intake.move(desk, case_id, CaseStatus.BREACHED)
    pay(desk, case_id, owed(desk, case_id)[0], 1)
    assert case_of(desk, case_id).status is CaseStatus.PERFORMING


def test_a_visit_is_kept_and_moves_a_signed_case(desk: Desk, case_id: CaseId) -> None:
    performing.record_follow_up(desk, case_id, FollowUpForm(DAY, "李调解", "张三", "已\u0000付一半", "满意"))
    case = case_of(desk, case_id)
    assert case.status is CaseStatus.FOLLOWED_UP
    assert [(each.visited_on, each.situation) for each in case.follow_ups] == [(DAY, "已付一半")]
    assert [each.place for each in heard(desk)] == ["situation"]


def test_a_visit_before_the_agreement_moves_nothing(desk: Desk) -> None:
    case_id = taken_in(desk, a_document())
    performing.record_follow_up(desk, case_id, FollowUpForm(DAY))
    assert (case_of(desk, case_id).status, len(case_of(desk, case_id).follow_ups)) == (CaseStatus.REGISTERED, 1)


def test_what_is_yet_to_come_is_neither_paid_nor_visited(desk: Desk, case_id: CaseId) -> None:
    money, tomorrow = owed(desk, case_id)[0], DAY + timedelta(days=1)
    with pytest.raises(RefusedByRule, match=r"payment\.day"):
        performing.record_payment(desk, case_id, money, amount=Fen(1), paid_on=tomorrow)
    with pytest.raises(RefusedByRule, match=r"follow_up\.day"):
        performing.record_follow_up(desk, case_id, FollowUpForm(tomorrow))
    case = case_of(desk, case_id)
    assert (case.payments, case.follow_ups, statuses(case)) == ((), (), [])


def supplemented(desk: Desk, case_id: CaseId, kind: str = "supplement_agreement") -> str:
    """The number of a paper issued in the case, by a bare entry as another desk wrote it."""
    number = f"补{desk.vault.entry_count()}"
    body = {"id": desk.fresh_id(), "kind": kind, "number": number, "title": "补充协议", "pages": 1, "files": []}
    desk.vault.append([pen_for(desk, case_id).write("document.issued", **body)])
    return number


def test_what_is_owed_is_changed_by_a_supplement_alone(desk: Desk, case_id: CaseId) -> None:
    money, goods = owed(desk, case_id)
    form = AmendmentForm(money, DAY, "没有的文号", Fen(40_000))
    wrong = [
        (form, "amendment.paper"),
        (replace(form, paper=supplemented(desk, case_id, "receipt")), "amendment.paper"),
        (replace(form, amount=None), "amendment.nothing"),
        (replace(form, on=date(2026, 3, 4)), "amendment.day"),
        (replace(form, on=date(2026, 3, 10)), "amendment.day"),
        (replace(form, obligation=ObligationId("f" * 32)), "obligation.unknown"),
    ]
    for each, code in wrong:
        with pytest.raises((RefusedByRule, Unacceptable)) as caught:
            performing.amend(desk, case_id, each)
        assert caught.value.code == code
    performing.amend(desk, case_id, replace(form, paper=supplemented(desk, case_id)))
    waiver = AmendmentForm(goods, DAY, supplemented(desk, case_id), waived=True)
    performing.amend(desk, case_id, waiver)
    assert [(each.open, each.waived) for each in obligations_now(case_of(desk, case_id))] == [
        (40_000, False), (0, True)
    ]  # fmt: skip
    pay(desk, case_id, money, 40_000)
    assert case_of(desk, case_id).status is CaseStatus.PERFORMED


def test_a_sum_is_settled_in_kind_and_says_with_what(desk: Desk, case_id: CaseId) -> None:
    money, _ = owed(desk, case_id)
    performing.record_payment(desk, case_id, money, amount=Fen(100_000), paid_on=DAY, goods="耕牛一头")
    (sum_owed, _) = obligations_now(case_of(desk, case_id))
    assert (sum_owed.done, sum_owed.in_kind, sum_owed.payments[0].goods) == (True, True, "耕牛一头")
