"""The agreement: drafted, split, ordered, signed once and never changed again; then performed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediator.casework import agreement, checking, intake, performing, reading
from mediator.casework.agreement import Instalments, ObligationForm, parts_of
from mediator.casework.desk import Desk
from mediator.casework.performing import FollowUpForm
from mediator.core.codes import AgreementForm, CaseStatus
from mediator.core.lint import Severity
from mediator.core.money import Fen
from mediator.core.records import Agreement, CaseId, ClauseId, ObligationId, PaymentId
from mediator.errors import RefusedByRule, Unacceptable
from tests.casework.desks import a_document, a_hearing, a_signed_case, an_agreement, case_of, taken_in

DUE, TODAY = date(2026, 4, 1), date(2026, 3, 9)


@pytest.fixture
def case_id(desk: Desk) -> CaseId:
    return taken_in(desk, a_document(hearings=[a_hearing()]))


def seen(desk: Desk, case_id: CaseId) -> intake.Seen:
    """Marks of a form opened now."""
    return reading.reread(desk, case_id).seen


def draft(desk: Desk, case_id: CaseId) -> Agreement:
    """The agreement as it stands."""
    found = case_of(desk, case_id).agreement
    assert found is not None
    return found


def written(desk: Desk, case_id: CaseId) -> ObligationId:
    """A sound draft: head, clause, obligation."""
    lender, borrower = case_of(desk, case_id).parties
    fields = {"form": AgreementForm.WRITTEN, "place": "调解室", "disputed_points": "期限", "responsibility": "归还"}
    agreement.save_agreement(desk, case_id, seen(desk, case_id), fields)
    agreement.add_clause(desk, case_id, seen(desk, case_id), text="张三于2026年4月1日前归还李四3,000.00元。")
    form = ObligationForm(
        payer_party=borrower.id, payee_party=lender.id, amount=Fen(300_000), due_on=DUE, method="转账"
    )  # fmt: skip
    return agreement.add_obligation(desk, case_id, seen(desk, case_id), form)


def test_clauses_are_added_changed_ordered_and_removed(desk: Desk, case_id: CaseId) -> None:
    first, second = (agreement.add_clause(desk, case_id, seen(desk, case_id), text=text) for text in ("甲", "乙"))
    agreement.save_clause(desk, case_id, seen(desk, case_id), clause=first, text="甲改", no="一")
    agreement.order_clauses(desk, case_id, seen(desk, case_id), order=[second, first])
    assert [clause.text for clause in draft(desk, case_id).clauses] == ["乙", "甲改"]
    agreement.remove_clause(desk, case_id, seen(desk, case_id), clause=second)
    assert [clause.no for clause in draft(desk, case_id).clauses] == ["一"]


def test_an_order_must_be_of_all_clauses(desk: Desk, case_id: CaseId) -> None:
    clause = agreement.add_clause(desk, case_id, seen(desk, case_id), text="甲")
    with pytest.raises(Unacceptable, match=r"clause\.order"):
        agreement.order_clauses(desk, case_id, {}, order=[clause, clause])
    with pytest.raises(Unacceptable, match=r"clause\.unknown"):
        agreement.save_clause(desk, case_id, {}, clause=ClauseId("f" * 32), text="无")


def test_a_linked_party_gives_its_name_to_the_obligation(desk: Desk, case_id: CaseId) -> None:
    written(desk, case_id)
    only = draft(desk, case_id).obligations[0]
    assert (only.payer, only.payee) == ("张三", "李四")


def test_an_obligation_changes_from_money_to_goods(desk: Desk, case_id: CaseId) -> None:
    key = written(desk, case_id)
    fields = {"amount": None, "goods": "稻谷二百斤"}
    agreement.save_obligation(desk, case_id, seen(desk, case_id), obligation=key, fields=fields)
    only = draft(desk, case_id).obligations[0]
    assert (only.amount, only.goods) == (None, "稻谷二百斤")
    agreement.remove_obligation(desk, case_id, seen(desk, case_id), obligation=key)
    assert draft(desk, case_id).obligations == ()
    with pytest.raises(Unacceptable, match=r"obligation\.unknown"):
        agreement.save_obligation(desk, case_id, {}, obligation=key, fields=fields)


@given(st.integers(1, 10**13), st.integers(1, 60))
def test_instalments_add_up_to_the_fen(total: int, count: int) -> None:
    plan = Instalments(Fen(total), [DUE] * count)
    if total < count:
        with pytest.raises(Unacceptable, match=r"obligation\.instalments"):
            parts_of(plan)
    else:
        assert sum(parts_of(plan)) == total
        assert len(parts_of(plan)) == count


def test_a_total_is_split_into_obligations_by_day(desk: Desk, case_id: CaseId) -> None:
    days = [date(2026, month, 1) for month in (4, 5, 6)]
    form = ObligationForm(payer="张三", payee="李四", method="转账")
    keys = agreement.split_instalments(
        desk, case_id, seen(desk, case_id), form=form, plan=Instalments(Fen(10_000), days)
    )  # fmt: skip
    rows = draft(desk, case_id).obligations
    assert tuple(row.id for row in rows) == keys
    assert [row.amount for row in rows] == [3333, 3333, 3334]
    assert [row.due_on for row in rows] == days
    assert all(row.part_of_total for row in rows)


def test_signing_freezes_the_agreement_and_moves_the_case(desk: Desk, case_id: CaseId) -> None:
    key = written(desk, case_id)
    agreement.sign(desk, case_id, date(2026, 3, 9), reason="双方要求照此签订")
    case = case_of(desk, case_id)
    assert case.status is CaseStatus.SIGNED
    assert case.agreement is not None
    assert case.agreement.is_signed
    assert case.agreement.signed_on == date(2026, 3, 9)
    for deed in (
        lambda: agreement.add_clause(desk, case_id, {}, text="再加"),
        lambda: agreement.remove_obligation(desk, case_id, {}, obligation=key),
        lambda: agreement.save_agreement(desk, case_id, {}, {"copies": 9}),
        lambda: agreement.sign(desk, case_id, date(2026, 3, 10)),
    ):
        with pytest.raises(RefusedByRule, match=r"agreement\.frozen"):
            deed()


def test_a_blocking_rule_stops_the_signing(desk: Desk, case_id: CaseId) -> None:
    key = written(desk, case_id)
    fields = {"due_on": None}
    agreement.save_obligation(desk, case_id, seen(desk, case_id), obligation=key, fields=fields)
    with pytest.raises(RefusedByRule) as caught:
        agreement.sign(desk, case_id, date(2026, 3, 9))
    assert (caught.value.code, caught.value.facts["rules"]) == ("agreement.findings", "V11")
    assert not draft(desk, case_id).is_signed


def test_nothing_can_be_signed_where_nothing_was_agreed(desk: Desk, case_id: CaseId) -> None:
    with pytest.raises(RefusedByRule, match=r"agreement\.none"):
        agreement.sign(desk, case_id, date(2026, 3, 9))


def test_a_withdrawn_case_is_not_signed(desk: Desk, case_id: CaseId) -> None:
    written(desk, case_id)
    intake.move(desk, case_id, CaseStatus.WITHDRAWN)
    with pytest.raises(RefusedByRule, match=r"case\.move"):
        agreement.sign(desk, case_id, date(2026, 3, 9))


def test_the_rooms_own_committee_counts_where_the_case_names_none(desk: Desk, case_id: CaseId) -> None:
    written(desk, case_id)
    found = checking.findings(desk, case_of(desk, case_id))
    assert "organization" not in {each.place for each in found}


def test_findings_come_blocking_first_and_odd_numbers_only_warn(desk: Desk) -> None:
    document = a_document(agreement=an_agreement(clauses=[{"text": "XX"}]))
    document["parties"][0] |= {
        "id_type": "resident_id", "id_number": "331122196805040016", "birth_date": "1968-05-04", "sex": "male",
    }  # fmt: skip
    document["parties"][1] |= {
        "id_type": "resident_id", "id_number": "331122196805040017", "birth_date": "1968-05-05", "sex": "female",
    }  # fmt: skip
    found = checking.findings(desk, case_of(desk, taken_in(desk, document)))
    severities = [each.severity for each in found]
    assert severities == sorted(severities, key=list(Severity).index)
    odd = [(each.rule, each.place) for each in found if each.rule.startswith("N")]
    assert odd == [("N01", "parties.0.id_number"), ("N02", "parties.1.birth_date"), ("N02", "parties.1.sex")]
    assert severities[0] is Severity.BLOCK


def test_a_payment_in_part_and_then_in_full_moves_the_case(desk: Desk) -> None:
    case_id = a_signed_case(desk)
    owed = draft(desk, case_id).obligations[0].id
    performing.record_payment(desk, case_id, owed, amount=Fen(100_000), paid_on=TODAY, method="现金")
    assert case_of(desk, case_id).status is CaseStatus.PERFORMING
    performing.record_payment(desk, case_id, owed, amount=Fen(200_000), paid_on=TODAY)
    assert case_of(desk, case_id).status is CaseStatus.PERFORMED


def test_a_payment_entered_by_mistake_is_kept_and_counts_no_more(desk: Desk) -> None:
    case_id = a_signed_case(desk)
    owed = draft(desk, case_id).obligations[0].id
    payment = performing.record_payment(desk, case_id, owed, amount=Fen(100), paid_on=TODAY)
    with pytest.raises(RefusedByRule, match=r"payment\.reason"):
        performing.void_payment(desk, case_id, payment, reason=" ")
    performing.void_payment(desk, case_id, payment, reason="记错了")
    assert [each.voided for each in case_of(desk, case_id).payments] == [True]
    with pytest.raises(Unacceptable, match=r"payment\.unknown"):
        performing.void_payment(desk, case_id, PaymentId("f" * 32), reason="无")


def test_payments_must_be_of_something_that_is_owed(desk: Desk) -> None:
    case_id = a_signed_case(desk)
    owed = draft(desk, case_id).obligations[0].id
    with pytest.raises(Unacceptable, match=r"obligation\.unknown"):
        performing.record_payment(desk, case_id, ObligationId("f" * 32), amount=Fen(1), paid_on=TODAY)
    with pytest.raises(Unacceptable, match=r"payment\.amount"):
        performing.record_payment(desk, case_id, owed, amount=Fen(-1), paid_on=TODAY)


def test_a_visit_is_kept_and_moves_the_case(desk: Desk) -> None:
    case_id = a_signed_case(desk)
    performing.record_follow_up(desk, case_id, FollowUpForm(TODAY, visitor="李调解", situation="已履行"))
    case = case_of(desk, case_id)
    assert case.status is CaseStatus.FOLLOWED_UP
    assert case.follow_ups[0].situation == "已履行"
