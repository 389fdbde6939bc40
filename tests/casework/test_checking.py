"""Findings of a case: numbers that look wrong, values nobody chose, in order of weight."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mediator.casework import checking
from mediator.casework.checking import identity_findings, rule_names
from mediator.casework.desk import Desk
from mediator.core.codes import CaseKind, IdType, PartyKind, Sex, Side
from mediator.core.lint import Finding, Severity
from mediator.core.records import Case, CaseId, Conflict, Party, PartyId
from tests.casework.desks import a_document, a_signed_case, case_of, taken_in

# GB 11643-1999's own example: born 31 December 1949, female, check character X.
SOUND = "11010519491231002X"


def with_party(**changes: object) -> Case:
    """A case with one party."""
    party = Party(PartyId("a" * 32), "a", Side.APPLICANT, PartyKind.PERSON, "李四", id_type=IdType.RESIDENT_ID)
    return Case(CaseId("c" * 32), CaseKind.PEOPLE_MEDIATION, "借款", "借款纠纷", parties=(replace(party, **changes),))  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(
    ("changes", "messages"),
    [
        ({"id_number": SOUND}, []),
        ({"id_number": SOUND, "birth_date": date(1949, 12, 31), "sex": Sex.FEMALE}, []),
        ({"id_number": ""}, []),
        ({"id_number": SOUND[:-1] + "0"}, ["居民身份证号码校验码不对，请核对"]),
        ({"id_number": "110105194913310022"}, ["居民身份证号码其中的出生日期不存在，请核对"]),
        ({"id_number": "1101"}, ["居民身份证号码格式不对，请核对"]),
        ({"id_number": SOUND, "birth_date": date(1950, 1, 1)}, ["出生日期与身份证号码不一致"]),
        ({"id_number": SOUND, "sex": Sex.MALE}, ["性别与身份证号码不一致"]),
        ({"id_number": SOUND, "birth_date": date(1950, 1, 1), "sex": Sex.MALE},
         ["出生日期与身份证号码不一致", "性别与身份证号码不一致"]),
        ({"id_number": "12345", "id_type": IdType.PASSPORT}, []),
        ({"id_number": "91350100M000100Y43", "id_type": IdType.CREDIT_CODE}, []),
        ({"id_number": "91350100M000100Y44", "id_type": IdType.CREDIT_CODE}, ["统一社会信用代码校验码不对，请核对"]),
    ],
)  # fmt: skip
def test_a_number_that_looks_wrong_is_a_warning_and_blocks_nothing(
    changes: dict[str, object], messages: list[str]
) -> None:
    found = identity_findings(with_party(**changes))
    assert [each.message for each in found] == messages
    assert all(each.severity is Severity.WARN and each.source and each.place.startswith("parties.0.") for each in found)


def test_what_blocks_stands_first(desk: Desk) -> None:
    case = case_of(desk, a_signed_case(desk))
    torn = replace(case, conflicts=(Conflict("case", "title", ("甲", "乙"), ("a", "b")),))
    found = checking.findings(desk, torn)
    weights = [list(Severity).index(each.severity) for each in found]
    assert weights == sorted(weights)
    assert (found[0].rule, found[0].place) == ("conflict.open", "case.title")
    assert checking.blocking(desk, torn) == found[:1]


def test_rules_are_named_once_and_in_words_where_they_have_no_number() -> None:
    found = [Finding(rule, Severity.BLOCK, "", "", "") for rule in ("V01", "needs", "V01", "conflict.open")]
    assert rule_names(found) == "V01、内容不全、内容有冲突"


def test_a_case_without_committee_is_printed_with_the_rooms_own(desk: Desk) -> None:
    case = case_of(desk, taken_in(desk, a_document()))
    assert checking.as_printed(desk, case).organization == "缙云县壶镇镇人民调解委员会"
    other = replace(case, organization="另一个调委会")
    assert checking.as_printed(desk, other) is other
