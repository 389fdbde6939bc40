"""What a mediation case is, as frozen records.

These are the faces of folded state: `journal.records` makes them, `docs` prints them, `casework` and the
county's pages show them. Nothing here is stored as such. Money is integer fen, days are `date`, moments are
aware `datetime`; ids are 32 lower-case hex characters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NewType

from mediator.core.codes import (
    AgreementForm,
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
from mediator.core.course import NO_COURSE, Course
from mediator.core.money import Fen
from mediator.core.recordings import Consent, Position, Recording
from mediator.core.sittings import Meeting, ReadBack, RecordSignature

CaseId = NewType("CaseId", str)
PartyId = NewType("PartyId", str)
HearingId = NewType("HearingId", str)
TurnId = NewType("TurnId", str)
ClauseId = NewType("ClauseId", str)
ObligationId = NewType("ObligationId", str)
PaymentId = NewType("PaymentId", str)
DocumentId = NewType("DocumentId", str)
FormId = NewType("FormId", str)
EvidenceId = NewType("EvidenceId", str)

# What a clerk typed into one field of a form: a text, or the rows of a table.
Rows = tuple[tuple[str, ...], ...]
Value = str | Rows


@dataclass(frozen=True, slots=True)
class Party:
    """One with a stake or a part in the matter; which of the optional fields a paper needs says its form.

    `ref` is the short name of the case file (`p1`, `a`), unique in its case; `acts_for` is the party an agent or
    guardian stands for; `authorization` is the scope of an agent's power of attorney.
    """

    id: PartyId
    ref: str
    side: Side
    kind: PartyKind
    name: str
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


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's words in a hearing; `corrected_from` keeps every earlier wording, oldest first.

    `late` marks words that arrived after the record was read out and closed; they stand in an annex. `sound` is where
    the turn begins in a recording.
    """

    id: TurnId
    speaker: str
    text: str
    said_at: datetime | None = None
    party: PartyId | None = None
    corrected_from: tuple[str, ...] = ()
    late: bool = False
    marked: bool = False
    sound: Position | None = None


@dataclass(frozen=True, slots=True)
class Hearing:
    """One sitting (一场调解): head and turns in order of speech.

    `observers` are people who listen (两代表一委员), `pauses` moments at which a break began and ended in turn,
    `script_at` when each step of the procedure was ticked.
    """

    id: HearingId
    held_at: datetime | None = None
    place: str = ""
    mediators: tuple[str, ...] = ()
    recorder: str = ""
    turns: tuple[Turn, ...] = ()
    script_done: tuple[str, ...] = ()
    closed: bool = False
    meeting: Meeting = Meeting.MEDIATION
    observers: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    interpreter: str = ""
    pauses: tuple[datetime, ...] = ()
    script_at: Mapping[str, datetime] = field(default_factory=dict)
    reads: tuple[ReadBack, ...] = ()
    signatures: tuple[RecordSignature, ...] = ()
    consents: tuple[Consent, ...] = ()
    recordings: tuple[Recording, ...] = ()

    @property
    def paused(self) -> bool:
        """Whether a break goes on."""
        return len(self.pauses) % 2 == 1


@dataclass(frozen=True, slots=True)
class Clause:
    """One point of an agreement; `no` is the number as given on old papers, else the position counts.

    `template` and `slots` stand where the text was compiled (X04): what `core.compiling` was given for it.
    """

    id: ClauseId
    text: str
    no: str = ""
    template: str = ""
    slots: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Obligation:
    """Who owes what to whom by when: one instalment of money, or goods.

    Exactly one of `amount` and `goods` is set for a complete obligation; `due_on` is a day, `due_as_given` an
    event or words instead of a day. `part_of_total` marks an instalment of the sum that the clauses name; `clause` is
    the clause it was compiled from.
    """

    id: ObligationId
    payer: str
    payee: str
    amount: Fen | None = None
    due_on: date | None = None
    due_as_given: str = ""
    method: str = ""
    part_of_total: bool = False
    goods: str = ""
    note: str = ""
    payer_party: PartyId | None = None
    payee_party: PartyId | None = None
    clause: ClauseId | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """A recorded performance, `goods` what was handed over or done; a voided one is kept and no longer counts."""

    id: PaymentId
    obligation: ObligationId
    amount: Fen
    paid_on: date
    method: str = ""
    note: str = ""
    goods: str = ""
    voided: bool = False
    entered_twice: bool = False


