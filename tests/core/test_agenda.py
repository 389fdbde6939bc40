"""What of a matter stands on the calendar: in Beijing's days and hours, open things alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mediator.core.agenda import Line, Planned, agenda_of
from mediator.core.codes import AgreementForm, CaseKind, CaseStatus, Category
from mediator.core.course import Course, Received
from mediator.core.money import Fen
from mediator.core.records import (
    Agreement,
    Case,
    CaseId,
    FollowUp,
    Hearing,
    HearingId,
    Obligation,
    ObligationId,
    Payment,
    PaymentId,
)

LATE_EVENING = datetime(2026, 3, 8, 16, 30, tzinfo=UTC)  # half past midnight of the 9th in Beijing
PLAIN = Case(
    CaseId("ab" * 16), CaseKind.WORK_ORDER, "路灯不亮", "", category=Category.RED,
    course=Course(received=Received("li", LATE_EVENING)),
)  # fmt: skip
MONEY = Obligation(ObligationId("1" * 32), "张三", "李四", Fen(300_00), date(2026, 4, 1))
GOODS = Obligation(ObligationId("2" * 32), "张三", "李四", goods="耕牛一头", due_on=date(2026, 4, 2))
UNDATED = Obligation(ObligationId("3" * 32), "张三", "李四", Fen(1_00))
SIGNED = Agreement(
    AgreementForm.WRITTEN, obligations=(MONEY, GOODS, UNDATED), signed_on=date(2026, 3, 5), digest="d" * 64
)


def test_days_and_hours_are_those_of_beijing() -> None:
    sitting = Hearing(HearingId("4" * 32), LATE_EVENING, "镇调解室")
    found = agenda_of(replace(PLAIN, hearings=(sitting, Hearing(HearingId("5" * 32)))))
    assert found == (
        Line(Planned.HEARING, "4" * 32, date(2026, 3, 9), "00:30", "镇调解室"),
        Line(Planned.WORK_ORDER, "", date(2026, 3, 9), "", "red", "路灯不亮"),
    )
    [line] = agenda_of(replace(PLAIN, arrived_at=datetime(2026, 3, 6, 1, 20, tzinfo=UTC), category=None))
    assert (line.on, line.at, line.tag) == (date(2026, 3, 6), "09:20", "")


@pytest.mark.parametrize("status", [CaseStatus.CLOSED, CaseStatus.WITHDRAWN, CaseStatus.TRANSFERRED])
def test_a_work_order_that_is_done_waits_for_nobody(status: CaseStatus) -> None:
    assert agenda_of(replace(PLAIN, status=status)) == ()


def test_what_is_owed_says_what_is_still_open_and_a_draft_owes_nothing() -> None:
    case = replace(PLAIN, kind=CaseKind.PEOPLE_MEDIATION, agreement=SIGNED)
    assert [(line.item[:1], line.words) for line in agenda_of(case)] == [
        ("1", "张*付李*300.00元"), ("2", "张*向李*交付耕牛一头")
    ]  # fmt: skip
    half = Payment(PaymentId("6" * 32), MONEY.id, Fen(100_00), date(2026, 3, 20))
    cow = Payment(PaymentId("7" * 32), GOODS.id, Fen(0), date(2026, 3, 20))
    assert [line.words for line in agenda_of(replace(case, payments=(half, cow)))] == ["张*付李*200.00元"]
    assert agenda_of(replace(case, agreement=replace(SIGNED, digest=""))) == ()


def test_visits_are_numbered_by_their_days() -> None:
    visits = (FollowUp(date(2026, 3, 12)), FollowUp(date(2026, 3, 10)))
    found = agenda_of(replace(PLAIN, status=CaseStatus.CLOSED, follow_ups=visits))
    assert [(line.sort, line.item, line.on.day) for line in found] == [
        (Planned.VISIT, "1", 10),
        (Planned.VISIT, "2", 12),
    ]
