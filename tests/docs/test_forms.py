"""What each kind of paper says, and what it does not claim."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mediator.core.codes import IdType, PartyKind, Scope, Side
from mediator.core.course import Amendment, AmendmentId, Course
from mediator.core.money import Fen
from mediator.core.records import (
    Agreement,
    Case,
    DocumentId,
    FollowUp,
    IssuedPaper,
    Obligation,
    ObligationId,
    Party,
    PartyId,
    Payment,
    PaymentId,
    Turn,
    TurnId,
)
from mediator.docs.catalogue import KINDS, kind_of, kinds
from mediator.docs.expected import expected
from mediator.docs.forms.parts import details, due, label_of, names, owed, party_paragraph, payment_table, total_line
from mediator.docs.model import Clause, Document, Form, Heading, Paragraph, Signatures, Table
from mediator.errors import RefusedByRule
from tests.docs.papers import WRITTEN, a_case, some_facts


def made(kind: str, case: Case | None = None) -> Document:
    """The model of a paper."""
    return KINDS[kind].compose(case or a_case(), some_facts())


def said(document: Document) -> str:
    """The words of its paragraphs and headings."""
    found = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found.append("".join(run.text or "＿" for run in block.runs))
        elif isinstance(block, Heading | Clause):
            found.append(block.text)
    return "\n".join(found)


def places(document: Document) -> list[str]:
    """Where people sign."""
    return [place.words for block in document.blocks if isinstance(block, Signatures) for place in block.places]


def cells(document: Document) -> dict[str, str]:
    """Label and value of its forms."""
    forms = [block for block in document.blocks if isinstance(block, Form)]
    return {label: value for form in forms for row in form.rows for label, value in row}


def agreement_of(case: Case) -> Agreement:
    """The agreement, which is there."""
    assert case.agreement is not None
    return case.agreement


def with_party(case: Case, **fields: object) -> Case:
    """The case with one more party."""
    more = {"id": PartyId("x"), "ref": "x", "side": Side.INVITED, "kind": PartyKind.PERSON, "name": "杨某某"} | fields
    return replace(case, parties=(*case.parties, Party(**more)))  # type: ignore[arg-type]  # fields by name


def test_the_first_eight_kinds_keep_the_word_their_numbers_have() -> None:
    assert [KINDS[kind].short for kind in (*WRITTEN, "follow_up_record")] == list("申登告笔协和收访")
    assert [kind for kind in WRITTEN if KINDS[kind].binding] == ["mediation_agreement", "settlement_agreement"]


def test_no_two_kinds_share_the_word_of_their_numbers() -> None:
    assert len({kind.short for kind in kinds()}) == len(kinds())


def test_a_kind_that_is_none_is_refused_by_its_name() -> None:
    with pytest.raises(RefusedByRule) as caught:
        kind_of("verdict")
    assert (caught.value.code, caught.value.where) == ("document.kind", "verdict")


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("application", ["申请人吴某斌（签名、盖章或者按指印）："]),
        ("acceptance_register", ["申请人吴某斌（签名）：", "被申请人吴㛃𬱖（签名）：", "登记人（签名）："]),
        ("rights_notice", ["申请人吴某斌（签名或者按指印）：", "被申请人吴㛃𬱖（签名或者按指印）："]),
        ("receipt", ["收款人吴㛃𬱖（签名或者按指印）：", "付款人吴某斌（签名或者按指印）："]),
        ("follow_up_record", ["被回访人吴某斌（签名）：", "回访人陈建国（签名）："]),
        ("mediation_agreement", ["申请人吴某斌（签名、盖章或者按指印）：", "被申请人吴㛃𬱖（签名、盖章或者按指印）：",
                                 "代理人何某（签名、盖章或者按指印）：", "人民调解员陈建国（签名）：",
                                 "人民调解员周秀英（签名）：", "记录人李明（签名）："]),
        ("settlement_agreement", ["申请人吴某斌（签名或者按指印）：", "被申请人吴㛃𬱖（签名或者按指印）：",
                                  "代理人何某（签名或者按指印）：", "见证人（签名）："]),
    ],
)  # fmt: skip
def test_who_signs_and_how(kind: str, expected: list[str]) -> None:
    assert places(made(kind)) == expected


def test_all_who_were_present_sign_a_hearing_s_record() -> None:
    case = with_party(with_party(a_case()), side=Side.WITNESS, name="丁某")
    assert places(made("mediation_record", case))[3:5] == ["参加人杨某某（签名）：", "见证人丁某（签名）："]
    assert "参加人：杨某某、丁某" in said(made("mediation_record", case))
    assert "参加人：无" in said(made("mediation_record"))


def test_witnesses_of_a_settlement_are_named() -> None:
    case = with_party(a_case(), side=Side.WITNESS, name="丁某")
    assert places(made("settlement_agreement", case))[-1] == "见证人丁某（签名）："


def test_a_case_without_people_still_has_places_to_sign() -> None:
    bare = Case(a_case().id, a_case().kind, "纠纷", "邻里纠纷")
    assert places(made("application", bare)) == ["申请人（签名、盖章或者按指印）："]
    assert places(made("rights_notice", bare)) == ["当事人（签名或者按指印）："]
    assert places(made("mediation_agreement", bare)) == ["人民调解员（签名）：", "记录人（签名）："]
    assert places(made("follow_up_record", bare)) == ["被回访人（签名）：", "回访人（签名）："]


@pytest.mark.parametrize(
    "words",
    ["具有法律约束力", "自本协议生效之日起三十日内共同向人民法院申请司法确认", "可以向人民法院申请强制执行",
     "请求人民调解委员会督促履行", "依法向人民法院提起诉讼", "本协议一式三份，当事人各执一份", "人民调解员签名并加盖"],
)  # fmt: skip
def test_the_agreement_says_what_binds_and_what_follows_a_breach(words: str) -> None:
    assert words in said(made("mediation_agreement"))


def test_the_settlement_names_no_committee_s_finding_and_no_confirmation_by_it() -> None:
    document = made("settlement_agreement")
    assert document.committee == ""
    assert "人民调解委员会" not in said(document)
    assert "违约责任" in said(document)


@pytest.mark.parametrize(
    "words",
    ["不收取任何费用", "申请其回避", "要求终止调解", "自主表达意愿", "如实陈述纠纷事实", "三十日内共同向人民法院"],
)
def test_the_notice_tells_rights_duties_and_effect(words: str) -> None:
    assert words in said(made("rights_notice"))


@pytest.mark.parametrize(("count", "word"), [(2, "双方"), (3, "各方")])
def test_two_parties_are_both_and_more_are_all(count: int, word: str) -> None:
    case = with_party(a_case(), side=Side.RESPONDENT, name="周某") if count == 3 else a_case()
    assert f"经调解，{word}自愿达成如下协议：" in said(made("mediation_agreement", case))


def test_what_the_agreement_does_not_hold_is_not_printed() -> None:
    case = replace(a_case(), agreement=Agreement(clauses=agreement_of(a_case()).clauses))
    text = said(made("mediation_agreement", case))
    assert "各方当事人责任" not in text
    assert "履行方式、地点、期限" not in text
    assert "签订。本协议" not in text
    assert not [block for block in made("mediation_agreement", case).blocks if isinstance(block, Table)]


def test_goods_have_no_sum_below_their_table() -> None:
    goods = Obligation(ObligationId("g"), "吴某斌", "吴㛃𬱖", goods="三棵树", due_as_given="开工前")
    case = replace(a_case(), agreement=replace(agreement_of(a_case()), obligations=(goods,)))
    assert "合计" not in said(made("mediation_agreement", case))
    assert payment_table((goods,)).rows == (("1", "吴某斌", "吴㛃𬱖", "三棵树", "开工前", "—"),)


def test_what_was_not_agreed_is_a_dash_that_nobody_can_write_over() -> None:
    open_end = Obligation(ObligationId("g"), "甲", "乙", Fen(100))
    assert payment_table((open_end,)).rows == (("1", "甲", "乙", "1.00元", "—", "—"),)
    assert (due(open_end), owed(open_end)) == ("", "1.00元")
    assert total_line((open_end, open_end)) == "以上款项合计人民币2.00元（大写：贰元整）。"


def test_a_person_is_written_down_in_the_order_of_the_form() -> None:
    person = a_case().parties[0]
    assert [label for label, _ in details(person, on=date(2025, 11, 10))] == [
        "性别", "年龄", "出生日期", "民族", "职业", "居民身份证号码", "住址", "联系电话",
    ]  # fmt: skip
    assert dict(details(person, on=date(2025, 5, 3)))["年龄"] == "56岁"
    passport = replace(person, id_type=IdType.PASSPORT)
    assert f"{IdType.PASSPORT.term}号码" in dict(details(passport))


def test_an_organization_is_written_down_by_its_code_and_head() -> None:
    firm = Party(PartyId("f"), "f", Side.RESPONDENT, PartyKind.ORGANIZATION, "某公司", id_number="91330000MA27XXXX1A",
                 legal_representative="钱某", address="某街1号", role_as_given="施工方")  # fmt: skip
    assert [label for label, _ in details(firm)] == ["统一社会信用代码", "法定代表人", "住所"]
    assert label_of(firm) == "施工方"
    case = replace(a_case(), parties=(*a_case().parties, firm))
    assert cells(made("application", case))["法定代表人"] == "钱某"


def test_an_agent_is_written_down_with_whom_and_how_far() -> None:
    case = a_case()
    words = "".join(run.text for run in party_paragraph(case, case.parties[2]).runs)
    assert words == f"代理人：何某（代表吴㛃𬱖，{Scope.GENERAL.term}）。"
    alone = replace(case.parties[2], authorization=None)
    assert "".join(run.text for run in party_paragraph(case, alone).runs) == "代理人：何某（代表吴㛃𬱖）。"
    assert names(case, Side.AGENT) == "何某"


def test_the_age_on_an_application_is_that_of_the_day_it_is_made() -> None:
    assert [row for row in cells(made("application")).items() if row[0] == "年龄"] == [("年龄", "")]
    first = next(block for block in made("application").blocks if isinstance(block, Form))
    assert ("年龄", "57") in first.rows[1]


def test_an_application_without_requests_asks_for_mediation() -> None:
    assert "请求依法调解上述纠纷。" in said(made("application", replace(a_case(), requests="")))
    assert "请求依法调解上述纠纷。" not in said(made("application"))


def test_words_that_came_after_the_reading_stand_in_an_annex() -> None:
    case = a_case()
    late = Turn(TurnId("l"), "吴某斌", "还有一句。", late=True)
    case = replace(case, hearings=(replace(case.hearings[0], turns=(*case.hearings[0].turns, late)),))
    text = said(made("mediation_record", case))
    assert text.index("附：宣读之后补录的内容") < text.index("还有一句。")
    assert "补录" not in said(made("mediation_record"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda case: case, "调解结果：各方当事人自愿达成协议，具体内容见调解协议书。"),
        (lambda case: replace(case, agreement=None, outcome="not_agreed"), "调解结果：未达成协议。"),
        (lambda case: replace(case, agreement=None), "调解结果：＿"),
        (lambda case: replace(case, agreement=replace(agreement_of(case), digest="")), "调解结果：＿"),
    ],
    ids=["signed", "not agreed", "open", "agreed but not signed"],
)
def test_a_record_claims_no_result_that_is_not_there(change: Callable[[Case], Case], words: str) -> None:
    assert words in said(made("mediation_record", change(a_case())))


def test_a_record_names_the_steps_that_were_ticked_and_no_others() -> None:
    case = a_case()
    ticked = replace(case, hearings=(replace(case.hearings[0], script_done=("核对身份", "告知权利义务")),))
    assert "已进行的程序：核对身份；告知权利义务。" in said(made("mediation_record", ticked))
    assert "已进行的程序" not in said(made("mediation_record"))


def test_a_turn_of_several_lines_keeps_them_apart() -> None:
    assert "吴㛃𬱖：厕所是前年花钱修的，三棵树也挂果了，白白让出来不行。\n要让可以，得给个说法。" in said(
        made("mediation_record")
    )


def amended(case: Case, **change: Any) -> Case:
    """The case with a supplement that changes its first obligation."""
    paper = IssuedPaper(DocumentId("b1"), "supplement_agreement", "补1", "补充协议", (), 1)
    row = Amendment(AmendmentId("a1"), ObligationId("o0"), date(2026, 1, 5), paper="b1", **change)
    return replace(case, papers=(*case.papers, paper), course=Course(amendments=(row,)))


PAID = Payment(PaymentId("q"), ObligationId("o0"), Fen(250000), date(2025, 11, 16))


@pytest.mark.parametrize(
    ("payments", "words"),
    [
        ((), "今收到吴某斌依据“街巷硬化占用厕所及三棵树”调解协议履行的人民币2,500.00元（大写：贰仟伍佰元整）。"),
        ((replace(PAID, amount=Fen(100000)),), "该笔款项尚余人民币1,500.00元（大写：壹仟伍佰元整）未付。"),
        ((PAID,), "该笔款项已全部付清。"),
        ((replace(PAID, amount=Fen(100000), voided=True), PAID), "该笔款项已全部付清。"),
    ],
    ids=["not yet", "in part", "whole", "a voided one does not count"],
)
def test_a_receipt_says_what_came_and_what_is_still_open(payments: tuple[Payment, ...], words: str) -> None:
    assert words in said(made("receipt", replace(a_case(), payments=payments)))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"amount": Fen(300000)}, "该笔款项尚余人民币500.00元（大写：伍佰元整）未付。"),
        ({"amount": Fen(250000)}, "该笔款项已全部付清。"),
        ({"waived": True, "due_on": date(2026, 5, 1)}, "该笔款项已全部付清。"),
    ],
)
def test_a_receipt_goes_by_the_later_signed_paper(change: dict[str, Any], words: str) -> None:
    case = amended(replace(a_case(), payments=(PAID,)), **change)
    assert words in said(made("receipt", case))


def test_a_receipt_says_that_the_rest_was_let_go() -> None:
    case = amended(replace(a_case(), payments=(replace(PAID, amount=Fen(100000)),)), waived=True)
    assert "该笔款项的余额已按补充协议免除。" in said(made("receipt", case))
    assert "rest" not in dict(expected("receipt", case, some_facts()))


def test_a_receipt_for_goods_names_them_and_no_sum() -> None:
    goods = Obligation(ObligationId("g"), "吴某斌", "吴㛃𬱖", goods="三棵树")
    case = replace(a_case(), payments=(), agreement=replace(agreement_of(a_case()), obligations=(goods,)))
    text = said(made("receipt", case))
    assert "调解协议应由吴某斌履行的下列事项已经履行，接受人予以确认：三棵树。" in text
    assert "款项" not in text


def test_a_receipt_is_about_the_obligation_that_was_chosen() -> None:
    case = replace(a_case(), payments=(replace(PAID, obligation=ObligationId("o1"), amount=Fen(7)),))
    facts = some_facts()
    first = KINDS["receipt"].compose(case, replace(facts, obligation=ObligationId("o0")))
    assert "0.07" not in said(first)
    assert "人民币0.07元" in said(KINDS["receipt"].compose(case, facts))


def test_a_follow_up_without_an_agreement_s_number_leaves_it_to_the_pen() -> None:
    assert cells(made("follow_up_record"))["调解协议编号"] == ""


def test_the_last_visit_is_the_one_on_the_paper() -> None:
    later = FollowUp(date(2026, 1, 5), "李明", "吴㛃𬱖", "无新情况。", "基本满意")
    case = replace(a_case(), follow_ups=(*a_case().follow_ups, later))
    found = cells(made("follow_up_record", case))
    assert (found["回访时间"], found["满意度"]) == ("2026年1月5日", "基本满意")


def test_a_register_without_an_origin_says_that_the_parties_asked() -> None:
    assert cells(made("acceptance_register", replace(a_case(), origin="")))["案件来源"] == "当事人申请"
    assert cells(made("acceptance_register", replace(a_case(), origin="法院委派")))["案件来源"] == "法院委派"
