"""Everything the page of a case shows, read in one go beside the screen, and how its values are worded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from mediator.casework import checking, compiling, conflicts, reading
from mediator.casework.conflicts import Version
from mediator.casework.desk import Desk, day_of
from mediator.casework.lending import AT_HOME, Whereabouts, whereabouts
from mediator.casework.reading import Happening, Opened
from mediator.core.codes import (
    AgreementForm,
    CaseKind,
    CaseStatus,
    Category,
    Code,
    DisputeType,
    IdType,
    PartyKind,
    Scope,
    Sex,
    Side,
)
from mediator.core.dates import chinese_date
from mediator.core.deadlines import Deadline
from mediator.core.lint import Finding
from mediator.core.money import Fen, figures
from mediator.core.performing import owed_now
from mediator.core.records import Agreement, Case, CaseId, Conflict, Obligation
from mediator.core.terms import field_term
from mediator.ui.words import say

SOON: Final = 3
CODES: Final[tuple[type[Code], ...]] = (
    CaseStatus, CaseKind, Category, Side, PartyKind, Sex, IdType, Scope, AgreementForm, DisputeType,
)  # fmt: skip
LINKS: Final = frozenset({"acts_for", "payer_party", "payee_party"})


@dataclass(frozen=True, slots=True)
class Sight:
    """A case with its course, findings, deadlines, and the versions of each conflict."""

    opened: Opened
    course: tuple[Happening, ...]
    findings: tuple[Finding, ...]
    deadlines: tuple[Deadline, ...]
    versions: tuple[tuple[Version, ...], ...]
    where: Whereabouts = AT_HOME

    @property
    def case(self) -> Case:
        """The record."""
        return self.opened.case


def look(desk: Desk, case: CaseId, *, traced: bool, reason: str = "") -> Sight:
    """Read it; `traced` leaves the trace of somebody opening a case, who says why where it is another's."""
    opened = reading.look_in(desk, case, reason) if traced else reading.reread(desk, case)
    found = checking.findings(desk, opened.case) if opened.case.agreement else early_findings(opened.case)
    return Sight(
        opened,
        reading.course(desk, opened),
        found,
        checking.deadlines(desk, opened.case),
        tuple(conflicts.versions(desk, opened, each) for each in opened.case.conflicts),
        whereabouts(desk, opened),
    )


def early_findings(case: Case) -> tuple[Finding, ...]:
    """What can be said before there is an agreement to check: odd numbers, open conflicts."""
    return (*checking.doubts(case), *checking.identity_findings(case))


def standing_words(sight: Sight) -> str:
    """What stands above a case that cannot be written, or that more than one room has; empty for most."""
    where, said = sight.where, list[str]()
    if sight.case.status is CaseStatus.ARCHIVED:
        said.append(say("case_page.archived"))
    if where.here:
        said.append(say("case_page.lent_here" if where.here.open else "case_page.given_back"))
    if where.out:
        said.append(say("case_page.lent_out", rooms="、".join(each.name for each in where.out)))
    if where.afterwards:
        said.append(say("case_page.afterwards", count=where.afterwards))
    return "".join(said)


def time_left(day: date, today: date) -> str:
    """`逾期 1 天`, `今天`, `剩 9 天`."""
    days = (day - today).days
    if days == 0:
        return say("workbench.today")
    return say("workbench.late", days=-days) if days < 0 else say("workbench.left", days=days)


def urgency(day: date, today: date) -> str:
    """Late, soon or calm."""
    days = (day - today).days
    return "late" if days < 0 else "soon" if days < SOON else "calm"


def next_date(sight: Sight, today: date) -> str:
    """The next sitting or deadline in words; empty when nothing is ahead."""
    sittings = [
        (day_of(each.held_at), say("case_page.sitting"))
        for each in sight.case.hearings
        if each.held_at and not each.closed and day_of(each.held_at) >= today
    ]
    ahead = sorted([*sittings, *((each.due, each.label) for each in sight.deadlines if each.due >= today)])
    if not ahead:
        return ""
    day, what = ahead[0]
    return say("case_page.next", day=chinese_date(day), left=time_left(day, today), what=what)


def owed(obligation: Obligation) -> str:
    """A sum or goods."""
    return obligation.goods if obligation.amount is None else say("case_page.yuan", sum=figures(obligation.amount))


def performance(case: Case, obligation: Obligation) -> str:
    """`已履行`, `还差 1,000.00元`, `还没有履行`."""
    owed = owed_now(case, obligation.id)
    if owed is None or not (owed.paid or owed.done):
        return say("case_page.unpaid")
    return say("case_page.paid_off") if owed.done else say("case_page.part_paid", left=figures(owed.open))


def entity_kind(case: Case, entity: str) -> tuple[str, str]:
    """The kind of an entity of a case and how a clerk would point at it."""
    return pointers(case).get(entity, ("payment", ""))


def pointers(case: Case) -> dict[str, tuple[str, str]]:
    """Kind and words by identifier: parties by name, what stands in a row by its number."""
    agreement = case.agreement or Agreement()
    found: dict[str, tuple[str, str]] = {"case": ("case", ""), "agreement": ("agreement", "")}
    found |= {turn.id: ("sentence", "") for hearing in case.hearings for turn in hearing.turns}
    found |= {each.id: nth("hearing", number) for number, each in enumerate(case.hearings, start=1)}
    found |= {each.id: nth("clause", number) for number, each in enumerate(agreement.clauses, start=1)}
    found |= {each.id: nth("obligation", number) for number, each in enumerate(agreement.obligations, start=1)}
    return found | {each.id: ("party", each.name) for each in case.parties}


def nth(kind: str, number: int) -> tuple[str, str]:
    """`第 2 条`."""
    return kind, say(f"case_page.nth_{kind}", number=number)


def conflict_name(case: Case, conflict: Conflict) -> str:
    """`张三的联系电话`, `第 2 条的协议条款`, `案件名称`."""
    kind, whose = entity_kind(case, conflict.entity)
    if conflict.field == "signed":
        what = say("case_page.two_signings")
    elif conflict.field == "present":
        what = say("case_page.presence")
    else:
        what = field_term(f"{kind}.{conflict.field}")
    return say("case_page.of", whose=whose, what=what) if whose else what


def value_words(case: Case, field: str, value: str) -> str:
    """A value as a person reads it: terms for codes, a day in Chinese, yuan, names for links."""
    if not value:
        return say("case_page.empty_value")
    special = dict.fromkeys(LINKS, named) | {"slots": compiling.said_plainly, "present": presence, "amount": sum_of}
    return special.get(field, plainly)(case, value)


def plainly(_case: Case, value: str) -> str:
    """A code's term, a day in Chinese, or the words as they stand."""
    return coded(value) or dated(value) or value


def named(case: Case, party_id: str) -> str:
    """The name behind a link; a party that is gone leaves its mark."""
    party = case.party(party_id)
    return party.name if party else party_id


def presence(_case: Case, value: str) -> str:
    """Whether something was kept or left out."""
    return say("case_page.kept") if value == "True" else say("case_page.left_out")


def sum_of(_case: Case, value: str) -> str:
    """Fen as yuan."""
    return say("case_page.yuan", sum=figures(Fen(int(value)))) if value.lstrip("-").isdigit() else value


def coded(value: str) -> str:
    """The term of a code, empty for anything else."""
    return next((member.term for codes in CODES for member in codes if member.value == value), "")


def dated(value: str) -> str:
    """A day in Chinese, empty for anything else."""
    try:
        return chinese_date(date.fromisoformat(value))
    except ValueError:
        return ""
