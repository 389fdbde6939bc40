"""A case back into the shape of the case file, with number, status and history beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from mediator.casework.desk import BEIJING
from mediator.core.codes import Code
from mediator.core.money import plain
from mediator.core.performing import Owed, obligations_now
from mediator.core.records import Agreement, Case, Clause, Hearing, Obligation, Party, PartyId, Turn
from mediator.journal.entry import Entry
from mediator.journal.transcripts import facts_in
from mediator.store.vault import Opened

PARTY_TEXTS: Final = (
    "role_as_given", "ethnicity", "id_number", "legal_representative", "occupation", "phone", "address", "note",
)  # fmt: skip


def case_document(opened: Opened) -> dict[str, object]:
    """The case as a `mediator-case` document; empty optional members are left out."""
    case = opened.case
    document: dict[str, object] = {
        "format": "mediator-case",
        "version": 1,
        "kind": case.kind.value,
        "title": case.title,
        "dispute_type": case.dispute_type,
        "source": case.origin,
        "category_color": value(case.category),
        "organization": case.organization,
        "accepted_on": day(case.accepted_on),
        "requests": case.requests,
        "hearings": [hearing_document(case, hearing) for hearing in case.hearings],
        "agreement": agreement_document(case, opened.entries),
        "outcome": case.outcome,
        "dates": {name: when.isoformat() for name, when in case.dates},
    }
    parties = [party_document(case, party) for party in case.parties]
    return without_empty(document) | {"facts": case.facts, "parties": parties}


def shown_document(opened: Opened) -> dict[str, object]:
    """What `case show` prints: the document and what the vault adds."""
    case = opened.case
    added = {"id": case.id, "number": case.number, "status": case.status.value}
    course = without_empty(course_document(case))
    return added | case_document(opened) | course | {"history": [happening(entry) for entry in opened.entries]}


def course_document(case: Case) -> dict[str, object]:
    """What happened around the record: links, steps taken, what is owed today, satisfaction asked, the road chosen."""
    course = case.course
    return {
        "road": case.road,
        "road_reason": case.road_reason,
        "links": [{"id": x.id, "other": x.other, "reason": x.reason.value, "role": x.role.value} for x in course.links],
        "events": [{"event": x.event, "on": x.on.isoformat(), "by": x.by, "text": x.text} for x in course.events],
        "owed": [owed_document(each) for each in obligations_now(case)],
        "satisfactions": [
            {"about": x.about.value, "answer": x.answer.value, "on": x.asked_on.isoformat(), "asked_by": x.asked_by}
            for x in course.satisfactions
        ],
    }


def owed_document(each: Owed) -> dict[str, object]:
    """One obligation as it stands: sums as case files write them."""
    return {
        "id": each.signed.id, "owed": plain(each.owed), "paid": plain(each.paid), "open": plain(each.open),
        "due": day(each.now.due_on), "done": each.done, "waived": each.waived, "changed": each.changed,
        "in_kind": each.in_kind,
    }  # fmt: skip


def happening(entry: Entry) -> dict[str, object]:
    """One line of the history: what, when, by whom, at which desk; no content."""
    return {
        "at": datetime.fromtimestamp(entry.wall / 1000, BEIJING).isoformat(timespec="seconds"),
        "kind": entry.kind,
        "user": entry.user,
        "desk": entry.desk,
        "n": entry.n,
    }


def without_empty(members: dict[str, object]) -> dict[str, object]:
    """Members that hold something."""
    return {name: each for name, each in members.items() if each not in (None, "", [], {})}


def value(code: Code | None) -> str | None:
    """The travelling value of a code."""
    return code.value if code else None


def day(when: object) -> str | None:
    """ISO text of a day."""
    return when.isoformat() if hasattr(when, "isoformat") else None


def ref_of(case: Case, link: PartyId | None, name: str) -> str:
    """The ref of a linked party, else the name as given."""
    party = case.party(link) if link else None
    return party.ref if party else name


def party_document(case: Case, party: Party) -> dict[str, object]:
    """One party."""
    members: dict[str, object] = {
        "ref": party.ref,
        "side": party.side.value,
        "kind": party.kind.value,
        "authorization": value(party.authorization),
        "acts_for": ref_of(case, party.acts_for, ""),
        "sex": value(party.sex),
        "birth_date": day(party.birth_date),
        "id_type": value(party.id_type),
    }
    return without_empty(members | {name: getattr(party, name) for name in PARTY_TEXTS}) | {"name": party.name}


def hearing_document(case: Case, hearing: Hearing) -> dict[str, object]:
    """One hearing."""
    members: dict[str, object] = {
        "held_at": hearing.held_at.isoformat() if hearing.held_at else None,
        "place": hearing.place,
        "mediators": list(hearing.mediators),
        "recorder": hearing.recorder,
    }
    return without_empty(members) | {"turns": [turn_document(case, turn) for turn in hearing.turns]}


def turn_document(case: Case, turn: Turn) -> dict[str, object]:
    """One turn; a linked speaker by ref."""
    return {"speaker": ref_of(case, turn.party, turn.speaker), "text": turn.text}


def agreement_document(case: Case, entries: tuple[Entry, ...]) -> dict[str, object] | None:
    """The agreement, None when there is none; the form only where somebody stated it."""
    agreement = case.agreement
    if agreement is None:
        return None
    members: dict[str, object] = {
        "form": agreement.form.value if form_was_stated(entries) else None,
        "signed_on": day(agreement.signed_on),
        "place": agreement.place,
        "disputed_points": agreement.disputed_points,
        "responsibility": agreement.responsibility,
        "copies": agreement.copies,
        "payments": payments_of(case, agreement),
    }
    return without_empty(members) | {"clauses": [clause_document(clause) for clause in agreement.clauses]}


def form_was_stated(entries: tuple[Entry, ...]) -> bool:
    """True when an entry wrote the form of the agreement; the record alone cannot tell it from the default."""
    written = (body.get("fields") for entry in entries for kind, body in facts_in(entry) if kind == "agreement.set")
    return any(isinstance(fields, dict) and "form" in fields for fields in written)


def clause_document(clause: Clause) -> dict[str, object]:
    """One clause."""
    return without_empty({"no": clause.no}) | {"text": clause.text}


def payments_of(case: Case, agreement: Agreement) -> list[dict[str, object]]:
    """All obligations in the file's words."""
    return [payment_document(case, each) for each in agreement.obligations]


def payment_document(case: Case, each: Obligation) -> dict[str, object]:
    """One payment or delivery."""
    members: dict[str, object] = {
        "amount": None if each.amount is None else plain(each.amount),
        "due": day(each.due_on),
        "due_as_given": each.due_as_given,
        "method": each.method,
        "part_of_total": each.part_of_total or None,
        "goods": each.goods,
        "note": each.note,
    }
    sides = {"payer": ref_of(case, each.payer_party, each.payer), "payee": ref_of(case, each.payee_party, each.payee)}
    return sides | without_empty(members)
