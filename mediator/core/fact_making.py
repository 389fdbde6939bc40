"""From a folded case to its facts: the one road by which room and county count, so that their figures cannot differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from mediator.core.calendar import Calendar
from mediator.core.codes import (
    AgreementForm,
    CameBy,
    CaseStatus,
    DisputeType,
    LinkReason,
    LinkRole,
    Reception,
    Result,
    Side,
    Visit,
)
from mediator.core.deadlines import Deadline
from mediator.core.events import EventWord, day_of
from mediator.core.facts import MEDIATED, Answer, CaseFacts, Duty, Ordered, Received, Screened, Sheet
from mediator.core.performing import Owed, obligations_now
from mediator.core.petitions import rules_on
from mediator.core.published import InForce
from mediator.core.recognizing import body_of, came_of, difficulty_of, dispute_of, prevented_of
from mediator.core.records import Case, PaperForm, StatusMove

APPLIED: Final = ("申请", "登记", "来访", "收件")
ENDS: Final = {
    CaseStatus.AGREED: Result.AGREED, CaseStatus.SIGNED: Result.AGREED, CaseStatus.NOT_AGREED: Result.NOT_AGREED,
    CaseStatus.WITHDRAWN: Result.WITHDRAWN, CaseStatus.TERMINATED: Result.TERMINATED,
    CaseStatus.NOT_ACCEPTED: Result.REFUSED, CaseStatus.TRANSFERRED: Result.TRANSFERRED,
}  # fmt: skip
AGAIN: Final = frozenset({CaseStatus.REGISTERED, CaseStatus.ACCEPTED, CaseStatus.IN_MEDIATION})
REOPENED: Final = frozenset({CaseStatus.CLOSED, CaseStatus.ARCHIVED, CaseStatus.BREACHED, CaseStatus.NOT_AGREED})
SHUT: Final = frozenset({CaseStatus.CLOSED, CaseStatus.ARCHIVED})
RETURNS: Final = frozenset({LinkReason.REOPENED, LinkReason.SAME_MATTER})
SENT: Final = frozenset({LinkReason.HANDED_ON, LinkReason.LITIGATION_APART})
# Words of events in a matter's course that the statistics read.
CONFIRMED, ANSWERED, CONCLUDED = EventWord.CONFIRMED.value, EventWord.ANSWERED.value, EventWord.CONCLUDED.value
NOTARIZED: Final = "notarized"
# Deadlines of a whole matter: by the last of them it is told whether the matter was done in time.
WHOLE: Final = frozenset({"D03", "D11", "D20", "D21", "D22", "D23"})
ENDED: Final = ("结案", "办结", "终止", "撤回", "协议")
SHOWN: Final = 120
SHEET_FIELDS: Final = ("leader", "officer", "deadline", "progress")


def facts_of(case: Case, tables: InForce, deadlines: Sequence[Deadline]) -> CaseFacts:
    """The facts of a case with every deadline that ever started in it; the same whoever asks and whenever."""
    concluded, result, again = ending_of(case)
    registered, signed = registered_on(case), signed_on(case)
    dispute, came = dispute_of(case.dispute_type), came_of(case.origin)
    petition = linked(case, frozenset({LinkReason.PETITION_TO_MEDIATION}), LinkRole.TARGET)
    duties = tuple(duties_of(case, tables.calendar)) if signed else ()
    return CaseFacts(
        case=case.id,
        kind=case.kind,
        status=case.status,
        dispute=dispute,
        came=CameBy.PETITION_OFFICE if came is CameBy.OTHER and petition else came,
        difficulty=difficulty_of(case.difficulty),
        body=body_of(case.organization),
        registered_on=registered,
        dispute_as_given=case.dispute_type if dispute is DisputeType.OTHER else "",
        came_as_given=case.origin if came is CameBy.OTHER else "",
        category=case.category,
        accepted_on=case.accepted_on,
        concluded_on=concluded,
        result=result,
        closed_on=closed_on(case),
        due_on=due_on(deadlines),
        form=form_of(case),
        signed_on=signed,
        amount=sum(each.amount for each in duties),
        confirmed_on=happened(case, CONFIRMED),
        notarized_on=happened(case, NOTARIZED),
        visit=visit_of(case),
        returned=again or linked(case, RETURNS, LinkRole.ORIGIN),
        sent_away=has_gone(case),
        from_petition=petition,
        people=people_of(case),
        group=people_of(case) >= rules_on(tables.petitions, registered).group,
        prevented=prevented_of(case.prevented),
        duties=duties,
        answers=tuple(answers_of(case)),
        orders=tuple(orders_of(case)),
        received=tuple(receptions_of(case)),
        screened=tuple(filter(None, map(screening_of, case.forms))),
        visited=tuple(sorted(each.visited_on for each in case.follow_ups)),
        sheet=sheet_of(case),
    )


def has_gone(case: Case) -> bool:
    """Sent on as a whole, or in part to a matter that was opened for it."""
    return case.status is CaseStatus.TRANSFERRED or linked(case, SENT, LinkRole.ORIGIN)


def closed_on(case: Case) -> date | None:
    """The day of the newest move that shut it, where a day was noted."""
    return next((day_of(each.on) for each in reversed(case.moves) if each.on and each.to in SHUT), None)


def due_on(deadlines: Sequence[Deadline]) -> date | None:
    """The day by which the whole matter was to be done."""
    return max((each.due for each in deadlines if each.rule in WHOLE), default=None)


def form_of(case: Case) -> AgreementForm | None:
    """Written or oral, of a signed agreement alone."""
    return case.agreement.form if case.agreement and signed_on(case) else None


def answers_of(case: Case) -> Iterator[Answer]:
    """What people said of the double satisfaction question."""
    return (Answer(each.id, each.asked_on, each.about, each.answer) for each in case.course.satisfactions)


def orders_of(case: Case) -> Iterator[Ordered]:
    """Orders of supervision with what became of them."""
    return (
        Ordered(each.id, each.sort, each.rule, each.issued_on, each.answer_by, each.answered_on, each.verdict)
        for each in case.course.orders
    )


def registered_on(case: Case) -> date:
    """The day on which a matter came in: of arrival, of the application as its file names it, else of its entry.

    An older matter taken in later is never newer than the day on which it was accepted.
    """
    days = (came_on(case) or entered_on(case), case.accepted_on)
    return min(filter(None, days), default=date.min)


def came_on(case: Case) -> date | None:
    """The day of arrival, else the first that its file names for the application."""
    if case.arrived_at:
        return day_of(case.arrived_at)
    named = dict(case.dates)
    return next(filter(None, map(named.get, APPLIED)), None)


def entered_on(case: Case) -> date | None:
    """The day of its first entry."""
    return day_of(case.course.received.at) if case.course.received and case.course.received.at else None


def moved_on(case: Case, move: StatusMove) -> date | None:
    """The day of a move; of an older matter that was entered whole, the last day that its record names."""
    day, accepted = day_of(move.on) if move.on else None, case.accepted_on
    if day is None or day != entered_on(case) or accepted is None or accepted >= day:
        return day
    return max([accepted, *days_named(case)])


def days_named(case: Case) -> Iterator[date]:
    """Days of its sittings, and those that its file names for its end."""
    yield from (day_of(each.held_at) for each in case.hearings if each.held_at)
    yield from (on for name, on in case.dates if name in ENDED)


def signed_on(case: Case) -> date | None:
    """The day of a signed agreement, None for a draft."""
    return case.agreement.signed_on if case.agreement and case.agreement.is_signed else None


def ending_of(case: Case) -> tuple[date | None, Result, bool]:
    """Day and result of the present round, and whether an earlier round had come to an end before it."""
    day, result, again = walked(case)
    unmediated = case.kind not in MEDIATED and result in (Result.PENDING, Result.SETTLED)
    if unmediated and (answered := answered_on(case)):
        return answered, Result.SETTLED, again
    if result is Result.PENDING:
        return None, result, again
    return concluded_on(case, result) or day, result, again


def concluded_on(case: Case, result: Result) -> date | None:
    """The day of the signature under what was agreed, else of a conclusion on record."""
    named = signed_on(case) if result is Result.AGREED else None
    return named or happened(case, CONCLUDED)


def answered_on(case: Case) -> date | None:
    """The newest day of a recorded answer, else of the move that made it."""
    moves = (moved_on(case, each) for each in reversed(case.moves) if each.to is CaseStatus.ANSWERED)
    return happened(case, ANSWERED) or next(moves, None)


def walked(case: Case) -> tuple[date | None, Result, bool]:
    """The same as the moves of a case alone tell it."""
    day, result, again = None, Result.PENDING, False
    for move in case.moves:
        end = end_of(case, move)
        if move.to in AGAIN:
            again = again or move.came_from in REOPENED
            day, result = None, Result.PENDING
        elif end and end is not result:
            day, result = moved_on(case, move), end
    return day, result, again


def end_of(case: Case, move: StatusMove) -> Result | None:
    """The result a move makes, None where it makes none; a petition is settled by being closed."""
    if move.to in SHUT and case.kind not in MEDIATED:
        return Result.SETTLED if move.came_from not in ENDS else None
    return ENDS.get(move.to)


def happened(case: Case, word: str) -> date | None:
    """The newest day of an event of this word."""
    last = case.course.last(word)
    return last.on if last else None


def linked(case: Case, reasons: frozenset[LinkReason], role: LinkRole) -> bool:
    """True when another matter is tied to this one for such a reason, this one being in that role."""
    return any(each.reason in reasons and each.role is role for each in case.course.links)


def visit_of(case: Case) -> Visit:
    """What a person said, else repeated when the matter points back to an earlier one (S02)."""
    return case.visit or (Visit.REPEATED if linked(case, RETURNS, LinkRole.TARGET) else Visit.FIRST)


def people_of(case: Case) -> int:
    """How many persons it touches: as told, else its applicants and respondents."""
    return case.people or sum(each.side in (Side.APPLICANT, Side.RESPONDENT) for each in case.parties)


def duties_of(case: Case, calendar: Calendar) -> Iterator[Duty]:
    """The obligations as later papers left them; met on the day of the payment that reached the sum."""
    for each in obligations_now(case):
        due = each.now.due_on
        last = calendar.on_or_after(due) if due else None
        yield Duty(each.signed.id, each.now.amount or 0, each.paid, due, last, met_on(each), each.waived)


def met_on(owed: Owed) -> date | None:
    """The day of the payment that reached the sum."""
    paid = 0
    for payment in owed.payments:
        paid += payment.amount
        if paid >= (owed.now.amount or 0):
            return payment.paid_on
    return None


def receptions_of(case: Case) -> Iterator[Received]:
    """Events whose word is a way to receive petitioners."""
    ways = {each.value: each for each in Reception}
    for event in case.course.events:
        if event.event in ways:
            yield Received(event.id, event.on, ways[event.event], event.by, people_of(case), event.text[:SHOWN])


def screening_of(form: PaperForm) -> Screened | None:
    """A screening report as it was typed; one without its day says nothing yet."""
    values = form.values
    day = typed_day(values.get("screened_on")) if form.paper == "screening_report" else None
    if day is None:
        return None
    rows = values.get("found", ())
    found = sum(any(row) for row in rows) if not isinstance(rows, str) else 0
    area, how, by = (str(values.get(name, ""))[:SHOWN] for name in ("area", "how", "screened_by"))
    return Screened(form.id, day, area, how, by, found)


def sheet_of(case: Case) -> Sheet:
    """The newest 一案一表 and plan for an old matter that were typed for this one."""
    forms = [form for form in case.forms if form.paper in ("case_sheet", "backlog_plan")]
    typed = {name: value for form in forms for name, value in form.values.items() if isinstance(value, str) and value}
    leader, officer, until, progress = (typed.get(name, "")[:SHOWN] for name in SHEET_FIELDS)
    return Sheet(leader, officer, until, progress, backlog=has_form(case, "backlog_plan"))


def has_form(case: Case, paper: str) -> bool:
    """Something was typed for a paper of this kind."""
    return any(form.paper == paper for form in case.forms)


def typed_day(value: object) -> date | None:
    """A day that was typed into a form, None for anything else."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
