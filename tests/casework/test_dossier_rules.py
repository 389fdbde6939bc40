"""What a dossier must hold, by kind and state of the case: the table of the field, row by row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mediator.casework import dossier_rules
from mediator.casework.volume import Item
from mediator.core.codes import AgreementForm, CaseKind, CaseStatus
from mediator.core.lint import Severity
from mediator.core.money import Fen
from mediator.core.records import (
    Agreement,
    Case,
    CaseId,
    Excuse,
    Hearing,
    HearingId,
    Obligation,
    ObligationId,
    Payment,
    PaymentId,
    StatusMove,
    Turn,
    TurnId,
)
from mediator.docs.catalogue import KINDS

BARE = Case(CaseId("c"), CaseKind.PEOPLE_MEDIATION, "借款", "contract", number="临1-1", status=CaseStatus.REGISTERED)
HELD = (Hearing(HearingId("h"), turns=(Turn(TurnId("t"), "甲", "话。"),)),)
WRITTEN = Agreement(digest="d")
ORAL = Agreement(form=AgreementForm.ORAL, digest="d")
PAID = (Payment(PaymentId("p"), ObligationId("o"), Fen(5), date(2026, 3, 8)),)
BEGUN = ["application", "acceptance_register"]
TOLD = [*BEGUN, "rights_notice", "mediation_record"]
S = CaseStatus
KIND = CaseKind


def missing(case: Case, *there: str, simple: bool = False) -> list[str]:
    """What blocks, when these kinds are there."""
    items = [Item(kind, "", "", date(2026, 3, 9), 1, "ab", "") for kind in there]
    found = dossier_rules.lacking(case, items, simple=simple)
    return [each.place for each in found if each.severity is Severity.BLOCK]


@pytest.mark.parametrize(
    ("case", "needs"),
    [
        (BARE, []),
        (replace(BARE, status=S.ACCEPTED), BEGUN),
        (replace(BARE, accepted_on=date(2026, 3, 1)), BEGUN),
        (replace(BARE, status=S.NOT_ACCEPTED), ["refusal_notice"]),
        (replace(BARE, status=S.IN_MEDIATION, hearings=HELD), TOLD),
        (replace(BARE, status=S.SIGNED, hearings=HELD, agreement=WRITTEN), [*TOLD, "mediation_agreement"]),
        (replace(BARE, status=S.SIGNED, hearings=HELD, agreement=ORAL), [*TOLD, "oral_agreement_register"]),
        (replace(BARE, status=S.AGREED, hearings=HELD, agreement=Agreement()), TOLD),
        (replace(BARE, status=S.PERFORMED, agreement=WRITTEN, payments=PAID),
         [*BEGUN, "mediation_agreement", "receipt", "follow_up_record"]),
        (replace(BARE, status=S.CLOSED, agreement=ORAL), [*BEGUN, "oral_agreement_register"]),
        (replace(BARE, status=S.NOT_AGREED), [*BEGUN, "termination_record"]),
        (replace(BARE, status=S.CLOSED, moves=(StatusMove(S.TERMINATED, S.IN_MEDIATION),)),
         [*BEGUN, "termination_record"]),
        (replace(BARE, status=S.PERFORMING, agreement=WRITTEN, payments=(replace(PAID[0], voided=True),)),
         [*BEGUN, "mediation_agreement"]),
        (replace(BARE, kind=KIND.SETTLEMENT, status=S.SIGNED, hearings=HELD, agreement=WRITTEN),
         ["mediation_record", "settlement_agreement"]),
        (replace(BARE, kind=KIND.PETITION, status=S.CLOSED),
         ["visit_register", "petition_acceptance", "petition_answer"]),
        (replace(BARE, kind=KIND.WORK_ORDER), ["work_order_sheet"]),
    ],
)  # fmt: skip
def test_each_state_of_each_kind_of_case_has_its_papers(case: Case, needs: list[str]) -> None:
    assert missing(case) == needs
    assert missing(case, *needs) == []
    for gone in needs:
        assert missing(case, *(kind for kind in needs if kind != gone)) == [gone]


@pytest.mark.parametrize(
    ("case", "needs"),
    [
        (replace(BARE, hearings=HELD, status=S.SIGNED, agreement=ORAL), ["mediation_agreement"]),
        (replace(BARE, status=S.WITHDRAWN), ["termination_record"]),
        (replace(BARE, status=S.PERFORMED, agreement=WRITTEN, payments=PAID), ["mediation_agreement", "receipt"]),
    ],
)  # fmt: skip
def test_a_simple_case_needs_little(case: Case, needs: list[str]) -> None:
    assert missing(case, simple=True) == needs


@pytest.mark.parametrize("instead", ["transfer_slip", "settlement_agreement"])
def test_another_paper_of_the_same_use_will_do(instead: str) -> None:
    case = replace(BARE, status=S.SIGNED, agreement=WRITTEN)
    assert len(missing(case, instead)) == len(missing(case)) - 1


def test_a_paper_without_pages_here_is_not_there_and_a_reason_excuses_it() -> None:
    case = replace(BARE, kind=KIND.WORK_ORDER)
    elsewhere = [Item("work_order_sheet", "工单办理单", "号", date(2026, 3, 9), 1, "", "")]
    found = dossier_rules.lacking(case, elsewhere, simple=False)
    assert [each.place for each in found] == ["work_order_sheet", "work_order_sheet"]
    excused = replace(case, excuses=(Excuse("work_order_sheet", "原件在县里"),))
    assert dossier_rules.lacking(excused, elsewhere, simple=False) == ()


def test_what_may_be_needed_is_a_hint_and_stops_nothing() -> None:
    case = replace(BARE, kind=KIND.WORK_ORDER, hearings=HELD)
    there = [Item(kind, "", "", date(2026, 3, 9), 1, "a", "") for kind in ("work_order_sheet", "mediation_record")]
    found = dossier_rules.lacking(case, there, simple=False)
    assert {each.severity for each in found} == {Severity.INFO}
    assert [each.place for each in found] == list(dossier_rules.ON_DEMAND)


def test_every_kind_in_the_table_is_a_kind_of_paper() -> None:
    named = {kind for rows in dossier_rules.NEEDS.values() for need in rows for kind in need.kinds}
    assert named | set(dossier_rules.ON_DEMAND) <= set(KINDS)
    assert set(dossier_rules.NEEDS) == set(CaseKind)


CLOSING = "卷号临1-1承办单位某会承办人李调解受案时间2026年3月1日结案时间2026年3月9日填表时间"
COVER = "卷名借款卷号临1-1人民调解员李调解、王调解调解日期"
REGISTER = "2026年3月1日"
DONE = replace(
    BARE, status=S.PERFORMED, accepted_on=date(2026, 3, 1), payments=PAID,
    agreement=Agreement(digest="d", obligations=(Obligation(ObligationId("o"), "乙", "甲", Fen(5)),)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("closing", "cover", "register", "places"),
    [
        (CLOSING, COVER, REGISTER, []),
        (CLOSING.replace("临1-1", "临1-2"), COVER, REGISTER, ["closing_report.case_number"]),
        (CLOSING, COVER.replace("临1-1", "临1-11"), REGISTER, ["closing_report.case_number"]),
        (CLOSING.replace("李调解", "赵调解"), COVER, REGISTER, ["closing_report.worker"]),
        (CLOSING.replace("李调解", ""), COVER, REGISTER, ["closing_report.worker"]),
        (CLOSING.replace("3月1日", "3月2日"), COVER, REGISTER, ["closing_report.accepted_on"]),
        (CLOSING, COVER, "2026年3月11日", ["acceptance_register.accepted_on"]),
        (CLOSING.replace("3月9日", "3月7日"), COVER, REGISTER, ["closing_report.closed_on"]),
        (CLOSING.replace("2026年3月9日", ""), COVER, REGISTER, ["closing_report.closed_on"]),
    ],
)  # fmt: skip
def test_four_things_are_equal_or_named(closing: str, cover: str, register: str, places: list[str]) -> None:
    texts = {"closing_report": closing, "case_cover": cover, "acceptance_register": register}
    assert [each.place for each in dossier_rules.unequal(DONE, texts)] == places


def test_what_was_paid_only_in_part_is_not_performed() -> None:
    texts = {"closing_report": CLOSING, "case_cover": COVER}
    part = replace(DONE, payments=(replace(PAID[0], amount=Fen(4)),))
    assert [each.place for each in dossier_rules.unequal(part, texts)] == ["performance"]
    excused = replace(part, excuses=(Excuse("performance", "已起诉"),))
    assert dossier_rules.unequal(excused, texts) == ()
