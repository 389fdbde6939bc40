"""Twelve small matters of March 2026 whose figures were counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from mediator.core.codes import (
    AgreementForm,
    BodyKind,
    CameBy,
    CaseKind,
    CaseStatus,
    Category,
    Difficulty,
    DisputeType,
    OrderSort,
    Prevented,
    Reception,
    Result,
    Satisfied,
    SatisfiedWith,
    Verdict,
    Visit,
)
from mediator.core.facts import Answer, CaseFacts, Duty, Ordered, Received, Screened
from mediator.core.spans import Span

MARCH = Span(date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 10))
NEIGHBOR, LABOR, OTHER = DisputeType.NEIGHBOR, DisputeType.LABOR, DisputeType.OTHER


def day(text: str) -> date:
    """`0305` is a day of 2026."""
    return date(2026, int(text[:2]), int(text[2:]))


def a_matter(name: str, kind: CaseKind, registered: str, **more: Any) -> CaseFacts:
    """A matter with its days as four digits."""
    days = {key: day(value) for key, value in more.items() if key.endswith("_on") and isinstance(value, str)}
    plain = CaseFacts(
        name, kind, CaseStatus.REGISTERED, NEIGHBOR, CameBy.APPLIED, Difficulty.ORDINARY, BodyKind.TOWNSHIP,
        day(registered), people=1,
    )  # fmt: skip
    return replace(plain, **{**more, **days})


def an_order(name: str, sort: OrderSort, days: str, verdict: Verdict | None = None) -> Ordered:
    """An order by its days: issued, answer by, answered; `-` is none."""
    issued, by, answered = (None if each == "-" else day(each) for each in days.split())
    return Ordered(name, sort, "D03", issued, by, answered, verdict)


MEDIATION, PETITION, ORDER = CaseKind.PEOPLE_MEDIATION, CaseKind.PETITION, CaseKind.WORK_ORDER
BODY, OFFICE = SatisfiedWith.BODY, SatisfiedWith.OFFICE
TWELVE = (
    a_matter(
        "A", MEDIATION, "0302", accepted_on="0303", due_on="0403", concluded_on="0310", result=Result.AGREED,
        signed_on="0310", form=AgreementForm.WRITTEN, amount=500_000, people=2, prevented=Prevented.CRIME,
        duties=(
            Duty("a1", 300_000, 300_000, day("0320"), day("0320"), day("0320")),
            Duty("a2", 200_000, 200_000, day("0328"), day("0330"), day("0330")),
        ),
        answers=(
            Answer("a3", day("0325"), BODY, Satisfied.SATISFIED), Answer("a4", day("0325"), OFFICE, Satisfied.UNRATED)
        ),
        visited=(day("0325"),),
    ),
    a_matter(
        "B", MEDIATION, "0220", accepted_on="0220", due_on="0320", concluded_on="0325", result=Result.NOT_AGREED,
        people=3, dispute=LABOR, came=CameBy.COURT,
    ),
    a_matter("C", MEDIATION, "0305", accepted_on="0305", people=6, group=True, dispute=LABOR,
             difficulty=Difficulty.HARD),
    a_matter(
        "D", CaseKind.SETTLEMENT, "0306", accepted_on="0306", due_on="0407", concluded_on="0312", result=Result.AGREED,
        signed_on="0312", form=AgreementForm.ORAL, people=8, group=True, prevented=Prevented.GROUP_PETITION,
        from_petition=True, came=CameBy.PETITION_OFFICE, duties=(Duty("d1", 0, 0),), dispute=OTHER,
        dispute_as_given="祖坟",
    ),
    a_matter(
        "E", MEDIATION, "0308", accepted_on="0309", due_on="0409", concluded_on="0315", result=Result.WITHDRAWN,
        difficulty=Difficulty.SIMPLE,
    ),
    a_matter(
        "F", MEDIATION, "0110", accepted_on="0110", due_on="0210", concluded_on="0115", result=Result.AGREED,
        signed_on="0115", form=AgreementForm.WRITTEN, amount=100_000, confirmed_on="0301",
        duties=(Duty("f1", 100_000, 100_000, day("0315"), day("0316"), day("0402")),),
    ),
    a_matter(
        "G", MEDIATION, "0310", accepted_on="0310", due_on="0410", concluded_on="0320", result=Result.AGREED,
        signed_on="0320", form=AgreementForm.WRITTEN, amount=900_000, notarized_on="0331", returned=True,
        duties=(Duty("g1", 900_000, 0, day("0420"), day("0420")),), visited=(day("0331"), day("0402")),
        came=CameBy.PROACTIVE,
    ),
    a_matter(
        "H", PETITION, "0302", concluded_on="0320", result=Result.SETTLED, due_on="0506", sent_away=True,
        answers=(
            Answer("h1", day("0328"), BODY, Satisfied.DISSATISFIED), Answer("h2", day("0329"), OFFICE, Satisfied.MOSTLY)
        ),
        orders=(an_order("h3", OrderSort.URGE, "0310 0312 0312"),),
    ),
    a_matter(
        "I", PETITION, "0311", visit=Visit.REPEATED, people=5, group=True, due_on="0511",
        orders=(an_order("i1", OrderSort.SUPERVISE, "0320 0325 -"),),
        received=(
            Received("r1", day("0313"), Reception.FRIDAY, "王镇长", 5),
            Received("r2", day("0314"), Reception.DOWN, "", 5),
            Received("r3", day("0401"), Reception.DUTY, "", 5),
        ),
    ),
    a_matter(
        "J", ORDER, "0303", category=Category.BLUE, due_on="0303", concluded_on="0303", result=Result.SETTLED
    ),
    a_matter(
        "K", ORDER, "0316", category=Category.RED, due_on="0330",
        orders=(
            an_order("k1", OrderSort.SUGGEST, "0330 0413 0405", Verdict.ACCEPTED),
            an_order("k2", OrderSort.SUGGEST, "0331 - 0402", Verdict.RETURNED),
        ),
    ),
    a_matter(
        "L", ORDER, "0331", due_on="0408", concluded_on="0407", result=Result.SETTLED, visit=Visit.REPEATED,
        screened=(
            Screened("s1", day("0310"), "东山村", "定期排查", "何记录", 2),
            Screened("s2", day("0320"), "西山村", "日常排查", "何记录", 0), Screened("s3", day("0228"), "", "", "", 0),
        ),
    ),
)  # fmt: skip
