"""Intake: a case is opened, its parties are named, it moves through its life (rules L01-L11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Final

from mediator.casework.desk import Desk
from mediator.casework.drafting import Pen, filled, pen_for, plain, trace
from mediator.casework.guards import draftable, held, writable
from mediator.casework.moving import require
from mediator.casework.texts import cleaned, cleaned_fields, cleaned_text
from mediator.core.codes import CaseKind, CaseStatus, Category, IdType, PartyKind, Scope, Sex, Side
from mediator.core.guards import HEAD_APPROVED, Asked
from mediator.core.records import Case, CaseId, Obligation, PartyId
from mediator.errors import Unacceptable
from mediator.journal.entry import Draft, Marks
from mediator.store.appending import Changes
from mediator.store.vault import Deed, Inside

Seen = Marks
NUMBER_WORDS: Final = {
    CaseKind.PEOPLE_MEDIATION: "民调",
    CaseKind.SETTLEMENT: "和解",
    CaseKind.ADMINISTRATIVE_MEDIATION: "行调",
    CaseKind.JUDICIAL_MEDIATION: "司调",
    CaseKind.PETITION: "信",
    CaseKind.WORK_ORDER: "单",
}


@dataclass(frozen=True, slots=True)
class CaseForm:
    """What the registration form holds; `organization` empty means the room's own."""

    title: str
    dispute_type: str
    facts: str = ""
    kind: CaseKind = CaseKind.PEOPLE_MEDIATION
    requests: str = ""
    origin: str = ""
    category: Category | None = None
    organization: str = ""
    accepted_on: date | None = None
    dates: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PartyForm:
    """One party as typed; `ref` empty means the next free short name (p1, p2, ...)."""

    side: Side
    name: str
    kind: PartyKind = PartyKind.PERSON
    ref: str = ""
    role_as_given: str = ""
    sex: Sex | None = None
    birth_date: date | None = None
    ethnicity: str = ""
    id_type: IdType | None = None
    id_number: str = ""
    legal_representative: str = ""
    occupation: str = ""
    phone: str = ""
    address: str = ""
    note: str = ""
    acts_for: PartyId | None = None
    authorization: Scope | None = None


def case_drafts(pen: Pen, form: CaseForm, number: str, *, outcome: str = "") -> list[Draft]:
    """The entries that open a case and number it."""
    opened = pen.set_fields("case.opened", filled(asdict(form) | {"outcome": outcome}), then="case.set")
    return [opened[0], pen.write("case.numbered", number=number), *opened[1:]]


def party_draft(pen: Pen, party_id: PartyId, form: PartyForm) -> Draft:
    """The entry that adds a party."""
    return pen.write("party.added", id=party_id, fields=filled(asdict(form)))


def open_case(desk: Desk, form: CaseForm) -> CaseId:
    """Register a case and give it its number; leaves an audit entry."""
    clean, case_id = cleaned(desk, form), CaseId(desk.fresh_id())
    pen = pen_for(desk, case_id)

    def make(inside: Inside) -> Deed:
        number = inside.take_number(NUMBER_WORDS[clean.kind])
        return Deed([*case_drafts(pen, clean, number), trace(desk, "audit.case_opened", case=case_id)])

    desk.vault.perform(make)
    return case_id


def save_case(desk: Desk, case_id: CaseId, seen: Seen, fields: Mapping[str, object]) -> Changes:
    """Write fields of the case, named as in `core.records.Case`; `seen` are the marks of what the form showed."""
    writable(desk, case_id)
    kept = {name: plain(value) for name, value in cleaned_fields(desk, fields).items()}
    return desk.vault.append(pen_for(desk, case_id, seen).set_fields("case.set", kept))


def next_ref(case: Case) -> str:
    """The next free short name: p1, p2, ..."""
    taken = {party.ref for party in case.parties}
    number = len(taken) + 1
    while f"p{number}" in taken:
        number += 1
    return f"p{number}"


