"""From folded state to the records of `core`: the one place where field names become attributes.

Values of newer programs that this one cannot read fall back to the attribute's default; the entry keeps them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from mediator.core.codes import (
    CaseKind,
    CaseStatus,
    Category,
    IdType,
    PartyKind,
    Risk,
    Scope,
    Sex,
    Side,
    Visit,
)
from mediator.core.money import Fen
from mediator.core.records import (
    Case,
    CaseId,
    Conflict,
    DocumentId,
    FollowUp,
    FormId,
    Hearing,
    HearingId,
    IssuedFile,
    IssuedPaper,
    ObligationId,
    PaperForm,
    Party,
    PartyId,
    Payment,
    PaymentId,
    StatusMove,
    Turn,
    TurnId,
    Value,
)
from mediator.core.sittings import Meeting
from mediator.journal.agreements import agreement_of
from mediator.journal.checks import PRESENT, is_days
from mediator.journal.course import course_of
from mediator.journal.dossiers import evidence_of, excuses_of, filings_of
from mediator.journal.fields import Field, Write, distinct, in_conflict, shown
from mediator.journal.marks import covers
from mediator.journal.pictures import pictures_of
from mediator.journal.reading import Reader, code, day, earliest, moment, moments, present, rows_of, stamps
from mediator.journal.recordings import consents_of, position_of, recordings_of
from mediator.journal.sittings import reads_of, signatures_of
from mediator.journal.state import AGREEMENT, CASE, Item, State

FINAL: Final = frozenset(
    {
        CaseStatus.NOT_AGREED, CaseStatus.WITHDRAWN, CaseStatus.TERMINATED, CaseStatus.CLOSED, CaseStatus.ARCHIVED,
        CaseStatus.NOT_ACCEPTED, CaseStatus.CONCLUDED,
    }
)  # fmt: skip
SAME_PAYMENT: Final = ("obligation", "paid_on", "amount")


def party_of(key: str, reader: Reader) -> Party:
    """One party."""
    acts_for = reader.text("acts_for")
    return Party(
        id=PartyId(key),
        ref=reader.text("ref"),
        side=code(Side, reader.get("side")) or Side.SUBJECT,
        kind=code(PartyKind, reader.get("kind")) or PartyKind.PERSON,
        name=reader.text("name"),
        role_as_given=reader.text("role_as_given"),
        sex=code(Sex, reader.get("sex")),
        birth_date=day(reader.get("birth_date")),
        ethnicity=reader.text("ethnicity"),
        id_type=code(IdType, reader.get("id_type")),
        id_number=reader.text("id_number"),
        legal_representative=reader.text("legal_representative"),
        occupation=reader.text("occupation"),
        phone=reader.text("phone"),
        address=reader.text("address"),
        note=reader.text("note"),
        acts_for=PartyId(acts_for) if acts_for else None,
        authorization=code(Scope, reader.get("authorization")),
    )


def sentences_of(state: State, hearing: str) -> dict[str, Item]:
    """Sentences of a hearing in folding order."""
    return {key: item for key, item in state.items.items() if spoken_at(item, hearing)}


def ordered_sentences(state: State, hearing: str) -> list[tuple[str, Item]]:
    """Sentences of a hearing: each after the one its author saw last; runs of one desk stay together.

    Nobody has seen what was folded after him: a sentence that names a later one, or itself, stands at the beginning.
    """
    mine = sentences_of(state, hearing)
    followers: dict[str, list[str]] = {"": []}
    for key, item in mine.items():
        after = shown(item.fields.get("after"))
        followers[after if isinstance(after, str) and after in followers else ""].append(key)
        followers[key] = []
    ordered, stack = [], [""]
    while stack:
        key = stack.pop()
        if key:
            ordered.append((key, mine[key]))
        stack += sorted(followers[key], key=lambda each: mine[each].born)[::-1]
    return ordered


def turns_of(state: State, hearing: str) -> tuple[Turn, ...]:
    """The turns of a hearing in order of speech, late ones marked."""
    closings = state.closings.get(hearing, ())
    turns = []
    for key, item in ordered_sentences(state, hearing):
        desk, n = item.born
        reader = Reader.of(item)
        party = reader.text("party")
        turns.append(
            Turn(
                id=TurnId(key),
                speaker=reader.text("speaker"),
                text=reader.text("text"),
                said_at=moment(reader.get("at")),
                party=PartyId(party) if party else None,
                corrected_from=state.earlier.get(key, ()),
                marked=reader.flag("marked"),
                sound=position_of(reader),
                late=bool(closings) and not any(covers(marks, desk, n) for marks in closings),
            )
        )
    return tuple(turns)


def hearings_of(state: State) -> tuple[Hearing, ...]:
    """All hearings in order of opening."""
    return tuple(hearing_of(state, key, reader) for key, reader in present(state, "hearing"))


def hearing_of(state: State, key: str, reader: Reader) -> Hearing:
    """One hearing with its turns, initials and signatures."""
    turns = turns_of(state, key)
    return Hearing(
        id=HearingId(key),
        held_at=moment(reader.get("held_at")),
        place=reader.text("place"),
        mediators=reader.texts("mediators"),
        recorder=reader.text("recorder"),
        turns=turns,
        script_done=reader.texts("script_done"),
        closed=reader.flag("closed"),
        meeting=code(Meeting, reader.get("meeting")) or Meeting.MEDIATION,
        observers=reader.texts("observers"),
        absent=reader.texts("absent"),
        interpreter=reader.text("interpreter"),
        pauses=moments(reader.get("pauses")),
        script_at=stamps(reader.get("script_at")),
        reads=reads_of(state, key, turns),
        signatures=signatures_of(state, key, turns),
        consents=consents_of(state, key),
        recordings=recordings_of(state, key),
    )


def apart(one: Item, other: Item) -> bool:
    """True when two desks made these items and neither author had seen the other's."""
    return not (covers(one.born_marks, *other.born) or covers(other.born_marks, *one.born))


