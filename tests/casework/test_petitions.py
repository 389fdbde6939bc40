"""First, again, repeated: counted over the vault by person and matter, and corrected by a person with a reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mediator.casework import intake, likeness, links, opening, petitions
from mediator.casework.desk import Desk
from mediator.casework.intake import CaseForm, PartyForm
from mediator.casework.likeness import Judgement, Typing
from mediator.casework.links import LinkForm
from mediator.core.codes import CaseKind, CaseStatus, Likeness, LinkReason, Side, Visit
from mediator.core.records import CaseId
from mediator.docs.catalogue import KINDS
from mediator.errors import RefusedByRule, Unacceptable
from mediator.journal.entry import StreamId
from tests.casework.desks import StillClock, a_desk, a_document, a_workshop, case_of, led_to, taken_in

LAMPS = "反映湖川村村口三盏路灯从去年十月起不亮，老人夜里摔倒，多次向村里反映没有人修。"
DUST = "反映石材厂夜间生产，粉尘飘到晒谷场，要求查处并赔偿损失。"


def a_petition(desk: Desk, facts: str = LAMPS, name: str = "周阿妹", **members: Any) -> CaseId:
    """One more petition, an hour after the one before."""
    clock = desk.workshop.clock
    assert isinstance(clock, StillClock)
    clock.move(hours=1)
    party = {"ref": "a", "side": "applicant", "kind": "person", "name": name, "phone": "13800000001"}
    document = a_document(kind="petition", title="路灯", dispute_type="other", facts=facts, parties=[party])
    return taken_in(desk, document | members)


def seen(desk: Desk, case: CaseId) -> tuple[int, str]:
    sight = petitions.sight_of(desk, case)
    return sight.count, sight.words


def test_the_third_time_by_one_person_on_one_matter_is_repeated(desk: Desk) -> None:
    first, second, third = (a_petition(desk) for _ in range(3))
    other_matter, other_person = a_petition(desk, DUST), a_petition(desk, name="何小勇")
    assert [seen(desk, each) for each in (first, second, third)] == [
        (1, "初信初访"), (2, "再次反映（第二次）"), (3, "重复信访（第三次）"),
    ]  # fmt: skip
    assert seen(desk, other_matter) == (1, "初信初访")
    sight = petitions.sight_of(desk, third)
    assert ([each.case for each in sight.matters], sight.computed) == ([first, second, third], Visit.REPEATED)
    assert all(each.reasons for each in sight.matters if not each.mine)
    assert other_person not in [each.case for each in sight.matters]


def test_the_earlier_ones_are_told_while_a_form_is_filled_in(desk: Desk) -> None:
    first, second = a_petition(desk), a_petition(desk)
    who = PartyForm(Side.APPLICANT, "周阿妹", phone="13800000001")
    form = CaseForm("路灯", "other", LAMPS, CaseKind.PETITION)
    assert [each.case for each in petitions.while_typing(desk, Typing(form, (who,)))] == [first, second]
    assert [each.case for each in petitions.while_typing(desk, Typing(form, (who,), case=second))] == [first]
    stranger = replace(who, name="何小勇", phone="13900000002")
    assert petitions.while_typing(desk, Typing(form, (stranger,))) == ()


def test_a_mediation_about_the_same_is_no_visit(desk: Desk) -> None:
    a_petition(desk, kind="people_mediation")
    assert seen(desk, a_petition(desk)) == (1, "初信初访")


def test_what_a_person_said_about_likeness_counts(desk: Desk) -> None:
    first, second = a_petition(desk), a_petition(desk)
    likeness.judge(desk, second, Judgement(first, Likeness.MATTER, same=False))
    assert seen(desk, second) == (1, "初信初访")
    far = a_petition(desk, "路灯还是老样子。")
    assert seen(desk, far) == (1, "初信初访")
    likeness.judge(desk, far, Judgement(first, Likeness.MATTER, same=True))
    sight = petitions.sight_of(desk, far)
    assert (sight.count, [each.confirmed for each in sight.matters]) == (2, [True, False])


@pytest.mark.parametrize("reason", ["", " ", "\u202e"])
def test_a_correction_keeps_its_reason_and_is_refused_without(desk: Desk, reason: str) -> None:
    case = a_petition(desk)
    with pytest.raises(RefusedByRule, match=r"petition\.reason"):
        petitions.correct_visit(desk, case, Visit.REPEATED, reason=reason)
    petitions.correct_visit(desk, case, Visit.REPEATED, reason="以前来访没有登记")
    sight = petitions.sight_of(desk, case)
    assert (sight.visit, sight.words, sight.computed) == (Visit.REPEATED, "重复信访", Visit.FIRST)
    assert (sight.corrected, sight.reason) == (True, "以前来访没有登记")
    petitions.correct_visit(desk, case, None, reason="查明是另一个人")
    assert petitions.sight_of(desk, case).visit is Visit.FIRST


def test_five_who_come_together_are_a_group(desk: Desk) -> None:
    case = a_petition(desk)
    assert (petitions.sight_of(desk, case).people, petitions.sight_of(desk, case).group) == (1, False)
    for people, group in ((4, False), (5, True)):
        intake.save_case(desk, case, desk.vault.case(case).seen, {"people": people})
        assert petitions.sight_of(desk, case).group is group


def test_a_later_repeat_is_pointed_to_the_conclusion_and_not_handled_again(desk: Desk) -> None:
    first = a_petition(desk)
    led_to(desk, first, CaseStatus.JUDGED, CaseStatus.ACCEPTED, CaseStatus.HANDLING, CaseStatus.ANSWERED,
           CaseStatus.CONCLUDED)  # fmt: skip
    second = a_petition(desk)
    concluded = petitions.sight_of(desk, second).concluded
    assert concluded is not None
    assert (concluded.case, concluded.status, concluded.number) == (
        first, CaseStatus.CONCLUDED, case_of(desk, first).number,
    )  # fmt: skip
    assert petitions.sight_of(desk, first).concluded is None
    intake.move(desk, second, CaseStatus.JUDGED)
    links.link(desk, first, LinkForm(second, LinkReason.SAME_MATTER))
    with pytest.raises(RefusedByRule, match=r"case\.concluded"):
        intake.move(desk, second, CaseStatus.ACCEPTED)


def test_who_received_it_first_is_shown_and_never_changes(desk: Desk) -> None:
    case = a_petition(desk)
    received = petitions.sight_of(desk, case).received
    assert received is not None
    intake.save_case(desk, case, desk.vault.case(case).seen, {"title": "路灯不亮"})
    assert petitions.sight_of(desk, case).received == received
    assert petitions.sight_of(desk, case).receiver == "李调解"


def test_who_received_it_at_another_computer_is_told_without_a_name(desk: Desk, tmp_path: Path) -> None:
    other = a_desk(tmp_path / "other", workshop=a_workshop(seed=8))
    case = a_petition(other)
    desk.vault.absorb(other.vault.stream(StreamId(case)))
    assert petitions.sight_of(desk, case).receiver == "本库之外的用户"
    opening.lock(other)


def test_a_mediation_is_neither_first_nor_repeated(desk: Desk) -> None:
    case = taken_in(desk, a_document())
    for deed in (
        lambda: petitions.sight_of(desk, case),
        lambda: petitions.correct_visit(desk, case, Visit.FIRST, reason="第一次"),
    ):
        with pytest.raises(RefusedByRule, match=r"petition\.kind"):
            deed()
    with pytest.raises(Unacceptable, match=r"case\.unknown"):
        petitions.sight_of(desk, CaseId("f" * 32))


def test_every_paper_of_the_lists_is_a_kind_of_paper(desk: Desk) -> None:
    (rules,) = desk.vault.tables.petitions
    assert {kind for row in rules.checklists for each in row.items for kind in each.papers} <= set(KINDS)
