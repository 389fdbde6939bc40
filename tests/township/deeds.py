"""The steps of a matter as the deeds of casework, on the day on which they happen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from mediator.casework import agreement, dossier, hearing, importing, intake, performing, periods, reviewing
from mediator.casework.agreement import ObligationForm
from mediator.casework.desk import Desk
from mediator.casework.drafting import member
from mediator.casework.hearing import SCRIPT, HearingForm
from mediator.casework.intake import CaseForm, PartyForm
from mediator.casework.performing import FollowUpForm
from mediator.casework.periods import Approval
from mediator.core.codes import CaseKind, CaseStatus, Category, Satisfied, SatisfiedWith, Side
from mediator.core.findings import Severity
from mediator.core.money import parse_yuan
from mediator.core.records import Case, CaseId
from mediator.core.reviewing import ReviewStep
from tests.casework.desks import case_of, encoded
from tests.township.matters import Matter, Step

HEAD: Final = "王所长"
TALKING: Final = 5


def done(desk: Desk, matter: Matter, step: Step) -> None:
    """Do one step at the desk that has the matter."""
    DEEDS[step.what](desk, matter, **step.told)


def here(desk: Desk, matter: Matter) -> tuple[CaseId, Case]:
    """The matter as it stands."""
    return CaseId(matter.id), case_of(desk, CaseId(matter.id))


def take_in(desk: Desk, matter: Matter, *, applied: bool) -> None:
    """An application for mediation."""
    matter.id = importing.import_file(desk, encoded(matter.document)).cases[0].id
    if applied:
        periods.record_event(desk, CaseId(matter.id), "applied")


def take_call(desk: Desk, matter: Matter, *, category: Category, at: datetime) -> None:
    """A work order of the hotline."""
    opened(desk, matter, CaseKind.WORK_ORDER, category)
    seen = desk.vault.case(CaseId(matter.id)).seen
    intake.save_case(desk, CaseId(matter.id), seen, {"arrived_at": at})


def take_petition(desk: Desk, matter: Matter) -> None:
    """A petition at the counter."""
    opened(desk, matter, CaseKind.PETITION, None)


def opened(desk: Desk, matter: Matter, kind: CaseKind, category: Category | None) -> None:
    """What was told, registered with who told it and about whom."""
    told = matter.document
    form = CaseForm(told["title"], told["dispute_type"], told["facts"], kind, told["requests"], category=category)
    matter.id = intake.open_case(desk, form)
    for each in told["parties"]:
        party = PartyForm(member(Side, each["side"]), each["name"], ref=each["ref"], phone=each["phone"])
        intake.add_party(desk, CaseId(matter.id), desk.vault.case(CaseId(matter.id)).seen, party)


def accept(desk: Desk, matter: Matter) -> None:
    """受理."""
    intake.accept(desk, CaseId(matter.id))


def accept_petition(desk: Desk, matter: Matter) -> None:
    """甄别 and 受理."""
    intake.move(desk, CaseId(matter.id), CaseStatus.JUDGED)
    intake.accept(desk, CaseId(matter.id))


def hold(desk: Desk, matter: Matter, *, hearing: Mapping[str, Any]) -> None:
    """A sitting: rights told, both sides heard, read back."""
    sit(desk, matter, hearing)


def sit(desk: Desk, matter: Matter, told: Mapping[str, Any]) -> None:
    """The same; the first turns and the last one."""
    case_id, case = here(desk, matter)
    form = HearingForm(desk.workshop.clock.now(), told["place"], told["mediators"], told["recorder"])
    sitting = hearing.open_hearing(desk, case_id, form, under_way=True)
    parties = {each.ref: each for each in case.parties}
    turns = told["turns"]
    for turn in (*turns[:TALKING], turns[-2]):
        party = parties.get(turn["speaker"])
        name = party.name if party else turn["speaker"]
        hearing.record_turn(
            desk, case_id, sitting, speaker=name, text=turn["text"], party=party.id if party else None
        )  # fmt: skip
    hearing.tick_script(desk, case_id, sitting, done=[each.id for each in SCRIPT])
    hearing.close_hearing(desk, case_id, sitting)


def sign(desk: Desk, matter: Matter, *, agreement: Mapping[str, Any]) -> None:
    """The agreement is written down and signed."""
    written(desk, matter, agreement)


def written(desk: Desk, matter: Matter, told: Mapping[str, Any]) -> None:
    """Its parts one by one, as the form keeps them, then the signatures."""
    case_id, case = here(desk, matter)
    parties = {each.ref: each for each in case.parties}
    heads = {name: told[name] for name in ("form", "place", "copies", "disputed_points", "responsibility")}
    agreement.save_agreement(desk, case_id, desk.vault.case(case_id).seen, heads)
    for each in told["clauses"]:
        agreement.add_clause(desk, case_id, desk.vault.case(case_id).seen, text=each["text"])
    for each in told["payments"]:
        payer, payee = parties[each["payer"]], parties[each["payee"]]
        form = ObligationForm(
            payer.name, payee.name, parse_yuan(each["amount"]), date.fromisoformat(each["due"]), method=each["method"],
            part_of_total=bool(each.get("part_of_total")), payer_party=payer.id, payee_party=payee.id,
        )  # fmt: skip
        agreement.add_obligation(desk, case_id, desk.vault.case(case_id).seen, form)
    agreement.sign(desk, case_id, desk.today(), reason="双方要求照此签订")


def fail(desk: Desk, matter: Matter, *, to: str) -> None:
    """No agreement came of it."""
    intake.move(desk, CaseId(matter.id), member(CaseStatus, to), "当事人不愿继续")


def pay(desk: Desk, matter: Matter, *, place: int) -> None:
    """One part is paid whole."""
    case_id, case = here(desk, matter)
    assert case.agreement
    owed = sorted(case.agreement.obligations, key=lambda each: str(each.due_on))[place]
    assert owed.amount
    performing.record_payment(desk, case_id, owed.id, amount=owed.amount, paid_on=desk.today())


def visit(desk: Desk, matter: Matter) -> None:
    """A visit, and both questions asked by somebody else than the mediator."""
    case_id = CaseId(matter.id)
    performing.record_follow_up(desk, case_id, FollowUpForm(desk.today(), visitor="吴回访", situation="按约履行"))
    answers = tuple(Satisfied)
    for number, about in enumerate(SatisfiedWith):
        answer = answers[(int(matter.id[:4], 16) + number) % len(answers)]
        form = reviewing.SatisfactionForm(about, answer, desk.today(), asked_by="吴回访")
        reviewing.record_satisfaction(desk, case_id, form)


def note(desk: Desk, matter: Matter, *, event: str) -> None:
    """Something happened that a period starts or ends with."""
    periods.record_event(desk, CaseId(matter.id), event)


def extend(desk: Desk, matter: Matter, *, rule: str, length: int) -> None:
    """The head makes a period longer."""
    periods.extend(desk, CaseId(matter.id), rule, length=length, approval=Approval(HEAD, "情况复杂"))


def answer(desk: Desk, matter: Matter, *, reviewed: bool = False) -> None:
    """Handled and answered."""
    case_id, case = here(desk, matter)
    if case.status is CaseStatus.REGISTERED:
        intake.move(desk, case_id, CaseStatus.JUDGED)
    intake.move(desk, case_id, CaseStatus.HANDLING)
    for step in ReviewStep if reviewed else ():
        reviewing.review(desk, case_id, step, text="情况属实，已处理")
    intake.move(desk, case_id, CaseStatus.ANSWERED)


def close(desk: Desk, matter: Matter) -> None:
    """Papers that are not there are excused, then the head closes."""
    case_id = CaseId(matter.id)
    for each in dossier.lacking(desk, case_id):
        if each.severity is Severity.BLOCK:
            dossier.excuse(desk, case_id, each.place, "纸质件另存")
    intake.move(desk, case_id, CaseStatus.CLOSED, approved_by=HEAD)


DEEDS: Final[Mapping[str, Callable[..., None]]] = {
    each.__name__: each
    for each in (
        take_in, take_call, take_petition, accept, accept_petition, hold, sign, fail, pay, visit, note, extend, answer,
        close,
    )
}  # fmt: skip