def twice(state: State, key: str, item: Item) -> bool:
    """True when another desk, unseen, recorded a payment of the same obligation, day and amount."""
    mine = [shown(item.fields.get(name)) for name in SAME_PAYMENT]
    others = [other for other_key, other in state.of_kind("payment") if other_key != key and apart(item, other)]
    return any([shown(other.fields.get(name)) for name in SAME_PAYMENT] == mine for other in others)


@dataclass(frozen=True, slots=True)
class Sitting:
    """What a further turn must know of its hearing; the turns before it are not read."""

    status: CaseStatus
    open: bool
    last: str


def sitting_of(state: State, hearing: str) -> Sitting:
    """State of a hearing's record and its newest sentence, found from the end."""
    case, item = state.items.get(CASE), state.items.get(hearing)
    status, _ = status_of(case.fields.get("status", ()) if case else ())
    writable = item is not None and item.kind == "hearing" and not Reader.of(item).flag("closed")
    newest = (key for key in reversed(list(state.items)) if spoken_at(state.items[key], hearing))
    return Sitting(status, writable, next(newest, ""))


def spoken_at(item: Item, hearing: str) -> bool:
    """True for a sentence of this hearing."""
    return item.kind == "sentence" and shown(item.fields.get("hearing")) == hearing


def payments_of(state: State) -> tuple[Payment, ...]:
    """All recorded payments, voided ones too."""
    rows = []
    for key, item in state.of_kind("payment"):
        reader = Reader.of(item)
        paid_on = day(reader.get("paid_on"))
        if paid_on is None:
            continue
        rows.append(
            Payment(
                id=PaymentId(key),
                obligation=ObligationId(reader.text("obligation")),
                amount=Fen(reader.count("amount") or 0),
                paid_on=paid_on,
                method=reader.text("method"),
                note=reader.text("note"),
                goods=reader.text("goods"),
                voided=any(write.value is False for write in item.fields.get(PRESENT, ())),
                entered_twice=twice(state, key, item),
            )
        )
    return tuple(rows)


def follow_ups_of(state: State) -> tuple[FollowUp, ...]:
    """All visits."""
    rows = ((day(r.get("visited_on")), r) for _, r in present(state, "follow_up"))
    return tuple(
        FollowUp(on, r.text("visitor"), r.text("visited"), r.text("situation"), r.text("satisfaction"))
        for on, r in rows
        if on is not None
    )


def value_of(value: object) -> Value:
    """What was typed into one field: text, or rows."""
    if isinstance(value, list):
        return tuple(tuple(str(cell) for cell in row) for row in value if isinstance(row, list))
    return value if isinstance(value, str) else ""


def forms_of(state: State) -> tuple[PaperForm, ...]:
    """Every form that was filled in and not taken back."""
    return tuple(PaperForm(FormId(key), reader.text("paper"), typed(reader)) for key, reader in present(state, "form"))


def typed(reader: Reader) -> dict[str, Value]:
    """The fields of a form by name."""
    return {name: value_of(reader.get(name)) for name in reader.names("paper", PRESENT)}


def papers_of(state: State) -> tuple[IssuedPaper, ...]:
    """All issued papers in order of issue."""
    return tuple(paper_of(write, body) for write, body in state.papers)


