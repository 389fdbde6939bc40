"""What is not as the rules of procedure want: found in the record, told once, and not where it is still in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mediator.core.codes import AgreementForm, CaseStatus
from mediator.core.procedure import advice_of
from mediator.core.records import Case, FollowUp, Hearing, HearingId
from tests.core.matters import a_case, signed

TODAY = date(2026, 6, 1)
HEARING = Hearing(HearingId("05" * 16))


def rules(case: Case) -> list[tuple[str, str]]:
    """Rule and place of each finding that is no finding of the agreement's own lint."""
    return [(each.rule, each.place) for each in advice_of(case, today=TODAY) if each.rule.startswith("L")]


@pytest.mark.parametrize(
    ("members", "found"),
    [
        ({"status": CaseStatus.CLOSED, "agreement": signed()}, ["L08"]),
        ({"status": CaseStatus.PERFORMED, "agreement": signed()}, []),
        ({"status": CaseStatus.ARCHIVED, "agreement": signed()}, []),
        ({"status": CaseStatus.CLOSED, "agreement": signed(form=AgreementForm.ORAL)}, []),
        ({"status": CaseStatus.CLOSED}, []),
        ({"status": CaseStatus.CLOSED, "agreement": signed(), "follow_ups": (FollowUp(TODAY),)}, []),
        ({"status": CaseStatus.SIGNED, "hearings": (HEARING,)}, ["L03"]),
        ({"status": CaseStatus.IN_MEDIATION, "hearings": (HEARING,)}, []),
        ({"status": CaseStatus.SIGNED, "hearings": (replace(HEARING, mediators=("李调解",)),)}, []),
    ],
)  # fmt: skip
def test_what_is_missing_is_found_when_it_is_too_late_to_be_under_way(
    members: dict[str, Any], found: list[str]
) -> None:
    assert [rule for rule, _ in rules(a_case(**members))] == found


def test_an_agreement_in_force_that_would_not_be_signed_today_is_told_by_its_rule_and_place() -> None:
    case = a_case(status=CaseStatus.SIGNED, agreement=signed())
    found = {(each.rule, each.place): each.text for each in advice_of(case, today=TODAY)}
    assert found[("V08", "parties")] == "已生效的协议：协议必须有双方当事人"
    assert all(rule != "V36" for rule, _ in found), "the committee is what the room fills in when it prints"
    draft = replace(case, agreement=replace(signed(), digest=""))
    assert advice_of(draft, today=TODAY) == ()


def test_a_hearing_is_named_by_its_id_that_no_desk_changes() -> None:
    case = a_case(status=CaseStatus.SIGNED, hearings=(HEARING,))
    assert rules(case) == [("L03", f"hearings.{HEARING.id}.mediators")]
