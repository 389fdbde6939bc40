"""The settlement binds both ways, points a complaint to its office and takes nobody's right away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mediator.core.codes import PartyKind, Side
from mediator.core.money import Fen
from mediator.core.records import Case, Obligation, ObligationId, Party, PartyId
from mediator.docs.catalogue import kind_of
from tests.docs.papers import a_case, some_facts
from tests.docs.test_forms import agreement_of, made, said


def owing(*obligations: Obligation) -> Case:
    """The case with these obligations."""
    return replace(a_case(), agreement=replace(agreement_of(a_case()), obligations=obligations))


def owes(payer: str, payee: str, amount: int | None = None, **more: str) -> Obligation:
    """One obligation, without a link to a party."""
    return Obligation(ObligationId(payer), payer, payee, None if amount is None else Fen(amount), **more)  # type: ignore[arg-type]  # texts by name


def under(head: str, text: str) -> list[str]:
    """The lines below a heading, up to the next one."""
    after = text.split(f"\n{head}\n")[1].split("\n")
    end = next((place for place, row in enumerate(after) if row.endswith("：")), len(after))
    return after[:end]


def test_each_side_has_its_duties_and_its_breach_in_a_section() -> None:
    case = owing(
        owes("吴某斌", "吴㛃𬱖", 250000, due_as_given="开工前", method="现金"),
        owes("吴㛃𬱖", "吴某斌", goods="腾空的厕所一间"),
    )
    text = said(made("settlement_agreement", case))
    assert under("申请人的义务：", text) == [
        "吴某斌应当于开工前向吴㛃𬱖支付人民币2,500.00元（大写：贰仟伍佰元整），方式为现金。"
    ]
    assert under("被申请人的义务：", text) == ["吴㛃𬱖应当向吴某斌履行：腾空的厕所一间。"]
    assert [row[:14] for row in under("违约责任：", text)] == [
        "吴某斌不履行或者不完全履行义",
        "吴㛃𬱖不履行或者不完全履行义",
    ]
    assert "第三人的义务" not in text


def test_who_owes_by_the_clauses_alone_is_led_to_them() -> None:
    assert under("被申请人的义务：", said(made("settlement_agreement"))) == ["吴㛃𬱖应当履行上述条款中由其承担的约定。"]


def test_a_long_plan_is_told_in_one_line_that_leads_to_the_table() -> None:
    text = said(made("settlement_agreement", a_case(rows=10)))
    assert under("申请人的义务：", text) == [
        "吴某斌应当按照上列履行计划履行十项义务，款项合计人民币5,000.00元（大写：伍仟元整）。"
    ]


def test_a_third_party_has_a_section_of_its_own_and_several_on_a_side_go_by_its_word() -> None:
    more = [
        Party(PartyId(name), name, side, PartyKind.PERSON, name)
        for name, side in (("周某", Side.THIRD_PARTY), ("郑某", Side.RESPONDENT))
    ]
    case = owing(owes("周某", "吴某斌", goods="出具证明"))
    text = said(made("settlement_agreement", replace(case, parties=(*case.parties, *more))))
    assert under("第三人的义务：", text) == ["周某应当向吴某斌履行：出具证明。"]
    assert under("被申请人的义务：", text) == ["被申请人应当履行上述条款中由其承担的约定。"]


def test_what_a_clerk_typed_stands_instead_of_what_the_record_knows() -> None:
    facts = replace(some_facts(), values={"respondent_duties": "腾空厕所。", "breach": "违约方承担五百元违约金。"})
    text = said(kind_of("settlement_agreement").compose(a_case(), facts))
    assert under("被申请人的义务：", text) == ["腾空厕所。"]
    assert under("违约责任：", text) == ["违约方承担五百元违约金。"]


@pytest.mark.parametrize("pending", ["", "县信访局〔2025〕88号信访事项"])
def test_pending_complaints_are_told_of_the_settlement_and_never_given_up(pending: str) -> None:
    facts = replace(some_facts(), values={"pending": pending} if pending else {})
    text = said(kind_of("settlement_agreement").compose(a_case(), facts))
    rows = text.split("正在办理的投诉、信访等事项：\n")[1].split("\n")
    assert rows[0] == pending or rows[0].startswith("各方就本纠纷")
    assert "及时将本协议告知办理单位" in text
    assert "不限制任何一方依法提起诉讼、申请仲裁、提出信访的权利" in text
    assert not any(word in text for word in ("放弃", "撤回信访", "不再信访", "息访"))


def test_the_sender_s_number_is_what_is_pending() -> None:
    case = replace(a_case(), source_ref="12345-20251101", origin="12345委托移送")
    assert "编号为12345-20251101的事项（来源：12345委托移送）" in said(made("settlement_agreement", case))