def paper_of(write: Write, body: Mapping[str, object]) -> IssuedPaper:
    """One paper as its entry tells it."""
    reader = Reader(body)
    form, replaces, hearing = reader.text("form"), reader.text("replaces"), reader.text("hearing")
    return IssuedPaper(
        id=DocumentId(reader.text("id")),
        kind=reader.text("kind"),
        number=reader.text("number"),
        title=reader.text("title"),
        files=tuple(file_of(Reader(row)) for row in rows_of(body, "files")),
        pages=reader.count("pages") or 0,
        issued_at=moment(write.wall),
        form=FormId(form) if form else None,
        replaces=DocumentId(replaces) if replaces else None,
        hearing=HearingId(hearing) if hearing else None,
    )


def file_of(reader: Reader) -> IssuedFile:
    """One file of an issued paper."""
    return IssuedFile(reader.text("format"), reader.text("sha256"), reader.count("size") or 0)


def status_of(field: Field) -> tuple[CaseStatus, bool]:
    """Status to show and whether it is in doubt: a not-final value drives, so that no deadline stops by mistake."""
    found = [code(CaseStatus, write.value) or CaseStatus.REGISTERED for write in distinct(field)]
    if not found:
        return CaseStatus.REGISTERED, False
    best = min(found, key=lambda status: (status in FINAL, found.index(status)))
    return best, len(found) > 1


def moves_of(state: State) -> tuple[StatusMove, ...]:
    """Every move with its reason."""
    return tuple(
        StatusMove(
            to=code(CaseStatus, body.get("to")) or CaseStatus.REGISTERED,
            came_from=code(CaseStatus, body.get("from")),
            on=moment(write.wall),
            by=write.user,
            reason=Reader(body).text("reason"),
        )
        for write, body in state.moves
    )


def conflict_of(key: str, name: str, field: Field) -> Conflict:
    """One field's different surviving values, with the writer of each."""
    writes = distinct(field)
    return Conflict(key, name, tuple(str(w.value) for w in writes), tuple(w.user or w.desk for w in writes))


def conflicts_of(state: State) -> tuple[Conflict, ...]:
    """Every field with two different surviving values, and two signings with different digests."""
    fields = [(key, name, field) for key, item in state.items.items() for name, field in item.fields.items()]
    found = [conflict_of(*each) for each in fields if in_conflict(each[2])]
    first: dict[str, str] = {}
    for signing in state.signings:
        first.setdefault(signing.digest, signing.entry[0])
    if len(first) > 1:
        found.append(Conflict(AGREEMENT, "signed", tuple(first), tuple(first.values())))
    return tuple(found)


def dates_of(value: object) -> tuple[tuple[str, date], ...]:
    """Other dated events, by name."""
    rows = value if is_days(value) and isinstance(value, list) else ()
    return tuple((str(name), found) for name, raw in rows if (found := day(raw)) is not None)


def case_of(case_id: CaseId, state: State, *, waiting: int = 0) -> Case:
    """The whole case as a record."""
    item = state.items.get(CASE)
    reader = Reader.of(item)
    status, doubt = status_of(item.fields.get("status", ()) if item else ())
    return Case(
        id=case_id,
        kind=code(CaseKind, reader.get("kind")) or CaseKind.PEOPLE_MEDIATION,
        title=reader.text("title"),
        dispute_type=reader.text("dispute_type"),
        number=reader.text("number"),
        aliases=state.aliases,
        status=status,
        in_doubt=doubt,
        origin=reader.text("origin"),
        category=code(Category, reader.get("category")),
        organization=reader.text("organization"),
        facts=reader.text("facts"),
        requests=reader.text("requests"),
        accepted_on=earliest(item.fields.get("accepted_on")) if item else None,
        outcome=reader.text("outcome"),
        dates=dates_of(reader.get("dates")),
        parties=tuple(party_of(key, r) for key, r in present(state, "party")),
        hearings=hearings_of(state),
        agreement=agreement_of(state),
        payments=payments_of(state),
        follow_ups=follow_ups_of(state),
        papers=papers_of(state),
        forms=forms_of(state),
        evidence=evidence_of(state),
        excuses=excuses_of(state),
        filings=filings_of(state),
        pictures=pictures_of(state),
        moves=moves_of(state),
        conflicts=conflicts_of(state),
        orders=tuple(Reader(body).text("text") for body in state.orders),
        village=reader.text("village"),
        source_ref=reader.text("source_ref"),
        arrived_at=moment(reader.get("arrived_at")),
        people=reader.count("people"),
        risk=code(Risk, reader.get("risk")),
        risk_reason=reader.text("risk_reason"),
        visit=code(Visit, reader.get("visit")),
        visit_reason=reader.text("visit_reason"),
        difficulty=reader.text("difficulty"),
        lead_body=reader.text("lead_body"),
        helping=reader.texts("helping"),
        road=reader.text("road"),
        road_reason=reader.text("road_reason"),
        prevented=reader.text("prevented"),
        course=course_of(state),
        waiting=waiting,
        unread_kinds=state.unread,
        newer_only=state.newer_only,
    )