@dataclass(frozen=True, slots=True)
class Agreement:
    """The agreement of a case, draft or signed; `digest` is set once signed and pins the frozen content."""

    form: AgreementForm = AgreementForm.WRITTEN
    clauses: tuple[Clause, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    disputed_points: str = ""
    responsibility: str = ""
    place: str = ""
    signed_on: date | None = None
    copies: int | None = None
    digest: str = ""

    @property
    def is_signed(self) -> bool:
        """True once an `agreement.signed` entry froze the content (RTF 29, 30)."""
        return bool(self.digest)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A visit after the agreement (回访): performance, satisfaction, dangers seen."""

    visited_on: date
    visitor: str = ""
    visited: str = ""
    situation: str = ""
    satisfaction: str = ""


@dataclass(frozen=True, slots=True)
class IssuedFile:
    """One file of an issued paper; `sha256` is 64 hex characters over the file's bytes."""

    format: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """A paper as issued: number, files with hashes, page count; reprints give the same bytes.

    `form` is what was typed for it, `hearing` the one it was made for when one was chosen, `replaces` the paper that
    it corrects, supplements or takes the place of.
    """

    id: DocumentId
    kind: str
    number: str
    title: str
    files: tuple[IssuedFile, ...]
    pages: int
    issued_at: datetime | None = None
    form: FormId | None = None
    replaces: DocumentId | None = None
    hearing: HearingId | None = None


@dataclass(frozen=True, slots=True)
class PaperForm:
    """What was typed for one paper beside the record: a notice's time and place, an answer, a list of evidence.

    `paper` is the kind of paper; `values` hold only what was typed, by field name, days as ISO text, sums in yuan.
    """

    id: FormId
    paper: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A scan or photograph in the dossier, kept as a PDF of A4 pages; `sha256` and `size` are of that PDF.

    `place` is a section of the dossier or a kind of paper that the scan stands for.
    """

    id: EvidenceId
    title: str
    place: str
    sha256: str
    pages: int
    size: int
    attached_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Excuse:
    """Why an item that the dossier must have is not there."""

    item: str
    reason: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class CharacterPicture:
    """What a clerk put in the place of a character that no face has: a PNG of at most 32 KiB, black on nothing."""

    char: str
    png: bytes


@dataclass(frozen=True, slots=True)
class Filing:
    """A dossier as it was bound (归档立卷): digests of the PDF and of the list that was signed."""

    id: str
    sha256: str
    manifest: str
    pages: int
    items: int
    filed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class StatusMove:
    """One move in the life of a case (rules L01-L11) with its reason."""

    to: CaseStatus
    came_from: CaseStatus | None
    on: datetime | None = None
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two or more concurrent values of one field; nothing is chosen until a person chooses.

    `entity` is `case` or an entity id, `values` are shown values in the fixed order (desk, n), `writers` beside them.
    """

    entity: str
    field: str
    values: tuple[str, ...]
    writers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One mediation matter, whole: what a screen shows, a paper prints and the county reads.

    `village` is a division code of 12 digits, `source_ref` the sender's own number, `visit` what a person corrected by
    hand, `road` the chosen one of rules.md 4, `prevented` what an escalation would have been (rules.md 6).
    `waiting` entries lack a predecessor; `unread_kinds` counts those of newer programs; `newer_only` says that one of
    them must be understood before anything may be written beside it.
    """

    id: CaseId
    kind: CaseKind
    title: str
    dispute_type: str
    number: str = ""
    aliases: tuple[str, ...] = ()
    status: CaseStatus = CaseStatus.REGISTERED
    in_doubt: bool = False
    origin: str = ""
    category: Category | None = None
    organization: str = ""
    facts: str = ""
    requests: str = ""
    accepted_on: date | None = None
    outcome: str = ""
    dates: tuple[tuple[str, date], ...] = ()
    parties: tuple[Party, ...] = ()
    hearings: tuple[Hearing, ...] = ()
    agreement: Agreement | None = None
    payments: tuple[Payment, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    papers: tuple[IssuedPaper, ...] = ()
    forms: tuple[PaperForm, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    excuses: tuple[Excuse, ...] = ()
    filings: tuple[Filing, ...] = ()
    pictures: tuple[CharacterPicture, ...] = ()
    moves: tuple[StatusMove, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    orders: tuple[str, ...] = ()
    village: str = ""
    source_ref: str = ""
    arrived_at: datetime | None = None
    people: int | None = None
    risk: Risk | None = None
    risk_reason: str = ""
    visit: Visit | None = None
    visit_reason: str = ""
    difficulty: str = ""
    lead_body: str = ""
    helping: tuple[str, ...] = ()
    road: str = ""
    road_reason: str = ""
    prevented: str = ""
    course: Course = NO_COURSE
    waiting: int = 0
    unread_kinds: int = 0
    newer_only: bool = False

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Clauses of its agreement, draft or signed; none without one."""
        return self.agreement.clauses if self.agreement else ()

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """Obligations of its agreement as it was drafted or signed, none without one; what they have become since is
        `performing.obligations_now`.
        """
        return self.agreement.obligations if self.agreement else ()

    def on_side(self, side: Side) -> tuple[Party, ...]:
        """Parties of one side in order of entry."""
        return tuple(p for p in self.parties if p.side is side)

    def party(self, ref_or_id: str) -> Party | None:
        """The party with this case-file ref or id, if any."""
        return next((p for p in self.parties if ref_or_id in (p.ref, p.id)), None)
