"""Lint of an agreement: a good one passes; each thing that is wrong is found, at its place, with its source."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from mediator.core.codes import CaseKind, PartyKind, Side
from mediator.core.lint import RULES, Finding, Severity, check_agreement
from mediator.core.lint_table import shipped_lint
from mediator.core.money import Fen
from mediator.core.records import (
    Agreement,
    Case,
    CaseId,
    Clause,
    ClauseId,
    Hearing,
    HearingId,
    Obligation,
    ObligationId,
    Party,
    PartyId,
    Payment,
    PaymentId,
)
from tests.core.lint_cases import Change, agreed, case, party

TODAY = date(2026, 3, 5)
P1, P2 = PartyId("01" * 16), PartyId("02" * 16)
TEXT = "被申请人于2026年5月1日前支付申请人人民币3,090.00元（大写：叁仟零玖拾元整）。"


def obligation(**members: Any) -> Obligation:
    """A whole one."""
    whole = Obligation(ObligationId("0a" * 16), "李四", "张三", Fen(309_000), date(2026, 5, 1), method="银行转账")
    return replace(whole, **members)


def good() -> Case:
    """A case whose agreement has nothing to find."""
    hearing = Hearing(HearingId("0e" * 16), datetime(2026, 3, 4, 17, tzinfo=UTC), "调解室", ("王调解",), "赵记录")
    agreement = Agreement(
        clauses=(Clause(ClauseId("0c" * 16), TEXT),), obligations=(obligation(),), disputed_points="欠款数额",
        responsibility="李四应付款", place="调解室", signed_on=TODAY,
    )  # fmt: skip
    return Case(
        CaseId("ab" * 16), CaseKind.PEOPLE_MEDIATION, "工资纠纷", "labor", facts="欠付工资",
        organization="壶镇镇调委会",
        parties=(
            Party(P1, "a", Side.APPLICANT, PartyKind.PERSON, "张三", id_number="331122196805040017"),
            Party(P2, "b", Side.RESPONDENT, PartyKind.PERSON, "李四", id_number="331122197703150025"),
        ),
        hearings=(hearing,), agreement=agreement,
    )  # fmt: skip


def owing(*rows: dict[str, Any]) -> Change:
    """Other obligations."""
    return agreed(
        obligations=tuple(
            obligation(**row) if "payer_party" not in row else replace(obligation(), **row) for row in rows
        )
    )


def saying(*texts: str) -> Change:
    """Other clauses, with the sums and days of the plan."""
    return agreed(clauses=tuple(Clause(ClauseId(f"{n:032x}"), text) for n, text in enumerate(texts)))


def both(*changes: Change) -> Change:
    """One after the other."""

    def all_of(old: Case) -> Case:
        for change in changes:
            old = change(old)
        return old

    return all_of


def found(change: Change) -> list[tuple[str, str, str]]:
    """Rule, severity and place of all findings of the changed case."""
    told = check_agreement(change(good()), today=TODAY)
    return [(each.rule, each.severity.value, each.place) for each in told]


# The rules of this file; the others stand in `lint_cases`.
HERE = {"V03", "V08", "V09", "V10", "V11", "V12", "V13", "V14", "V15", "V16", "V33", "V36", "V39", "V40"}
PARTS = ({"amount": Fen(100_000), "part_of_total": True}, {"amount": Fen(209_000), "part_of_total": True})


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (party(0, name=" "), ("V03", "block", "parties.0.name")),
        (party(1, id_number=""), ("V03", "warn", "parties.1.id_number")),
        (party(1, side=Side.APPLICANT), ("V08", "block", "parties")),
        (case(parties=()), ("V08", "block", "parties")),
        (owing({"payee": "李四", "payer_party": None, "payee_party": None}), ("V09", "block", "obligations.0.payee")),
        (owing({"payee": "李四", "payer_party": P2, "payee_party": None}), ("V09", "block", "obligations.0.payee")),
        (owing({}, {"payer_party": P1, "payee_party": P1}), ("V09", "block", "obligations.1.payee")),
        (case(facts=" \n"), ("V10", "block", "facts")),
        (agreed(disputed_points=""), ("V10", "warn", "agreement.disputed_points")),
        (agreed(responsibility=" "), ("V10", "warn", "agreement.responsibility")),
        (agreed(clauses=()), ("V11", "block", "clauses")),
        (owing({"payer": " "}), ("V11", "block", "obligations.0.payer")),
        (owing({}, {"payee": ""}), ("V11", "block", "obligations.1.payee")),
        (owing({"amount": None}), ("V11", "block", "obligations.0.amount")),
        (owing({"amount": Fen(0)}), ("V11", "block", "obligations.0.amount")),
        (owing({"due_on": None}), ("V11", "block", "obligations.0.due_on")),
        (owing({"method": ""}), ("V11", "warn", "obligations.0.method")),
        (saying("支付3090元（大写：叁仟玖拾伍元整）"), ("V12", "block", "clauses.0")),
        (saying(TEXT, "支付3090元（大写：三千零九元）"), ("V12", "block", "clauses.1")),
        (saying("支付3090元（大写：元整）"), ("V12", "block", "clauses.0")),
        (both(owing(*PARTS), saying("分期支付，共计4090元")), ("V13", "block", "obligations")),
        (saying(TEXT, "另付误工费500元"), ("V14", "warn", "clauses.1")),
        (saying("于2026年5月2日前支付3090元"), ("V15", "warn", "clauses.0")),
        (saying("于2026年2月30日前支付3090元"), ("V15", "warn", "clauses.0")),
        (both(owing({"due_on": None, "due_as_given": "秋后"}), saying("2026年2月29日")), ("V15", "warn", "clauses.0")),
        (owing({"due_on": date(2026, 3, 4)}), ("V16", "warn", "obligations.0.due_on")),
        (both(owing({"due_on": date(2026, 3, 4)}), agreed(signed_on=None)), ("V16", "warn", "obligations.0.due_on")),
        (case(parties=()), ("V33", "block", "parties")),
        (lambda old: replace(old, hearings=(replace(old.hearings[0], recorder=""),)), ("V33", "warn", "hearings")),
        (case(organization=""), ("V36", "block", "organization")),
        (lambda old: replace(old, hearings=(replace(old.hearings[0], mediators=()),)), ("V36", "block", "hearings")),
        (both(agreed(place=""), case(hearings=())), ("V36", "warn", "agreement.place")),
        (agreed(signed_on=None), ("V36", "block", "agreement.signed_on")),
        (saying(TEXT + "其余待定。"), ("V40", "block", "clauses.0")),
        (saying(TEXT + "地点在XX村。"), ("V40", "block", "clauses.0")),
        (saying(TEXT + "由____交付。"), ("V40", "block", "clauses.0")),
        (saying(TEXT + "于2026年  月  日交付。"), ("V40", "block", "clauses.0")),
        (saying(TEXT + "共（　　）份。"), ("V40", "block", "clauses.0")),
        (saying(TEXT + "由某村民交付。"), ("V40", "block", "clauses.0")),
        (case(facts="张某与李四有纠纷"), ("V40", "block", "facts")),
        (owing({"note": "{{ note }}"}), ("V40", "block", "obligations.0")),
        (owing({"goods": "？？？"}), ("V40", "block", "obligations.0")),
        (agreed(disputed_points="待填"), ("V40", "block", "agreement.disputed_points")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found_at_its_place(change: Change, expected: tuple[str, str, str]) -> None:
    assert expected in found(change)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda old: old, id="the good one"),
        pytest.param(party(1, name="张三"), id="two of one name are two"),
        pytest.param(both(owing({"amount": None, "goods": "稻谷100公斤"}), saying("交付稻谷100公斤")), id="goods"),
        pytest.param(both(owing({"due_on": None, "due_as_given": "秋收后"}), saying("3090元")), id="due at an event"),
        pytest.param(saying(TEXT.replace("整", "正").replace("元整", "圆正")), id="the other way to write words"),
        pytest.param(saying("支付3090元（三千零九十元）"), id="everyday words"),
        pytest.param(both(owing({"amount": Fen(150)}), saying("1.50元（大写：壹元伍角）")), id="no 整 after 角"),
        pytest.param(both(owing(*PARTS), saying("共3090元，首期1000元")), id="instalments add up"),
        pytest.param(both(owing(*PARTS), saying("首期1000元，二期2090元")), id="no total is named"),
        pytest.param(
            both(
                owing(*PARTS, *({**part, "payer": "王五", "payer_party": None, "payee_party": P1} for part in PARTS)),
                saying("李四、王五各付3090元"),
            ),
            id="each payer has instalments of his own",
        ),
        pytest.param(both(owing({}, {}), saying("两笔共6180元")), id="equal sums together"),
        pytest.param(both(owing({}, {"payer": "王五", "amount": Fen(100)}), saying("共得3091元")), id="a payee's sum"),
        pytest.param(
            both(case(accepted_on=date(2026, 3, 1)), saying(TEXT + "2026年3月1日受理")), id="day of acceptance"
        ),
        pytest.param(saying(TEXT + "2026年3月5日调解"), id="day of the hearing by the clock of Beijing"),
        pytest.param(both(case(dates=(("事发", date(2026, 1, 2)),)), saying(TEXT + "2026-01-02")), id="a dated event"),
        pytest.param(
            both(
                case(payments=(Payment(PaymentId("0f" * 16), ObligationId("0a" * 16), Fen(1), date(2026, 3, 2)),)),
                saying(TEXT + "2026年3月2日已付部分"),
            ),
            id="day of a payment",
        ),
        pytest.param(
            both(owing({"due_on": None, "due_as_given": "秋收后"}), saying("2026年1月1日")), id="no plan by days"
        ),
        pytest.param(
            both(owing({"due_on": TODAY, "note": "当场付清"}), agreed(signed_on=date(2026, 5, 1))), id="on the spot"
        ),
        pytest.param(both(party(1, name="李某四"), saying(TEXT + "由李某四交付")), id="某 in a party's own name"),
        pytest.param(both(party(1, address="某村"), case(facts="住某村的纠纷")), id="某 in an address"),
        pytest.param(case(facts="工资……至今未付"), id="a dash of dots that people write"),
        pytest.param(agreed(place=""), id="the hearing names the place"),
        pytest.param(case(agreement=None), id="no agreement"),
    ],
)
def test_near_misses_are_left_in_peace(change: Change) -> None:
    assert [each for each in found(change) if each[0] in HERE] == []


def test_a_settlement_needs_no_committee_and_no_recorder() -> None:
    told = found(case(kind=CaseKind.SETTLEMENT, organization="", hearings=()))
    assert [each for each in told if each[0] in {"V33", "V36", "V38", "V42"}] == []


def test_all_findings_come_at_once_blocking_ones_first_each_with_its_source() -> None:
    told = check_agreement(both(saying("待定"), party(0, id_number=""), case(facts=""))(good()), today=TODAY)
    order = [each.severity for each in told]
    assert order == sorted(order, key=list(Severity).index)
    assert {each.rule for each in told} >= {"V03", "V10", "V40"}
    assert Finding("V10", Severity.BLOCK, "请写明纠纷事实", "人民调解法第二十九条", "facts") in told
    assert all(each.message and each.source and each.place for each in told)


def test_every_rule_is_listed_once_in_order() -> None:
    assert list(RULES) == [f"V{number:02}" for number in range(1, 43)]
    assert list(shipped_lint()) == list(RULES)


@pytest.mark.parametrize("place", range(len(TEXT)))
def test_one_changed_digit_or_word_of_a_sum_is_never_overlooked(place: int) -> None:
    swaps = {**dict(zip("0123456789", "1234567890", strict=True)), "叁": "肆", "仟": "佰", "玖": "捌", "拾": "佰"}
    if TEXT[place] in swaps:
        assert found(saying(TEXT[:place] + swaps[TEXT[place]] + TEXT[place + 1 :]))
