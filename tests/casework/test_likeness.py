"""Duplicates and similar cases at a desk: found, explained, decided by a person, decided otherwise later."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mediator.casework import likeness
from mediator.casework.desk import Desk
from mediator.casework.intake import CaseForm, PartyForm
from mediator.casework.likeness import Hit, Judgement, Typing
from mediator.core.codes import CaseStatus, Likeness, LinkReason, LinkRole, Side
from mediator.core.records import CaseId
from mediator.errors import RefusedByRule, Unacceptable
from tests.casework.desks import a_document, a_signed_case, case_of, taken_in
from tests.core.groups import groups
from tests.store.vaults import draft

FACTS = "邻居翻修房子，屋檐伸出来半米左右，下雨就滴到我家东墙，墙面受潮脱落，修复要3600元，他不肯出。"
OTHER_FACTS = "放的牛把河滩上开荒种的玉米吃掉两亩，损失估价双方谈不拢。"


def parties(*names: str, **first: str) -> list[dict[str, str]]:
    """Two sides; the first with further fields."""
    rows = [{"ref": f"p{n}", "side": ("applicant", "respondent")[n], "kind": "person", "name": name,
             "address": "壶镇镇湖川村8号"} for n, name in enumerate(names)]  # fmt: skip
    rows[0] |= first
    return rows


def a_case(desk: Desk, *names: str, facts: str = FACTS, **first: str) -> CaseId:
    """A saved case."""
    document = a_document(title="屋檐滴水", dispute_type="邻里", facts=facts, parties=parties(*names, **first))
    return taken_in(desk, document)


def only(hits: tuple[Hit, ...]) -> Hit:
    """The one hit."""
    (hit,) = hits
    return hit


def test_one_matter_registered_twice_is_found_from_both_sides_with_its_reasons(desk: Desk) -> None:
    one = a_case(desk, "陈国峰", "李秀英")
    other = a_case(desk, "李秀瑛", "陳國峯", facts=FACTS.replace("邻居", "对面"))
    hit = only(likeness.duplicates_of(desk, one))
    assert (hit.case, hit.likeness, hit.judged) == (other, Likeness.MATTER, False)
    assert (hit.number, hit.title) == (case_of(desk, other).number, "屋檐滴水")
    assert {"双方当事人相同", "所述事实几乎相同", "同一天登记"} <= set(hit.reasons)
    assert only(likeness.duplicates_of(desk, other)).case == one


def test_two_quarrels_of_two_neighbours_are_two_matters_and_one_person(desk: Desk) -> None:
    one = a_case(desk, "陈国峰", "李秀英", phone="10012345678")
    a_case(desk, "陈国峰", "李秀英", facts=OTHER_FACTS, phone="10012345678")
    hit = only(likeness.duplicates_of(desk, one))
    assert (hit.likeness, hit.name) == (Likeness.PERSON, "陈国峰")
    assert "联系电话相同" in hit.reasons


def test_what_a_person_called_unlike_does_not_come_back_until_he_says_otherwise(desk: Desk) -> None:
    one, other = a_case(desk, "陈国峰", "李秀英"), a_case(desk, "陈国峰", "李秀英")
    unlike = Judgement(other, Likeness.MATTER, same=False, reason="两次滴水")
    likeness.judge(desk, one, unlike)
    hits = [hit for case in (one, other) for hit in likeness.duplicates_of(desk, case)]
    assert all(hit.likeness is Likeness.PERSON for hit in hits)
    likeness.judge(desk, one, replace(unlike, same=True))
    assert only(likeness.duplicates_of(desk, other)).judged


def test_the_same_matter_is_linked_on_both_cases_and_the_link_is_taken_back(desk: Desk) -> None:
    one, other = a_case(desk, "陈国峰", "李秀英"), a_case(desk, "陈国峰", "李秀英")
    same = Judgement(one, Likeness.MATTER, same=True)
    for _ in range(2):
        likeness.judge(desk, other, same)
        links = [case_of(desk, each).course.links for each in (other, one)]
        assert [[(link.other, link.reason, link.role) for link in each] for each in links] == [
            [(one, LinkReason.SAME_MATTER, LinkRole.TARGET)], [(other, LinkReason.SAME_MATTER, LinkRole.ORIGIN)]
        ]  # fmt: skip
    likeness.judge(desk, other, replace(same, same=False))
    assert [case_of(desk, each).course.links for each in (other, one)] == [(), ()]
    assert [each.same for each in case_of(desk, other).course.judged] == [True, True, False]


def test_a_judgement_about_people_names_parties_that_are_there(desk: Desk) -> None:
    one = a_case(desk, "陈国峰", "李秀英", phone="10012345678")
    other = a_case(desk, "陈国峰", "王五", facts=OTHER_FACTS, phone="10012345678")
    hit = only(likeness.duplicates_of(desk, one))
    said = Judgement(other, Likeness.PERSON, same=False, party=hit.party, other_party=hit.other_party)
    with pytest.raises(Unacceptable, match=r"party\.unknown"):
        likeness.judge(desk, one, replace(said, other_party="0" * 32))
    likeness.judge(desk, one, said)
    assert likeness.duplicates_of(desk, one) == likeness.duplicates_of(desk, other) == ()


def test_an_archived_case_takes_no_judgement_and_an_unknown_one_is_none(desk: Desk) -> None:
    one, other = a_case(desk, "陈国峰", "李秀英"), a_case(desk, "王五", "赵六")
    desk.vault.append([draft(one, "case.moved", {"to": CaseStatus.ARCHIVED.value, "from": "closed"})])
    with pytest.raises(RefusedByRule, match=r"case\.read_only"):
        likeness.judge(desk, one, Judgement(other, Likeness.MATTER, same=True))
    for ask in (likeness.duplicates_of, likeness.similar_to):
        with pytest.raises(Unacceptable, match=r"case\.unknown"):
            ask(desk, CaseId("0" * 32))


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        (PartyForm(Side.APPLICANT, "陈国峰"), "姓名相同"),
        (PartyForm(Side.APPLICANT, "陳國峯"), "姓名只差异体字（陳—陈、國—国、峯—峰）"),
        (PartyForm(Side.RESPONDENT, "", id_number="３３１１２２１９６８０５０４００１７"), "证件号码相同"),
        (PartyForm(Side.APPLICANT, "陈国锋", phone="100-1234-5678"), "联系电话相同"),
    ],
)
def test_somebody_known_is_shown_while_he_is_typed(desk: Desk, typed: PartyForm, reason: str) -> None:
    a_case(desk, "陈国峰", "李秀英", id_number="331122196805040017", phone="10012345678")
    a_case(desk, "王五", "赵六", facts=OTHER_FACTS)
    hit = only(likeness.duplicates_while_typing(desk, Typing(CaseForm("", ""), (typed,))))
    assert (hit.likeness, hit.name) == (Likeness.PERSON, "陈国峰")
    assert reason in hit.reasons


def test_an_empty_form_and_a_draft_beside_itself_show_nothing(desk: Desk) -> None:
    saved = a_case(desk, "陈国峰", "李秀英")
    assert likeness.duplicates_while_typing(desk, Typing(CaseForm("", ""), (PartyForm(Side.APPLICANT, ""),))) == ()
    typed = Typing(CaseForm("屋檐滴水", "邻里", FACTS), (PartyForm(Side.APPLICANT, "陈国峰"),), case=saved)
    assert likeness.duplicates_while_typing(desk, typed) == ()


def test_similar_cases_come_with_their_ending_and_clauses(desk: Desk) -> None:
    past = a_signed_case(desk)
    for each in groups(1, 3, each=2):
        a_case(desk, "王五", "赵六", facts=each.facts)
    new = taken_in(desk, a_document(facts="王小二向赵四借款三千元，到期未还。"))
    kin = likeness.similar_to(desk, new)
    assert (kin[0].case, kin[0].outcome) == (past, "协议生效")
    assert kin[0].clauses == (case_of(desk, past).agreement.clauses[0].text,)  # type: ignore[union-attr]  # it is signed
    assert any("借款" in reason for reason in kin[0].reasons)
    assert new not in {each.case for each in kin}


def test_a_similar_case_called_unlike_is_not_shown_again(desk: Desk) -> None:
    past, new = taken_in(desk, a_document()), taken_in(desk, a_document(facts="李四把钱借给张三，借款未还。"))
    assert [each.case for each in likeness.similar_to(desk, new)] == [past]
    likeness.judge(desk, new, Judgement(past, Likeness.SIMILAR, same=False))
    assert likeness.similar_to(desk, new) == ()
    people = (PartyForm(Side.APPLICANT, "李四"), PartyForm(Side.RESPONDENT, "张三"))
    typed = Typing(CaseForm("借款", "contract", "张三向李四借款未还。"), people)
    assert {each.case for each in likeness.similar_while_typing(desk, typed)} == {past, new}


@pytest.mark.full
def test_the_kin_of_two_hundred_groups_are_found_in_a_vault(desk: Desk) -> None:
    made = list(groups(4, 200))
    ids = [a_case(desk, f"甲{n % 97}乙", "丙丁", facts=each.facts) for n, each in enumerate(made)]
    group = dict(zip(ids, (each.group for each in made), strict=True))
    first = {each.group: case for case, each in zip(ids, made, strict=True)}
    found = sum(group[kin.case] == number for number, case in first.items() for kin in likeness.similar_to(desk, case))
    assert found / (200 * 3) >= 0.9
