"""From a case to its facts: days, results, what returned, what is owed, what forms and events tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from mediator.core.calendar import shipped_calendar
from mediator.core.codes import (
    AgreementForm,
    CameBy,
    CaseKind,
    CaseStatus,
    Category,
    LinkReason,
    LinkRole,
    Performed,
    PeriodStep,
    Reception,
    Result,
    Visit,
)
from mediator.core.course import Course, Event, EventId, Link, LinkId, PeriodChange, PeriodId, Received
from mediator.core.deadlines import every_deadline
from mediator.core.fact_making import CONCLUDED, CONFIRMED, facts_of
from mediator.core.facts import CaseFacts
from mediator.core.money import Fen
from mediator.core.published import Published, as_shipped, in_force
from mediator.core.records import (
    Agreement,
    Case,
    CaseId,
    FormId,
    Hearing,
    HearingId,
    Obligation,
    ObligationId,
    PaperForm,
    Payment,
    PaymentId,
    StatusMove,
    Value,
)
from mediator.core.tables import shipped
from mediator.journal.facts import facts_bytes, facts_from

S = CaseStatus
CALENDAR = shipped_calendar()
TABLES = as_shipped(CALENDAR)
ARRIVED = datetime(2026, 3, 9, 1, 20, tzinfo=UTC)
ENTERED = Course(received=Received("li", datetime(2026, 3, 9, tzinfo=UTC)))


def a_case(**more: Any) -> Case:
    """A case entered on 9 March 2026."""
    plain = Case(CaseId("ab" * 16), CaseKind.PEOPLE_MEDIATION, "借款", "借款纠纷", course=ENTERED)
    return replace(plain, **more)


def facts(**more: Any) -> CaseFacts:
    """Its facts."""
    case = a_case(**more)
    return facts_of(case, TABLES, every_deadline(case, calendar=CALENDAR))


@pytest.mark.parametrize(
    ("people", "ours", "theirs"), [(4, False, False), (5, True, False), (9, True, False), (10, True, True)]
)
def test_a_groups_matter_is_told_by_the_countys_table_of_the_day_of_registration(
    people: int, ours: bool, theirs: bool
) -> None:
    table = {**shipped("petitions.json"), "group": 10}  # type: ignore[dict-item]  # a table
    for since, group in ((date(2026, 3, 10), ours), (date(2026, 3, 9), theirs)):
        tables = in_force(CALENDAR, [Published("petitions", "2", since, table)])
        assert facts_of(a_case(people=people), tables, ()).group is group
        assert tables.mark != TABLES.mark, "rows that were counted by another table are stale"


def moves(*steps: tuple[S, int]) -> tuple[StatusMove, ...]:
    """Moves on days of April 2026."""
    before, found = S.REGISTERED, []
    for to, day in steps:
        found.append(StatusMove(to, before, datetime(2026, 4, day, 10, tzinfo=UTC)))
        before = to
    return tuple(found)


@pytest.mark.parametrize(
    ("more", "day"),
    [
        ({}, "2026-03-09"),
        ({"accepted_on": date(2026, 3, 20)}, "2026-03-09"),
        ({"accepted_on": date(2009, 10, 26)}, "2009-10-26"),
        ({"dates": (("申请", date(2026, 3, 2)),)}, "2026-03-02"),
        ({"dates": (("结算", date(2026, 3, 2)),)}, "2026-03-09"),
        ({"arrived_at": datetime(2026, 3, 4, 9, tzinfo=UTC), "dates": (("申请", date(2026, 3, 2)),)}, "2026-03-04"),
    ],
)
def test_the_day_of_registration_is_when_it_came_in_not_when_it_was_typed(more: dict[str, Any], day: str) -> None:
    assert facts(**more).registered_on.isoformat() == day


@pytest.mark.parametrize(
    ("steps", "result", "day", "returned"),
    [
        ((), Result.PENDING, None, False),
        (((S.ACCEPTED, 1), (S.IN_MEDIATION, 2)), Result.PENDING, None, False),
        (((S.AGREED, 3), (S.SIGNED, 5)), Result.AGREED, 3, False),
        (((S.AGREED, 3), (S.IN_MEDIATION, 4)), Result.PENDING, None, False),
        (((S.NOT_AGREED, 3), (S.CLOSED, 9)), Result.NOT_AGREED, 3, False),
        (((S.NOT_AGREED, 3), (S.IN_MEDIATION, 4), (S.AGREED, 6)), Result.AGREED, 6, True),
        (((S.SIGNED, 3), (S.BREACHED, 5), (S.IN_MEDIATION, 6)), Result.PENDING, None, True),
        (((S.WITHDRAWN, 3), (S.CLOSED, 4), (S.ARCHIVED, 5)), Result.WITHDRAWN, 3, False),
        (((S.TRANSFERRED, 3), (S.IN_MEDIATION, 4)), Result.PENDING, None, False),
        (((S.TRANSFERRED, 3),), Result.TRANSFERRED, 3, False),
    ],
)
def test_the_result_is_that_of_the_present_round(
    steps: tuple[tuple[S, int], ...], result: Result, day: int | None, returned: bool
) -> None:
    found = facts(moves=moves(*steps), status=steps[-1][0] if steps else S.REGISTERED)
    assert (found.result, found.returned) == (result, returned)
    assert found.concluded_on == (date(2026, 4, day) if day else None)


def test_an_older_matter_entered_whole_ended_when_its_record_says_and_a_clerks_word_counts_most() -> None:
    entered = replace(ENTERED, received=Received("li", datetime(2026, 4, 9, tzinfo=UTC)))
    old = {
        "course": entered,
        "accepted_on": date(2025, 3, 5),
        "moves": moves((S.NOT_AGREED, 9)),
        "status": S.NOT_AGREED,
    }
    assert facts(**old).concluded_on == date(2025, 3, 5)
    held = Hearing(HearingId("e" * 32), datetime(2025, 3, 20, 1, tzinfo=UTC))
    assert facts(**old, hearings=(held,)).concluded_on == date(2025, 3, 20)
    assert facts(**old, dates=(("终止", date(2025, 4, 1)),)).concluded_on == date(2025, 4, 1)
    assert facts(**{**old, "moves": moves((S.NOT_AGREED, 10))}).concluded_on == date(2026, 4, 10)
    told = replace(entered, events=(Event(EventId("f" * 32), CONCLUDED, date(2025, 4, 3)),))
    assert facts(**{**old, "course": told}).concluded_on == date(2025, 4, 3)


def test_a_petition_is_settled_by_closing_and_a_mediation_is_not() -> None:
    steps = moves((S.ACCEPTED, 1), (S.CLOSED, 9))
    assert facts(kind=CaseKind.PETITION, moves=steps).result is Result.SETTLED
    assert facts(kind=CaseKind.PETITION, moves=moves((S.NOT_ACCEPTED, 1), (S.ARCHIVED, 2))).result is Result.REFUSED
    assert facts(moves=steps).result is Result.PENDING
    handled = ((S.ACCEPTED, 1), (S.HANDLING, 2), (S.ANSWERED, 5))
    for life in (handled, (*handled, (S.CLOSED, 20))):
        told = facts(kind=CaseKind.PETITION, moves=moves(*life))
        assert (told.result, told.concluded_on) == (Result.SETTLED, date(2026, 4, 5)), "by its answer, not its closing"


@pytest.mark.parametrize(
    ("more", "due"),
    [
        ({}, None),
        ({"accepted_on": date(2026, 9, 5)}, "2026-10-08"),  # rules.md: D03 of 2026-09-05
        ({"accepted_on": date(2026, 1, 31)}, "2026-02-28"),
        ({"kind": CaseKind.PETITION, "accepted_on": date(2026, 8, 3)}, "2026-10-08"),  # D11
        ({"kind": CaseKind.WORK_ORDER, "category": Category.BLUE, "arrived_at": ARRIVED}, "2026-03-09"),
        ({"kind": CaseKind.WORK_ORDER, "category": Category.ORANGE, "arrived_at": ARRIVED}, "2026-03-12"),
        ({"kind": CaseKind.WORK_ORDER, "category": Category.RED, "arrived_at": ARRIVED}, "2026-03-23"),
        ({"kind": CaseKind.WORK_ORDER, "arrived_at": ARRIVED}, None),
    ],
)
def test_the_last_day_is_that_of_the_period_of_its_kind(more: dict[str, Any], due: str | None) -> None:
    found = facts(**more).due_on
    assert (found.isoformat() if found else None) == due


def test_an_approved_extension_moves_the_last_day() -> None:
    extended = PeriodChange(PeriodId("1" * 32), "D11", PeriodStep.EXTENDED, date(2026, 9, 1), 30, "days", "王镇长")
    course = replace(ENTERED, periods=(extended,))
    found = facts(kind=CaseKind.PETITION, accepted_on=date(2026, 8, 3), course=course)
    assert found.due_on == date(2026, 11, 2)  # rules.md: D11+D12


def test_what_is_owed_is_met_on_the_day_that_reaches_the_sum() -> None:
    owed = Obligation(ObligationId("c" * 32), "张三", "李四", Fen(300_00), date(2026, 3, 28))
    paid = tuple(
        Payment(PaymentId(f"{n:032x}"), owed.id, Fen(fen), date(2026, 3, day), voided=voided)
        for n, (fen, day, voided) in enumerate(((100_00, 20, False), (250_00, 21, True), (200_00, 30, False)))
    )
    agreement = Agreement(AgreementForm.WRITTEN, obligations=(owed,), signed_on=date(2026, 3, 10), digest="d" * 64)
    found = facts(agreement=agreement, payments=paid, moves=moves((S.SIGNED, 1)), status=S.SIGNED)
    [duty] = found.duties
    assert (duty.paid, duty.done_on, duty.last_on) == (300_00, date(2026, 3, 30), date(2026, 3, 30))
    assert (found.amount, found.concluded_on, found.performed) == (300_00, date(2026, 3, 10), Performed.PERFORMED)
    half = facts(agreement=agreement, payments=paid[:1], moves=moves((S.SIGNED, 1)), status=S.BREACHED)
    assert half.performed is Performed.BREACHED
    draft = facts(agreement=replace(agreement, digest=""), payments=paid)
    assert (draft.signed_on, draft.form, draft.duties, draft.performed) == (None, None, (), None)


def test_links_say_that_it_came_back_was_sent_on_or_came_from_a_petition() -> None:
    def linked(reason: LinkReason, role: LinkRole) -> CaseFacts:
        return facts(course=replace(ENTERED, links=(Link(LinkId("2" * 32), "3" * 32, reason, role),)))

    assert linked(LinkReason.SAME_MATTER, LinkRole.ORIGIN).returned
    assert linked(LinkReason.SAME_MATTER, LinkRole.TARGET).visit is Visit.REPEATED
    assert linked(LinkReason.LITIGATION_APART, LinkRole.ORIGIN).sent_away
    came = linked(LinkReason.PETITION_TO_MEDIATION, LinkRole.TARGET)
    assert (came.from_petition, came.came, came.sent_away, came.returned) == (
        True, CameBy.PETITION_OFFICE, False, False
    )  # fmt: skip


def test_events_and_forms_are_read_and_strange_ones_passed_over() -> None:
    events = (
        Event(EventId("4" * 32), Reception.FRIDAY.value, date(2026, 3, 13), by="王镇长", text="当场答复"),
        Event(EventId("5" * 32), CONFIRMED, date(2026, 3, 20)), Event(EventId("6" * 32), "unknown", date(2026, 3, 21)),
    )  # fmt: skip
    report: dict[str, Value] = {
        "screened_on": "2026-03-10",
        "area": "东山村",
        "found": (("1", "张三"), ("2", "李四"), ("", "")),
    }
    forms = (
        PaperForm(FormId("7" * 32), "screening_report", report), PaperForm(FormId("8" * 32), "screening_report", {}),
        PaperForm(FormId("9" * 32), "backlog_plan", {"leader": "王镇长", "deadline": "2026-06-30"}),
    )  # fmt: skip
    found = facts(course=replace(ENTERED, events=events), forms=forms, people=7)
    assert found.group
    [reception], [screening] = found.received, found.screened
    assert (reception.how, reception.leader, reception.people) == (Reception.FRIDAY, "王镇长", 7)
    assert (screening.area, screening.found, found.confirmed_on) == ("东山村", 2, date(2026, 3, 20))
    assert (found.sheet.leader, found.sheet.until, found.sheet.backlog) == ("王镇长", "2026-06-30", True)
    assert facts_from(facts_bytes(found)) == found
