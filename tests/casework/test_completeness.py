"""What a kind of paper needs is said in Chinese; foundations block, the rest may be filled in by hand."""

from __future__ import annotations

from datetime import date

import pytest

from mediator.casework import completeness, printing, reading
from mediator.casework.desk import Desk
from mediator.core.codes import CaseKind
from mediator.core.lint import Severity
from mediator.core.records import Case, CaseId
from mediator.docs.catalogue import KindInfo
from mediator.docs.facts import PaperFacts
from mediator.docs.needs import FOUNDATIONS
from tests.casework.desks import a_signed_case, case_of

EMPTY = Case(CaseId("c" * 32), CaseKind.PEOPLE_MEDIATION, "", "")


@pytest.mark.parametrize("info", printing.kinds(), ids=lambda info: info.id)
def test_every_gap_of_an_empty_case_is_told_in_chinese(info: KindInfo) -> None:
    facts = PaperFacts("", date(2026, 3, 1), "")
    found = completeness.gaps(info, EMPTY, facts)
    typed = [each for each in found if each.place.startswith(f"{info.id}.")]
    asked = [field for field in info.fields if field.needed and not (field.known and field.known(EMPTY, facts))]
    assert [each.place.partition(".")[2] for each in typed] == [field.name for field in asked]
    assert all("还没有填写" in each.message and each.severity is Severity.BLOCK for each in typed)
    recorded = [each for each in found if each not in typed]
    assert len(recorded) == len(info.needs)
    for each in recorded:
        assert each.message.startswith(f"《{info.title}》还缺少")
        assert not each.message.removeprefix(f"《{info.title}》还缺少").isascii()
        assert (each.severity is Severity.BLOCK) == (each.place in FOUNDATIONS)


def test_a_whole_case_lacks_nothing_for_its_agreement(desk: Desk) -> None:
    case = case_of(desk, a_signed_case(desk))
    lacking = {each.place for each in printing.findings_for(desk, case, "mediation_agreement") if each.rule == "needs"}
    assert lacking == set()


def test_a_receipt_needs_a_payment(desk: Desk) -> None:
    case_id = a_signed_case(desk)
    found = printing.findings_for(desk, reading.reread(desk, case_id).case, "receipt")
    assert "付款记录" in "".join(each.message for each in found)