def add_party(desk: Desk, case_id: CaseId, seen: Seen, form: PartyForm) -> PartyId:
    """Add a party; raises RefusedByRule `case.read_only` once archived."""
    case = writable(desk, case_id).case
    clean = cleaned(desk, form)
    if not clean.ref:
        clean = replace(clean, ref=next_ref(case))
    party_id = PartyId(desk.fresh_id())
    desk.vault.append([party_draft(pen_for(desk, case_id, seen), party_id, clean)])
    return party_id


def save_party(desk: Desk, case_id: CaseId, party_id: PartyId, seen: Seen, fields: Mapping[str, object]) -> Changes:
    """Write fields of a party; a new name goes into the draft's obligations that are linked to the party (V39)."""
    case = writable(desk, case_id).case
    if case.party(party_id) is None:
        raise Unacceptable("party.unknown")
    pen = pen_for(desk, case_id, seen)
    kept = {name: plain(value) for name, value in cleaned_fields(desk, fields).items()}
    drafts = [pen.write("party.set", id=party_id, fields=kept)]
    if "name" in kept:
        drafts += renamed_obligations(pen, case, party_id, str(kept["name"]))
    return desk.vault.append(drafts)


def renamed_obligations(pen: Pen, case: Case, party_id: PartyId, name: str) -> list[Draft]:
    """Entries that carry a party's new name into an agreement that is still a draft."""
    agreement = case.agreement
    if agreement is None or agreement.is_signed:
        return []
    rows = ((each.id, sides_of(each, party_id)) for each in agreement.obligations)
    return [pen.write("obligation.set", id=key, fields=dict.fromkeys(sides, name)) for key, sides in rows if sides]


def sides_of(obligation: Obligation, party_id: PartyId) -> list[str]:
    """On which sides of an obligation a party is linked: payer, payee, both or none."""
    links = {"payer": obligation.payer_party, "payee": obligation.payee_party}
    return [side for side, linked in links.items() if linked == party_id]


def remove_party(desk: Desk, case_id: CaseId, party_id: PartyId, seen: Seen, *, reason: str = "") -> Changes:
    """The party leaves the case; what was recorded stays."""
    if draftable(desk, case_id).case.party(party_id) is None:
        raise Unacceptable("party.unknown")
    why = cleaned_text(desk, reason, "reason") or None
    return desk.vault.append([pen_for(desk, case_id, seen).write("party.left", id=party_id, reason=why)])


def moved(pen: Pen, origin: CaseStatus, *targets: CaseStatus, reason: str = "") -> list[Draft]:
    """Entries that move a case along; legality is the caller's question."""
    drafts = []
    for target in targets:
        drafts.append(pen.write("case.moved", **{"from": origin.value, "to": target.value, "reason": reason or None}))
        origin = target
    return drafts


def move(desk: Desk, case_id: CaseId, to: CaseStatus, reason: str = "", *, approved_by: str = "") -> Changes:
    """Move the matter as L01-L25 allow it; raises RefusedByRule `case.move` or what a guard finds missing.

    `approved_by` names the head where the head's word is needed; it is kept as an event beside the move.
    """
    opened = held(desk, case_id)
    why, head = cleaned_text(desk, reason, "reason"), cleaned_text(desk, approved_by, "approved_by")
    require(desk, opened, Asked(to, why, head))
    pen = pen_for(desk, case_id, opened.seen)
    drafts = moved(pen, opened.case.status, to, reason=why)
    if head:
        word = {"event": HEAD_APPROVED, "on": plain(desk.today()), "text": to.term, "by": head}
        drafts.insert(0, pen.write("event.recorded", id=desk.fresh_id(), fields=word))
    return desk.vault.append(drafts)


def accept(desk: Desk, case_id: CaseId, accepted_on: date | None = None) -> Changes:
    """Accept the case on this day (today when left out), L02 and L21."""
    opened = held(desk, case_id)
    require(desk, opened, Asked(CaseStatus.ACCEPTED))
    pen = pen_for(desk, case_id, opened.seen)
    day = plain(accepted_on or opened.case.accepted_on or desk.today())
    accepted = pen.write("case.set", fields={"accepted_on": day})
    return desk.vault.append([accepted, *moved(pen, opened.case.status, CaseStatus.ACCEPTED)])
