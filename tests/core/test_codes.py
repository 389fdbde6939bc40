"""Code lists: what travels is fixed for ever, what is printed is the official term."""

from __future__ import annotations

import re

import pytest

from mediator.core import codes
from mediator.core.codes import CaseKind, CaseStatus, Code, IdType, Side

LISTS = [
    each for each in vars(codes).values() if isinstance(each, type) and issubclass(each, Code) and each is not Code
]

# What entries already hold: a value that is renamed here would lose facts that were written.
TRAVELLING = {
    "CaseKind": "people_mediation settlement administrative_mediation judicial_mediation petition work_order",
    "Side": "applicant respondent third_party agent guardian witness invited subject",
    "PartyKind": "person organization",
    "Sex": "male female",
    "IdType": "resident_id residence_permit passport foreigner_permanent credit_code other",
    "Scope": "general special",
    "Category": "blue yellow orange red",
    "AgreementForm": "written oral",
    "CaseStatus": "registered accepted not_accepted in_mediation agreed signed not_agreed withdrawn terminated "
    "performing performed breached followed_up closed archived transferred "
    "judged handling answered in_review in_second_review concluded",
    "LinkReason": "petition_to_mediation litigation_apart handed_on joint reopened same_matter",
    "LinkRole": "origin target",
    "PeriodStep": "extended paused resumed",
    "OrderSort": "urge supervise suggest",
    "Verdict": "accepted returned",
    "OrderState": "unseen waiting late silent answered accepted returned moved done",
    "Satisfied": "satisfied mostly dissatisfied unrated",
    "SatisfiedWith": "body office",
    "Likeness": "person matter similar",
    "Risk": "low middle high",
    "Visit": "first repeated",
    "Standing": "open part_paid paid late waived",
    "DisputeType": "marriage_family neighbor housing_homestead contract production_business damages "
    "forest_land expropriation environment labor consumer medical traffic "
    "property_management village_affairs other",
    "CameBy": "applied proactive entrusted_court entrusted_police entrusted_procuratorate "
    "entrusted_petition entrusted_hotline entrusted_other other",
    "Difficulty": "simple ordinary hard unstated",
    "Result": "agreed not_agreed withdrawn terminated settled refused transferred pending",
    "Performed": "performed performing breached",
    "BodyKind": "village township enterprise industry other",
    "Prevented": "crime group_petition other",
    "Reception": "reception.duty reception.friday reception.tour reception.fixed reception.invited "
    "reception.joint reception.down",
}


@pytest.mark.parametrize("each", LISTS, ids=lambda each: each.__name__)
def test_no_value_and_no_term_stands_twice(each: type[Code]) -> None:
    members = list(each.__members__.values())
    assert len({member.value for member in members}) == len({member.term for member in members}) == len(members)
    assert len(list(each)) == len(members)


@pytest.mark.parametrize("each", LISTS, ids=lambda each: each.__name__)
def test_values_travel_as_plain_words_and_terms_are_chinese(each: type[Code]) -> None:
    for member in each:
        assert re.fullmatch(r"[a-z][a-z_.]*", member.value)
        assert re.fullmatch(r"[\u4e00-\u9fff（）0-9]+", member.term)


def test_what_travels_is_never_renamed() -> None:
    assert {each.__name__: " ".join(member.value for member in each) for each in LISTS} == TRAVELLING


@pytest.mark.parametrize(
    ("member", "term"),
    [
        (CaseKind.PEOPLE_MEDIATION, "人民调解"), (Side.RESPONDENT, "被申请人"), (CaseStatus.NOT_AGREED, "调解不成"),
        (CaseStatus.NOT_ACCEPTED, "不予受理"), (CaseStatus.PERFORMED, "履行完毕"),
        (IdType.CREDIT_CODE, "统一社会信用代码"),
    ],
)  # fmt: skip
def test_terms_are_those_of_the_forms(member: Code, term: str) -> None:
    assert member.term == term
