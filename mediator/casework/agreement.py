"""The agreement: clauses, who owes what to whom by when, and the signing that freezes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from mediator.casework.checking import Refused, blocking, open_warnings
from mediator.casework.desk import Desk
from mediator.casework.drafting import Pen, filled, pen_for, plain, trace
from mediator.casework.guards import draftable
from mediator.casework.intake import Seen, moved
from mediator.casework.passing import passed_drafts
from mediator.casework.texts import cleaned, cleaned_fields, cleaned_text
from mediator.core.codes import CaseStatus
from mediator.core.life import may_move
from mediator.core.lint import Finding
from mediator.core.money import Fen, in_words
from mediator.core.records import Agreement, Case, CaseId, Clause, ClauseId, ObligationId, PartyId
from mediator.errors import RefusedByRule, Unacceptable
from mediator.journal.agreements import draft_content
from mediator.journal.content import content_digest
from mediator.journal.entry import Draft
from mediator.journal.fold import State, fold_all
from mediator.store.appending import Changes


@dataclass(frozen=True, slots=True)
class ObligationForm:
    """One obligation as typed; `payer_party` and `payee_party` fill the names when these are empty."""

    payer: str = ""
    payee: str = ""
    amount: Fen | None = None
    due_on: date | None = None
    due_as_given: str = ""
    method: str = ""
    part_of_total: bool = False
    goods: str = ""
    note: str = ""
    payer_party: PartyId | None = None
    payee_party: PartyId | None = None


@dataclass(frozen=True, slots=True)
class Instalments:
    """A total in equal parts on given days; the last part takes the rest of the division."""

    total: Fen
    due_on: Sequence[date]


def save_agreement(desk: Desk, case_id: CaseId, seen: Seen, fields: Mapping[str, object]) -> Changes:
    """Write form, place, signed_on, disputed_points, responsibility, copies."""
    draftable(desk, case_id)
    kept = {name: plain(value) for name, value in cleaned_fields(desk, fields).items()}
    return desk.vault.append(pen_for(desk, case_id, seen).set_fields("agreement.set", kept))


def clause_draft(pen: Pen, clause_id: ClauseId, *, text: str, no: str) -> Draft:
    """The entry that adds a clause."""
    return pen.write("clause.added", id=clause_id, fields=filled({"text": text, "no": no}))


def add_clause(desk: Desk, case_id: CaseId, seen: Seen, *, text: str, no: str = "") -> ClauseId:
    """A further clause at the end."""
    draftable(desk, case_id)
    clause_id, words = ClauseId(desk.fresh_id()), cleaned_text(desk, text, "text")
    pen = pen_for(desk, case_id, seen)
    desk.vault.append([clause_draft(pen, clause_id, text=words, no=cleaned_text(desk, no, "no"))])
    return clause_id


def save_clause(desk: Desk, case_id: CaseId, seen: Seen, *, clause: ClauseId, text: str, no: str = "") -> Changes:
    """New text of a clause; one of the library whose words are changed by hand is a free clause from then on."""
    old = with_clause(desk, case_id, clause)
    fields: dict[str, object] = {"text": cleaned_text(desk, text, "text"), "no": cleaned_text(desk, no, "no")}
    loose: dict[str, object] = {"template": "", "slots": ""} if old.template and old.text != fields["text"] else {}
    return desk.vault.append([pen_for(desk, case_id, seen).write("clause.set", id=clause, fields=fields | loose)])


def with_clause(desk: Desk, case_id: CaseId, clause: ClauseId) -> Clause:
    """The clause; raises Unacceptable `clause.unknown` unless the draft has it."""
    clauses = draft_of(draftable(desk, case_id).case).clauses
    found = next((each for each in clauses if each.id == clause), None)
    if found is None:
        raise Unacceptable("clause.unknown")
    return found


def draft_of(case: Case) -> Agreement:
    """The agreement as it stands, empty when there is none yet."""
    return case.agreement or Agreement()


def remove_clause(desk: Desk, case_id: CaseId, seen: Seen, *, clause: ClauseId) -> Changes:
    """Take a clause out of the draft, and with it what it made owed."""
    with_clause(desk, case_id, clause)
    owed = [each.id for each in draft_of(draftable(desk, case_id).case).obligations if each.clause == clause]
    pen = pen_for(desk, case_id, seen)
    gone = [pen.write("obligation.removed", id=each) for each in owed]
    return desk.vault.append([pen.write("clause.removed", id=clause), *gone])


def order_clauses(desk: Desk, case_id: CaseId, seen: Seen, *, order: Sequence[ClauseId]) -> Changes:
    """The order of all clauses, which is one field; raises Unacceptable `clause.order` when it is not of all."""
    agreement = draft_of(draftable(desk, case_id).case)
    if sorted(order) != sorted(clause.id for clause in agreement.clauses):
        raise Unacceptable("clause.order")
    return desk.vault.append([pen_for(desk, case_id, seen).write("agreement.order", clauses=list(order))])


def named(case: Case, form: ObligationForm) -> ObligationForm:
    """The form with the names of linked parties where no name was typed."""
    payer, payee = (case.party(link) if link else None for link in (form.payer_party, form.payee_party))
    return replace(
        form,
        payer=form.payer or (payer.name if payer else ""),
        payee=form.payee or (payee.name if payee else ""),
    )


def within_money(amount: object) -> None:
    """Raise Unacceptable `money.range` for a sum that no paper could spell out; no sum at all is fine."""
    if isinstance(amount, int):
        in_words(Fen(amount))


def obligation_draft(pen: Pen, obligation_id: ObligationId, form: ObligationForm) -> Draft:
    """The entry that adds an obligation."""
    return pen.write("obligation.added", id=obligation_id, fields=filled(asdict(form)))


def add_obligation(desk: Desk, case_id: CaseId, seen: Seen, form: ObligationForm) -> ObligationId:
    """A further obligation; raises Unacceptable `money.range`."""
    case = draftable(desk, case_id).case
    within_money(form.amount)
    obligation_id = ObligationId(desk.fresh_id())
    clean = named(case, cleaned(desk, form))
    desk.vault.append([obligation_draft(pen_for(desk, case_id, seen), obligation_id, clean)])
    return obligation_id


def save_obligation(
    desk: Desk, case_id: CaseId, seen: Seen, *, obligation: ObligationId, fields: Mapping[str, object]
) -> Changes:
    """Write fields of an obligation; raises Unacceptable `obligation.unknown`, `money.range`."""
    with_obligation(desk, case_id, obligation)
    within_money(fields.get("amount"))
    kept = {name: plain(value) for name, value in cleaned_fields(desk, fields).items()}
    return desk.vault.append([pen_for(desk, case_id, seen).write("obligation.set", id=obligation, fields=kept)])


def with_obligation(desk: Desk, case_id: CaseId, obligation: ObligationId) -> None:
    """Raise Unacceptable `obligation.unknown` unless the draft has this obligation."""
    if not any(each.id == obligation for each in draft_of(draftable(desk, case_id).case).obligations):
        raise Unacceptable("obligation.unknown")


def remove_obligation(desk: Desk, case_id: CaseId, seen: Seen, *, obligation: ObligationId) -> Changes:
    """Take an obligation out of the draft."""
    with_obligation(desk, case_id, obligation)
    return desk.vault.append([pen_for(desk, case_id, seen).write("obligation.removed", id=obligation)])


def parts_of(plan: Instalments) -> tuple[Fen, ...]:
    """Equal parts in whole fen; the last one takes what the division leaves over."""
    count = len(plan.due_on)
    if count < 1 or plan.total < count:
        raise Unacceptable("obligation.instalments")
    part = plan.total // count
    return (*(Fen(part) for _ in range(count - 1)), Fen(plan.total - part * (count - 1)))


def split_instalments(
    desk: Desk, case_id: CaseId, seen: Seen, *, form: ObligationForm, plan: Instalments
) -> tuple[ObligationId, ...]:
    """One obligation for each day of the plan, adding up to the total to the fen."""
    case = draftable(desk, case_id).case
    clean, pen = named(case, cleaned(desk, form)), pen_for(desk, case_id, seen)
    rows = [
        (ObligationId(desk.fresh_id()), replace(clean, amount=part, due_on=day, part_of_total=len(plan.due_on) > 1))
        for part, day in zip(parts_of(plan), plan.due_on, strict=True)
    ]
    desk.vault.append([obligation_draft(pen, key, row) for key, row in rows])
    return tuple(key for key, _ in rows)


def signing_draft(pen: Pen, state: State, signed_on: date) -> Draft:
    """The entry that freezes the agreement as this state has it, signed on this day (RTF 29)."""
    content = draft_content(state)
    drafted = content["fields"]
    fields = {**(drafted if isinstance(drafted, dict) else {}), "signed_on": signed_on.isoformat()}
    content = {**content, "fields": fields}
    form = fields.get("form", "written")
    return pen.write("agreement.signed", digest=content_digest(content), form=form, content=content)


def way_to_signed(case: Case) -> tuple[CaseStatus, ...]:
    """The moves that signing makes; raises RefusedByRule `case.move` from where L04, L05 allow none."""
    if case.status is CaseStatus.AGREED:
        return (CaseStatus.SIGNED,)
    if may_move(case.status, CaseStatus.AGREED, case.kind):
        return (CaseStatus.AGREED, CaseStatus.SIGNED)
    raise RefusedByRule("case.move", origin=case.status.term, target=CaseStatus.SIGNED.term)


def unanswered(desk: Desk, case: Case) -> tuple[Finding, ...]:
    """The warnings that nobody answered for yet; raises `Refused` with `agreement.findings` when a rule blocks."""
    if found := blocking(desk, case):
        raise Refused("agreement.findings", found)
    return open_warnings(desk, case)


def sign(desk: Desk, case_id: CaseId, signed_on: date, *, reason: str = "") -> Changes:
    """Freeze the agreement and move the case on; `reason` answers for every warning that is open, and is kept.

    Raises `Refused` with `agreement.findings` when a rule blocks, with `agreement.warnings` while a warning is open.
    """
    opened = draftable(desk, case_id)
    if opened.case.agreement is None:
        raise RefusedByRule("agreement.none")
    spoken_of = {each.id for each in opened.case.course.orders}
    left = [each for each in opened.case.conflicts if each.entity not in spoken_of]
    if left:  # two answers to one order of supervision are no doubt about what the parties agreed
        raise RefusedByRule("conflict.open", count=len(left))
    moves = way_to_signed(opened.case)
    signed = replace(opened.case, agreement=replace(opened.case.agreement, signed_on=signed_on))
    warned, why = unanswered(desk, signed), cleaned_text(desk, reason, "reason").strip()
    if warned and not why:
        raise Refused("agreement.warnings", warned)
    pen = pen_for(desk, case_id, opened.seen)
    return desk.vault.append(
        [
            *passed_drafts(desk, pen, signed, warned, why),
            pen.write("agreement.set", fields={"signed_on": plain(signed_on)}),
            signing_draft(pen, fold_all(opened.entries), signed_on),
            *moved(pen, opened.case.status, *moves),
            trace(desk, "audit.agreement_signed", case=case_id),
        ]
    )
