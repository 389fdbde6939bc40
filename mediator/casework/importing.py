"""Taking case files in: all or nothing for each file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import BinaryIO, Final

from mediator.casework.agreement import clause_draft, obligation_draft, signing_draft
from mediator.casework.case_check import fault
from mediator.casework.case_file import CaseDocument, CaseFile, FileAgreement, FileHearing, read_case_file
from mediator.casework.checking import findings, rule_names
from mediator.casework.desk import Desk
from mediator.casework.drafting import Pen, filled, fits, imagined, imagined_case, member, pen_for, trace
from mediator.casework.files_in import bounded
from mediator.casework.guards import real_room
from mediator.casework.hearing import closing_draft, hearing_draft
from mediator.casework.intake import NUMBER_WORDS, case_drafts, moved, party_draft
from mediator.casework.strict_json import MAX_BYTES
from mediator.core.codes import CaseStatus
from mediator.core.lint import Finding, Severity
from mediator.core.passing import stops
from mediator.core.records import Case, CaseId, ClauseId, HearingId, ObligationId, PartyId
from mediator.errors import Unacceptable
from mediator.journal.entry import Draft
from mediator.journal.transcripts import transcribed
from mediator.store.vault import Deed, Inside

# Which member of the case file an entry comes from, by the first word of its kind.
MEMBERS: Final = {
    "case": "dates", "party": "parties", "hearing": "hearings", "agreement": "agreement",
    "clause": "agreement.clauses", "obligation": "agreement.payments",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImportedCase:
    """A case taken in, with the number it was given."""

    id: CaseId
    number: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file brought; `findings` say which characters were taken out of which field."""

    cases: tuple[ImportedCase, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """One case ready to be kept: all its drafts but the number, which is taken inside the transaction."""

    id: CaseId
    document: CaseDocument
    pen: Pen
    rest: tuple[Draft, ...]


Source = Path | bytes | BinaryIO


def read_source(source: Source) -> bytes:
    """The bytes of a case file, one more than allowed at most; raises Unacceptable `file.missing`, WorldFailed."""
    if isinstance(source, bytes):
        return source
    if isinstance(source, Path):
        return bounded(source, MAX_BYTES)
    return source.read(MAX_BYTES + 1)


def import_file(desk: Desk, source: Source) -> Imported:
    """Take a case file in. Raises Unacceptable `case.schema` (or `case.*`) with the place; the vault is unchanged."""
    return take_in(desk, read_file(source))


def read_file(source: Source) -> CaseFile:
    """Read and check a case file without any vault; raises as `import_file`."""
    return read_case_file(read_source(source))


def take_in(desk: Desk, file: CaseFile) -> Imported:
    """Keep every case of a file in one transaction; raises RefusedByRule `practice.import` in a practice room."""
    real_room(desk, "practice.import")
    return keep(desk, file)


def keep(desk: Desk, file: CaseFile) -> Imported:
    """As `take_in`, for cases that the program itself brings; raises Unacceptable `case.*`."""
    found = list(file.findings)
    plans: list[Plan] = []
    numbers: list[str] = []

    def make(inside: Inside) -> Deed:
        drafts: list[Draft] = []
        for each in plans:
            numbers.append(inside.take_number(NUMBER_WORDS[each.document.form.kind]))
            drafts += transcribed([*opening_of(each, numbers[-1]), *each.rest])
        return Deed([*drafts, *(trace(desk, "audit.case_imported", case=each.id) for each in plans)])

    try:
        plans += [plan(desk, document, found) for document in file.documents]
        desk.vault.perform(make)
    except Unacceptable as error:
        raise placed(desk, file, error) from None
    cases = tuple(ImportedCase(each.id, number) for each, number in zip(plans, numbers, strict=True))
    return Imported(cases, tuple(found))


def placed(desk: Desk, file: CaseFile, error: Unacceptable) -> Unacceptable:
    """A refusal of an entry that is too large, with the case and the member it comes from; others as they are."""
    for number, document in enumerate(file.documents):
        whole = contents(desk, document)
        heavy = next((draft for draft in (*opening_of(whole, ""), *whole.rest) if not fits(draft)), None)
        if heavy:
            part = MEMBERS[heavy.kind.partition(".")[0]]
            return fault("heavy", (number, part) if file.listed else (part,))
    return error


def opening_of(each: Plan, number: str) -> list[Draft]:
    """The first entries of a case."""
    return case_drafts(each.pen, each.document.form, number, outcome=each.document.outcome)


def plan(desk: Desk, document: CaseDocument, found: list[Finding]) -> Plan:
    """Everything a document becomes; what cannot be frozen yet is told in `found`."""
    whole = contents(desk, document)
    return replace(whole, rest=(*whole.rest, *way(desk, whole, found)))


def pictured(desk: Desk, document: CaseDocument) -> Case:
    """The case that a document would become; nothing is kept."""
    whole = plan(desk, document, [])
    return imagined_case(whole.id, [*opening_of(whole, ""), *whole.rest])


def contents(desk: Desk, document: CaseDocument) -> Plan:
    """What a document holds, without the moves that follow from it."""
    case_id = CaseId(desk.fresh_id())
    pen = pen_for(desk, case_id)
    parties = {party.form.ref: PartyId(desk.fresh_id()) for party in document.parties}
    drafts = [
        party_draft(pen, parties[each.form.ref], replace(each.form, acts_for=parties.get(each.acts_for)))
        for each in document.parties
    ]
    names = {each.form.ref: each.form.name for each in document.parties}
    for hearing in document.hearings:
        drafts += hearing_drafts(desk, pen, hearing, links=(parties, names))
    if document.agreement:
        drafts += agreement_drafts(desk, pen, document.agreement, links=(parties, names))
    return Plan(case_id, document, pen, tuple(drafts))


Links = tuple[dict[str, PartyId], dict[str, str]]


def hearing_drafts(desk: Desk, pen: Pen, hearing: FileHearing, *, links: Links) -> list[Draft]:
    """A hearing that was held and read out: head, turns in order, closed. An unknown hour stays unknown (0)."""
    parties, names = links
    hearing_id = HearingId(desk.fresh_id())
    drafts = [hearing_draft(pen, hearing_id, hearing.form)]
    at = int(hearing.form.held_at.timestamp() * 1000) if hearing.form.held_at else 0
    said: list[tuple[str, str, str]] = []
    for given, text in hearing.turns:
        turn, speaker = desk.fresh_id(), names.get(given, given)
        after = said[-1][0] if said else None
        drafts.append(
            pen.write("hearing.sentence", id=turn, hearing=hearing_id, after=after, speaker=speaker,
                      party=parties.get(given), text=text, at=at)
        )  # fmt: skip
        said.append((turn, speaker, text))
    return [*drafts, closing_draft(pen, hearing_id, said)]


def agreement_drafts(desk: Desk, pen: Pen, agreement: FileAgreement, *, links: Links) -> list[Draft]:
    """Head, clauses and obligations; a payer or payee that is a ref becomes a link, anything else stays a name."""
    parties, names = links
    drafts = pen.set_fields("agreement.set", filled(agreement.fields))
    for no, text in agreement.clauses:
        drafts.append(clause_draft(pen, ClauseId(desk.fresh_id()), text=text, no=no))
    for form in agreement.obligations:
        linked = replace(
            form,
            payer=names.get(form.payer, form.payer),
            payee=names.get(form.payee, form.payee),
            payer_party=parties.get(form.payer),
            payee_party=parties.get(form.payee),
        )
        drafts.append(obligation_draft(pen, ObligationId(desk.fresh_id()), linked))
    return drafts


def targets_of(document: CaseDocument) -> tuple[CaseStatus, ...]:
    """The moves a document's outcome asks for, legal by L01-L11."""
    begun = (CaseStatus.ACCEPTED, CaseStatus.IN_MEDIATION)
    if document.outcome in ("agreed", "not_agreed", "terminated"):
        return (*begun, member(CaseStatus, document.outcome))
    before = begun if document.hearings else begun[: 1 if document.form.accepted_on else 0]
    return (*before, CaseStatus.WITHDRAWN) if document.outcome == "withdrawn" else before


def way(desk: Desk, whole: Plan, found: list[Finding]) -> list[Draft]:
    """The moves; an agreement that was signed and that no rule blocks is frozen (L05)."""
    targets = targets_of(whole.document)
    drafts = moved(whole.pen, CaseStatus.REGISTERED, *targets, reason="随案件文件录入")
    agreement = whole.document.agreement
    signed_on = agreement.signed_on if agreement else None
    if CaseStatus.AGREED not in targets or signed_on is None:
        return drafts
    return [*drafts, *frozen(desk, whole, signed_on, found)]


def frozen(desk: Desk, whole: Plan, signed_on: date, found: list[Finding]) -> list[Draft]:
    """The signing that the file tells of, or a finding that says why the agreement stays a draft.

    What blocks a signing of today but cannot be changed in a signed paper any more is told and stops nothing.
    """
    so_far = [*opening_of(whole, ""), *whole.rest]
    signing = signing_draft(whole.pen, imagined(so_far), signed_on)
    case = imagined_case(whole.id, [*so_far, signing])
    rules = [each for each in findings(desk, case) if each.severity is Severity.BLOCK]
    stopping = [each for each in rules if stops(each, case)]
    if stopping:
        text = f"协议未冻结：还有必须改正的问题（{rule_names(stopping)}），改正后再签订。"
        found.append(Finding("L05", Severity.WARN, text, "人民调解法第二十九条", "agreement"))
        return []
    found += rules
    return [signing, *moved(whole.pen, CaseStatus.AGREED, CaseStatus.SIGNED, reason="随案件文件录入")]
